"""JSON Lines of documents: one bad line never ends the batch."""

from __future__ import annotations

import json

import pytest

from nameplate.model import Failure
from nameplate.read import Limits, Read, read_lines
from nameplate.read.lines import read_json


def line(**fields: object) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode() + b"\n"


def read_all(*lines: bytes, **given: object) -> list[Read | Failure]:
    return list(read_lines(lines, name="d.jsonl", **given))  # type: ignore[arg-type]


def test_fields_are_taken() -> None:
    data = line(
        id="a", title=" A  title ", published="2024-06-05 07:33", lang="en-GB", text="Plant\r\nopens",
        publisher="Bay Daily", url="https://example.org/a", further=1,
    )  # fmt: skip
    (read,) = read_all(b"\xef\xbb\xbf" + data)
    assert isinstance(read, Read)
    document = read.document
    assert (document.id, document.title, document.published) == ("a", "A title", "2024-06-05")
    assert (document.lang, document.publisher) == ("en", "Bay Daily")
    assert document.address == "https://example.org/a"
    assert document.text == "Plant\r\nopens"
    assert read.data == data.strip()


def test_bad_lines_are_failures_and_the_rest_goes_on() -> None:
    got = read_all(
        line(id="a", text="One plant."), b"\n", b"{bad}\n", line(id="b"), line(id="c", text=" "),
        line(id="d", text="x", published="soon"), b"\xff\xfe{\n", line(text="Another plant."),
    )  # fmt: skip
    kinds = [type(item).__name__ for item in got]
    assert kinds == ["Read", "Failure", "Failure", "Failure", "Failure", "Failure", "Read"]
    failures = [item for item in got if isinstance(item, Failure)]
    assert [item.where for item in failures] == [f"d.jsonl:{n}" for n in (3, 4, 5, 6, 7)]
    assert "`text`" in failures[1].problem
    assert all(item.remedy for item in failures)
    last = got[-1]
    assert isinstance(last, Read) and last.document.id == "d.jsonl:8"


def test_what_is_no_json_lines_is_one_failure() -> None:
    (failure,) = read_all(b"Plant opens\n", b"\n", b"The plant has opened.\n")
    assert isinstance(failure, Failure) and failure.problem == "this is not JSON Lines"


def test_nothing_at_all_is_a_failure() -> None:
    (failure,) = read_all(b"\n")
    assert isinstance(failure, Failure)


def test_a_long_line_is_a_failure() -> None:
    got = read_all(line(id="a", text="x" * 500), line(id="b", text="y"), limits=Limits(size=100))
    assert isinstance(got[0], Failure) and "longer than the limit" in got[0].problem
    assert isinstance(got[1], Read)


@pytest.mark.parametrize("deep", [b'{"text": ' + b"[" * 100_000, b'{"a": ' * 100_000])
def test_deep_nesting_is_a_failure(deep: bytes) -> None:
    (failure,) = read_all(deep)
    assert isinstance(failure, Failure)


@pytest.mark.parametrize(
    ("data", "ids"),
    [(b'{"id": "a",\n "text": "One plant."}', ["a"]),
     (b'[{"id": 1, "text": "One plant."}, {"id": 2, "text": "Two."}]', ["1", "2"]),
     (b'{"id": "a", "text": "One."}\n{"id": "b", "text": "Two."}\n', ["a", "b"])],
)  # fmt: skip
def test_json_files(data: bytes, ids: list[str]) -> None:
    got = list(read_json(data, name="d.json"))
    assert [item.document.id for item in got if isinstance(item, Read)] == ids
