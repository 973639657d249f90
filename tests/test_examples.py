"""The example reports: complete, readable, dated, and every fact with its source."""

from __future__ import annotations

import datetime
import re
import tomllib
from importlib.resources import files
from typing import Any

import pytest

FOLDER = files("nameplate") / "data" / "examples"
INDEX: dict[str, Any] = tomllib.loads((FOLDER / "examples.toml").read_text(encoding="utf-8"))
REPORTS: list[dict[str, Any]] = INDEX["report"]
SOURCES = {source["id"]: source for source in INDEX["source"]}
KEYS = {"id", "file", "title", "published", "publisher", "lang", "style", "story", "shows", "facts"}

each_report = pytest.mark.parametrize("report", REPORTS, ids=lambda report: report["id"])


def test_index_and_folder_hold_the_same_reports() -> None:
    listed = [report["file"] for report in REPORTS]
    present = [entry.name for entry in FOLDER.iterdir() if entry.name.endswith(".txt")]
    assert sorted(listed) == sorted(present)
    assert len({report["id"] for report in REPORTS}) == len(REPORTS)
    assert len(SOURCES) == len(INDEX["source"])


@each_report
def test_entry_has_every_key_and_no_other(report: dict[str, Any]) -> None:
    assert set(report) - {"fictional"} == KEYS
    assert report["lang"] in {"en", "zh", "zh-Hant"}
    datetime.date.fromisoformat(report["published"])


@each_report
def test_text_is_readable_and_short(report: dict[str, Any]) -> None:
    text = (FOLDER / report["file"]).read_text(encoding="utf-8")
    assert report["title"] in text
    assert "\ufffd" not in text
    words = re.findall(r"[A-Za-z0-9]+", text) if report["lang"] == "en" else re.findall(r"\S", text)
    assert 40 <= len(words) <= 300


@each_report
def test_every_fact_has_a_source_unless_all_is_made_up(report: dict[str, Any]) -> None:
    text = (FOLDER / report["file"]).read_text(encoding="utf-8")
    if report.get("fictional"):
        assert "made up" in text or "虚构" in text, "a made-up report must say so itself"
        assert not report["facts"]
        return
    assert report["facts"]
    for fact in report["facts"]:
        assert fact["says"]
        assert SOURCES[fact["source"]]["publisher"]


@each_report
def test_publisher_passes_for_no_real_paper(report: dict[str, Any]) -> None:
    assert re.search("Example|Sampleton|示例|範例|样本市", report["publisher"])


def test_every_source_is_used() -> None:
    used = {fact["source"] for report in REPORTS for fact in report["facts"]}
    assert used == set(SOURCES)
