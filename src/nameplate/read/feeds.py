"""Feeds to the addresses of their reports: RSS, Atom, sitemaps and indexes of sitemaps (also gzip).

Feeds are hostile like any text: entities are not resolved, nothing is fetched while parsing, a packed
one is unpacked up to a limit, and what is no web address is left out.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from lxml import etree

from nameplate.errors import ReadError
from nameplate.model import Record

_LARGEST = 50_000_000
"""Bytes of a sitemap, as its protocol has it."""
_MOST = 50_000
_REMEDY = "Give the address of an RSS or Atom feed or of a sitemap."


class Entry(Record, frozen=True, kw_only=True):
    """An address that a feed names, and when it says that this was changed last (as it writes it)."""

    address: str
    changed: str | None = None


class Feed(Record, frozen=True, kw_only=True):
    """The pages that a feed names, and the further feeds that an index names."""

    pages: tuple[Entry, ...] = ()
    feeds: tuple[Entry, ...] = ()


def read_feed(data: bytes, *, address: str) -> Feed:
    """What a feed names, each address once, in its order; raises ReadError if it is no feed."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, recover=True, load_dtd=False
    )
    try:
        root = etree.fromstring(_unpacked(data, address), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"this is no feed ({error})", where=address, remedy=_REMEDY) from error
    name = _name(root) if root is not None else ""
    if name not in {"rss", "RDF", "feed", "urlset", "sitemapindex"}:
        raise ReadError("this is no feed", where=address, remedy=_REMEDY)
    found = tuple(_once(_entries(root, name), address))[:_MOST]
    return Feed(feeds=found) if name == "sitemapindex" else Feed(pages=found)


def _unpacked(data: bytes, address: str) -> bytes:
    if not data.startswith(b"\x1f\x8b"):
        return data
    unpacker = zlib.decompressobj(31)
    try:
        whole = unpacker.decompress(data, _LARGEST)
    except zlib.error as error:
        raise ReadError(f"the feed is damaged ({error})", where=address, remedy=_REMEDY) from error
    if unpacker.unconsumed_tail:
        raise ReadError("the feed is larger than 50 MB", where=address, remedy=_REMEDY)
    if not unpacker.eof:
        raise ReadError("the feed is cut off", where=address, remedy="Fetch it again.")
    return whole


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _entries(root: etree._Element, kind: str) -> Iterator[Entry]:
    wanted = {"feed": "entry", "urlset": "url", "sitemapindex": "sitemap"}.get(kind, "item")
    for element in root.iter():
        if _name(element) == wanted:
            yield _entry(element)


def _entry(element: etree._Element) -> Entry:
    parts: dict[str, str] = {}
    for child in element:
        name, text = _name(child), (child.text or "").strip()
        if name == "link" and child.get("href"):
            if child.get("rel", "alternate") != "alternate":
                continue
            text = child.get("href", "").strip()
        if name == "guid" and (child.get("isPermaLink") or "true").lower() != "true":
            continue
        if text:
            parts.setdefault(name, text)
    address = parts.get("link") or parts.get("loc") or parts.get("guid") or ""
    dates = ("updated", "lastmod", "pubDate", "published", "date")
    return Entry(address=address, changed=next((parts[d] for d in dates if d in parts), None))


def _once(entries: Iterator[Entry], base: str) -> Iterator[Entry]:
    """Whole addresses of the web, each once, without the part after ``#``."""
    seen = set()
    for entry in entries:
        try:
            whole = urljoin(base, entry.address).partition("#")[0]
            parts = urlsplit(whole)
        except ValueError:
            continue
        web = entry.address and parts.scheme in {"http", "https"} and parts.hostname
        if web and len(whole) <= 2000 and whole not in seen:
            seen.add(whole)
            yield Entry(address=whole, changed=entry.changed)
