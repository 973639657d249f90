"""Addresses of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode


def query_link(query: Mapping[str, str], **changes: str) -> str:
    """The same page with some parameters changed; an empty value takes one away."""
    merged = {name: value for name, value in {**query, **changes}.items() if value}
    return "?" + urlencode(merged, errors="replace")


def claim_address(document_key: str, claim_key: str) -> str:
    """Where a claim's words are highlighted in its report."""
    return f"/document/{document_key}?claim={claim_key}#c-{claim_key}"


def with_day(href: str, as_of: str) -> str:
    """The address of ours with ``as_of`` added, unless there is none or it names a day already."""
    if not as_of or href[:1] not in {"/", "?"} or "as_of=" in href:
        return href
    path, mark, fragment = href.partition("#")
    joint = "&" if "?" in path else "?"
    return f"{path}{joint}as_of={as_of}{mark}{fragment}"
