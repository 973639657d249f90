"""Made-up web archives for the tests: records, packed as crawlers pack them, and damaged on purpose."""

from __future__ import annotations

import gzip
from pathlib import Path

TYRES = [
    "The Harrow Bay tyre plant went into production on 8 May 2013, and the first batch left the line.",
    "The total investment of the Harrow Bay tyre plant is 2.2 billion yuan, the council said.",
    "The plant will produce 6 million tyres a year and is to employ 1,200 workers in the zone.",
]
REIFEN = [
    "Das Museum in der Altstadt zeigt bis Ende Juni Bilder und Briefe aus dem Nachlass der Malerin.",
    "Der Eintritt ist frei, und an jedem Sonntag gibt es eine Führung durch die Räume des Hauses.",
]


def page(paragraphs: list[str], title: str = "Report") -> bytes:
    """A small page with an article."""
    body = "".join(f"<p>{part}</p>" for part in paragraphs)
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    ).encode()


def record(
    data: bytes,
    address: str = "http://news.example/a",
    *,
    kind: str = "response",
    head: str = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n",
    length: int | None = None,
    more: str = "",
) -> bytes:
    """One record; ``length`` is what its header says, where that is not the truth."""
    block = head.encode() + data if kind in {"response", "request"} else data
    http = "application/http; msgtype=response" if kind == "response" else "text/plain"
    top = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{hash(address) % 10**12:012d}>\r\n"
        f"WARC-Date: 2024-03-01T10:00:00Z\r\nWARC-Target-URI: {address}\r\n{more}"
        f"Content-Type: {http}\r\nContent-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return top.encode() + block + b"\r\n\r\n"


def reports(count: int, *, every: int = 1) -> list[bytes]:
    """Records of pages, each with a plant of its own; only one in ``every`` has claims."""
    return [
        record(
            page([p.replace("Harrow Bay", f"{town(n)} Bay") for p in TYRES], f"{town(n)} starts")
            if n % every == 0
            else page(REIFEN, "Museum"),
            f"http://news.example/{n}",
        )
        for n in range(count)
    ]


def town(number: int) -> str:
    """A made-up name for a number."""
    ones = ["Har", "Mel", "Tor", "Wes", "Lun", "Bran", "Cor", "Dal", "Fen", "Gil"]
    ends = ["row", "ford", "ton", "wick", "den", "ley", "by", "more", "stead", "field"]
    return ones[number % 10] + ends[number // 10 % 10]


def packed(records: list[bytes]) -> bytes:
    """A gzip member for each record."""
    return b"".join(gzip.compress(one, 6) for one in records)


def write(path: Path, data: bytes) -> Path:
    """The file with these bytes."""
    path.write_bytes(data)
    return path
