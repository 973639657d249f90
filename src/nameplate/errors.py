"""What can go wrong, each with the place where it did and the remedy.

Every message names three things: what was met, where, and what to do next. A command shows the
message and nothing else; a batch records it as a failure and goes on with the next document.
"""


class NameplateError(Exception):
    """Base of all errors that a user can mend.

    Parameters
    ----------
    problem: what was met, with the value that caused it.
    where: the file, address, entry or row.
    remedy: the next thing to do, as an imperative sentence.
    """

    def __init__(self, problem: str, *, where: str = "", remedy: str = "") -> None:
        self.problem = problem
        self.where = where
        self.remedy = remedy
        super().__init__(self.sentence())

    def sentence(self) -> str:
        """The message in one line: place, problem, remedy."""
        place = f"{self.where}: " if self.where else ""
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{place}{self.problem}.{remedy}"

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle with the keyword arguments, so that workers can hand errors back."""
        return (_rebuild, (type(self), self.problem, self.where, self.remedy))


def _rebuild(kind: type[NameplateError], problem: str, where: str, remedy: str) -> NameplateError:
    return kind(problem, where=where, remedy=remedy)


class ReadError(NameplateError):
    """A file or address could not be turned into a document."""


class LexiconError(NameplateError):
    """An entry of the packaged or added word data is wrong."""


class LedgerError(NameplateError):
    """The ledger's file or database could not be opened, read or written."""


class UsageError(NameplateError):
    """A question or a command that cannot be answered as it was put."""
