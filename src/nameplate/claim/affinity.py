"""Which kinds of things each kind of claim is about: points by measure and kind of name.

A capacity belongs to a line before a company, a count of enterprises to a park or a place before a
plant, a stage to a project, never to the ministry that announces it.
"""

from __future__ import annotations

_WORKS = {"project": 30, "line": 30, "plant": 28, "park": 24, "company": 14, "programme": 14,
          "event": 8, "institute": 10, "place": 5, "body": 0, "product": 4, "thing": 6}  # fmt: skip
_MADE = {"line": 30, "plant": 29, "project": 28, "park": 22, "company": 20, "place": 14,
         "product": 8, "institute": 6, "thing": 10, "event": 0, "body": -10, "programme": 4}  # fmt: skip
_COUNTED = {"place": 26, "park": 26, "event": 24, "programme": 18, "company": 18, "project": 16,
            "plant": 16, "institute": 14, "body": 4, "line": 8, "product": 2, "thing": 8}  # fmt: skip
_STAFF = {"line": 28, "plant": 26, "project": 24, "company": 24, "park": 20, "institute": 18,
          "place": 16, "event": 8, "body": 4, "programme": 6, "product": 0, "thing": 8}  # fmt: skip
_FINANCE = {"company": 28, "park": 24, "project": 24, "plant": 22, "place": 20, "line": 16,
            "institute": 12, "event": 12, "body": 0, "programme": 6, "product": 8, "thing": 8}  # fmt: skip
_STAGE = {"project": 34, "line": 32, "plant": 32, "park": 26, "programme": 8, "thing": 16,
          "event": 6, "product": 8, "company": 10, "institute": 8, "place": -4, "body": -20}  # fmt: skip

AFFINITY: dict[str, dict[str, int]] = {
    "investment": _WORKS, "land_area": _WORKS, "floor_area": _WORKS, "count": _WORKS,
    "capacity": _MADE, "output": _MADE, "sales": _MADE, "utilisation": _STAFF, "equipment": _MADE,
    "enterprises": _COUNTED, "projects": _COUNTED, "facilities": _COUNTED,
    "contract_value": _COUNTED, "resumption_rate": _COUNTED,
    "employment": _STAFF, "output_value": _FINANCE, "revenue": _FINANCE, "tax": _FINANCE,
    "profit": _FINANCE, "exports": _FINANCE, "share": _FINANCE, "change": _FINANCE,
    "milestone": _STAGE,
    "signing": {**_STAGE, "event": 36, "programme": -5},
    "resuming": {**_STAGE, "company": 30, "park": 22},
} | {
    "attendance": {**_COUNTED, "event": 44, "plant": 8, "project": 8, "line": 0},
    "projects": {**_COUNTED, "event": 34, "project": 2, "plant": 4, "line": 2},
    "enterprises": {**_COUNTED, "project": 4, "plant": 6, "line": 2},
    "contract_value": {**_COUNTED, "event": 34, "project": 24},
}  # fmt: skip

DEFAULT = _FINANCE
"""The table of a kind of claim that has none of its own."""

LARGE = frozenset({"project", "plant", "line", "park"})
"""Kinds that money goes into and that reach stages."""
