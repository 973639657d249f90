"""A small made-up ledger for the tests of the desk: every name, place and figure is invented."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from nameplate.answer.monitor import Line, Monitor, Threshold
from nameplate.ledger import Ledger
from nameplate.model import Claim, Document, Mention, Region
from nameplate.monitors import define

NOW = "2026-03-01T12:00:00Z"
PLANT = "Samplewood tyre plant"
HOSTILE = '<script>alert("x")</script> plant \u202etnalp\u202c'


def clock() -> str:
    """A clock that stands still."""
    return NOW


def ticking() -> Callable[[], str]:
    """A clock that goes on by a second whenever it is looked at."""
    seconds = itertools.count()
    start = datetime.fromisoformat(NOW)
    return lambda: (start + timedelta(seconds=next(seconds))).isoformat().replace("+00:00", "Z")


Place = TypeVar("Place", str, Path, str | Path)


def make(target: Place, more: int = 0) -> Place:
    """Write the ledger to ``target``, with ``more`` claims to review, and give it back."""
    with Ledger.open(target, clock=clock) as ledger:
        for document, claims in [*REPORTS, *([_many(more)] if more else [])]:
            ledger.add(document, claims)
        watch(ledger)
    return target


def watch(ledger: Ledger) -> None:
    """Save a monitor of the plant whose title tries to run code."""
    monitor = Monitor(
        name="tyres", subject=PLANT, title=f"Tyres {HOSTILE}", title_zh="轮胎", grain="year", silence=30,
        line=(
            Line(key="people", en="people employed", zh="员工", measure=("employment",)),
            Line(key="output", en="tyres made", zh="轮胎产量", measure=("output",), item=("tyres",), flow=True),
        ),
        alert=(Threshold(line="people", level=Decimal(600)),),
    )  # fmt: skip
    define(ledger, monitor, "somebody")


def grow(target: Path) -> Path:
    """The same reports, each recorded at noon of the day of its publication."""
    day = "2020-01-01"
    with Ledger.open(target, clock=lambda: f"{day}T12:00:00Z") as ledger:
        for document, claims in sorted(REPORTS, key=lambda pair: pair[0].published or ""):
            day = document.published or day
            ledger.add(document, claims)
        watch(ledger)
    return target


def report(id: str, published: str | None, title: str, text: str, **more: Any) -> Document:
    """A document of the sample."""
    fields = {
        "lang": "en",
        "publisher": "Sampleton Gazette",
        "address": f"https://example.org/{id}",
    }
    return Document(id=id, title=title, text=text, published=published, **{**fields, **more})


def said(document: Document, kind: Any, quote: str, **fields: Any) -> Claim:
    """A claim at the first place where the document says ``quote``."""
    start = document.text.index(quote)
    fields.setdefault("subject", PLANT)
    fields.setdefault("subject_kind", "project")
    fields.setdefault("modality", "actual")
    if "value" in fields:
        fields["value"] = Decimal(fields["value"])
    return Claim(kind=kind, quote=quote, start=start, end=start + len(quote), **fields)


def _signing() -> tuple[Document, list[Claim]]:
    d = report(
        "signing",
        "2021-03-12",
        "Tyre plant for Samplewood: contract signed",
        "Tyre plant for Samplewood: contract signed\n"
        "On March 10, Example Rubber Co., Ltd. signed the contract for the Samplewood tyre plant. "
        "With a total investment of 2.4 billion yuan, the plant is designed to produce 12 million "
        "tyres a year. Construction is to start in June 2021, and the first phase is to go into "
        "production by the end of 2022. The plant lies in Samplewood Industrial Park and will "
        "create about 1,800 jobs.\n"
        "Contact us | Copyright 2012 Sampleton Gazette",
        regions=(),
    )
    last = d.text.index("Contact us")
    d = report(
        d.id, d.published, d.title or "", d.text,
        regions=(Region(start=last, end=len(d.text), role="boilerplate"),),
    )  # fmt: skip
    return d, [
        said(d, "milestone", "signed the contract", stage="signed", when="2021-03-10",
             binding="contract"),
        said(d, "quantity", "2.4 billion yuan", measure="investment", value="2400000000",
             unit="CNY", bound="=", modality="planned"),
        said(d, "quantity", "12 million tyres a year", measure="capacity", value="12000000",
             unit="1", item="tyres", per="year", aggregate="level", modality="planned"),
        said(d, "milestone", "Construction is to start in June 2021", stage="started",
             when="2021-06", modality="planned"),
        said(d, "milestone", "go into production by the end of 2022", stage="producing",
             when="2022-12", modality="planned", scope="Phase I"),
        said(d, "relation", "Samplewood Industrial Park", relation="located_in",
             object="Samplewood Industrial Park"),
        said(d, "quantity", "about 1,800 jobs", measure="employment", value="1800", unit="1",
             item="jobs", bound="~", modality="planned"),
        said(d, "relation", "Example Rubber Co., Ltd. signed", subject="Example Rubber Co., Ltd.",
             subject_kind="company", relation="invests_in", object=PLANT),
    ]  # fmt: skip


def _started() -> tuple[Document, list[Claim]]:
    d = report(
        "started",
        "2021-09-28",
        "Ground broken at the Samplewood tyre plant",
        "Ground broken at the Samplewood tyre plant\n"
        "Work on the Samplewood tyre plant began on September 26. Mayor An Example attended the "
        "ceremony and asked the builders to finish the workshops before the winter of 2022. "
        "The total investment is 2.6 billion yuan, the company said.",
        publisher="Trade Rubber Weekly",
    )
    return d, [
        said(d, "milestone", "Work on the Samplewood tyre plant began on September 26",
             stage="started", when="2021-09-26"),
        said(d, "visit", "Mayor An Example attended the ceremony", visitors=("Mayor An Example",),
             when="2021-09-26", purpose="ground-breaking ceremony"),
        said(d, "relation", "Mayor An Example", subject="An Example", subject_kind="person",
             relation="heads", object="Sampleton", role="Mayor"),
        said(d, "instruction", "finish the workshops before the winter of 2022", by="An Example",
             to="the builders", text="finish the workshops before winter", when="2022-12",
             modality="required"),
        said(d, "milestone", "finish the workshops", stage="completed", when="2022-12",
             modality="required"),
        said(d, "quantity", "2.6 billion yuan", measure="investment", value="2600000000",
             unit="CNY", modality="planned"),
    ]  # fmt: skip


def _producing() -> tuple[Document, list[Claim]]:
    d = report(
        "producing",
        "2023-08-02",
        "First tyre rolls off the line in Samplewood",
        "First tyre rolls off the line in Samplewood\n"
        "Phase I of the Samplewood tyre plant went into production on July 30, 2023. By the end of "
        "July it employed 640 people. The plant had produced 41,000 tyres in its trial runs since "
        "May. It looks for a partner in recycled rubber, and offers free testing of moulds. "
        "The figure of 640 people includes trainees.",
    )
    again = d.text.rindex("640 people")
    return d, [
        said(d, "milestone", "went into production on July 30, 2023", stage="producing",
             when="2023-07-30", scope="Phase I"),
        said(d, "quantity", "640 people", measure="employment", value="640", unit="1",
             item="people", when="2023-07-31", aggregate="level",
             mentions=(Mention(quote="640 people", start=again, end=again + 10),)),
        said(d, "quantity", "41,000 tyres", measure="output", value="41000", unit="1",
             item="tyres", when="2023-05/2023-07", aggregate="period"),
        said(d, "milestone", "trial runs since May", stage="trial", when="2023-05"),
        said(d, "need", "a partner in recycled rubber", topic="partner in recycled rubber"),
        said(d, "capability", "free testing of moulds", topic="testing of moulds"),
    ]  # fmt: skip


def _conflict() -> tuple[Document, list[Claim]]:
    d = report(
        "conflict",
        "2024-02-01",
        "Samplewood counts its tyres",
        "The Samplewood tyre plant produced 2.1 million tyres in 2023. In 2023 the plant produced "
        "1.9 million tyres, the park said. Phase II is to start in 2025.",
    )
    return d, [
        said(d, "quantity", "2.1 million tyres", measure="output", value="2100000", unit="1",
             item="tyres", when="2023", aggregate="period"),
        said(d, "quantity", "1.9 million tyres", measure="output", value="1900000", unit="1",
             item="tyres", when="2023", aggregate="period"),
        said(d, "milestone", "Phase II is to start in 2025", stage="started", when="2025",
             scope="Phase II", modality="planned"),
    ]  # fmt: skip


def _chinese() -> tuple[Document, list[Claim]]:
    d = report(
        "chinese",
        "2023-08-03",
        "样木轮胎项目一期投产",
        "样木轮胎项目一期投产\n7月30日，样木轮胎项目一期正式投产。项目总投资26亿元，达产后可年产轮胎1200万条。",
        lang="zh",
        publisher="样例日报",
    )
    name = "样木轮胎项目"
    return d, [
        said(d, "milestone", "正式投产", subject=name, stage="producing", when="2023-07-30"),
        said(d, "quantity", "26亿元", subject=name, measure="investment", value="2600000000",
             unit="CNY", modality="planned"),
        said(d, "quantity", "年产轮胎1200万条", subject=name, measure="capacity",
             value="12000000", unit="1", item="轮胎", per="year", modality="planned"),
    ]  # fmt: skip


def _undated() -> tuple[Document, list[Claim]]:
    d = report(
        "undated", None, "", "The Old Kiln works stopped production on 24 February.", publisher=None
    )
    return d, [
        said(d, "milestone", "stopped production on 24 February", subject="Old Kiln works",
             subject_kind="plant", stage="suspended", when="XXXX-02-24"),
    ]  # fmt: skip


def _hostile() -> tuple[Document, list[Claim]]:
    """A report that tries to run code, to hide words and to turn their order round."""
    tower = "Z" + "\u0301" * 400
    text = (
        f"{HOSTILE} made 5 <b onmouseover=alert(1)>items</b> a day\n"
        "</p></article><style>*{display:none}</style>{{ 7*7 }} {% raise %} &lt;i&gt;\n"
        f"zero\u200bwidth \ufeff {tower} \x07 bell \U000e0041 {'long' * 5000}"
    )
    d = report(
        "hostile", "2025-01-01", HOSTILE, text,
        publisher='"><img src=x onerror=alert(2)>', address='javascript:alert("3")',
    )  # fmt: skip
    return d, [
        said(d, "quantity", "5 <b onmouseover=alert(1)>items", subject=HOSTILE, measure="output",
             value="5", unit="'><i>", item='<i onclick="x">items</i>', per="day",
             scope="\u2066hidden\u2069", doubt="<u>why</u>"),
        said(d, "relation", HOSTILE, subject=HOSTILE, relation="<s>rel</s>",
             object='" onfocus="alert(4)', role="\u202erole"),
    ]  # fmt: skip


def _many(number: int) -> tuple[Document, list[Claim]]:
    """A report with many figures, some of them doubtful."""
    lines = [f"In {1980 + n} the Samplewood kiln made {100 + n} pots." for n in range(number)]
    d = report("many", "2024-06-01", "Forty years of pots", "\n".join(lines))
    return d, [
        said(d, "quantity", f"{100 + n} pots", subject="Samplewood kiln", subject_kind="plant",
             measure="output", value=str(100 + n), unit="1", item="pots", when=str(1980 + n),
             aggregate="period", confidence=0.4 + n / 80,
             doubt="the year may be that of the next sentence" if n % 7 == 0 else None)
        for n in range(number)
    ]  # fmt: skip


def _versions() -> list[tuple[Document, list[Claim]]]:
    first = report("versions", "2024-05-01", "Depot", "The Samplewood depot has 30 lorries.")
    second = report("versions", "2024-05-01", "Depot", "The Samplewood depot has 35 lorries.")
    return [
        (d, [said(d, "quantity", f"{n} lorries", subject="Samplewood depot",
                  subject_kind="plant", measure="equipment", value=str(n), unit="1",
                  item="lorries")])
        for d, n in ((first, 30), (second, 35))
    ]  # fmt: skip


REPORTS: list[tuple[Document, list[Claim]]] = [
    _signing(), _started(), _producing(), _conflict(), _chinese(), _undated(), _hostile(),
    *_versions(),
]  # fmt: skip
