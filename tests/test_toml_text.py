"""TOML from people: what would cost a machine's memory is refused wherever such text is taken."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nameplate.answer.monitor.spec import load as load_monitor
from nameplate.claim.returns import load as load_mapping
from nameplate.errors import UsageError
from nameplate.simulate import read_model
from nameplate.toml_text import safe

TAKEN: list[Callable[[str], object]] = [
    read_model,
    lambda text: load_mapping(text, name="m.toml"),
    lambda text: load_monitor(text, where="m.toml"),
]
COSTLY = [
    "a" + ".a" * 20_000 + " = 1",
    "[a" + ".a" * 20_000 + "]",
    'x = { "\u2028"' + ".a" * 20_000 + " = 1 }",
    "x = " + "[" * 20_000,
    "x = " + "9" * 20_000,
]


@pytest.mark.parametrize("take", TAKEN, ids=["model", "mapping", "monitor"])
@pytest.mark.parametrize("text", COSTLY, ids=range(len(COSTLY)))
def test_what_costs_much_is_refused_with_a_remedy(take: Callable[[str], object], text: str) -> None:
    with pytest.raises(UsageError) as refused:
        take(text)
    assert refused.value.remedy


def test_usual_lines_and_comments_are_taken_as_they_are() -> None:
    text = "# " + "." * 300 + '\nwords = "and so on …... 1.5, 2.5, 3.5"\na.b.c = 1\n'
    assert safe(text, where="m.toml") is text
