"""What is said of returns, files and findings: one table a language, read back from its English."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

import nameplate
from nameplate.answer.checks import CHECKS
from nameplate.lexicon import messages
from nameplate.lexicon.messages import message, say, told, translated, understood
from nameplate.model import Finding
from nameplate.web.views.evidence import Fact
from nameplate.web.views.findings import finding_view
from nameplate.web.views.quote import Quote
from nameplate.web.views.words import words

_HAN = re.compile("[一-鿿]")
_WHERE = (
    "read/sheet.py", "read/sheet_guard.py", "read/decode.py", "read/pdf.py", "read/html.py",
    "read/document.py", "read/fields.py", "forms/links.py", "forms/fill.py", "returns.py",
    "claim/returns/mapping.py", "web/returning.py", "web/staging.py", "web/views/returns.py",
    "web/views/patch.py", "web/pages/add.py", "web/pages/returns.py", "web/pages/forms.py",
    "web/pages/orders.py", "web/pages/monitors.py", "web/pages/review.py", "web/pages/matches.py",
    "web/pages/identity.py", "web/pages/admin.py", "web/accounts/people.py",
    "web/accounts/passwords.py", "web/simulating.py", "resolve/search.py",
)  # fmt: skip
"""Modules whose errors the desk shows."""


def _filled(code: str) -> dict[str, str]:
    blanks = [n for _, n, _, _ in string.Formatter().parse(messages.templates("en")[code]) if n]
    return {n: "employment" if n == "measure" else f"v{i}" for i, n in enumerate(blanks)}


@pytest.mark.parametrize("code", list(messages.templates("en")))
def test_every_sentence_is_read_back_as_what_it_was(code: str) -> None:
    made = message(code, **_filled(code))
    found = understood(str(made))
    assert found is not None and str(found) == str(made)
    assert found.code == code, (code, found.code)
    assert say(made, "zh") != str(made)
    assert code == "not_taken" or _HAN.search(translated(str(made), "zh"))


def test_a_sentence_inside_another_is_said_too() -> None:
    reason = told("cell_nor", reason=told("cell_date"))
    kept = told("not_taken", text="'=1+1'", reason=reason)
    assert kept == "'=1+1' was not taken: it is no date with a year, nor yes or no"
    assert translated(kept, "zh") == "'=1+1'：不是带年份的日期，也不是“是”或“否”"
    same = told("map_same", said="'Employees'", other="B")
    alone = translated(told("map_at", at="C", problem=same), "zh")
    assert alone.startswith("C 列：表头 'Employees' 在 B 列也有")
    two = translated(told("use_fit", sheet="'S'", problems=f"{told('map_empty')}; {same}"), "zh")
    assert two == "映射与工作表 'S' 不符：没有映射任何列；" + translated(same, "zh")
    problems = [
        told("map_at", at="B", problem=told("map_needs_unit", measure="land_area")),
        told("map_at", at="C", problem=told("map_missing")),
    ]
    fit = translated(told("use_fit", sheet="'S'", problems="; ".join(problems)), "zh")
    assert (
        fit == "映射与工作表 'S' 不符：B 列：占地面积需要单位，例如“万元”；C 列：工作表中没有这一列"
    )


@pytest.mark.parametrize("text", ["", "somebody else's words", "x" * 5_000, "{} {0} {measure}"])
def test_other_words_stay_as_they_are(text: str) -> None:
    assert understood(text) is None and translated(text, "zh") == text


def test_hostile_sentences_take_no_time_to_speak_of() -> None:
    for text in (" was not taken: " * 120, "; column A: " * 160, "a may mean: " * 160):
        assert isinstance(translated(text[:1_990], "zh"), str)


def _raised(path: Path) -> Iterator[str]:
    """The sentences of errors that a module raises, with X for what it fills in."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in (
            "ReadError",
            "UsageError",
        ):
            for part in (*node.args[:1], *(k.value for k in node.keywords if k.arg == "remedy")):
                if isinstance(part, ast.Constant) and part.value:
                    yield str(part.value)
                elif isinstance(part, ast.JoinedStr) and len(part.values) > 1:
                    yield "".join(
                        str(v.value) if isinstance(v, ast.Constant) else "X" for v in part.values
                    )


@pytest.mark.parametrize("name", _WHERE)
def test_errors_that_the_desk_shows_are_said_in_chinese(name: str) -> None:
    for sentence in _raised(Path(nameplate.__file__).parent / name):
        assert sentence == "X." or _HAN.search(translated(sentence, "zh")), sentence


def _fact(key: str, said: str) -> Fact:
    quote = Quote("", said, "")
    return Fact(
        key,
        "quantity",
        said,
        "甲厂",
        "",
        "2024年",
        "2024",
        "actual",
        quote,
        "/",
        "某报道",
        "2024年5月1日",
        "",
    )


def test_findings_are_said_in_the_language_of_the_desk() -> None:
    codes = messages._file("en").finding
    assert codes.keys() >= CHECKS.keys() - {"implied_capacity"}
    facts = {"a": _fact("a", "1,500辆"), "b": _fact("b", "1,800辆"), "c": _fact("c", "3%")}
    numbers = {"total": "3300", "part": "5", "whole": "9", "full": "5091", "percent": "95"}
    fields = {"measure": "output", "item": "cars", "year": "2024", "times": "10", "per": "week",
              "scope": "一期", "unit": "CNY", **numbers}  # fmt: skip
    for code in codes:
        found = Finding(check=code, severity="info", subject="甲厂", message="English",
                        claims=("a", "b", "c"), code=code, fields=fields)  # fmt: skip
        said = finding_view(found, "", facts.get, words("zh")).message
        assert _HAN.search(said) and "English" not in said and "{" not in said
    odd = Finding(check="two_values", severity="info", subject="甲厂", message="English",
                  claims=("a", "b"), code="two_values", fields={"measure": "output"})  # fmt: skip
    view = finding_view(odd, "", facts.get, words("zh"))
    assert view.message == (
        "产量有 2 个数值：1,500辆 2024年（某报道, 2024年5月1日）；1,800辆 2024年（某报道, 2024年5月1日）"
    )
    gone = finding_view(odd, "", {}.get, words("zh"))
    assert gone.message == ""
    assert Decimal(numbers["total"]) == 3300
