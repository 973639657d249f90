"""A worker: ``python -m nameplate.batch.worker``. Jobs come as lines of JSON on its input, and where it
is and what it did goes out as lines. It ends when its input does, or whoever started it.
"""

from __future__ import annotations

import os
import resource
import sys
from io import FileIO

from nameplate.batch import work
from nameplate.batch.records import At, Done, Lost
from nameplate.model import to_json

_MOST_MEMORY = 4_000_000_000
"""Bytes beyond which a page is refused with an error of its own, and the machine is spared."""


def main() -> None:
    """Take jobs until there are no more."""
    words = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what libraries print must not be taken for words of ours
    resource.setrlimit(resource.RLIMIT_DATA, (_MOST_MEMORY, resource.RLIM_INFINITY))
    parent = os.getppid()

    def tell(at: At) -> None:
        if os.getppid() != parent:
            os._exit(3)  # nobody listens any more; the shard will be taken again
        say(words, at)

    for line in sys.stdin.buffer:
        job = work.decode(line)
        try:
            say(words, work.run(job, tell))
        except OSError as error:  # the parts cannot be written: a full disk, a folder that is gone
            say(words, Lost(shard=job.shard.number, problem=str(error)))


def say(words: FileIO, said: At | Done | Lost) -> None:
    """One line: the kind of the word, and it."""
    words.write(type(said).__name__.encode() + b" " + to_json(said) + b"\n")


if __name__ == "__main__":
    main()
