"""The publication date in a report's header: datelines and mastheads, and what looks like them."""

from __future__ import annotations

import pytest

from nameplate.find.time import publication_date
from nameplate.lexicon.examples import examples


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("RIVERTON, Aug. 25, 2018 (Example Wire) -- The plant opened.", "2018-08-25"),
        ("New mill\nExample Bulletin, 24 August 2021\n\nThe mill opened.", "2021-08-24"),
        ("新厂投产\n示例日报　2020-03-02\n\n新厂昨日投产。", "2020-03-02"),
        ("Acme signed a contract on 3 May 2010\nmore", None),
        ("The Daily Post on 4 May 2020 said that the plant opened.\n", None),
        ("Opening of the Times Square on 5 May 2021\nx", None),
        ("The plant reopened. Local News 5 May 2021 is out", None),
        ("Copyright 2012 Acme\n\nOn May 3, 2010, the plant opened.", None),
    ],
)
def test_a_header_gives_its_date_and_prose_does_not(text: str, day: str | None) -> None:
    assert publication_date(text) == day


def test_no_example_is_dated_wrongly() -> None:
    found = [(card, publication_date(text)) for card, text in examples()]
    assert all(day in (None, card.published) for card, day in found)
    assert sum(day is not None for _, day in found) > len(found) * 0.8
