"""The grammar of time expressions: patterns over token codes, the same for every language.

A rule is a regular expression over the code string of a run (see `nameplate.lexicon.times`) with
named groups that say what each token is; `nameplate.find.times.finder` has them read turns the groups to a value.
Rules are tried in order at every token; the first that matches takes its tokens.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple


class Rule(NamedTuple):
    """``family`` names the reading, ``pattern`` the codes."""

    family: str
    pattern: re.Pattern[str]


def _year(i: str = "") -> str:
    return f"(?:(?P<Y{i}>Y)y?|(?P<e{i}>@)(?P<en{i}>[Nn])y|(?P<A{i}>A)|(?P<S{i}>S)y|(?P<E{i}>E))"


_YR = _year()
_YR2 = _year("2")
_N = "[Nn]"
_DAY = "[NRf]"

_RULES: tuple[tuple[str, str], ...] = (
    ("day", f"(?P<d>{_N})~(?P<M>M)~(?P<Y>Y)"),
    ("day", f"(?P<M>M)[~]?(?P<d>{_N})~(?P<Y>Y)(?![~])"),
    ("day", f"(?P<Y>Y)~?(?P<M>M)~?(?P<d>{_N})(?![~kjyu])"),
    ("nth", f"(?P<n>[Rf])(?P<u>[wm])o(?:{_YR}|(?P<M>M)(?:,?(?P<Y2>Y))?)"),
    ("nth", f"{_YR}(?P<n>R)(?P<u>[wm])"),
    ("nth", f"(?P<n>S)(?P<u>w)o(?:{_YR}|(?P<M>M)(?:[,o]?(?P<Y2>Y))?)"),
    ("nth", f"(?:{_YR})?(?P<m>{_N})k(?P<n>R)(?P<u>w)"),
    # figures and marks: 2020年2月24日, 8月3日～4日, 1—5月
    ("full_range", "(?P<F>F)~(?P<F2>F)"),
    ("full", "(?P<F>F)"),
    (
        "day",
        f"(?:{_YR},?)?(?P<m>{_N})k(?P<d>{_N})[jJ]?~(?:{_YR2})?(?:(?P<m2>{_N})k)?(?P<d2>{_N})[jJ]",
    ),
    ("day", f"(?:{_YR},?)?(?P<m>{_N})k(?P<d>{_N})[jJ]"),
    ("day", f"(?P<B>B)(?P<d>{_N})[jJ]"),
    ("daybefore", f"(?:(?:{_YR},?)?(?P<m>{_N})k)?(?P<d>{_N})z"),
    ("day", f"(?:{_YR})?(?P<M>M)(?P<d>{_N})[jJ]"),
    ("day", f"(?P<d>{_N})j?~(?P<d2>{_N})j"),
    ("day", "(?P<d>I)(?:oS(?P<u>m))?"),
    ("day", f"(?P<d>{_N})j(?!j)"),
    ("month", f"(?:{_YR},?)?(?P<m>{_N})(?P<U>U)"),
    ("month", f"(?:{_YR},?)?(?P<m>{_N})k?~(?:{_YR2})?(?P<m2>{_N})k(?P<a>a)?"),
    ("month", f"(?:{_YR},?)?(?P<m>{_N})k(?P<a>a)?"),
    # names: December 1st, 2019; 1 December; June 13 to 17; July this year
    (
        "day",
        f"(?:W,?)?(?P<M>M)(?P<d>{_DAY})~(?:(?P<M2>M))?(?P<d2>{_DAY})(?:,?(?P<Y>Y)|,?(?P<S>S)y)?",
    ),
    ("day", f"(?:W,?)?(?P<Sm>S)?(?P<M>M)(?P<d>{_DAY})(?:[,o]?(?P<Y>Y)|[,o]?(?P<S>S)y)?(?![~]Y?k)"),
    ("day", f"(?:W,?)?(?P<d>{_DAY}):?~(?P<d2>{_DAY})[o:]?(?P<M>M)(?:[,o]?(?P<Y>Y)|o?(?P<S>S)y)?"),
    ("day", f"(?:W,?)?(?P<d>{_DAY})[o:]?(?P<M>M)~(?P<d2>{_DAY})[o:]?(?P<M2>M)(?:[,o]?(?P<Y>Y))?"),
    ("day", f"(?:W,?)?(?P<d>{_DAY})[o:]?(?P<M>M)(?:[,o]?(?P<Y>Y)|o?(?P<S>S)y)?"),
    (
        "month",
        "(?:(?P<a>[ab])o?)?(?P<M>M)(?:,?(?P<Y>Y))?~(?P<M2>M)(?:[,o]?(?P<Y2>Y)|[,o]?(?P<S2>S)y)?",
    ),
    ("spoken", "(?P<M>M)(?P<sa>n)(?P<sb>n)"),
    ("spoken", "(?P<P>P)o?(?P<sa>n)(?P<sb>n)"),
    ("month", "(?:(?P<a>[ab])o?)?(?P<M>M)[,o~]?(?:(?P<Y>Y)|(?P<S>S)y|(?P<E>E))"),
    ("month", f"{_YR}(?P<M>M)"),
    ("month", "(?:(?P<a>[ab])o?)?(?P<Sm>S)?(?P<M>M)(?!,?Y)"),
    ("weekday", "(?P<W>W)o(?P<Sw>S)w"),
    ("weekday", "(?P<Sw>S)wo?(?P<W>W)"),
    ("weekday", "(?P<a>[ab])?(?P<S>S)?(?P<W>W)"),
    # parts of years
    ("quarters", f"(?:{_YR},?)?f(?P<n>{_N})(?P<u>[muqk])(?:[o,]?{_YR2})?"),
    ("quarter", f"(?:{_YR}[,o]?)?(?P<q>[NnR]|f)~(?P<q2>[NnR])u"),
    ("quarter", f"(?:{_YR}[,o]?)?(?P<q>[NnR])u(?P<a>a)?"),
    ("quarter", f"(?P<a>[ab])?o?(?:{_YR})?(?P<q>[Rf])q(?:[o,]?{_YR2}|o(?P<y>y))?"),
    ("quarter", f"(?:{_YR}[,~]?)?(?P<Q>Q)~(?P<q2>Q)(?:,?{_YR2})?"),
    ("quarter", f"{_YR}[,~]?(?P<Q>Q)"),
    ("quarter", f"(?P<Q>Q)(?:[,~o]?{_YR2})?"),
    ("half", f"{_YR}[,~]?(?P<H>H)"),
    ("half", f"(?P<H>H)(?:[,~o]?{_YR2})?"),
    ("half", f"(?:{_YR})?(?P<h>[RfS])h(?:[o,]?{_YR2}|o(?P<y>y))"),
    ("half", f"{_YR}(?P<h>[Rf])h"),
    ("season", f"(?P<a>a)?{_YR}(?P<P>P)"),
    ("season", f"(?P<a>[ab])?o?(?P<P>P)[o,]?{_YR2}"),
    ("season", "(?P<a>[ab])?o?(?P<Sp>S)x?(?P<P>P)"),
    ("season", "(?P<a>[ab])?o?(?P<P>P)"),
    ("fiveyear", "(?P<R>R)K"),
    ("plan", "(?P<X>X)(?P<a>a)?"),
    # the same period of another year: the year-ago quarter, 去年同期, the 1988 period
    ("same", f"{_YR}(?P<p>[pq])"),
    ("same", f"(?P<p>p)o?{_YR2}"),
    ("same", "y(?P<g>[gb])(?P<q>[Rf])q"),
    ("same", "y(?P<g>[gb])(?P<p>[pqm])?"),
    ("weekof", f"wo(?P<M>M)(?P<d>{_DAY})(?:,?(?P<Y>Y))?"),
    ("holiday", f"(?:{_YR})?(?P<O>O)(?:,?{_YR2})?"),
    ("holiday", "(?P<So>S)(?P<O>O)"),
    ("weekend", "(?:(?P<S>S))?(?P<v>v)"),
    ("spoken", "(?P<sa>n)(?P<sb>n)"),
    ("spoken", "y(?P<whole>n)"),
    # whole years and what is told from the present
    ("years", "(?P<Y>Y)y?~(?P<Y2>Y)y?(?![mwdu])"),
    ("decade", "(?P<a>[ab])?o?(?P<Z>Z)"),
    ("decade", "(?:(?P<C>[RNn])e)?(?P<Z>[YNn])%(?P<a>a)?"),
    ("century", "(?P<R>[RNn])e"),
    ("year", f"(?P<a>[ab])o?{_YR}"),
    ("year", f"{_YR}(?P<a>a)"),
    ("yearend", f"(?:{_YR})?(?P<T>T)(?:o?{_YR2})?"),
    ("duration", f"(?P<n>{_N})(?P<u>T)"),
    ("monthend", "(?P<U>U)"),
    ("year", "(?P<Y>Y)y?=|(?P<A>A)=|(?P<Y2>Y)(?=,Y+y)"),
    ("year", "(?P<e>@)(?P<en>[Nn])y"),
    ("whole", "="),
    ("year", "(?P<Y>Y)y(?!~)|(?P<A>A)|(?P<Y2>Y)"),
    ("unit", "(?P<a>[ab])?o?(?P<S>S)(?P<u>[yqmwc])(?P<a2>a)?"),
    ("weekday", "(?P<G>G)(?P<n>n)"),
    ("deictic", "(?P<a>[ab])?o?(?P<t>[BCGD])(?P<W>W)?(?P<a2>a)?"),
    ("partof", "(?P<a>a)o?(?P<u>[ym])"),
    ("ago", f"(?:(?P<s>s)|(?P<n>{_N}))?(?P<u>[yqmwdc])(?P<g>g)"),
    ("ago", f"(?P<n>{_N})(?P<u>[yqmwd])(?P<g>f)"),
    ("later", f"(?:(?P<s>s)|(?P<n>{_N}))?(?P<u>[yqmwdc])(?P<b>b)"),
    ("anaphor", "(?P<E>E)"),
    ("set", f"L(?P<n>{_N})?(?P<u>[yqmwdkji])"),
    ("set", "(?P<l>l)"),
    ("recent", f"[xS](?:s?(?P<n>{_N})|s)(?P<u>[yqmwdci])"),
    ("recent", "x(?P<u>[yqmwdc])"),
    ("duration", f"(?P<n>{_N})(?:~(?P<n2>{_N}))?(?P<u>[yqmwdci])"),
    ("vague", "(?P<V>[Vz])"),
    ("past", "x"),
    ("present", "[*]"),
    ("latest", "(?P<latest>r)(?P<u>[qwmyp])"),
    ("definite", "(?P<u>[qwmyp])"),
)


class Parse(NamedTuple):
    """A rule that fits a run at some token: where it ends and the token index of each group."""

    family: str
    end: int
    groups: dict[str, int]


@cache
def _rules() -> tuple[Rule, ...]:
    shift = ">[S*])"  # "current" shifts a unit like "this", and stands alone too
    return tuple(Rule(f, re.compile(p.replace(">S)", shift))) for f, p in _RULES)


@lru_cache(maxsize=65536)
def parses(codes: str, start: int) -> tuple[Parse, ...]:
    """All rules that fit at a token of a run, in order; runs repeat, so this is remembered."""
    found = []
    for rule in _rules():
        match = rule.pattern.match(codes, start)
        if match is not None:
            groups = {g: match.start(g) for g, v in match.groupdict().items() if v is not None}
            found.append(Parse(rule.family, match.end(), groups))
    return tuple(found)
