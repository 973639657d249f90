"""What a web page says about itself: title, publisher, date, language and address.

Only statements made for the purpose are taken: meta elements, JSON-LD, a date line between the
headline and the article, a date in the address. A copyright year, the date of a last change and
dates in menus or in the article are not the date of publication.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from nameplate.model import Record
from nameplate.read.fields import iso_date, language_tag, one_line

_DATE_KEYS = frozenset(
    re.findall(
        r"\S+",
        "article:published_time og:published_time og:article:published_time publishdate pubdate "
        "publish-date publish_date publishtime publish_time published_time datepublished "
        "firstpublishedtime weibo:article:create_at apub:time dc.date dc.date.issued dcterms.date "
        "dcterms.issued dcterms.created dc.date.created sailthru.date parsely-pub-date "
        "originalpublicationdate article.published citation_publication_date pubtime "
        "bytedance:published_time",
    )
)
_PUBLISHER_KEYS = frozenset(("og:site_name", "contentsource", "dc.publisher", "mediaid"))
_LINE_DATE = re.compile(
    r"(20\d\d|199\d)(?:\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})|\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日)"
    r"(?![\d.])"
)
_ADDRESS_DATE = re.compile(r"[/_-](20\d\d)[-/_]?(0[1-9]|1[0-2])[-/_]?(0[1-9]|[12]\d|3[01])(?=\D|$)")
_DATE_CUE = re.compile(
    r"时间|日期|发布|发表|来源|來源|\d:\d\d|publish|posted|source|date", re.IGNORECASE
)
_LABEL = re.compile(
    r"(?:(?:发布|发表|发稿|發佈|發布)?(?:时间|日期|時間)|published(?: on)?|posted(?: on)?)\s?[:：|]\s*",
    re.IGNORECASE,
)
_NOT_PUBLISHED = re.compile(
    r"更新|修改|截至|版权|©|copyright|updated|modified|until", re.IGNORECASE
)
_SITE = re.compile(r"\s*(?:[_|｜]|--|——| [-–—] )\s*")
_SITE_AFTER_HYPHEN = re.compile(
    r"(?<=[\u4e00-\u9fff！？!?”》])-(?=[\u4e00-\u9fffA-Z])[^-，。！？,]{2,16}$"
)
_LONGEST_TITLE = 200
_BLOCKS = (
    "p",
    "div",
    "span",
    "li",
    "td",
    "em",
    "i",
    "time",
    "b",
    "font",
    "small",
    "h2",
    "h3",
    "h4",
)


class Head(Record, frozen=True, kw_only=True):
    """The statements; each is absent if the page does not make it."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    lang: str | None = None
    address: str | None = None


