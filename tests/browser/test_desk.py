"""The desk in a real browser: every page, wide and narrow, light and dark, in both languages."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

Shot = Callable[[Any, str], None]

AXE = Path(os.environ.get("AXE", Path(__file__).parents[2] / "test-artefacts" / "axe.min.js"))
LOOKS = {
    "wide": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 360, "height": 740}, "color_scheme": "light"},
}
PAGES = (
    "overview",
    "past",
    "compare",
    "projects",
    "grouped",
    "project",
    "report",
    "hostile",
    "reports",
    "findings",
    "missing",
)
FIND = {
    "project": ("/projects?q=tyre+plant", "a.name"),
    "report": ("/documents?q=contract", "a.name"),
    "hostile": ("/documents?q=alert", "a.name"),
}
FIXED = {
    "overview": "/?since=2021-01-01", "past": "/?as_of=2023-12-31&since=2021-01-01",
    "compare": "/compare?from=2021-06-01&to=2024-12-31",
    "grouped": "/projects?group=phase&from=2021",
    "projects": "/projects", "reports": "/documents", "findings": "/check",
    "missing": "/nowhere",
}  # fmt: skip


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    context = browser.new_context(**LOOKS["wide"], base_url=address, locale="en-GB")
    yield context.new_page()
    context.close()


def visit(page: Any, name: str) -> None:
    """Go to one of the pages by its name."""
    if name in FIXED:
        page.goto(FIXED[name])
        return
    start, link = FIND[name]
    page.goto(start)
    page.goto(page.locator(link).first.get_attribute("href"))


def watched(page: Any) -> list[str]:
    """What the browser complains of: errors, refused content, requests to other machines."""
    told: list[str] = []
    page.on("console", lambda m: told.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("dialog", lambda dialog: (told.append(dialog.message), dialog.dismiss()))
    own = ("http://127.0.0.1:", "data:")
    page.on("request", lambda r: None if r.url.startswith(own) else told.append(r.url))
    return told


@pytest.mark.parametrize(
    ("look", "lang"), [("wide", "en"), ("dark", "zh"), ("phone", "en"), ("phone", "zh")]
)
@pytest.mark.parametrize("name", PAGES)
def test_pages_look_whole(
    browser: Any, address: str, shot: Shot, name: str, look: str, lang: str
) -> None:
    locale = {"en": "en-GB", "zh": "zh-CN"}[lang]
    context = browser.new_context(**LOOKS[look], base_url=address, locale=locale)
    page = context.new_page()
    told = watched(page)
    visit(page, name)
    expected = ["404"] if name == "missing" else []
    assert [line for line in told if not any(code in line for code in expected)] == []
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wider) <= 0, "the page scrolls sideways"
    assert page.locator("h1").count() == 1 and page.locator("main").count() == 1
    assert page.locator("html").get_attribute("lang") == {"en": "en", "zh": "zh-CN"}[lang]
    shot(page, f"{name}-{look}-{lang}")
    context.close()


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not here: .ci/run fetches it, or set AXE")
@pytest.mark.parametrize(
    ("name", "look"),
    [(name, "dark") for name in PAGES] + [(n, "phone") for n in ("overview", "projects", "report")],
)
def test_no_serious_barrier(browser: Any, address: str, name: str, look: str) -> None:
    context = browser.new_context(**LOOKS[look], base_url=address, locale="en-GB", bypass_csp=True)
    page = context.new_page()
    visit(page, name)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document)")["violations"]
    grave = [
        f"{v['id']}: {node['html'][:160]}"
        for v in found
        if v["impact"] in {"serious", "critical"}
        for node in v["nodes"]
    ]
    assert grave == []
    context.close()


def test_the_first_tab_leads_to_the_content(page: Any) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.locator(".skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_figure_opens_and_closes_by_keyboard(page: Any, shot: Shot) -> None:
    visit(page, "project")
    figure = page.locator("#figures details.words").first
    figure.locator("summary").focus()
    page.keyboard.press("Enter")
    assert figure.locator("mark").is_visible()
    assert figure.locator("mark").inner_text() == "2.4 billion yuan"
    shot(page, "project-words")
    page.keyboard.press("Escape")
    assert not figure.locator("mark").is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_opening_one_figure_closes_the_other(page: Any) -> None:
    visit(page, "project")
    page.locator("#figures details.words summary").first.click()
    page.locator("#milestones details.words summary").first.press("Enter")
    assert page.locator("details.words[open]").count() == 1
    page.mouse.click(5, 400)
    assert page.locator("details.words[open]").count() == 0


def test_words_lead_to_the_marked_claim(page: Any) -> None:
    visit(page, "project")
    figure = page.locator("#figures details.words").first
    figure.locator("summary").click()
    figure.locator(".said-by a").click()
    chosen = page.locator(".hl.chosen")
    assert chosen.inner_text() == "2.4 billion yuan"
    assert chosen.evaluate("e => e.getBoundingClientRect().top") > 56, "not under the bar"
    assert page.locator(".claim.chosen .what").inner_text() == "CNY 2.4 billion"


def test_text_and_list_light_each_other(page: Any) -> None:
    visit(page, "report")
    page.locator(".hl", has_text="2.4 billion").hover()
    assert page.locator(".claim.lit .what").all_inner_texts() == ["CNY 2.4 billion"]
    page.locator(".claim .what", has_text="Signed").focus()
    assert page.locator(".hl.lit").all_inner_texts() == ["signed", " the contract"]


def test_everything_works_without_javascript(browser: Any, address: str) -> None:
    context = browser.new_context(**LOOKS["wide"], base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/projects")
    page.get_by_label("Name, place, product or words of a report").fill("tyre plant")
    page.get_by_role("button", name="Show").click()
    assert page.locator("a.name").all_inner_texts() == ["Samplewood tyre plant"]
    page.locator("a.name").click()
    figure = page.locator("#figures details.words").first
    figure.locator("summary").click()
    assert figure.locator("mark").is_visible()
    figure.locator(".said-by a").click()
    page.locator(".hl.chosen").click()
    assert page.url.endswith(page.locator(".claim.chosen").get_attribute("id"))
    context.close()


def test_print_shows_the_report_and_no_furniture(page: Any) -> None:
    visit(page, "report")
    page.emulate_media(media="print")
    assert not page.locator(".bar").is_visible() and not page.locator(".foot").is_visible()
    assert page.locator("article").is_visible() and page.locator(".claim-list").is_visible()


def test_the_language_is_one_click_away(page: Any) -> None:
    page.goto("/projects?sort=name")
    page.get_by_role("link", name="中文").click()
    assert page.locator("h1").inner_text() == "项目"
    assert "sort=name" in page.url
    page.goto("/check")
    assert page.locator("h1").inner_text() == "疑点"
