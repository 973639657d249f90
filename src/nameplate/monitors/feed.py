"""Alerts as an Atom feed (RFC 4287): ids that stay, everything escaped, nothing from outside as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID
from xml.etree import ElementTree

from nameplate.answer import wording
from nameplate.answer.monitor import Alert
from nameplate.model import content_key

_ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DECEIVING = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Signs that hide words or turn their order round."""
_MOST = 200
_TITLES = {"en": "Nameplate: alerts", "zh": "Nameplate：提醒"}


def atom(alerts: Iterable[Alert], *, today: str, lang: str = "en", base: str = "") -> bytes:
    """The feed as UTF-8. ``base`` is the desk's address (``https://desk.example.org``), to which
    entries lead; the feed's id is made of it, each entry's of its alert."""
    listed = list(alerts)[:_MOST]
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(
        f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": lang}
    )
    _add(feed, "id", _urn(content_key("alerts", base)))
    _add(feed, "title", _TITLES.get(lang, _TITLES["en"]))
    _add(feed, "updated", _instant(max((a.day for a in listed), default=today[:10])))
    _add(_add(feed, "author"), "name", "Nameplate")
    if base:
        _add(feed, "link", rel="alternate", href=f"{base}/monitors")
    for alert in listed:
        _entry(feed, alert, lang, base)
    body: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return body


def _entry(feed: ElementTree.Element, alert: Alert, lang: str, base: str) -> None:
    entry = _add(feed, "entry")
    said = alert.said.get(lang) or alert.said["en"]
    _add(entry, "id", _urn(alert.key))
    _add(entry, "title", said)
    _add(entry, "updated", _instant(alert.day))
    _add(entry, "category", term=alert.kind)
    if base:
        _add(entry, "link", rel="alternate", href=f"{base}/monitor/{_quoted(alert.monitor)}")
    _add(entry, "content", "\n".join([said, *words_of(alert)]), type="text")


def words_of(alert: Alert) -> list[str]:
    """The words and sources behind an alert, a line each."""
    return [f"“{e.claim.quote}” — {wording.source(e)}" for e in alert.entries]


def _add(
    parent: ElementTree.Element, name: str, text: str = "", **attributes: str
) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    if text:
        made.text = _DECEIVING.sub("", _NOT_XML.sub("\ufffd", text))
    return made


def _quoted(name: str) -> str:
    from urllib.parse import quote

    return quote(name, safe="")


def _urn(key: str) -> str:
    return UUID(hex=key).urn


def _instant(day: str) -> str:
    return f"{day}T00:00:00Z"