def read_head(tree: HtmlElement) -> Head:
    """The statements of a parsed page."""
    metas = list(_metas(tree))
    linked = [item for script in tree.iter("script") for item in _json_ld(script)]
    title = _title(tree, dict(reversed(metas)))
    address = _first(metas, frozenset(("og:url",))) or next(
        (link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical"), None
    )
    return Head(
        title=title,
        publisher=_publisher(metas, linked),
        published=_stated_date(metas, linked)
        or _line_date(tree, title)
        or _labelled_date(tree)
        or _address_date(address or ""),
        lang=language_tag(
            tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
        ),
        address=address if (address or "").startswith("http") else None,
    )


def _metas(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """Names and contents of the meta elements, and of elements with ``itemprop`` dates."""
    for meta in tree.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = (meta.get("content") or "").strip()
        if key and content:
            yield key.strip().lower(), content[:2000]
    for time in tree.iter("time", "span", "em"):
        if (time.get("itemprop") or "").lower() == "datepublished" or time.get(
            "pubdate"
        ) is not None:
            yield "datepublished", (time.get("datetime") or time.text_content()).strip()[:100]


def _json_ld(script: HtmlElement) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD script, one level of lists and graphs deep."""
    if "ld+json" not in (script.get("type") or "") or not script.text:
        return
    try:
        data = json.loads(script.text[:500_000])
    except (ValueError, RecursionError):
        return
    items = data if isinstance(data, list) else [data]
    for item in items[:50]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (
                (part for part in graph if isinstance(part, dict))
                if isinstance(graph, list)
                else ()
            )


def _first(metas: list[tuple[str, str]], keys: frozenset[str]) -> str | None:
    return next((content for key, content in metas if key in keys), None)


def _publisher(metas: list[tuple[str, str]], linked: list[dict[str, Any]]) -> str | None:
    for item in linked:
        body = item.get("publisher")
        name = body.get("name") if isinstance(body, dict) else body
        if isinstance(name, str) and name.strip():
            return one_line(name)
    return one_line(_first(metas, _PUBLISHER_KEYS))


def _stated_date(metas: list[tuple[str, str]], linked: list[dict[str, Any]]) -> str | None:
    stated = [content for key, content in metas if key in _DATE_KEYS]
    stated += [str(item.get("datePublished") or "") for item in linked]
    dates = (iso_date(value.strip()) for value in stated)
    return next((date for date in dates if date and len(date) == 10), None)


def _short_text(element: HtmlElement) -> str:
    """The text of an element, spaces made single; empty if it is longer than any date line."""
    parts: list[str] = []
    size = 0
    for part in element.itertext():
        size += len(part)
        parts.append(part)
        if size > 2_000 or len(parts) > 60:
            return ""
    return " ".join("".join(parts).split())


def _line_date(tree: HtmlElement, title: str | None) -> str | None:
    """The date of a short line soon after the headline, such as ``2024-06-05 07:33 来源: …``."""
    seen = 0
    wanted = _folded(title or "")
    passed = not wanted
    for element in tree.iter("h1", *_BLOCKS):
        text = _short_text(element)
        if not passed:
            passed = element.tag in {"h1", "h2", "h3"} or _folded(text) == wanted
            passed = passed and _folded(text)[:8] == wanted[:8]
        elif text:
            seen += 10 if element.tag == "p" and len(text) > 80 else 1
            found = _LINE_DATE.search(text) if len(text) <= 120 else None
            if found and not _NOT_PUBLISHED.search(text) and _is_date_line(text, found[0]):
                return iso_date("-".join(part for part in found.groups() if part))
        if seen > 40:
            return None
    return None


def _labelled_date(tree: HtmlElement) -> str | None:
    """The first date anywhere that follows a word for publication and a colon in a short line."""
    for element in tree.iter(*_BLOCKS):
        text = _short_text(element)
        label = _LABEL.search(text) if len(text) <= 120 else None
        found = _LINE_DATE.match(text, label.end()) if label else None
        if found and not _NOT_PUBLISHED.search(text):
            return iso_date("-".join(part for part in found.groups() if part))
    return None


def _is_date_line(text: str, date: str) -> bool:
    """Whether a line is there for its date: little else in it, or a word that says so."""
    return bool(_DATE_CUE.search(text)) or len(text) <= len(date) + 4


def _address_date(address: str) -> str | None:
    found = _ADDRESS_DATE.search(address)
    return iso_date("-".join(found.groups())) if found else None


def _title(tree: HtmlElement, metas: dict[str, str]) -> str | None:
    """The headline: a heading that the page's title repeats, else the title without the site."""
    whole = one_line(next((t.text_content() for t in tree.iter("title")), None)) or ""
    for heading in tree.iter("h1", "h2"):
        text = one_line(heading.text_content()) or ""
        if 4 <= len(text) <= _LONGEST_TITLE and _folded(text)[:20] in _folded(whole):
            return text
    stated = one_line(metas.get("og:title") or metas.get("twitter:title"))
    if stated and _folded(stated)[:12] in _folded(whole):
        whole = stated
    headings = [one_line(h.text_content()) or "" for h in tree.iter("h1")]
    if not whole and len(headings) == 1:
        whole = headings[0]
    return without_site(whole)[:_LONGEST_TITLE] or None


def without_site(title: str) -> str:
    """A page's title without the names of section and site after it (``Headline_News_Site``)."""
    first = _SITE.split(title)[0].strip()
    first = _SITE_AFTER_HYPHEN.sub("", first)
    return first if len(first) >= 6 else title.strip()


def _folded(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())
