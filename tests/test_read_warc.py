"""Web archives: every record or a word about it, whatever the bytes are."""

from __future__ import annotations

import gzip
import json
import random
import time
from pathlib import Path

import pytest

from archives import REIFEN, TYRES, packed, page, record, reports, write
from nameplate.errors import ReadError
from nameplate.lexicon.examples import examples
from nameplate.read.capture import CRAWL, read_capture
from nameplate.read.prefilter import may_hold_claim, rough_text
from nameplate.read.record import Limits
from nameplate.read.warc import (
    Captured,
    Damage,
    Item,
    Passed,
    Stretch,
    read_archive,
    read_record,
)


def items(tmp_path: Path, data: bytes, *, limits: Limits = CRAWL) -> list[Item]:
    return list(read_archive(write(tmp_path / "a.warc.gz", data), limits=limits))


def pages(found: list[Item]) -> list[str]:
    return [item.address.rpartition("/")[2] for item in found if isinstance(item, Captured)]


def damages(found: list[Item]) -> list[Damage]:
    return [item for item in found if isinstance(item, Damage)]


@pytest.mark.parametrize("pack", [packed, b"".join, lambda r: gzip.compress(b"".join(r))])
def test_every_record_of_a_whole_archive(tmp_path: Path, pack: object) -> None:
    found = items(tmp_path, pack(reports(20)))  # type: ignore[operator]
    assert pages(found) == [str(n) for n in range(20)]
    assert not damages(found)


