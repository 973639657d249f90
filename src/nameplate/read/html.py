"""A web page's bytes to its main text, title, publisher and date.

The main text is trafilatura's; where it comes out with less than half of the running prose that
resiliparse sees, it has taken a side column for the article, and resiliparse's is used. The choice
and its figures are in docs/decisions/0002-main-text.md.
"""

from __future__ import annotations

import re

from nameplate.errors import ReadError
from nameplate.model import Document
from nameplate.read.decode import charset_of_html, decode
from nameplate.read.head import Head, read_head
from nameplate.read.language import language_of
from nameplate.read.record import Limits, OtherLanguageError

_PROSE = re.compile(r"[。！？!?.;；”\"]")
_SHORTEST_PROSE = 20  # characters of a line that counts as prose
_SPACES = re.compile(r"[^\S\n]+")
_LIST_MARK = re.compile(r"^[-•*] +", re.MULTILINE)
_TAG = re.compile(r"<(/?)[A-Za-z]")
_MOST_TAGS = 60_000  # trafilatura takes some seconds for them; long articles have 5,000
_DEEPEST_WORK = 30_000_000  # steps; resiliparse takes about a second for them
_TELLING = 300  # characters of running text that tell a page's language
_NO_TEXT = "Open the page in a browser, and save the article as text or print it to PDF."


def read_html(data: bytes, *, name: str, charset: str | None, limits: Limits) -> Document:
    """The article of a page; raises ReadError if it holds none.

    Headings, captions and table rows are lines of their own, and the headline is the first line,
    for it counts as text. Addresses of links are dropped.
    """
    if len(data) > limits.html:
        raise ReadError(
            f"a page of {len(data) / 1e6:,.1f} MB is more than the limit of "
            f"{limits.html / 1e6:,.1f} MB",
            where=name,
            remedy="Save the article as text, or raise the limit on html.",
        )
    page = decode(data, name=name, declared=charset or charset_of_html(data), lenient=True)
    try:
        head, text = _parsed(page, name, limits)
    except (RecursionError, ValueError, AssertionError, TypeError, AttributeError) as error:
        raise ReadError(
            f"the page cannot be parsed ({type(error).__name__})", where=name, remedy=_NO_TEXT
        ) from error
    if not text:
        raise ReadError("there is no running text in the page", where=name, remedy=_NO_TEXT)
    return Document(
        id=name,
        text=with_title(head.title, text),
        title=head.title,
        published=head.published,
        lang=None,
        publisher=head.publisher,
        address=head.address,
        media_type="text/html",
    )


def _parsed(page: str, name: str, limits: Limits) -> tuple[Head, str]:
    """Head and main text; the libraries are loaded here, so that plain text need not pay.

    Each library is spared the pages on which it would take minutes.
    """
    from trafilatura.utils import load_html

    second = _by_resiliparse(page) if nesting(page) < _DEEPEST_WORK else ""
    running = prose(second)
    if limits.languages and running > _TELLING and not limits.read_in(language_of(second)):
        raise OtherLanguageError(name)
    tree = load_html(page.replace("\0", ""))
    if tree is None:
        return Head(), ""
    head = read_head(tree)
    first = _by_trafilatura(tree, fast=limits.fast) if page.count("<") < _MOST_TAGS else ""
    return head, tidy(second if prose(first) * 2 < running else first)


def _by_trafilatura(tree: object, *, fast: bool) -> str:
    import trafilatura

    found = trafilatura.extract(
        tree, include_comments=False, include_tables=True, include_links=False, fast=fast
    )
    return found or ""


def _by_resiliparse(page: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(page, main_content=True, alt_texts=False, links=False))


def nesting(page: str) -> int:
    """Steps that resiliparse takes for a page: for each tag, how many are open around it.

    It climbs from every element to the root, so that nothing but 100,000 opening tags, half a
    megabyte, would hold it for minutes. Too few tags to matter are not looked at.
    """
    tags = page.count("<")
    if tags * tags < _DEEPEST_WORK:
        return 0
    depth = steps = 0
    for match in _TAG.finditer(page):
        depth = max(0, depth + (-1 if match[1] else 1))
        steps += depth
    return steps


def prose(text: str) -> int:
    """Characters in lines that read like sentences rather than like menu entries."""
    lines = (line.strip() for line in text.split("\n"))
    return sum(len(line) for line in lines if len(line) >= _SHORTEST_PROSE and _PROSE.search(line))


def tidy(text: str) -> str:
    """Lines without leading list marks, doubled spaces and runs of blank lines."""
    lines = [_SPACES.sub(" ", line).strip() for line in text.split("\n")]
    joined = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return _LIST_MARK.sub("", joined)


def with_title(title: str | None, text: str) -> str:
    """The text with the headline before it, unless one of its first lines says it already."""
    if not title:
        return text
    start = _bare("\n".join(text.split("\n", 5)[:5]))
    return text if _bare(title)[:40] in start else f"{title}\n\n{text}"


def _bare(text: str) -> str:
    return "".join(char for char in text if char.isalnum())
