"""Orders: what they ask for, what answers them, and that only people close them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import ledger_places
from nameplate.answer.orders import Order, asked, orders
from nameplate.errors import UsageError
from nameplate.ledger import Ledger
from nameplate.ledger.verdicts import in_force
from nameplate.model import Document, Entity, Entry, Judgement
from nameplate.pipeline import LINKER, add_document, entities

pytestmark = pytest.mark.usefixtures("everywhere")

VISIT = (
    "On 5 June 2024 Mayor Lin Hao visited the Orrin tyre project. He asked the enterprise to speed up the "
    "installation of equipment and to start production by the end of September."
)
LATER = "The Orrin tyre project went into production on 3 October 2024."
TODAY = date(2024, 12, 1)


def ledger(path: Path) -> Ledger:
    ticks = iter(range(1, 1000))
    return Ledger.open(
        ledger_places.fresh(path, "l"), clock=lambda: f"2024-10-05T00:00:{next(ticks):02d}.000000Z"
    )


def filled(opened: Ledger, *texts: tuple[str, str]) -> None:
    for number, (text, published) in enumerate(texts):
        add_document(opened, Document(id=f"r{number}", text=text, published=published, lang="en"))


def listed(opened: Ledger, today: date = TODAY) -> list[Order]:
    things, entries = entities(opened)
    by_key = {e.key: e for e in entries}
    own = ((t, [by_key[k] for k in t.claims if k in by_key]) for t in things)
    return orders(own, in_force(opened.judgements()), today)


def test_later_deeds_are_proposed_and_never_close_it(tmp_path: Path) -> None:
    with ledger(tmp_path) as opened:
        filled(opened, (VISIT, "2024-06-06"), (LATER, "2024-10-04"))
        found = listed(opened)
        assert found
        assert {o.state for o in found} == {"answered"}
        assert found[0].answers[0].entry.claim.stage == "producing"
        assert found[0].answers[0].entry.claim.quote in LATER


def test_without_news_it_is_open_and_then_overdue(tmp_path: Path) -> None:
    with ledger(tmp_path) as opened:
        filled(opened, (VISIT, "2024-06-06"))
        assert {o.state for o in listed(opened, date(2024, 7, 1))} == {"open"}
        dated = [o for o in listed(opened) if o.deadline]
        assert {o.state for o in dated} <= {"overdue"}


def test_deeds_before_it_answer_nothing(tmp_path: Path) -> None:
    with ledger(tmp_path) as opened:
        filled(
            opened,
            ("The Orrin tyre project went into production on 3 March 2023.", "2023-03-04"),
            (VISIT, "2024-06-06"),
        )
        assert not any(o.answers for o in listed(opened))


def test_a_person_closes_it_and_undoes_that(tmp_path: Path) -> None:
    with ledger(tmp_path) as opened:
        filled(opened, (VISIT, "2024-06-06"), (LATER, "2024-10-04"))
        order = listed(opened)[0]
        answer = order.answers[0].entry.key
        made = opened.judge(
            Judgement(
                verb="close",
                left=order.entry.key[:8],
                right=answer[:8],
                author="Wen",
                reason="seen",
            ),
            linker=LINKER,
        )
        closed = next(o for o in listed(opened) if o.entry.key == order.entry.key)
        assert (closed.state, closed.closing) == ("closed", made)
        assert made.right == answer
        opened.judge(Judgement(verb="undo", left=made.key, author="Wen"), linker=LINKER)
        assert {o.state for o in listed(opened)} == {"answered"}


def test_only_orders_are_closed(tmp_path: Path) -> None:
    with ledger(tmp_path) as opened:
        filled(opened, (LATER, "2024-10-04"))
        key = opened.entries()[0].key
        with pytest.raises(UsageError, match="is no order"):
            opened.judge(Judgement(verb="close", left=key, author="Wen"))


def _entry(quote: str) -> Entry:
    from nameplate.model import Claim

    claim = Claim(kind="instruction", subject="the plant", quote=quote, start=0, end=len(quote))
    return Entry(
        key="k",
        claim=claim,
        document_key="d",
        document_id="d",
        published=None,
        recorded="2024-01-01",
    )


@pytest.mark.parametrize(
    ("quote", "stages"),
    [
        ("put it into operation as soon as possible", ("producing",)),
        ("加快设备安装，力争早日投产", ("equipment", "producing")),
        ("strengthen service and match the needs of the enterprises", ()),
        ("keep the site tidy", ()),
    ],
)
def test_what_is_asked_for(quote: str, stages: tuple[str, ...]) -> None:
    assert asked(_entry(quote), []) == stages


def test_the_order_of_orders() -> None:
    thing = Entity(id="e", kind="plant", name="the plant")
    assert orders([(thing, [])], [], TODAY) == []


def test_a_declined_answer_is_not_proposed(tmp_path: Path) -> None:
    with ledger(tmp_path) as opened:
        filled(opened, (VISIT, "2024-06-06"), (LATER, "2024-10-04"))
        found = listed(opened)[0]
        wrong = found.answers[0].entry.key
        made = opened.judge(Judgement(verb="decline", left=found.entry.key, right=wrong))
        again = next(o for o in listed(opened) if o.entry.key == found.entry.key)
        assert wrong not in {a.entry.key for a in again.answers}
        assert again.declined == (made,) and again.state in ("open", "overdue")
        opened.judge(Judgement(verb="undo", left=made.key), linker=LINKER)
        assert listed(opened)[0].state == "answered"
        with pytest.raises(UsageError, match="no answer"):
            opened.judge(Judgement(verb="decline", left=found.entry.key))
