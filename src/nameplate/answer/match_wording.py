"""Reasons of matches in plain English, for the command line and for JSON."""

from __future__ import annotations

from nameplate.answer.matching import Reason

SENTENCES = {
    "same_field": "“{need}” and “{offer}” name one field: {field}",
    "near_field": "“{need}” and “{offer}” lie in one field: {field}",
    "same_words": "both say {words}",
    "by_model": "the {ranker} ranker finds the words alike ({score})",
    "same_place": "both are in {place}",
    "partners": "reported as partners",
    "dealing": "one invests in, owns or supplies the other",
    "visited": "one visited the other",
    "realised_before": "an earlier match of the two was realised",
    "learnt": "of matches between {need} and {offer}, {accepted} were accepted, {declined} declined",
}
"""A sentence for every code of a reason."""


def reason(told: Reason) -> str:
    """The reason as a sentence."""
    return SENTENCES[told.code].format(**told.values)
