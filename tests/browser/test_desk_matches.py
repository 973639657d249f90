"""Matches in a real browser: pairs accepted, declined, realised and taken back, with and without script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from test_desk import AXE, LOOKS, watched, whole

import web_ledger
from conftest import PASSWORD, serving
from test_match import made

Shot = Callable[[Any, str], None]


@pytest.fixture
def trading(tmp_path: Path) -> Iterator[str]:
    """A desk with an administrator over a ledger of needs and offers that meet."""
    from nameplate.web.accounts import Accounts
    from nameplate.web.accounts.file import beside

    target = made(tmp_path / "trade.ledger")
    accounts = Accounts(beside(target), web_ledger.ticking())
    accounts.add("An Administrator", "administrator", PASSWORD)
    yield from serving(target, accounts)


def entered(browser: Any, address: str, look: str, **more: Any) -> Any:
    """A page of this look in which somebody has logged in."""
    context = browser.new_context(**LOOKS[look], base_url=address, locale="en-GB", **more)
    context.add_init_script(path=AXE)
    page = context.new_page()
    page.goto("/login?next=/matches")
    page.get_by_label("Name").fill("An Administrator")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/matches*")
    return page


@pytest.mark.parametrize("look", ["wide", "dark phone"])
def test_pairs_are_judged_by_keyboard_and_taken_back(
    browser: Any, trading: str, shot: Shot, look: str
) -> None:
    page = entered(browser, trading, look)
    told = watched(page)
    expect(page.locator(".head .count")).to_have_text("3 open needs")
    copper = page.locator("li.matched", has_text="suppliers of copper foil")
    expect(copper.locator(".match")).to_have_count(1)
    expect(copper.locator(".reasons").first).to_contain_text("name one field: copper foil")
    whole(page)
    shot(page, f"matches-pairs-{look.replace(' ', '-')}")

    copper.get_by_placeholder("Reason").fill("too thick")
    copper.get_by_role("button", name="Decline").focus()
    page.keyboard.press("Enter")
    expect(copper.locator(".match")).to_have_count(0)
    page.get_by_role("link", name="Declined 1").click()
    expect(page.locator("main")).to_contain_text("too thick")
    page.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Declined 0")).to_be_visible()
    page.goto("/matches")
    expect(copper.locator(".match")).to_have_count(1)

    copper.get_by_role("button", name="Accept").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".head .count")).to_have_text("2 open needs")
    page.get_by_role("link", name="Accepted 1").click()
    page.get_by_role("button", name="Realised").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Realised 1")).to_be_visible()
    page.goto("/matches?match=realised")
    expect(copper.locator(".match")).to_have_count(1)
    expect(page.locator(".lead")).to_contain_text("learnt from 1 judgement")
    whole(page)
    shot(page, f"matches-realised-{look.replace(' ', '-')}")
    assert told == []
    page.context.close()


def test_a_pair_is_judged_without_javascript(browser: Any, trading: str) -> None:
    page = entered(browser, trading, "phone", java_script_enabled=False)
    copper = page.locator("li.matched", has_text="suppliers of copper foil")
    copper.get_by_role("button", name="Accept").click()
    expect(page.locator(".head .count")).to_have_text("2 open needs")
    page.goto("/matches?match=accepted")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="Accepted 0")).to_be_visible()
    page.goto("/matches")
    expect(page.locator(".head .count")).to_have_text("3 open needs")
    page.context.close()
