"""Returns: what enterprises and districts fill into spreadsheets, as claims with cell addresses.

A mapping says what each column gives. It is drafted from the headers (`draft`), checked against the
sheet before anything is taken (`problems`), and then read cell by cell (`take`).
"""

from nameplate.claim.returns.draft import Draft, draft
from nameplate.claim.returns.mapping import Column, Mapping, dump, load, problems
from nameplate.claim.returns.take import MEDIA_TYPES, Refused, Return, take

__all__ = [
    "MEDIA_TYPES",
    "Column",
    "Draft",
    "Mapping",
    "Refused",
    "Return",
    "draft",
    "dump",
    "load",
    "problems",
    "take",
]
