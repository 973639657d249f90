"""Why a cell or field was not taken, in the reader's language.

The reasons are said in English where a cell is read (`nameplate.claim.returns.cells`); each has its
sentence in the desk's texts. One that has none is shown as it stands.
"""

from __future__ import annotations

import re

from nameplate.web.views.words import Words

_OF_CELL = re.compile(r"(?P<text>.*) was not taken: (?P<reason>.*)", re.DOTALL)
_REASONS = tuple(
    (re.compile(pattern, re.DOTALL), key)
    for pattern, key in (
        (r"the cell holds an error \((?P<what>.*)\)", "refused_error"),
        (r"it is a percentage, the column is in (?P<what>.*)", "refused_percent"),
        (r"(?P<measure>\w+) is never negative", "refused_negative"),
        (r"it is no number", "refused_number"),
        (r"it says more than a number", "refused_more"),
        (r"it is given in (?P<what>.*), the column in (?P<unit>.*)", "refused_unit"),
        (r"it is no date with a year(?:, nor yes or no)?", "refused_date"),
        (r"there is no such day(?:, nor yes or no)?", "refused_day"),
        (r"it says neither yes nor no", "refused_yes"),
        (r"the row names nothing that its figures could be of", "refused_nobody"),
        (r"the time of the row(?:: .*| cannot be taken)", "refused_time"),
        (r"its check character is not that of a credit code", "refused_code"),
        (r"the formula (?P<what>.*) takes its value from outside the file", "refused_outside"),
        (r"the formula (?P<what>.*) is no value", "refused_formula"),
        (r"(?P<what>\S+) lies after the return: a plan\?.*", "refused_future"),
    )
)


def say_reason(reason: str, words: Words) -> str:
    """The reason as a sentence."""
    for pattern, key in _REASONS:
        if found := pattern.fullmatch(reason):
            blanks = found.groupdict()
            if "measure" in blanks:
                blanks["measure"] = words.measure(blanks["measure"])
            return words.say(key, **blanks)
    return reason


def say_problem(problem: str, words: Words) -> str:
    """What the ledger keeps of a refused cell: its text and the reason."""
    found = _OF_CELL.fullmatch(problem)
    if found is None:
        return problem
    return f"{found['text']}: {say_reason(found['reason'], words)}"