def test_zstandard(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    whole = b"".join(zstandard.compress(r) for r in reports(6))
    assert len(pages(items(tmp_path, whole))) == 6
    cut = items(tmp_path, whole[:-100])
    assert len(pages(cut)) == 5 and len(damages(cut)) == 1


def test_only_pages_are_handed_on(tmp_path: Path) -> None:
    found = items(
        tmp_path,
        packed(
            [
                record(b"software: x", kind="warcinfo"),
                record(b"GET / HTTP/1.1\r\n\r\n", kind="request", head=""),
                record(b"", head="HTTP/1.1 301 Moved\r\nLocation: /b\r\n\r\n"),
                record(b"\x89PNG", head="HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"),
                record(b"Plain words of a page.", "http://x.example/wet", kind="conversion"),
            ]
        ),
    )
    whys = [item.why for item in found if isinstance(item, Passed)]
    assert whys == ["warcinfo", "request", "status 301", "media type"]
    assert pages(found) == ["wet"]


def test_a_cut_archive_is_reported_with_place_and_remedy(tmp_path: Path) -> None:
    records = reports(10)
    whole = packed(records)
    last = len(packed(records[:-1]))
    for missing in (3, 40, 300, len(whole) - last - 20):
        found = items(tmp_path, whole[:-missing])
        assert len(pages(found)) in {9, 10}
        (damage,) = damages(found)
        assert damage.offset == last and "cut off" in damage.problem and damage.remedy
        assert damage.where.endswith(f"a.warc.gz@{last}")


def test_a_cut_plain_archive_is_reported_too(tmp_path: Path) -> None:
    whole = b"".join(reports(5))
    for missing in (200, len(reports(5)[-1]) - 30):
        found = items(tmp_path, whole[:-missing])
        assert len(pages(found)) == 4 and len(damages(found)) == 1


def test_reading_goes_on_behind_damage(tmp_path: Path) -> None:
    parts = [gzip.compress(r) for r in reports(30)]
    spoiled = bytearray(parts[12])
    spoiled[len(spoiled) // 2] ^= 0xFF
    spoiled[len(spoiled) // 2 + 5] ^= 0x55
    found = items(tmp_path, b"".join([*parts[:12], bytes(spoiled), *parts[13:]]))
    assert set(pages(found)) >= {str(n) for n in range(30)} - {"12"}
    assert len(pages(found)) <= 30 and len(damages(found)) == 1
    found = items(tmp_path, b"".join([*parts[:20], b"garbage" * 50, *parts[20:]]))
    assert pages(found) == [str(n) for n in range(30)] and len(damages(found)) == 1


@pytest.mark.parametrize("length", [20, 400, 6_000, 5_000_000, 10**12])
def test_a_wrong_length_costs_that_record_alone(tmp_path: Path, length: int) -> None:
    liar = record(page(TYRES), "http://news.example/liar", length=length)
    parts = [gzip.compress(r) for r in reports(9)]
    found = items(tmp_path, b"".join([*parts[:4], gzip.compress(liar), *parts[4:]]))
    assert [p for p in pages(found) if p != "liar"] == [str(n) for n in range(9)]
    assert len(damages(found)) == 1


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = gzip.compress(record(b"\0" * 300_000_000), 1)
    begun = time.monotonic()
    found = items(tmp_path, packed(reports(2)) + bomb + packed(reports(3)))
    assert len(pages(found)) == 5 and len(damages(found)) == 1
    assert "limit" in damages(found)[0].problem and time.monotonic() - begun < 5


def test_a_packed_page_that_is_a_bomb_stops_at_the_limit(tmp_path: Path) -> None:
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
    bomb = record(gzip.compress(b"<p>" + b"a" * 100_000_000, 9), head=head)
    (found,) = items(tmp_path, packed([bomb]))
    assert isinstance(found, Captured) and len(found.data) == CRAWL.size + 1
    with pytest.raises(ReadError, match="more than the limit"):
        read_capture(Captured(address="x", data=b"<p>the of and to plant" * 10**6, media_type="text/html",
                              archive="a", offset=0))  # fmt: skip


@pytest.mark.parametrize("coded", [True, False])
def test_transfers_are_undone_where_they_were_not_yet(tmp_path: Path, coded: bool) -> None:
    data = page(TYRES)
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
    (found,) = items(tmp_path, packed([record(gzip.compress(data) if coded else data, head=head)]))
    assert isinstance(found, Captured) and found.data == data


@pytest.mark.parametrize("data", [b"hello world" * 100, b"\x1f\x8b\x08garbage" * 9, b"\0" * 5000])
def test_what_is_no_archive(tmp_path: Path, data: bytes) -> None:
    try:
        assert damages(items(tmp_path, data))
    except ReadError as error:
        assert error.remedy


def test_an_empty_file_and_none_at_all(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="empty"):
        items(tmp_path, b"")
    with pytest.raises(ReadError, match="no such file"):
        list(read_archive(tmp_path / "none.warc.gz"))


def test_any_bytes_changed_lose_little_and_never_raise(tmp_path: Path) -> None:
    whole = packed(reports(12))
    chance = random.Random(7)
    for _ in range(60):
        spoiled = bytearray(whole)
        for _ in range(chance.randint(1, 3)):
            spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
        if chance.random() < 0.3:
            del spoiled[chance.randrange(len(spoiled)) :]
        try:
            found = items(tmp_path, bytes(spoiled))
        except ReadError:
            continue
        lost = 12 - len(set(pages(found)))
        assert lost == 0 or damages(found)


def test_stretches_of_an_archive_make_the_whole(tmp_path: Path) -> None:
    path = write(tmp_path / "a.warc.gz", packed(reports(20)))
    whole = list(read_archive(path))
    offsets = [item.offset for item in whole]
    parts = [
        item
        for start, end in ((0, offsets[7]), (offsets[7], offsets[15]), (offsets[15], None))
        for item in read_archive(path, Stretch(start, end))
    ]
    assert parts == whole
    record_bytes = path.read_bytes()[offsets[3] : offsets[4]]
    assert read_record(record_bytes, archive=str(path), offset=offsets[3]) == whole[3]


def test_a_page_becomes_a_document_and_others_go(tmp_path: Path) -> None:
    found = items(tmp_path, packed(reports(4, every=2)))
    documents = [read_capture(item) for item in found if isinstance(item, Captured)]
    assert [d is not None for d in documents] == [True, False, True, False]
    assert documents[0] is not None and documents[0].address == "http://news.example/0"
    assert documents[0].published is None and documents[0].lang == "en"


# The prefilter


def test_the_gold_reports_pass_in_every_encoding() -> None:
    texts = [(text, card.lang[:2]) for card, text in examples()]
    gold = Path(__file__).parent.parent.parent / "shared/gold/reports-dev.jsonl"
    if gold.exists():
        rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
        texts += [(row["text"], row["lang"]) for row in rows]
    for text, lang in texts:
        made = page(text.split("\n"))
        assert may_hold_claim(made)
        if lang == "zh":
            assert may_hold_claim(page(text.split("\n")).decode().encode("gb18030"))
            assert may_hold_claim(made.decode().encode("utf-16"))
            numbers = "".join(f"&#{ord(c)};" if c > "\x7f" else c for c in made.decode())
            assert may_hold_claim(numbers.encode())


def test_traditional_characters_pass() -> None:
    text = "該項目總投資二十二億元，預計明年投產。"
    assert may_hold_claim(text.encode("big5"), markup=False)
    assert may_hold_claim(text.encode(), markup=False)


def test_other_pages_do_not() -> None:
    assert not may_hold_claim(page(REIFEN))
    script = b"<script>// the cost of the plant and the investment to the end of it\n</script>"
    assert not may_hold_claim(script * 50 + page(REIFEN))
    assert not may_hold_claim(b"")


@pytest.mark.parametrize(
    "piece", [b"<", b"<script", b"<!--", b"<script></script", b"</style><style", b"&#x4"]
)
def test_the_look_at_a_page_takes_time_in_proportion(piece: bytes) -> None:
    begun = time.process_time()
    may_hold_claim(piece * (3_000_000 // len(piece)))
    rough_text(piece * (3_000_000 // len(piece)))
    assert time.process_time() - begun < 2
