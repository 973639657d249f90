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
