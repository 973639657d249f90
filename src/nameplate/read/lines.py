"""JSON Lines of documents: one object a line, each a document of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

import msgspec

from nameplate.errors import ReadError
from nameplate.model import Document, Failure
from nameplate.read.document import check_text, title_in
from nameplate.read.fields import edtf_date, language_tag, one_line
from nameplate.read.language import language_of
from nameplate.read.record import DEFAULT, Limits, Read
from nameplate.read.regions import mark_regions

_SHAPE = (
    'Write one object a line: {"id": "…", "text": "…"}, with title, published and lang if known.'
)


class _Line(msgspec.Struct, frozen=True):
    """The keys of a line that are read; others are ignored."""

    text: str
    id: str | int | None = None
    title: str | None = None
    published: str | int | None = None
    lang: str | None = None
    publisher: str | None = None
    address: str | None = None
    url: str | None = None


_decoder = msgspec.json.Decoder(_Line)


def read_lines(
    lines: Iterable[bytes], *, name: str, limits: Limits = DEFAULT
) -> Iterator[Read | Failure]:
    """A Read or a Failure for each line that is not blank; ``name:number`` is the place of a line.

    If the first line is not an object, the whole is taken for something else: one Failure, the end.
    """
    first = True
    for number, line in enumerate(lines, 1):
        content = line.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else line.strip()
        if not content:
            continue
        if first and not content.startswith(b"{"):
            yield Failure(where=f"{name}:{number}", problem="this is not JSON Lines", remedy=_SHAPE)
            return
        first = False
        try:
            yield Read(
                document=read_line(content, where=f"{name}:{number}", limits=limits), data=content
            )
        except ReadError as error:
            yield Failure(where=error.where, problem=error.problem, remedy=error.remedy)
    if first:
        yield Failure(where=name, problem="there is no document in it", remedy=_SHAPE)


def read_json(data: bytes, *, name: str, limits: Limits = DEFAULT) -> Iterator[Read | Failure]:
    """Documents of a ``.json`` file: one object, an array of objects, or JSON Lines after all."""
    content = data.removeprefix(b"\xef\xbb\xbf").strip()
    try:
        shape = list[msgspec.Raw] if content.startswith(b"[") else dict[str, msgspec.Raw]
        whole = msgspec.json.decode(content, type=shape)
    except (msgspec.MsgspecError, RecursionError):
        yield from read_lines(content.splitlines(keepends=True), name=name, limits=limits)
        return
    items = [bytes(item) for item in whole] if isinstance(whole, list) else [content]
    for number, item in enumerate(items, 1):
        where = f"{name}:{number}"
        try:
            yield Read(document=read_line(item, where=where, limits=limits), data=item)
        except ReadError as error:
            yield Failure(where=error.where, problem=error.problem, remedy=error.remedy)


def read_line(line: bytes, *, where: str, limits: Limits = DEFAULT) -> Document:
    """The document of one line; its text is kept as given, so that offsets hold."""
    if len(line) > limits.size:
        raise ReadError(
            f"the line is longer than the limit of {limits.size / 1e6:,.1f} MB", where=where,
            remedy="Raise the limit on size, or leave the document out.",
        )  # fmt: skip
    try:
        given = _decoder.decode(line)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ReadError(str(error).rstrip("."), where=where, remedy=_SHAPE) from None
    check_text(given.text, where, limits)
    regions = mark_regions(given.text)
    return Document(
        id=where if given.id in (None, "") else str(given.id),
        text=given.text,
        title=one_line(given.title) or title_in(given.text, regions),
        published=edtf_date(None if given.published is None else str(given.published), where=where),
        lang=language_tag(given.lang) or language_of(given.text),
        publisher=one_line(given.publisher),
        address=given.address or given.url or None,
        digest=hashlib.sha256(line).hexdigest(),
        regions=regions,
    )
