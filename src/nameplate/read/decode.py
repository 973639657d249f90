"""Bytes to text, by evidence: marks at the start, strict UTF-8, a declared name, then likelihood.

Chinese reports come in UTF-8, GB18030 and Big5, older English ones in Windows-1252. Which of the
three it is shows in the result: four of ten Han characters of any real text are among the hundred
commonest, whereas text decoded with the wrong table hits them by chance only.
"""

from __future__ import annotations

import codecs
import re

from nameplate.errors import ReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The commonest characters of Chinese, simplified and traditional (after Jun Da's frequency list).
_COMMON = frozenset(
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学"
    "对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手用主行方又如前所本见经头面公"
    "同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正"
    "產業項目投資建設年企業市區國這個們為來時會過後說對學開發經動長與進將實點種聲話東車萬電機場"
    "产业项目投资建设企区万电机场新公司省政府工程元亿"
)
_CLEAR_HAN = 0.10  # wrong tables stay below 0.04, real texts above 0.25
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
# Declared names stand for the wider tables that pages really use (as in the WHATWG standard).
_WIDER = {
    "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "iso-8859-1": "cp1252",
    "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
}  # fmt: skip
_SAMPLE = 100_000  # code points that the evidence is taken from
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MULTIBYTE = re.compile(rb"[\xc3-\xf4][\x80-\xbf]+")
_HAN = re.compile("[\u3400-\u9fff]")
_LATIN_HIGH = re.compile("[\u0080-\u00ff\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")
# UTF-8 taken for GB18030 and saved again: these, rare in any real text, stand for 。，的 and so on.
_GARBLED_HAN = re.compile("[銆锛鐨勪竴鏄鍦鍥浜鎴鏉寮绗閿熸枻锟]")
_REPLACED = re.compile("\ufffd")


def decode(data: bytes, *, name: str, declared: str | None = None, lenient: bool = False) -> str:
    """The text of ``data``; raises ReadError, naming the byte, if no encoding fits.

    ``declared`` is a character set named outside the data (an HTTP header). ``lenient`` replaces a
    few bad bytes (below one in a thousand) by U+FFFD, as browsers do, instead of refusing them.
    """
    text = _marked(data, name)
    if text is None:
        _refuse_binary(data, name)
        text = _unmarked(data, name, declared, lenient)
    _refuse_mojibake(text, name)
    return text


def charset_of_html(data: bytes) -> str | None:
    """The character set that a page's first kilobytes declare, as Python names it."""
    found = _CHARSET.search(data, 0, 4096)
    return _known(found[1].decode("ascii", "replace")) if found else None


def _known(name: str | None) -> str | None:
    if not name:
        return None
    lower = name.strip().lower()
    try:
        return codecs.lookup(_WIDER.get(lower, lower)).name
    except LookupError:
        return None


def _marked(data: bytes, name: str) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise _undecodable(name, encoding, len(mark) + error.start) from None
    return None


def _refuse_binary(data: bytes, name: str) -> None:
    head = data[:65536]
    first = _CONTROL.search(head)
    if first and len(_CONTROL.findall(head)) > max(2, len(head) // 50):
        raise ReadError(
            f"this is not text: byte {first.start()} is {head[first.start()]:#04x}, a control code",
            where=name,
            remedy="Give a text, HTML, PDF or JSON Lines file.",
        )


def _unmarked(data: bytes, name: str, declared: str | None, lenient: bool) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        start, cut = error.start, error.reason == "unexpected end of data"
    if cut and len(data) > 8:
        return data[:start].decode("utf-8")  # the last character of a truncated file
    if _mostly_utf8(data):
        if lenient:
            return data.decode("utf-8", "replace")
        raise _undecodable(name, "UTF-8", start)
    return _by_table(data, _known(declared)) or _likeliest(data, name, start, lenient)


def _mostly_utf8(data: bytes) -> bool:
    """Whether bad bytes are so few beside good sequences that no other table is likely."""
    bad = data.decode("utf-8", "replace").count("\ufffd")
    return len(_MULTIBYTE.findall(data)) - bad > 10 * bad


def _by_table(data: bytes, encoding: str | None) -> str | None:
    """The text under a declared encoding, if it decodes and, being Chinese, reads like Chinese."""
    if encoding is None or encoding == "utf-8":
        return None
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    few = len(_HAN.findall(text[:_SAMPLE])) < 10
    return text if few or _common_share(text) > _CLEAR_HAN else None


def _likeliest(data: bytes, name: str, start: int, lenient: bool) -> str:
    errors = "replace" if lenient else "strict"
    best, text = _CLEAR_HAN, None
    for encoding in ("gb18030", "big5hkscs"):
        try:
            candidate = data.decode(encoding, errors)
        except UnicodeDecodeError:
            continue
        share = _common_share(candidate)
        if share > best and candidate.count("\ufffd") * 1000 <= len(candidate):
            best, text = share, candidate
    if text is None:
        text = _western(data)
    if text is None:
        raise _undecodable(name, "UTF-8, GB18030, Big5 or Windows-1252", start)
    return text


def _western(data: bytes) -> str | None:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return text if len(_LATIN_HIGH.findall(text)) * 5 <= len(text) else None


def _common_share(text: str) -> float:
    """Share of the Han characters that are among the commonest; 0 if there are hardly any."""
    sample = _HAN.findall(text[:_SAMPLE])
    return sum(char in _COMMON for char in sample) / len(sample) if len(sample) > 1 else 0.0


def _refuse_mojibake(text: str, name: str) -> None:
    """Refuse text that was decoded with the wrong table before it was saved."""
    sample = text[:_SAMPLE]
    solid = len(sample) - sample.count(" ") - sample.count("\n")
    for pattern, share in ((_LATIN_HIGH, 0.30), (_GARBLED_HAN, 0.10), (_REPLACED, 0.02)):
        found = pattern.findall(sample)
        if len(found) >= 5 and len(found) > share * solid:
            first = pattern.search(sample)
            assert first is not None
            offset = len(sample[: first.start()].encode("utf-8", "replace"))
            raise ReadError(
                f"the text is garbled from byte {offset} on ({sample[first.start() :][:12]!r}): "
                "it was saved after being read in the wrong encoding",
                where=name,
                remedy="Fetch the original again and save it as UTF-8.",
            )


def _undecodable(name: str, encoding: str, offset: int) -> ReadError:
    return ReadError(
        f"byte {offset} is not {encoding}, and no other encoding fits", where=name,
        remedy="Save it as UTF-8 and read it again.",
    )  # fmt: skip
