"""Reports that mean harm, in every field that a stranger writes: all of it is made up.

``code`` tries to run, ``bombs`` to choke, ``bidi`` to turn words round, ``hidden`` to hide them,
``homographs`` to pass for something else.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import web_ledger
from nameplate.ledger import Ledger
from nameplate.model import Claim, Document

CODE = [
    "<script>alert(1)</script>",
    "</title><svg/onload=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "</textarea><iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href=javascript:alert(1)>report</a>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "{{ 7*7 }}{% include '/etc/passwd' %}${7*7}#{7*7}<%= 7*7 %>",
    "<!--<script>--><style>@import url(http://evil.example/x.css)</style>",
    "<link rel=stylesheet href=//evil.example><base href=//evil.example/>",
    "&lt;script&gt;alert(1)&lt;/script&gt;&#x3c;b&#x3e;",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
]
BIDI = [
    "plant \u202etnalp eryt\u202c works",
    "\u2066a\u2067b\u2068c\u2069 mill",
    "\u200fworks\u200e \u061cdepot",
    "tyre\u202a\u202b\u202d plant",
]
HIDDEN = [
    "zero\u200bwidth\u2060 plant\ufeff",
    "soft \U000e0041\U000e0042tags plant",
    "bell\x07 \x1b[31mred\x1b[0m plant \x00",
    "Z" + "\u0301" * 800 + " tower plant",
]
HOMOGRAPHS = [
    "Tesl\u0430 battery plant",
    "\u0421\u041e\u0405\u0421\u041e container works",
    "B\u03a5D motor plant",
    "\u13a1esla \u0570orks plant",
]
BOMBS = [
    "<div>" * 5_000 + " plant",
    "(((((" * 4_000 + " plant",
    "&amp;" * 5_000 + " plant",
    "x" * 30_000 + " plant",
]
ADDRESSES = [
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "JaVaScRiPt:alert(1)//https://example.org",
    'https://example.org/" onclick="alert(1)',
    "https://ex\u0430mple.org/report",
    "https://example.org/\u202efdp.exe",
    "https://example.org/" + "a" * 5_000,
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "//evil.example/x",
]
ALL = [*CODE, *BIDI, *HIDDEN, *HOMOGRAPHS, *BOMBS]


def make(target: Path) -> Path:
    """A ledger of nothing else."""
    with Ledger.open(target, clock=web_ledger.clock) as ledger:
        for number, harm in enumerate(ALL):
            ledger.add(*_report(number, harm))
    return target


def _report(number: int, harm: str) -> tuple[Document, list[Claim]]:
    """A report with the harm in its title, text, names, publisher and more."""
    address = ADDRESSES[number % len(ADDRESSES)]
    text = f"{harm} made 5 {harm} a day.\nIt is to be completed in 2030. {harm} invests in {harm}."
    document = web_ledger.report(
        f"{number} {harm[:500]}", "2025-01-01", harm, text, publisher=harm, address=f"{address}#{number}"
    )  # fmt: skip
    name: dict[str, Any] = {"subject": harm, "subject_kind": "plant"}
    return document, [
        web_ledger.said(
            document, "quantity", "5", measure="output", value="5", unit=harm, item=harm, per="day",
            scope=harm, doubt=harm, **name,
        ),
        web_ledger.said(document, "quantity", "made 5", measure="output", value="6", unit=harm,
                        item=harm, per="day", scope=harm, **name),
        web_ledger.said(document, "milestone", "to be completed in 2030", stage="completed",
                        when="2030", scope=harm, **{**name, "modality": "planned"}),
        web_ledger.said(document, "relation", "invests in", relation="invests_in", object=harm,
                        role=harm, **name),
        web_ledger.said(document, "relation", "It is", relation="located_in", object=harm, **name),
        web_ledger.said(document, "visit", "a day", visitors=(harm,), purpose=harm, **name),
    ]  # fmt: skip
