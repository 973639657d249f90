"""Make ``data/traditional.tsv``: traditional characters and their simplified forms.

Source: the character table of OpenCC (Apache-2.0), as packaged in ``opencc-python-reimplemented``.
Only pairs of one character to one character are kept; where the table lists several simplified
forms the first, most usual one is taken, so that folding never changes a text's length.

Run: ``uv run --with opencc-python-reimplemented python scripts/make_traditional.py``
"""

from importlib.resources import files
from pathlib import Path

OUT = Path(__file__).parent.parent / "src/nameplate/data/traditional.tsv"


def main() -> None:
    table = (files("opencc") / "dictionary" / "TSCharacters.txt").read_text(encoding="utf-8")
    pairs = [line.split("\t") for line in table.splitlines() if "\t" in line]
    kept = [(t, s.split(" ")[0]) for t, s in pairs]
    kept = sorted((t, s) for t, s in kept if len(t) == len(s) == 1 and t != s)
    head = "# Traditional characters, then their simplified forms in the same order.\n"
    head += "# Source: OpenCC TSCharacters (Apache-2.0); made by scripts/make_traditional.py.\n"
    body = "".join(t for t, _ in kept) + "\t" + "".join(s for _, s in kept) + "\n"
    OUT.write_text(head + body, encoding="utf-8")


if __name__ == "__main__":
    main()
