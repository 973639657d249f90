"""Bytes to text: encodings, sniffing, and what is refused with a remedy."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nameplate.errors import ReadError
from nameplate.read import Limits, read_bytes
from nameplate.read.fields import edtf_date, language_tag
from nameplate.read.language import language_of

ENGLISH = "Plant opens\n\nThe plant's first line — worth €40 million — was opened on Monday.\n"
CHINESE = (
    "轮胎项目投产\n\n五月八日，港湾轮胎项目一期工程正式投产，总投资二十亿元，年产轮胎六百万条。\n"
)
TRADITIONAL = "輪胎項目投產\n\n五月八日，港灣輪胎項目一期工程正式投產，總投資二十億元，這是本市今年最大的企業。\n"


def refusal(data: bytes, name: str = "r.txt", **given: object) -> ReadError:
    with pytest.raises(ReadError) as caught:
        read_bytes(data, name=name, **given)  # type: ignore[arg-type]
    assert caught.value.where == name
    assert caught.value.remedy.endswith(".")
    return caught.value


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(ENGLISH, "utf-8"), (ENGLISH, "utf-8-sig"), (ENGLISH, "utf-16"), (ENGLISH, "cp1252"),
     (CHINESE, "utf-8"), (CHINESE, "utf-8-sig"), (CHINESE, "utf-16"), (CHINESE, "gb18030"),
     (TRADITIONAL, "utf-8"), (TRADITIONAL, "big5"), (TRADITIONAL, "gb18030"), (CHINESE, "utf-32")],
)  # fmt: skip
def test_encodings(text: str, encoding: str) -> None:
    assert read_bytes(text.encode(encoding), name="r.txt").text == text


def test_declared_charset_of_a_short_text() -> None:
    data = "鎳礦".encode("big5")
    assert read_bytes(data, name="r", media_type="text/plain; charset=big5").text == "鎳礦"


def test_only_line_ends_change() -> None:
    text = "A\r\n\u202eb\u202c\x0b \x00c\ttail  \n"
    assert read_bytes(text.encode(), name="r.txt").text == text.replace("\r\n", "\n")


def test_a_character_cut_at_the_end_is_dropped() -> None:
    assert read_bytes(CHINESE.encode()[:-2], name="r.txt").text == CHINESE[:-2]


def test_bad_byte_in_utf8_is_named() -> None:
    data = CHINESE.encode() * 3
    place = len(CHINESE[:20].encode())
    broken = data[:place] + b"\xff" + data[place:]
    assert f"byte {place} is not UTF-8" in refusal(broken).problem


@pytest.mark.parametrize(
    "garbled",
    [CHINESE.encode().decode("latin-1"), CHINESE.encode().decode("gb18030", "replace"),
     CHINESE.encode("gb18030").decode("latin-1"), "开工" + "\ufffd" * 20],
)  # fmt: skip
def test_mojibake_is_refused(garbled: str) -> None:
    assert "garbled from byte" in refusal((garbled * 3).encode()).problem


def test_some_wrong_quotes_are_no_mojibake() -> None:
    text = ENGLISH * 5 + "Theyâ€™re ready."
    assert read_bytes(text.encode(), name="r.txt").text == text


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "empty"), (b" \n\t\n", "no words"), (bytes(range(256)) * 20, "not text"),
     (b"\x89PNG\r\n\x1a\n", "image"), (b"\x1f\x8b\x08", "gzip"), (b"{\\rtf1 x}", "rich-text"),
     (b"\xd0\xcf\x11\xe0xx", "old Office"), (b"%PD", "")],
)  # fmt: skip
def test_what_is_no_text(data: bytes, said: str) -> None:
    if said:
        assert said in refusal(data).problem
    else:
        assert read_bytes(data, name="r.txt").text


@pytest.mark.parametrize(
    ("member", "said"),
    [("word/document.xml", "Word"), ("xl/workbook.xml", "spreadsheet"), ("a.txt", "zip archive")],
)
def test_zip_files_name_the_remedy(member: str, said: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(member, "x")
    assert said in refusal(buffer.getvalue(), name="r.docx").problem


def test_limits() -> None:
    assert "limit of" in refusal(b"a" * 100, limits=Limits(size=10)).problem
    assert "limit of" in refusal(b"a" * 100, limits=Limits(characters=10)).problem


def test_title_language_digest() -> None:
    document = read_bytes(CHINESE.encode(), name="r.txt", published="2023-05-08 09:12")
    assert (document.title, document.lang) == ("轮胎项目投产", "zh")
    assert document.published == "2023-05-08"
    assert document.digest and len(document.digest) == 64


@pytest.mark.parametrize(
    ("given", "date"),
    [("2024-06-05", "2024-06-05"), ("2024-6-5 07:33", "2024-06-05"), ("20240605", "2024-06-05"),
     ("2024-06-05T07:33:00+08:00", "2024-06-05"), ("2024年6月5日", "2024-06-05"), ("2024", "2024"),
     ("2024/06", "2024-06"), ("2021-12/2022-01", "2021-12/2022-01"), ("", None), (None, None)],
)  # fmt: skip
def test_given_dates(given: str | None, date: str | None) -> None:
    assert edtf_date(given, where="r") == date


@pytest.mark.parametrize("given", ["yesterday", "2024-13-40", "05/06/2024", "/"])
def test_given_nonsense_is_an_error(given: str) -> None:
    with pytest.raises(ReadError, match="is not a date"):
        edtf_date(given, where="r")


@pytest.mark.parametrize(
    ("text", "lang"),
    [(ENGLISH, "en"), (CHINESE, "zh"), (TRADITIONAL, "zh"), ("12 345", "und"), ("2 GWh", "en"),
     ("工場は五月に生産を始めた。新しいラインである。", "und"), ("공장이 가동을 시작했다", "und"),
     ("L'usine a ouvert ses portes lundi et emploie désormais trois cents personnes.", "und"),
     ("Завод открыт в понедельник", "und"), ("长春 Changchun 一汽 FAW 研发总院", "zh")],
)  # fmt: skip
def test_language(text: str, lang: str) -> None:
    assert language_of(text) == lang


def test_language_tags() -> None:
    assert [language_tag(tag) for tag in ("zh-CN", "EN_us", "und", "", None, "中文")] == [
        "zh", "en", None, None, None, None,
    ]  # fmt: skip


@given(st.binary(max_size=300))
def test_bytes_raise_nothing_else(data: bytes) -> None:
    try:
        document = read_bytes(data, name="r")
    except ReadError:
        return
    assert document.text
