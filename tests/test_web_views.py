"""The desk's presenters: pure functions, each with what it must not do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from string import Formatter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nameplate.answer.checks import CHECKS
from nameplate.answer.views import Rule
from nameplate.errors import LexiconError
from nameplate.lexicon.stages import stages
from nameplate.model import Claim, Document, EntityKind, Entry, Kind, Region
from nameplate.web.views import words as words_module
from nameplate.web.views.atlas import Scene, Stand, clusters, ground, window_of
from nameplate.web.views.dates import say_date
from nameplate.web.views.figures import say_figure, say_number
from nameplate.web.views.highlight import parts, pieces
from nameplate.web.views.history import say_slip
from nameplate.web.views.ladder import bars, phase
from nameplate.web.views.links import query_link
from nameplate.web.views.quote import REACH, in_sentence
from nameplate.web.views.report import paragraphs
from nameplate.web.views.shown import clip, plain, rich
from nameplate.web.views.table import cut_out, sort_links
from nameplate.web.views.timeline import Moment, draw
from nameplate.web.views.whereabouts import Spot, spot_of
from nameplate.web.views.words import LANGUAGES, choose, words

EN, ZH = words("en"), words("zh")


def entry(key: str, start: int, end: int, text: str, **fields: Any) -> Entry:
    claim = Claim(
        kind=fields.pop("kind", "quantity"), subject="it", quote=text[start:end], start=start,
        end=end, **fields,
    )  # fmt: skip
    return Entry(
        key=key, claim=claim, document_key="d", document_id="d", published=None, recorded="2024"
    )


# Strangers' text


def test_deceiving_characters_are_shown_with_their_name() -> None:
    assert plain("a\u202eb\x00c") == "a⟨U+202E⟩b⟨U+0000⟩c"
    assert 'title="right-to-left override">U+202E</span>' in rich("a\u202eb")


def test_markup_is_escaped_and_ordinary_text_left_alone() -> None:
    assert rich("<b>&\"'") == "&lt;b&gt;&amp;&#34;&#39;"
    ordinary = "Café, naïve; 年产1500万条\n\tيفصل 공장 👩‍🔧"
    assert plain(ordinary.replace("\u200d", "")) == ordinary.replace("\u200d", "")


def test_towers_of_marks_and_lone_surrogates_are_shown() -> None:
    assert len(plain("Z" + "\u0301" * 5000)) < 40
    assert plain("\ud800").encode()
    assert plain("e\u0301\u0323") == "e\u0301\u0323"


@given(st.text(st.characters(), max_size=300))
def test_nothing_hidden_or_unescaped_is_left(text: str) -> None:
    html = str(rich(text))
    html.encode()
    assert not set(html) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\x00")
    assert html.count("<") == 2 * html.count('<span class="hidden-char"')


def test_clip_tells_that_it_cut() -> None:
    assert clip("abc", 3) == "abc"
    assert clip("abcd", 3) == "ab…"


# Words in their sentence


def test_a_quote_is_shown_in_its_own_sentence() -> None:
    text = "First one. Example Co., Ltd. invested 5 billion yuan in 2020. Last one."
    start = text.index("5 billion")
    quote = in_sentence(text, start, start + 14)
    assert quote == ("Example Co., Ltd. invested ", "5 billion yuan", " in 2020.")


def test_chinese_sentences_end_at_their_stops() -> None:
    text = "第一句。项目总投资26亿元，占地500亩。第三句。"
    start = text.index("26亿元")
    assert in_sentence(text, start, start + 4) == ("项目总投资", "26亿元", "，占地500亩。")


@given(st.text(max_size=400), st.integers(-5, 450), st.integers(-5, 450))
def test_quotes_are_cut_from_the_text_and_short(text: str, start: int, end: int) -> None:
    quote = in_sentence(text, start, end)
    assert (
        quote.words == text[max(0, min(start, len(text))) : max(0, start, end)][: len(quote.words)]
    )
    assert len(quote.before) <= REACH + 1 and len(quote.after) <= REACH + 1


# Highlights


TEXT = "Mayor Wang visited the plant and saw 130 workers make 2,800 units."


def test_overlapping_claims_share_a_piece_and_keep_the_text() -> None:
    found = [
        entry("office", 0, 10, TEXT, kind="relation"),
        entry("visit", 0, 28, TEXT, kind="visit"),
        entry("staff", 37, 48, TEXT),
    ]
    cut = pieces(Document(id="d", text=TEXT), found, 0, len(TEXT))
    assert "".join(piece.text for piece in cut) == TEXT
    assert cut[0].claims == ("office", "visit") and cut[0].kinds == ("relation", "visit")
    assert cut[0].starts == ("office", "visit") and cut[1].starts == ()
    assert cut[1].claims == ("visit",)


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=12)


@given(st.text(max_size=60), spans, spans)
def test_pieces_joined_are_the_text_and_every_claim_starts_once(
    text: str, claims: list[tuple[int, int]], regions: list[tuple[int, int]]
) -> None:
    inside = [(a, b) for a, b in claims if a < b <= len(text)]
    found = [entry(str(i), a, b, text) for i, (a, b) in enumerate(inside)]
    marked = tuple(Region(start=a, end=b, role="boilerplate") for a, b in regions if a < b)
    cut = pieces(Document(id="d", text=text, regions=marked), found, 0, len(text))
    assert "".join(piece.text for piece in cut) == text
    assert sorted(key for piece in cut for key in piece.starts) == sorted(e.key for e in found)
    shown = "".join(piece.text for line in paragraphs(cut) for piece in line.pieces)
    assert "".join(shown.split()) == "".join(text.replace("\n", "").split())


def test_long_texts_come_in_parts_that_join() -> None:
    text = "line of words\n" * 500
    bounds = parts(text, 1000)
    assert "".join(text[a:b] for a, b in bounds) == text
    assert all(text[b - 1] == "\n" for _, b in bounds) and all(b - a <= 1000 for a, b in bounds)
    assert parts("x" * 2500, 1000)[-1] == (2000, 2500)
    assert parts("", 1000) == [(0, 0)]


# Dates and figures


@pytest.mark.parametrize(
    ("edtf", "english", "chinese"),
    [
        ("2018", "2018", "2018年"),
        ("2021-08", "Aug 2021", "2021年8月"),
        ("2020-02-24", "24 Feb 2020", "2020年2月24日"),
        ("XXXX-02-24", "24 Feb, year open", "2月24日（年份不详）"),
        ("2019-01/2019-12", "2019", "2019年"),
        ("2021/2025", "2021 – 2025", "2021年至2025年"),
        ("2019-03/..", "Mar 2019 – …", "2019年3月至…"),
        ("199X", "1990s", "1990年代"),
        ("2024-13", "2024-13", "2024-13"),
        ("soon", "soon", "soon"),
        (None, "", ""),
    ],
)
def test_dates(edtf: str | None, english: str, chinese: str) -> None:
    assert (say_date(edtf, EN), say_date(edtf, ZH)) == (english, chinese)


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        ("10200000000", "10.2 billion", "102亿"),
        ("15000000", "15 million", "1500万"),
        ("739000", "739,000", "73.9万"),
        ("12345678", "12,345,678", "1234.5678万"),
        ("1234567.5", "1,234,567.5", "1,234,567.5"),
        ("-7.5", "−7.5", "−7.5"),
        ("0.70", "0.7", "0.7"),
        ("NaN", "NaN", "NaN"),
        ("1e400", "1E+400", "1E+400"),
    ],
)
def test_numbers_lose_no_digit(value: str, english: str, chinese: str) -> None:
    assert (say_number(Decimal(value), EN), say_number(Decimal(value), ZH)) == (english, chinese)


def test_endless_decimals_are_cut_and_say_so() -> None:
    assert say_number(Decimal(1_000_000) / 3, EN) == "333,333.33…"


@given(st.decimals(allow_nan=True, allow_infinity=True))
def test_any_number_can_be_said(value: Decimal) -> None:
    assert say_number(value, EN) and say_number(value, ZH)


def test_figures_carry_bound_unit_item_and_rate() -> None:
    base = {"kind": "quantity", "subject": "s", "quote": "q", "start": 0, "end": 1}
    tyres = Claim(
        **base, measure="capacity", value=Decimal(15_000_000), unit="1", item="tyres", per="year",
        bound=">",
    )  # fmt: skip
    assert say_figure(tyres, EN) == "> 15 million tyres/year"
    assert say_figure(tyres, ZH) == "> 1500万 tyres/年"
    money = Claim(**base, low=Decimal(10**9), high=Decimal(2 * 10**9), unit="CNY")
    assert say_figure(money, EN) == "CNY 1 billion–2 billion"
    growth = Claim(**base, measure="change", value=Decimal("7.5"), unit="%")
    assert say_figure(growth, EN) == "+7.5%"
    assert say_figure(Claim(**base, unit="{odd}"), EN) == ""
    assert say_figure(Claim(**base, value=Decimal(1), unit="{odd}"), EN) == "1 (odd)"


def test_slips_in_days_and_months() -> None:
    assert say_slip(12, EN) == ("12 days late", "late")
    assert say_slip(1, EN) == ("1 day late", "late")
    assert say_slip(-92, EN) == ("3 months early", "early")
    assert say_slip(0, EN) == ("on time", "on")
    assert say_slip(None, EN) == ("", "")


# Strings


def test_both_languages_name_the_whole_vocabulary() -> None:
    for table in (EN, ZH):
        assert set(Kind.__args__) == set(table.kind)  # type: ignore[attr-defined]
        assert set(EntityKind.__args__) == set(table.entity) == set(table.entities)  # type: ignore[attr-defined]
        assert set(Rule.__args__) <= set(table.rule)  # type: ignore[attr-defined]
        assert set(CHECKS) <= set(table.check)
        assert set(table.relation) == set(table.inverse)


def test_blanks_are_the_same_in_both_languages() -> None:
    for key, entry in EN.text.items():
        assert _blanks(entry) == _blanks(ZH.text[key]), key
        values = dict.fromkeys(_blanks(entry), 3)
        assert EN.say(key, **values) and ZH.say(key, **values)


def _blanks(entry: Any) -> set[str]:
    both = entry if isinstance(entry, str) else f"{entry.one} {entry.other}"
    return {name for _, name, _, _ in Formatter().parse(both) if name}


def test_a_missing_entry_fails_the_load(monkeypatch: pytest.MonkeyPatch) -> None:
    import msgspec

    short = msgspec.structs.replace(ZH, kind={"quantity": "数字"})
    with pytest.raises(LexiconError, match="kind"):
        words_module._check_same("zh", short, EN)


@pytest.mark.parametrize(
    ("asked", "kept", "accepted", "chosen"),
    [
        (None, None, "", "en"),
        ("zh", "en", "en", "zh"),
        ("fr", None, "fr, zh-CN;q=0.8, en;q=0.9", "en"),
        (None, "zh", "en", "zh"),
        (None, None, "zh-CN,zh;q=0.9", "zh"),
        (None, None, "x;q=nonsense,,;q=", "en"),
        ("../en", "\x00", "zh;q=0", "en"),
    ],
)
def test_language(asked: str | None, kept: str | None, accepted: str, chosen: str) -> None:
    assert choose(asked, kept, accepted) == chosen
    assert chosen in LANGUAGES


# Ladder, lists, time line


def test_every_stage_has_a_phase() -> None:
    assert {phase(stage) for stage in stages()} == {"talk", "promise", "build", "run", "stopped"}
    assert phase(None) == "none"


def test_the_ladder_fills_up_to_the_furthest_rung() -> None:
    states = [bar.state for bar in bars(["signed", "started"], ["producing"])]
    assert states == ["done", "done", "done", "none", "none", "due", "none"]
    assert {bar.state for bar in bars(["cancelled", "unheard of"])} == {"none"}


def test_headings_sort_both_ways_and_lists_page() -> None:
    chosen, links = sort_links({"n": True}, {"sort": "n"}, "-n")
    assert (chosen, links["n"]) == ("n", ("?sort=-n", "ascending"))
    assert sort_links({"n": True}, {"sort": "x"}, "-n")[0] == "-n"
    last = cut_out(
        lambda start, size: [*range(250)][start : start + size], 250, 250, {"page": "99"}
    )
    assert (last.page, last.pages, len(last.rows), last.next) == (5, 5, 50, "")


def test_links_keep_the_other_parameters() -> None:
    assert query_link({"q": "a b&c", "page": "2"}, page="", sort="-n") == "?q=a+b%26c&sort=-n"


def moment(lane: str, day: date, label: str = "Construction started") -> Moment:
    return Moment(lane, day, day, label, day.isoformat(), "build", "/x")


def test_labels_of_the_time_line_do_not_cover_each_other() -> None:
    crowd = [moment("actual", date(2020, 1, 1 + n)) for n in range(9)]
    drawn = draw([*crowd, moment("planned", date(2024, 1, 1))], [], [], date(2030, 1, 1), EN.months)
    assert drawn is not None
    rows = [mark.text_y for mark in drawn.marks if mark.lane == "actual"]
    assert len(set(rows)) == len(rows) and max(rows) < drawn.height
    assert all(0 <= mark.text_x <= drawn.width for mark in drawn.marks)
    assert all(mark.y < drawn.axis for mark in drawn.marks if mark.lane == "planned")


@given(st.lists(st.dates(), min_size=1, max_size=6), st.dates())
def test_any_dates_can_be_drawn(days: list[date], today: date) -> None:
    marks = [moment("actual" if n % 2 else "planned", day) for n, day in enumerate(days)]
    drawn = draw(marks, [(marks[0], marks[-1], "late")], days, today, EN.months)
    assert drawn is not None and len(drawn.ticks) <= 15
    assert draw([], [], days, today, EN.months) is None


# The map


@pytest.mark.parametrize(
    ("places", "name", "place", "level", "by_name"),
    [
        (("重庆市渝北区",), "新工厂", "渝北区", "county", False),
        (("Yubei District, Chongqing",), "plant", "渝北区", "county", False),
        ((), "Dezhou tyre project", "德州市", "prefecture", True),
        (("吉林",), "", "吉林省", "province", False),
        (("北京市朝阳区",), "", "朝阳区", "county", False),
        (("France",), "", "France", "country", False),
    ],
)
def test_a_place_is_found_as_exactly_as_it_is_said(
    places: tuple[str, ...], name: str, place: str, level: str, by_name: bool
) -> None:
    spot = spot_of(places, name)
    assert spot and (spot.place, spot.level, spot.by_name) == (place, level, by_name)


@pytest.mark.parametrize(
    "said", ["朝阳区", "鼓楼区", "the river", "Sampleton", "", "\u202e", "x" * 5000]
)
def test_what_is_ambiguous_or_no_place_is_not_drawn(said: str) -> None:
    assert spot_of((said,), "") is None


@pytest.mark.parametrize(
    "text", ["", "x", "1,2", "nan,0,0", "0,0,99", "0,0,-1", "inf,1,1", "0,0,1e9"]
)
def test_a_window_that_is_none_shows_all(text: str) -> None:
    spots = [Spot(106.6, 29.7, "渝北区", "Yubei", "county", False)]
    assert window_of(text, spots) == window_of("", spots)
    assert window_of("", []).zoom == 0


def test_neighbours_are_one_cluster_until_one_looks_closer() -> None:
    spots = [
        Spot(106.6, 29.7, "A", "A", "county", False),
        Spot(106.5, 29.6, "B", "B", "county", False),
        Spot(2.3, 48.9, "C", "C", "city", False),
    ]
    phases = ("run", "build", "talk")
    stands = [Stand(spot, {phase: 1}, 1) for spot, phase in zip(spots, phases, strict=True)]
    world = window_of("60,30,0", [])
    made, _ = clusters(Scene(stands, world, {}))
    assert [c.number for c in made] == [2, 1] and len(made[0].arcs) == 2
    near, cells = clusters(Scene(stands, window_of("106.55,29.65,9", []), {}))
    assert [c.number for c in near] == [1, 1] and sorted(
        spot.place for spots in cells.values() for spot in spots
    ) == ["A", "B"]
    assert all(
        set(ground(world._replace(zoom=z))) == {"land", "border", "division"} for z in range(10)
    )
    assert len(ground(world)["land"]) < 200_000
