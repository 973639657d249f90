"""A look at the desk: the request, the ledger as of the day it asks for, and the frame around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Self

import msgspec
from litestar.datastructures import State
from litestar.exceptions import ClientException
from litestar.response import Template

from nameplate.find.edtf import interval
from nameplate.web.desk import Desk, View
from nameplate.web.page import AnyRequest, language, parameters, render
from nameplate.web.pages.facts import Facts
from nameplate.web.views.dates import say_date
from nameplate.web.views.links import query_link
from nameplate.web.views.words import Words, words

_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)


class Look(msgspec.Struct, frozen=True):
    """What every page starts from: the address's parameters, the view, the words."""

    request: AnyRequest
    desk: Desk
    view: View
    query: dict[str, str]
    words: Words

    @classmethod
    def at(cls, request: AnyRequest, state: State, *, lists: bool = True) -> Self:
        """The desk as the request asks for it; 400 for an ``as_of`` that is no day.

        ``lists``: the page needs the board, which in the past of a large ledger takes a while.
        """
        desk: Desk = state.desk
        query = parameters(request)
        view = desk.view(day_of(query.get("as_of", "")), lists=lists)
        if not view.as_of:
            query.pop("as_of", None)
        return cls(request, desk, view, query, words(language(request)))

    @property
    def facts(self) -> Facts:
        """Claims with their words, in the reader's language."""
        return Facts(self.desk, self.view, self.words)

    def counts(self) -> dict[str, int] | None:
        """How many things each page of the navigation lists; nothing while that is not known."""
        return None if self.view.index is None else counts(self.desk, self.view)

    def page(
        self, template: str, here: str, context: Mapping[str, Any], *, status: int = 200
    ) -> Template:
        """The template in its frame."""
        as_of = self.view.as_of
        frame = {
            "here": here,
            "counts": self.counts(),
            "as_of": as_of,
            "as_of_said": say_date(as_of, self.words),
            "today": self.desk.today(),
            "query": self.query,
            "here_now": query_link(self.query, as_of=""),
        }
        return render(self.request, template, {**frame, **context}, status=status)


def day_of(text: str) -> str:
    """The day as given; empty stays empty. Raises 400 for what is no day."""
    if text and not is_day(text):
        raise ClientException("not a day")
    return text


def is_day(text: str) -> bool:
    """Whether the text is a day of the calendar, ``2024-06-05``."""
    return bool(_DAY.match(text)) and interval(text) is not None


def counts(desk: Desk, view: View) -> dict[str, int]:
    """Projects, reports and findings of a view with lists."""
    _, index = view.lists
    pages = desk.ledger.pages
    return {
        "projects": index.listed.bit_count(),
        "reports": index.kept(("reports",), lambda: pages.count_reports(view.as_of)),
        "findings": index.findings,
    }
