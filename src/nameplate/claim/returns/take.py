"""A sheet and its mapping to a document and its claims, each with the address of its cell.

The document's text is the sheet's rows, cells parted by tabs, so that every claim's quote is the text
of its cell. The value is read from the cell and the unit that the mapping gives its column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import msgspec

from nameplate.claim.returns import cells
from nameplate.claim.returns.cells import Refusal
from nameplate.claim.returns.mapping import Column, Mapping, Unit, column_number, is_total, unit_of
from nameplate.claim.returns.merges import Merges, RowKind
from nameplate.find.credit_code import is_credit_code
from nameplate.find.fold import fold
from nameplate.lexicon.headers import cell_words
from nameplate.lexicon.measures import measures
from nameplate.lexicon.messages import Message, message, understood
from nameplate.lexicon.stages import stages
from nameplate.model import Claim, Document, Place, Record, Region
from nameplate.read.sheet import Sheet, address

_CONFIDENCE = 0.98
"""A cell says what its column's header says; what is left is a mapping that people read wrongly."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


RETURN, FORM = "application/vnd.nameplate.return", "application/vnd.nameplate.form"
MEDIA_TYPES = (RETURN, FORM)
"""What returns are in the ledger: spreadsheets, and forms that were filled in."""


class Refused(Record, frozen=True, kw_only=True):
    """A cell that was not taken: its address as Sheet!A1, its text and the reason in English, with
    the code and the fields by which any language says it (`nameplate.lexicon.messages`)."""

    cell: str
    text: str
    reason: str
    code: str = ""
    fields: dict[str, str] = {}


class Return(Record, frozen=True, kw_only=True):
    """A return as read: its document, claims and refused cells; rows taken and left out (totals,
    notes, empty ones)."""

    document: Document
    claims: tuple[Claim, ...]
    refused: tuple[Refused, ...]
    rows: int
    left_out: int


class _Row(Record, frozen=True, kw_only=True):
    """A row on its way: its number from 0, whose it is, and the time of its figures."""

    number: int
    subject: str
    when: str | None


def take(
    sheet: Sheet,
    mapping: Mapping,
    *,
    name: str,
    where: str | None = None,
    digest: str | None = None,
) -> Return:
    """Everything that the mapping finds in the sheet; the mapping is taken to be checked.

    ``name`` becomes the document's id, ``where`` its address.
    """
    return _Taker(sheet, mapping).taken(name, where, digest)


