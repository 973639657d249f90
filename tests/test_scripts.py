"""The same report in simplified and in traditional characters gives the same claims."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from nameplate.find.fold import fold
from nameplate.lexicon.load import read_rows
from nameplate.model import Claim
from nameplate.pipeline import extract_text

GOLDEN = Path(__file__).parent / "golden" / "zh"


def _traditional() -> dict[int, str]:
    """Each simplified character to one traditional form of it."""
    table: dict[int, str] = {}
    for traditional, simplified in read_rows("traditional.tsv"):
        for t, s in zip(traditional, simplified, strict=True):
            table.setdefault(ord(s), t)
    return table


def _texts() -> list[str]:
    texts = []
    for name in ("quantity", "milestone"):
        lines = (GOLDEN / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        texts += [json.loads(line)["text"] for line in lines if line.strip()]
    return texts


def _plain(claim: Claim) -> Claim:
    """The claim with all its words folded to simplified characters."""
    words = {
        field: fold(value)
        for field in (
            "subject",
            "quote",
            "item",
            "scope",
            "object",
            "role",
            "purpose",
            "topic",
            "text",
        )
        if (value := getattr(claim, field)) is not None
    }
    visitors = tuple(fold(v) for v in claim.visitors)
    return msgspec.structs.replace(claim, rule=None, visitors=visitors, **words)


@pytest.mark.parametrize("text", _texts())
def test_both_scripts_give_the_same_claims(text: str) -> None:
    simplified = fold(text)
    traditional = simplified.translate(_traditional())
    one = [_plain(c) for c in extract_text(simplified).claims]
    two = [_plain(c) for c in extract_text(traditional).claims]
    assert one == two
