"""What an enterprise fills into its form, checked field by field and turned into claims.

The values go the way of a spreadsheet's row (`nameplate.claim.returns.take`), so that a form takes and
refuses what a spreadsheet does. The document that is kept has a line a field, its label and its text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from collections.abc import Mapping as Values
from typing import Literal

import msgspec

from nameplate.claim.returns import Column, Mapping, take
from nameplate.claim.returns.cells import is_empty
from nameplate.claim.returns.mapping import column_number
from nameplate.claim.returns.take import FORM
from nameplate.errors import UsageError
from nameplate.find.spelling import spell
from nameplate.forms.links import Link
from nameplate.ledger import Added, Ledger
from nameplate.model import Claim, Document, Entry, Place, Record, Region, to_json
from nameplate.pipeline import LINKER
from nameplate.read.sheet import Sheet, letters

FieldKind = Literal["figure", "date", "yes", "text"]
_SHEET = "form"
_LONGEST, _DIGITS = 80, 18
_TEXT = 200
_HIDDEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
    "|[\U000e0000-\U000e007f]"
)
_FORMULA = re.compile(r"\s*[=+\-@|＝＋－＠]")
_EXPONENT = re.compile(r"\d[eE]")
REQUIRED, TOO_LONG, HIDDEN, FORMULA, TOO_LARGE = (
    "form_required", "form_too_long", "form_hidden", "form_formula", "form_too_large",
)  # fmt: skip
FIELD_ERRORS = frozenset({REQUIRED, TOO_LONG, HIDDEN, FORMULA, TOO_LARGE})
"""What can be wrong with a field before its value is looked at: keys of the desk's texts."""


class Field(Record, frozen=True, kw_only=True):
    """A field of the form: ``name`` in the form, its label and unit, what it takes, its last value."""

    name: str
    label: str
    kind: FieldKind
    unit: str = ""
    required: bool = False
    means: str = ""
    before: str = ""
    before_when: str = ""


class Filled(Record, frozen=True, kw_only=True):
    """A form as filled in: its document and claims, and what is wrong, by the name of the field.

    An error is a key of the desk's texts (``form_required``), or the reason that a spreadsheet's cell
    would be refused for.
    """

    document: Document
    claims: tuple[Claim, ...]
    errors: dict[str, str]
    values: dict[str, str]

    def of(self, field: Field) -> list[Claim]:
        """The claims that the field gives."""
        return [claim for claim in self.claims if claim.cell == f"{_SHEET}!{field.label}"]


def fields_of(link: Link, before: Iterable[Entry] = ()) -> list[Field]:
    """The fields of a link's form; ``before`` are claims of the very subject, from returns and forms."""
    own = [e for e in before if e.claim.subject == link.subject and e.claim.cell is not None]
    own.sort(key=lambda e: (e.published or "", e.recorded))
    return [_field(number, column, own) for number, column in enumerate(link.mapping.column, 1)]


def _field(number: int, column: Column, own: list[Entry]) -> Field:
    last = next((e for e in reversed(own) if _is_of(e.claim, column)), None)
    kind: FieldKind = "figure" if column.measure else "date" if column.stage else "text"
    label = " ".join((column.header or column.measure or column.stage or "").split())[:_TEXT]
    return Field(
        name=f"f{number}",
        label=label or column.relation or column.at,
        kind="yes" if column.object else kind,
        unit=column.unit or ("%" if column.fraction else ""),
        required=column.required,
        means=column.object or "",
        before=last.claim.quote[:_LONGEST] if last else "",
        before_when=(last.claim.when or last.published or "") if last else "",
    )


def _is_of(claim: Claim, column: Column) -> bool:
    if column.measure:
        same = claim.measure == column.measure and claim.modality == column.modality
        return same and spell(claim.item or "") == spell(column.item or "")
    if column.stage:
        return claim.stage == column.stage and claim.modality == column.modality
    return claim.relation == column.relation and column.object in (None, claim.object)


