"""The example reports that ship with the package, each with its card from ``examples.toml``."""

from __future__ import annotations

from collections.abc import Iterator

from nameplate.lexicon.load import Entry, read_text, read_toml


class Fact(Entry, frozen=True, kw_only=True):
    """What a report says that is true of the world, and the id of the source that says so."""

    says: str
    source: str


class Source(Entry, frozen=True, kw_only=True):
    """Where a fact was found."""

    id: str
    title: str
    publisher: str
    url: str = ""
    date: str = ""


class Card(Entry, frozen=True, kw_only=True):
    """One example report: what it is, what it tells and what the ledger should show for it."""

    id: str
    file: str
    title: str
    published: str
    publisher: str
    lang: str
    style: str
    story: str
    shows: str
    facts: list[Fact]
    fictional: bool = False


class FiledReturn(Entry, frozen=True, kw_only=True):
    """One example return: its file and mapping in the folder ``returns``, and what it shows.

    Every one is made up; ``filed`` is the day on which it is recorded.
    """

    id: str
    file: str
    mapping: str
    filed: str
    shows: str


class Index(Entry, frozen=True, kw_only=True):
    """The whole of ``examples.toml``."""

    source: list[Source]
    report: list[Card]
    filed_return: list[FiledReturn] = []


def examples() -> Iterator[tuple[Card, str]]:
    """The cards in the order of publication, each with its report's text."""
    index = read_toml("examples/examples.toml", Index)
    for card in sorted(index.report, key=lambda c: (c.published, c.id)):
        yield card, read_text(f"examples/{card.file}")


def example_returns() -> Iterator[tuple[FiledReturn, bytes, str]]:
    """The example returns in the order of filing, each with its bytes and its mapping."""
    index = read_toml("examples/examples.toml", Index)
    for card in sorted(index.filed_return, key=lambda c: (c.filed, c.id)):
        folder = "examples/returns"
        data = read_text(f"{folder}/{card.file}").encode()
        yield card, data, read_text(f"{folder}/{card.mapping}")
