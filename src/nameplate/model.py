"""The nouns of Nameplate: what is read, found, claimed, judged and derived.

Everything here is frozen and slotted, and goes to and from JSON without loss. Offsets are code
points of ``Document.text``, end exclusive. Dates are EDTF (ISO 8601-2) strings, units UCUM or
ISO 4217 codes, numbers exact decimals. The words are those of ``docs/claims.md``.
"""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Any, Literal

import msgspec

Kind = Literal["quantity", "milestone", "relation", "visit", "instruction", "need", "capability"]
Modality = Literal["actual", "planned", "required"]
Bound = Literal["=", ">", ">=", "<", "<=", "~"]
Aggregate = Literal["level", "period", "cumulative"]
Per = Literal["year", "quarter", "month", "week", "day", "hour", "shift"]
Role = Literal["title", "caption", "table", "boilerplate"]
EntityKind = Literal[
    "project", "plant", "line", "park", "company", "institute", "body",
    "person", "place", "programme", "event", "product", "thing",
]  # fmt: skip


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of the records: frozen, slotted, made by keyword, defaults left out of JSON."""


class Region(Record, frozen=True, kw_only=True):
    """A stretch of a text with a part to play; what no region covers is body."""

    start: int
    end: int
    role: Role


class Place(Record, frozen=True, kw_only=True):
    """Where a stretch of text stood in the original: a page with a box, or a sheet with a cell."""

    start: int
    end: int
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    sheet: str | None = None
    cell: str | None = None


class Document(Record, frozen=True, kw_only=True):
    """One version of one report, as read.

    ``id`` is the name by which its source calls it, ``address`` the URL or path that it came from.
    ``published`` is an EDTF date or absent; ``digest`` the SHA-256 of the original bytes.
    """

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    lang: str | None = None
    publisher: str | None = None
    address: str | None = None
    media_type: str = "text/plain"
    digest: str | None = None
    regions: tuple[Region, ...] = ()
    places: tuple[Place, ...] = ()

    @property
    def key(self) -> str:
        """Content key of this version: same source, date and words give the same key."""
        return content_key(self.address or self.id, self.published, self.title, self.text)


class Quantity(Record, frozen=True, kw_only=True, gc=False):
    """A number with all that belongs to it in the text.

    ``value``, or ``low`` and ``high`` for a range, is given in ``unit``: a UCUM code, an ISO 4217
    code, ``%``, or ``1`` for things counted, which ``item`` then names. ``base_value`` is the value
    in the dimension's base unit. ``doubt`` says in words why a second reading, ``other``, is open.
    """

    start: int
    end: int
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = "1"
    dimension: str = "count"
    base_value: Decimal | None = None
    item: str | None = None
    item_start: int | None = None
    item_end: int | None = None
    bound: Bound = "="
    per: str | None = None
    trend: Literal["up", "down"] | None = None
    candidates: tuple[str, ...] = ()
    doubt: str | None = None
    other: Decimal | None = None


class Time(Record, frozen=True, kw_only=True, gc=False):
    """A time expression and its reading.

    ``edtf`` is the value; a year that the text leaves open is ``XXXX``. ``kind`` is ``date`` (a
    day, month, quarter, year or interval), ``duration`` or ``set`` (what returns); these two carry an
    ISO 8601 duration (``P36M``) as value. ``mod`` keeps an open bound or vagueness (``before``,
    ``after``, ``since``, ``by``, ``as_of``, ``~``, ``early``, ``mid``, ``late``; ``past`` and
    ``future`` for vague words, which have no value);
    ``anchor`` says what a relative expression was resolved against (``published``, or ``text`` for
    an earlier date of the text). ``now`` marks words for the present ("so far", 目前).
    """

    start: int
    end: int
    edtf: str | None
    kind: Literal["date", "duration", "set"] = "date"
    granularity: str | None = None
    mod: str | None = None
    anchor: str | None = None
    now: bool = False


class Name(Record, frozen=True, kw_only=True, gc=False):
    """A name of something, as the text writes it.

    ``generic`` marks a description that needs an antecedent ("the project", 该项目); ``refers`` is
    then the index of the name it stands for, if one was found.
    """

    start: int
    end: int
    text: str
    kind: EntityKind
    generic: bool = False
    refers: int | None = None
    title: str | None = None


class Cue(Record, frozen=True, kw_only=True, gc=False):
    """A trigger word of the lexicon: ``group`` is the table it is in, ``key`` its entry."""

    start: int
    end: int
    group: str
    key: str


class Mention(Record, frozen=True, kw_only=True, gc=False):
    """A further place where the same claim is said."""

    quote: str
    start: int
    end: int


class Claim(Record, frozen=True, kw_only=True):
    """One thing that one report says about one subject, with the exact words that say it.

    The fields are those of ``docs/claims.md``; those that a kind does not use are absent. ``rule``
    names what made the claim, ``confidence`` is the probability that it is right, as
    ``docs/confidence.md`` says what that means.
    """

    kind: Kind
    subject: str
    quote: str
    start: int
    end: int
    modality: Modality | None = None
    when: str | None = None
    scope: str | None = None
    # quantity
    measure: str | None = None
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    item: str | None = None
    bound: Bound | None = None
    aggregate: Aggregate | None = None
    per: str | None = None
    # milestone
    stage: str | None = None
    binding: Literal["framework", "contract"] | None = None
    # relation
    relation: str | None = None
    object: str | None = None
    role: str | None = None
    # visit
    visitors: tuple[str, ...] = ()
    purpose: str | None = None
    # instruction
    by: str | None = None
    to: str | None = None
    text: str | None = None
    # need, capability
    topic: str | None = None
    # evidence
    subject_kind: EntityKind | None = None
    mentions: tuple[Mention, ...] = ()
    doubt: str | None = None
    cell: str | None = None
    rule: str | None = None
    confidence: float | None = None

    def key(self, document_key: str) -> str:
        """Content key inside a document: the span and all that is said, not who found it."""
        said = to_builtins(self)
        return content_key(document_key, *[f"{k}={said[k]}" for k in _SAID if k in said])


_UNSAID = frozenset({"rule", "confidence", "subject_kind", "mentions", "doubt", "cell"})
_SAID = tuple(sorted(field for field in Claim.__struct_fields__ if field not in _UNSAID))


class Rejection(Record, frozen=True, kw_only=True):
    """Words that looked like a claim and were left out, with the reason."""

    start: int
    end: int
    quote: str
    kind: Kind
    reason: str


class Extraction(Record, frozen=True, kw_only=True):
    """All that was taken from one document, and what was not."""

    claims: tuple[Claim, ...] = ()
    rejected: tuple[Rejection, ...] = ()


class Failure(Record, frozen=True, kw_only=True):
    """A document, or a part of a batch, that could not be read: kept so that it can be retried."""

    where: str
    problem: str
    remedy: str = ""


class Entry(Record, frozen=True, kw_only=True):
    """A claim as the ledger holds it: with its key, its document and the two times.

    ``verdict`` is the last word of the judgements on it, ``judgement`` the key of that one. Of a
    corrected claim ``claim`` is as corrected and ``original`` as the report was read at first.
    ``copy_of`` is the key of the report that its own is a copy of: both are one source.
    """

    key: str
    claim: Claim
    document_key: str
    document_id: str
    published: str | None
    recorded: str
    verdict: Literal["accept", "reject", "correct"] | None = None
    judgement: str | None = None
    original: Claim | None = None
    copy_of: str | None = None

    @property
    def source(self) -> str:
        """The key of the report that stands for all its copies."""
        return self.copy_of or self.document_key


class Judgement(Record, frozen=True, kw_only=True):
    """A decision by a person or a matcher, appended beside the claims, undone by another one.

    ``verb`` is ``same``, ``different``, ``unsure`` (of two entities: ``left`` and ``right``) or
    ``accept``, ``reject``, ``correct`` (of the claim ``left``; ``patch`` holds the corrected
    fields), or ``close`` (of the instruction ``left``, answered by the claim ``right``), or ``match``,
    ``realise`` (that the offer ``right`` may meet the need ``left``, that it has met it), or ``decline``
    (that the claim ``right`` is no answer to the instruction, or no match of the need, ``left``), or
    ``undo`` (of the judgement ``left``).
    """

    verb: Literal[
        "same", "different", "unsure", "accept", "reject", "correct", "close",
        "match", "realise", "decline", "undo",
    ]  # fmt: skip
    left: str
    right: str | None = None
    patch: dict[str, Any] | None = None
    author: str = "nameplate"
    recorded: str = ""
    reason: str = ""

    @property
    def key(self) -> str:
        """Content key, by which another judgement can undo this one."""
        patch = None if self.patch is None else to_json(self.patch).decode()
        said = (self.verb, self.left, self.right, patch, self.author, self.recorded, self.reason)
        return content_key(*said)


class Entity(Record, frozen=True, kw_only=True):
    """One real thing: its kind, its names with how often each is used, and its claims' keys."""

    id: str
    kind: EntityKind
    name: str
    names: tuple[tuple[str, int], ...] = ()
    claims: tuple[str, ...] = ()


class Finding(Record, frozen=True, kw_only=True):
    """Something the reader should know about a set of claims; never an edit.

    ``quotes`` are the words of the ``claims``, in their order. ``message`` is in English; ``code`` and
    ``fields`` are for saying it in any language.
    """

    check: str
    severity: Literal["info", "warning", "error"]
    subject: str
    message: str
    claims: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    code: str = ""
    fields: dict[str, str] = {}


_encoder = msgspec.json.Encoder(decimal_format="number")


def to_json(value: Any) -> bytes:
    """JSON of any record; decimals are written as plain numbers."""
    return _encoder.encode(value)


def to_builtins(value: Any) -> dict[str, Any]:
    """The record as plain dictionaries and lists; decimals become strings."""
    plain: dict[str, Any] = msgspec.to_builtins(value)
    return plain


def content_key(*parts: str | None) -> str:
    """A short stable hash (128 bits, hexadecimal) of the parts in order."""
    joined = "\x1f".join("" if part is None else part for part in parts)
    return hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
