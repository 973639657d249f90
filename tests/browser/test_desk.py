"""The desk in a real browser: every page, wide and narrow, light and dark, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

Shot = Callable[[Any, str], None]

AXE = Path(str(files("axe_playwright_python") / "axe.min.js"))
PASSWORD = "a long enough one"
LOOKS = {
    "wide": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 360, "height": 740}, "color_scheme": "light"},
    "dark phone": {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"},
}
PAGES = (
    "overview",
    "map",
    "past",
    "compare",
    "projects",
    "grouped",
    "project",
    "report",
    "left",
    "hostile",
    "reports",
    "findings",
    "monitors",
    "monitor",
    "orders",
    "indicators",
    "returns",
    "reconcile",
    "matches",
    "technologies",
    "technology",
    "missing",
)
FIND = {
    "project": ("/projects?q=tyre+plant", "a.name"),
    "report": ("/documents?q=contract", "a.name"),
    "left": ("/documents?q=contract", "a.name"),
    "hostile": ("/documents?q=alert", "a.name"),
    "technology": ("/technologies", "a.name"),
}
FIXED = {
    "overview": "/?since=2021-01-01", "past": "/?as_of=2023-12-31&since=2021-01-01",
    "map": "/map",
    "compare": "/compare?from=2021-06-01&to=2024-12-31",
    "grouped": "/projects?group=phase&from=2021",
    "projects": "/projects", "reports": "/documents", "findings": "/check",
    "monitors": "/monitors", "monitor": "/monitor/tyres",
    "orders": "/orders", "returns": "/returns", "reconcile": "/reconcile",
    "matches": "/matches", "technologies": "/technologies",
    "indicators": "/indicators?q=Samplewood+Industrial+Park", "missing": "/nowhere",
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
    found = page.locator(link).first.get_attribute("href")
    page.goto(f"{found}?left=1" if name == "left" else found)


def barriers(page: Any) -> list[str]:
    """What axe, which the browser of the page brings along, finds of serious or critical impact."""
    # Of what passes it need not tell: saying so takes four times as long as all of its rules.
    found = page.evaluate(
        "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)"
    )
    return [
        f"{v['id']}: {node['html'][:160]}"
        for v in found
        if v["impact"] in {"serious", "critical"}
        for node in v["nodes"]
    ]


def fits(page: Any) -> None:
    """Nothing stands out sideways."""
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wider) <= 0, "the page scrolls sideways"


def whole(page: Any) -> None:
    """Nothing sideways, nobody barred."""
    fits(page)
    assert barriers(page) == []


def watched(page: Any) -> list[str]:
    """What the browser complains of: errors, refused content, requests to other machines."""
    told: list[str] = []
    page.on("console", lambda m: told.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("dialog", lambda dialog: (told.append(dialog.message), dialog.dismiss()))
    own = ("http://127.0.0.1:", "data:")
    page.on("request", lambda r: None if r.url.startswith(own) else told.append(r.url))
    return told


WAYS = [("wide", "en"), ("dark", "zh"), ("phone", "en"), ("phone", "zh"), ("dark phone", "zh")]
"""Light and dark, wide and 360 px, in both languages."""


@pytest.fixture(scope="module", params=WAYS, ids=[f"{look}-{lang}" for look, lang in WAYS])
def looking(request: pytest.FixtureRequest, browser: Any, address: str) -> Iterator[Any]:
    """A page of one look and language, what it complains of, its name and its language."""
    look, lang = request.param
    locale = {"en": "en-GB", "zh": "zh-CN"}[lang]
    context = browser.new_context(**LOOKS[look], base_url=address, locale=locale)
    context.add_init_script(path=AXE)
    page = context.new_page()
    yield page, watched(page), f"{look.replace(' ', '-')}-{lang}", lang
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_pages_look_whole_and_bar_nobody(looking: Any, shot: Shot, name: str) -> None:
    page, told, called, lang = looking
    told.clear()
    visit(page, name)
    expected = ["404"] if name == "missing" else []
    assert [line for line in told if not any(code in line for code in expected)] == []
    fits(page)
    assert page.locator("h1").count() == 1 and page.locator("main").count() == 1
    assert page.locator("html").get_attribute("lang") == {"en": "en", "zh": "zh-CN"}[lang]
    shot(page, f"{name}-{called}")
    assert barriers(page) == []


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


# A desk with accounts


@pytest.fixture(scope="module")
def inside(browser: Any, staffed: str) -> Iterator[Any]:
    """A browser in which an administrator has logged in."""
    context = browser.new_context(**LOOKS["wide"], base_url=staffed, locale="en-GB")
    context.add_init_script(path=AXE)
    page = context.new_page()
    page.goto("/review")
    page.get_by_label("Name").fill("An Administrator")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector(".queue")
    page.close()
    yield context
    context.close()


OPEN = (
    "/forms",
    "/orders",
    "/returns",
    "/matches",
    "/review",
    "/review/done",
    "/add",
    "/admin",
    "/entity",
    "/identity",
)


@pytest.mark.parametrize("address", OPEN)
@pytest.mark.parametrize("look", ["wide", "phone"])
def test_pages_for_those_inside_look_whole_and_bar_nobody(
    inside: Any, shot: Shot, address: str, look: str
) -> None:
    page = inside.new_page()
    told = watched(page)
    page.set_viewport_size(LOOKS[look]["viewport"])  # type: ignore[arg-type]
    page.emulate_media(color_scheme="dark" if look == "phone" else "light")
    if address in ("/entity", "/identity"):
        page.goto("/projects?q=tyre+plant")
        found = page.locator("a.name").first.get_attribute("href")
        address = found.replace("/entity", address)
    page.goto(f"{address}?lang={'zh' if look == 'phone' else 'en'}&q=depot")
    assert told == []
    fits(page)
    shot(page, f"inside-{address.split('/')[1]}{'-done' if 'done' in address else ''}-{look}")
    assert barriers(page) == []
    page.close()


def test_the_log_in_page_looks_whole(browser: Any, staffed: str, shot: Shot) -> None:
    context = browser.new_context(**LOOKS["phone"], base_url=staffed, locale="zh-CN")
    page = context.new_page()
    told = watched(page)
    page.goto("/")
    assert "/login?next=" in page.url and told == []
    shot(page, "login-phone-zh")
    context.close()


def test_thirty_claims_are_reviewed_without_the_mouse(inside: Any, shot: Shot) -> None:
    page = inside.new_page()
    told = watched(page)
    page.goto("/review?lang=en")
    before = int(page.locator(".head .count").inner_text().split()[0])
    keys = ["a"] * 12 + ["j", "k", "r", "u", "r"] + ["a"] * 7
    for key in keys:  # 12 + 1 + 7 = the twenty that can be seen
        page.keyboard.press(key)
        if key == "u":
            expect(page.locator(".review.judged")).to_have_count(12)
    expect(page.locator(".review:not(.judged)")).to_have_count(20)
    for _ in range(9):
        page.keyboard.press("a")
    expect(page.locator(".outcome:not(:empty)")).to_have_count(9)
    page.keyboard.press("c")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    value = page.evaluate("document.activeElement.name")
    assert value.startswith("f_")
    number = page.locator(".review:focus-within [name=f_subject]")
    number.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("Samplewood old kiln")
    shot(page, "review-correcting")
    page.keyboard.press("Enter")
    expect(page.locator(".outcome:not(:empty)")).to_have_count(10)
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    shot(page, "review-help")
    page.keyboard.press("Escape")
    page.goto("/review")
    assert before - int(page.locator(".head .count").inner_text().split()[0]) == 30
    page.goto("/review/done")
    assert page.locator(".tag.v-accept").count() == 28
    assert page.locator(".tag.v-reject").count() == 1
    corrected = page.locator("tr", has=page.locator(".tag.v-correct"))
    assert "Samplewood old kiln" in corrected.inner_text()
    assert "An Administrator" in corrected.inner_text()
    assert told == []
    page.close()


def test_a_text_is_seen_before_it_enters(inside: Any, shot: Shot) -> None:
    page = inside.new_page()
    page.goto("/add?lang=en")
    page.get_by_label("Text", exact=True).fill(
        "The Oldtown lamp plant went into production on 3 May 2024. "
        "Total investment is 350 million yuan."
    )
    page.get_by_role("button", name="Look at the claims").click()
    page.wait_for_selector("form.enter")
    assert "350 million" in page.locator(".previews").inner_text()
    shot(page, "staged-wide-en")
    page.goto("/documents?q=pasted")
    assert page.locator("a.name").count() == 0, "nothing entered yet"
    page.go_back()
    page.get_by_role("button", name="Enter 1 report").click()
    page.get_by_role("link", name="entered").click()
    assert page.locator(".hl").count() >= 2
    page.close()


def test_two_things_are_merged_and_parted_by_keyboard(inside: Any, shot: Shot) -> None:
    page = inside.new_page()
    told = watched(page)
    page.goto("/review?lang=en")
    page.keyboard.press("m")
    page.wait_for_url("**/identity/*")
    page.get_by_label("Find another thing by its name").fill("Old Kiln")
    page.keyboard.press("Enter")
    page.get_by_label("Reason").last.focus()
    page.keyboard.type("one site")
    page.keyboard.press("Enter")
    expect(page.locator("[name=name]")).to_have_count(2)
    shot(page, "identity-merged")
    page.locator("[name=name]").last.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Split them off").press("Enter")
    expect(page.locator("[name=name]")).to_have_count(1)
    page.goto("/review/done")
    first = page.locator("tbody tr").first.inner_text()
    assert "An Administrator" in first and "Old Kiln" in first
    assert told == []
    page.close()


def test_the_first_paint_comes_within_a_second(page: Any) -> None:
    for name in PAGES:
        visit(page, name)
        paint = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
        assert page.evaluate(paint) < 1000, name


def test_a_return_is_taken_by_keyboard_and_stands_beside_the_press(
    inside: Any, shot: Shot, tmp_path: Path
) -> None:
    page = inside.new_page()
    told = watched(page)
    sheet = tmp_path / "plants.csv"
    sheet.write_text(
        "Project name,Total investment (RMB million),Employees\n"
        "Samplewood tyre plant,2700,about six hundred\n",
        encoding="utf-8",
    )
    page.goto("/returns?lang=en")
    page.set_input_files("#file", sheet)
    page.get_by_role("button", name="Read the headers").press("Enter")
    page.wait_for_selector("form.mapping")
    shot(page, "return-draft")
    page.get_by_label("Of when").fill("2024")
    page.get_by_label("Day of the return").fill("2025-01-31")
    page.get_by_label("Planned: B").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Check and look").press("Enter")
    page.wait_for_selector("#preview")
    assert "about six hundred" in page.locator("#preview").inner_text()
    assert barriers(page) == []
    shot(page, "return-checked")
    page.get_by_role("button", name="Take 1 claim").press("Enter")
    page.get_by_role("link", name="Show the return").click()
    assert "plants!C2" in page.locator("#refused").inner_text()
    assert barriers(page) == []
    shot(page, "return-taken")
    page.goto("/reconcile?lang=en")
    page.locator("a.name").first.click()
    shot(page, "reconciled")
    assert "plants!B2" in page.locator("main").inner_text()
    assert barriers(page) == [] and told == []
    page.close()


FORM = """
subject = "A"
header_rows = [1, 1]
[[column]]
at = "B"
header = "Output value"
measure = "output_value"
unit = "RMB 10,000"
required = true
[[column]]
at = "C"
header = "Employees"
measure = "employment"
item = "employees"
[[column]]
at = "D"
header = "Production started"
stage = "producing"
[[column]]
at = "E"
header = "High-tech enterprise"
relation = "identified_as"
object = "high-technology enterprise"
"""


def test_an_enterprise_fills_in_its_form_without_account_or_javascript(
    inside: Any, browser: Any, staffed: str, shot: Shot, tmp_path: Path
) -> None:
    page = inside.new_page()
    mapping = tmp_path / "form.toml"
    mapping.write_text(FORM, encoding="utf-8")
    page.goto("/forms?lang=en")
    page.get_by_label("Enterprise").fill("Example Rubber Co., Ltd.")
    page.get_by_label("Of when").fill("2025")
    page.set_input_files("#mapping", mapping)
    page.get_by_role("button", name="Make a link").press("Enter")
    page.wait_for_selector("input.address")
    page.wait_for_load_state()
    address = page.locator("input.address").first.input_value()
    assert barriers(page) == []
    shot(page, "forms")
    for look, lang, script in (
        ("wide", "en", True),
        ("phone", "zh", False),
        ("dark phone", "zh", True),
    ):
        locale = {"en": "en-GB", "zh": "zh-CN"}[lang]
        context = browser.new_context(**LOOKS[look], locale=locale, java_script_enabled=script)
        context.add_init_script(path=AXE)
        guest = context.new_page()
        told = watched(guest)
        guest.goto(address)
        _form_is_whole(guest, shot, f"form-{look.replace(' ', '-')}", script=script)
        guest.locator("#f2").fill("about sixty")
        guest.locator("#f2").press("Enter")
        expect(guest.locator("[aria-invalid]")).to_have_count(2)  # the required one is empty
        _form_is_whole(guest, shot, f"form-errors-{look.replace(' ', '-')}", script=script)
        guest.locator("#f1").fill("18,200")
        guest.locator("#f2").fill(f"64{len(look)}")
        guest.locator("#f3").fill("2023-07")
        guest.locator("#f4").select_option("yes")
        guest.locator("button[value=review]").press("Enter")
        expect(guest.locator("button[value=send]")).to_be_visible()
        assert "18,200" in guest.locator("tbody").inner_text()
        _form_is_whole(guest, shot, f"form-review-{look.replace(' ', '-')}", script=script)
        guest.locator("button[value=send]").press("Enter")
        expect(guest.locator("[role=status]")).to_be_visible()
        guest.wait_for_load_state()
        _form_is_whole(guest, shot, f"form-receipt-{look.replace(' ', '-')}", script=script)
        assert [line for line in told if "422" not in line] == []
        context.close()
    page.reload()
    page.get_by_role("button", name="Take back").first.press("Enter")
    expect(page.locator("input.address")).to_have_count(0)
    context = browser.new_context(**LOOKS["phone"], locale="zh-CN")
    guest = context.new_page()
    guest.goto(address)
    assert guest.locator("h1").inner_text() == "链接已收回。"
    context.close()
    page.close()


def _form_is_whole(page: Any, shot: Shot, name: str, *, script: bool) -> None:
    assert page.locator("h1").count() == 1 and page.locator("nav.nav a").count() == 0
    shot(page, name)
    if script:
        whole(page)


@pytest.mark.parametrize("look", ["wide", "dark phone"])
def test_a_plant_is_simulated_and_played_back(
    browser: Any, address: str, shot: Shot, look: str
) -> None:
    context = browser.new_context(**LOOKS[look], base_url=address, locale="en-GB")
    context.add_init_script(path=AXE)
    page = context.new_page()
    told = watched(page)
    page.goto("/whatif")
    assert barriers(page) == []
    shot(page, f"whatif-form-{look.replace(' ', '-')}")
    short = (
        page.locator("#model")
        .input_value()
        .replace('"2 d"', '"12 h"')
        .replace('"6 h"\nrep', '"2 h"\nrep')
    )
    page.locator("#model").fill(short.replace("replications = 8", "replications = 2"))
    for box in page.locator(".wishes input").all():
        box.uncheck()
    page.get_by_role("button", name="Simulate").click()
    page.wait_for_selector("svg.plant", timeout=120_000)
    assert page.locator(".station-box").count() == 7
    fits(page)
    clock, play = page.locator("#clock"), page.locator("#play")
    assert clock.inner_text() == "0:00"
    play.focus()
    page.keyboard.press("Space")
    page.wait_for_timeout(2500)
    assert clock.inner_text() != "0:00"
    page.keyboard.press("Space")
    assert play.get_attribute("aria-pressed") == "false"
    page.locator("#when").focus()
    page.keyboard.press("End")
    assert clock.inner_text() != "0:00"
    assert page.locator(".cart[transform]").count() == 4
    shot(page, f"whatif-{look.replace(' ', '-')}")
    assert barriers(page) == [] and told == []
    context.close()