def filled(link: Link, values: Values[str, str], day: str) -> Filled:
    """What the values give on the ``day`` (ISO 8601) on which they are sent."""
    fields = fields_of(link)
    given = {field.name: values.get(field.name, "").strip()[: _TEXT + 1] for field in fields}
    errors = {f.name: wrong for f in fields if (wrong := _wrong(f, given[f.name]))}
    sound = {name: "" if name in errors else text for name, text in given.items()}
    mapping = _row_mapping(link)
    sheet = Sheet(
        name=_SHEET,
        rows=(
            ("", *(field.label for field in fields)),
            (link.subject, *(sound[field.name] for field in fields)),
        ),
    )
    read = take(sheet, mapping, name=link.address)
    for cell in read.refused:
        number = column_number(re.sub(r"\d+\Z", "", cell.cell.rpartition("!")[2]))
        if number:
            errors.setdefault(f"f{number}", cell.reason)
    text, spans = _laid_out(link, fields, sound)
    claims = tuple(
        placed for c in read.claims if (placed := _placed(c, fields, spans, errors)) is not None
    )
    document = Document(
        id=link.address,
        text=text,
        title=text.partition("\n")[0],
        published=day,
        publisher=link.subject,
        address=link.address,
        media_type=FORM,
        digest=hashlib.sha256(_original(link, sound, day)).hexdigest(),
        regions=(Region(start=0, end=len(text), role="table"),),
        places=tuple(
            Place(start=start, end=end, sheet=_SHEET, cell=field.label)
            for field in fields
            for start, end in [spans[field.name]]
            if end > start
        ),
    )
    return Filled(document=document, claims=claims, errors=errors, values=given)


def submit(ledger: Ledger, link: Link, done: Filled) -> Added:
    """Append what was filled in; raises `UsageError` if anything is wrong with it or it is empty."""
    if done.errors or not done.claims:
        raise UsageError("the form is not complete", remedy="Go back and fill it in.")
    sent = {name: text for name, text in done.values.items() if name not in done.errors}
    data = _original(link, sent, done.document.published or "")
    return ledger.add(done.document, done.claims, data, linker=LINKER)


def _wrong(field: Field, text: str) -> str:
    if is_empty(text):
        return REQUIRED if field.required else ""
    if len(text) > (_TEXT if field.kind == "text" else _LONGEST):
        return TOO_LONG
    if _HIDDEN.search(text):
        return HIDDEN
    if field.kind == "text" and _FORMULA.match(text):
        return FORMULA
    if field.kind == "figure" and (
        sum(sign.isdigit() for sign in text) > _DIGITS or _EXPONENT.search(text)
    ):
        return TOO_LARGE
    return ""


def _row_mapping(link: Link) -> Mapping:
    """The link's mapping for a sheet of one row: the subject in A, the fields from B on."""
    columns = tuple(
        msgspec.structs.replace(column, at=letters(number), header="", fraction=False, when=None)
        for number, column in enumerate(link.mapping.column, 1)
    )
    return msgspec.structs.replace(
        link.mapping, sheet=_SHEET, header_rows=(1, 1), subject="A", identifier=None,
        when=link.when, when_at=None, published=None, publisher=None, skip=(), column=columns,
    )  # fmt: skip


def _laid_out(
    link: Link, fields: list[Field], values: dict[str, str]
) -> tuple[str, dict[str, tuple[int, int]]]:
    """The document's text, a line a field, and where each value stands in it."""
    text = f"{link.subject}{f' · {link.when}' if link.when else ''}\n"
    spans: dict[str, tuple[int, int]] = {}
    for field in fields:
        value = " ".join(values[field.name].split())
        start = len(text) + len(field.label) + 1
        spans[field.name] = (start, start + len(value))
        text += f"{field.label}\t{value}\n"
    return text, spans


def _placed(
    claim: Claim, fields: list[Field], spans: dict[str, tuple[int, int]], errors: dict[str, str]
) -> Claim | None:
    """The claim with its place in the form's text; nothing for a field in which something is wrong."""
    number = column_number(re.sub(r"\d+\Z", "", (claim.cell or "").rpartition("!")[2]))
    field = fields[number - 1]
    if field.name in errors:
        return None
    start, end = spans[field.name]
    return msgspec.structs.replace(
        claim, start=start, end=end, cell=f"{_SHEET}!{field.label}",
        rule=f"form: field {field.label}"[:120],
    )  # fmt: skip


def _original(link: Link, values: dict[str, str], day: str) -> bytes:
    """What was sent, as it is kept: fields with their labels and texts."""
    labels = {field.name: field.label for field in fields_of(link)}
    sent = [{"label": labels[name], "text": text} for name, text in values.items()]
    return to_json({"subject": link.subject, "when": link.when, "sent": day, "fields": sent})