class _Taker:
    """One sheet while it is read."""

    def __init__(self, sheet: Sheet, mapping: Mapping) -> None:
        self.sheet, self.mapping = sheet, mapping
        self.columns = [
            (column_number(c.at), c, unit_of(c.unit) if c.unit else None) for c in mapping.column
        ]
        self.text, self.starts = _laid_out(sheet)
        self.skip = tuple(fold(word).lower() for word in mapping.skip)
        self.at = column_number(mapping.subject)
        self.filled_down = _filled_down(sheet, self.at)
        figures = {n for n, c, _ in self.columns if c.measure or c.stage}
        self.merges = Merges(sheet, figures, self._kind)
        self.claims: list[Claim] = []
        self.refused: list[Refused] = []
        self.left_out = 0

    def taken(self, name: str, where: str | None, digest: str | None) -> Return:
        rows = 0
        for row in self._rows():
            rows += 1
            self._identify(row)
            for number, column, unit in self.columns:
                self._read(row, number, column, unit)
        document = Document(
            id=name,
            text=self.text,
            title=self._title(),
            published=self.mapping.published or self._day(),
            publisher=self.mapping.publisher,
            address=where,
            media_type=RETURN,
            digest=digest,
            regions=(Region(start=0, end=len(self.text), role="table"),),
            places=tuple(self._places()),
        )
        return Return(
            document=document,
            claims=tuple(self.claims),
            refused=tuple(self.refused),
            rows=rows,
            left_out=self.left_out,
        )

    def _day(self) -> str | None:
        when = self.mapping.when
        return when if when and _DAY.fullmatch(when) else None

    def _title(self) -> str:
        first = [c for row in self.sheet.rows[: self.mapping.header_rows[0] - 1] for c in row if c]
        return first[0][:120] if first else self.sheet.name

    def _rows(self) -> Iterator[_Row]:
        """The rows that are somebody's, with merged subjects filled down."""
        for number in range(self.mapping.header_rows[1], len(self.sheet.rows)):
            kind, subject = self._kind(number)
            if kind is not None:
                self.left_out += 1
                for column, why in self.merges.of_total(number) if kind == "total" else ():
                    self._refuse(number, column, why)
                continue
            if cells.is_empty(subject):
                self._refuse(number, self.at, message("cell_nobody"))
                continue
            if self._is_refused(number, self.at):
                continue
            when = self._when(number)
            if not isinstance(when, Refusal):
                yield _Row(number=number, subject=subject, when=when)

    def _kind(self, number: int) -> tuple[RowKind | None, str]:
        """Whether the row is a total or nothing at all, and whose it is."""
        named = self.sheet.at(number, self.at) or self.filled_down.get(number, "")
        subject = _clean(named)
        row = [cell for cell in self.sheet.rows[number] if cell]
        if row and (is_total(subject, self.skip) or is_total(row[0], self.skip)):
            return "total", subject
        if not row or (not subject and len(row) == 1):
            return "nothing", subject
        first = fold(row[0]).lower()
        note = any(first.startswith(word) for word in cell_words()["notes"])
        return ("nothing" if note else None), subject

    def _when(self, number: int) -> str | Refusal | None:
        if self.mapping.when_at is None:
            return self.mapping.when
        column = column_number(self.mapping.when_at)
        text = self.sheet.at(number, column)
        if cells.is_empty(text):
            return self.mapping.when
        if self._is_refused(number, column):
            return Refusal(message("cell_time", reason=self.sheet.refused[address(number, column)]))
        found = cells.moment(text)
        if isinstance(found, Refusal):
            self._refuse(number, column, message("cell_time", reason=found.reason))
        return found

    def _identify(self, row: _Row) -> None:
        if self.mapping.identifier is None:
            return
        column = column_number(self.mapping.identifier)
        code = _clean(self.sheet.at(row.number, column)).upper()
        if cells.is_empty(code) or self._is_refused(row.number, column):
            return
        if not is_credit_code(code):
            self._refuse(row.number, column, message("cell_code"))
            return
        made = self._claim(row, column, Column(at=self.mapping.identifier), "relation")
        if made is not None:
            self._keep(made, relation="identified_as", object=code)

    def _read(self, row: _Row, number: int, column: Column, unit: Unit | None) -> None:
        if self._is_refused(row.number, number) or cells.is_empty(
            self.sheet.at(row.number, number)
        ):
            return
        if (wrong := self.merges.wrong(row.number, number)) is not None:
            self._refuse(row.number, number, wrong)
        elif column.measure:
            self._figure(row, number, column, unit)
        elif column.stage:
            self._stage(row, number, column)
        else:
            self._relation(row, number, column)

    def _figure(self, row: _Row, number: int, column: Column, unit: Unit | None) -> None:
        found = cells.figure(self.sheet.at(row.number, number), column, unit)
        if isinstance(found, Refusal):
            self._refuse(row.number, number, found.reason)
            return
        made = self._claim(row, number, column, "quantity")
        if made is not None:
            assert column.measure is not None
            self._keep(
                made,
                measure=column.measure,
                value=found.value,
                unit=found.unit,
                per=found.per,
                bound="=",
                item=column.item,
                aggregate=column.aggregate or measures()[column.measure].aggregate,
            )

    def _stage(self, row: _Row, number: int, column: Column) -> None:
        text = self.sheet.at(row.number, number)
        yes = cells.answer(text)
        if yes is False:
            self._none(row, number, column)
            return
        when = row.when if yes else cells.moment(text)
        if isinstance(when, Refusal):
            self._refuse(row.number, number, message("cell_nor", reason=when.reason))
            return
        published = self.mapping.published or self._day()
        if column.modality == "actual" and when and published and when > published and yes is None:
            self._refuse(row.number, number, message("cell_future", when=when))
            return
        made = self._claim(row, number, column, "milestone")
        if made is not None:
            self._keep(made, stage=column.stage, when=when)

    def _none(self, row: _Row, number: int, column: Column) -> None:
        """A "no": of what has come so far there is none. A plan that is not one gives nothing."""
        made = self._claim(row, number, column, "quantity") if column.modality == "actual" else None
        if made is not None:
            said = stages()[column.stage or ""]
            item = said.en if column.header.isascii() else said.zh
            self._keep(
                made, measure="count", value=Decimal(0), unit="1", bound="=", item=item,
                aggregate="level",
            )  # fmt: skip

    def _relation(self, row: _Row, number: int, column: Column) -> None:
        said = _clean(self.sheet.at(row.number, number))
        if column.object is not None:
            yes = cells.answer(said)
            if yes is None:
                self._refuse(row.number, number, message("cell_neither"))
            if not yes:
                return
            said = column.object
        made = self._claim(row, number, column, "relation")
        if made is None:
            return
        if column.reverse:
            self._keep(
                made,
                relation=column.relation,
                subject=said,
                object=row.subject,
                subject_kind="company",
            )
        else:
            self._keep(made, relation=column.relation, object=said)

    def _claim(self, row: _Row, number: int, column: Column, kind: str) -> Claim | None:
        span = self.starts.get((row.number, number))
        if span is None:
            return None
        start, end = span
        return Claim(
            kind=kind,  # type: ignore[arg-type]
            subject=row.subject,
            subject_kind=self.mapping.subject_kind,
            quote=self.text[start:end],
            start=start,
            end=end,
            modality=column.modality,
            when=column.when or row.when,
            scope=column.scope,
            cell=f"{self.sheet.name}!{address(row.number, number)}",
            rule=f"return: column {column.at} {column.header}".rstrip(),
            confidence=_CONFIDENCE,
        )

    def _keep(self, claim: Claim, **said: object) -> None:
        self.claims.append(msgspec.structs.replace(claim, **said))

    def _is_refused(self, row: int, column: int) -> bool:
        """Whether reading the sheet refused the cell, whatever part it was to play; listed then."""
        bad = self.sheet.refused.get(address(row, column))
        if bad is not None:
            self._refuse(row, column, understood(bad) or message("cell_error", what=bad))
        return bad is not None

    def _refuse(self, row: int, column: int, why: Message) -> None:
        self.refused.append(
            Refused(
                cell=f"{self.sheet.name}!{address(row, column)}",
                text=self.sheet.at(row, column)[:80],
                reason=str(why),
                code=why.code,
                fields=why.fields,
            )
        )

    def _places(self) -> Iterator[Place]:
        for claim in self.claims:
            sheet, _, cell = (claim.cell or "").rpartition("!")
            yield Place(start=claim.start, end=claim.end, sheet=sheet, cell=cell)


def _filled_down(sheet: Sheet, column: int) -> dict[int, str]:
    """What merged cells of the column say of the rows below their first."""
    return {
        row: sheet.at(top, left)
        for top, left, bottom, right in sheet.merged
        if left <= column <= right and bottom > top
        for row in range(top + 1, bottom + 1)
    }


def _clean(text: str) -> str:
    return " ".join(text.split())


def _laid_out(sheet: Sheet) -> tuple[str, dict[tuple[int, int], tuple[int, int]]]:
    """The sheet as text, and where each filled cell stands in it."""
    starts: dict[tuple[int, int], tuple[int, int]] = {}
    lines: list[str] = []
    at = 0
    for number, row in enumerate(sheet.rows):
        texts = [_clean(cell) for cell in row]
        while texts and not texts[-1]:
            texts.pop()
        for column, text in enumerate(texts):
            if text:
                starts[number, column] = (at, at + len(text))
            at += len(text) + 1
        at += not texts  # an empty line is its line break alone
        lines.append("\t".join(texts))
    return "\n".join(lines), starts
