"""What a stretch of bytes is: by its first bytes, then by its media type, then by its name."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Literal

from nameplate.errors import ReadError

Form = Literal["text", "html", "pdf", "lines"]

SUFFIXES: dict[str, Form] = {
    ".txt": "text", ".text": "text", ".md": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html",
    ".pdf": "pdf",
    ".jsonl": "lines", ".ndjson": "lines", ".json": "lines",
}  # fmt: skip
_MEDIA: dict[str, Form] = {
    "text/plain": "text", "text/markdown": "text",
    "text/html": "html", "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "application/x-ndjson": "lines", "application/jsonl": "lines", "application/json": "lines",
}  # fmt: skip
_OFFICE = "Convert it to PDF, HTML or text and add that"
_RETURN = (
    "If it is a return, draft a mapping with `nameplate mapping suggest` and add it with --mapping"
)
_UNPACK = "Unpack it and add the folder"
_SCAN = "Run text recognition (OCR) on it and add the text or the PDF with a text layer"
_AUDIO = "Add a transcript as text"
# First bytes of what is met among reports but not read here: name and remedy.
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "an old Office document (.doc, .xls, .ppt)", _OFFICE),
    (b"{\\rtf", "a rich-text document", _OFFICE),
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ", "an xz archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a zstandard archive", _UNPACK),
    (b"7z\xbc\xaf", "a 7-Zip archive", _UNPACK),
    (b"Rar!", "a RAR archive", _UNPACK),
    (b"WARC/1.", "a web archive (WARC)", "Extract its pages to a folder and add the folder"),
    (b"\x89PNG", "an image", _SCAN),
    (b"\xff\xd8\xff", "an image", _SCAN),
    (b"GIF8", "an image", _SCAN),
    (b"II*\0", "an image", _SCAN),
    (b"MM\0*", "an image", _SCAN),
    (b"RIFF", "an image or a recording", _AUDIO),
    (b"ID3", "a recording", _AUDIO),
    (b"SQLite format 3", "a database", "Name it with --ledger if it is a ledger"),
    (b"\x7fELF", "a program", "Give a text, HTML, PDF or JSON Lines file"),
)
_ZIPPED = (
    (b"word/", "a Word document (.docx)", _OFFICE),
    (b"xl/", "a spreadsheet (.xlsx)", _RETURN),
    (b"ppt/", "a slide deck (.pptx)", _OFFICE),
    (b"opendocument.spreadsheet", "a spreadsheet (.ods)", _RETURN),
    (b"opendocument", "an OpenDocument file", _OFFICE),
    (b"OFD.xml", "an OFD document", _OFFICE),
    (b"epub", "an e-book", _OFFICE),
)
FOREIGN_SUFFIXES = frozenset(
    re.findall(
        r"\S+",
        ".doc .docx .docm .odt .rtf .wps .ofd .xls .xlsx .ods .et .csv .tsv .ppt .pptx .odp .dps "
        ".epub .eml .msg .mht .mhtml .zip .gz .bz2 .xz .zst .7z .rar .tar .tgz .warc .caj",
    )
)
_TABLES, _TEXTS = frozenset({"text/csv", "text/tab-separated-values"}), frozenset({"text/plain"})
_HTML_START = re.compile(
    rb"\A[\xef\xbb\xbf\s]*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_MAIL_ARCHIVE = re.compile(rb"\A(?:[\w-]+: [^\n]{0,500}\n){0,20}?MIME-Version:", re.IGNORECASE)


def form_of(data: bytes, *, name: str, media_type: str | None = None) -> Form:
    """How to read ``data``; raises ReadError with the remedy for what is not read here."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    refuse_foreign(data, name)
    if looks_like_html(data):
        return "html"
    media = (media_type or "").partition(";")[0].strip().lower()
    named_so = PurePath(name).suffix.lower() in (".csv", ".tsv")
    if media in _TABLES or (named_so and media not in _TEXTS):
        raise ReadError("this is a table of separated values", where=name, remedy=f"{_RETURN}.")
    named = _MEDIA.get(media) or SUFFIXES.get(PurePath(name).suffix.lower(), "text")
    if named == "pdf":
        raise ReadError(
            "this is no PDF: its first bytes are not %PDF-",
            where=name,
            remedy="Fetch it again; a download may have stored an error page in its place.",
        )
    return named


def looks_like_html(data: bytes) -> bool:
    """Whether a page's first tag opens the data, whatever the name says."""
    head = data[:4096]
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        head = head.replace(b"\0", b"")[2:]
    return _HTML_START.match(head) is not None


def refuse_foreign(data: bytes, name: str) -> None:
    """Raise ReadError if the first bytes are those of a format that is not read here."""
    what = remedy = ""
    if data.startswith(b"PK\x03\x04"):
        head = data[:4096] + data[-4096:]
        fallback = (b"", "a zip archive", _UNPACK)
        _, what, remedy = next((row for row in _ZIPPED if row[0] in head), fallback)
    elif _MAIL_ARCHIVE.match(data[:8192]):
        what, remedy = "an e-mail or a web archive (.eml, .mht)", _OFFICE
    else:
        _, what, remedy = next((row for row in _FOREIGN if data.startswith(row[0])), (b"", "", ""))
    if what:
        raise ReadError(f"this is {what}, which is not read", where=name, remedy=f"{remedy}.")
