"""Forms by which an enterprise fills in its own return, behind a signed link and without an account.

A link (`Links`) is for one enterprise and one return: a mapping and a period. What is sent becomes
claims as a spreadsheet's row does (`filled`), kept as a document of its own.
"""

from nameplate.forms.fill import FIELD_ERRORS, Field, Filled, fields_of, filled, submit
from nameplate.forms.links import Link, Links, Wish

__all__ = [
    "FIELD_ERRORS",
    "Field",
    "Filled",
    "Link",
    "Links",
    "Wish",
    "fields_of",
    "filled",
    "submit",
]
