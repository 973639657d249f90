"""Run the commands shown in the docs and put their real output below them.

    python scripts/fill_console.py FILE...          fill in
    python scripts/fill_console.py --check FILE...  exit code 1 if a page shows another output

A block that starts with three backticks and ``console`` holds commands (lines from ``$ nameplate``)
and what they print. All blocks of a page run in order, in one folder that holds nothing but the
example reports, at their path in the repository. Output longer than `MOST` lines is cut with a line
that says so. A command that fails stops the run, and its page stays as it is.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = "src/nameplate/data/examples"
BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.DOTALL | re.MULTILINE)
WIDTH = 110
MOST = 40


def filled(page: str, folder: Path) -> str:
    """The page with the output of every command as it is now."""
    return BLOCK.sub(lambda block: _ran(block.group(1), folder), page)


def _ran(block: str, folder: Path) -> str:
    commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"$ {command}\n{_output(command, folder)}" for command in commands)


def _output(command: str, folder: Path) -> str:
    done = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env={**os.environ, "COLUMNS": str(WIDTH), "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{command}: exit code {done.returncode}\n{done.stdout}")
    lines = [line.rstrip() for line in done.stdout.replace(str(folder) + "/", "").splitlines()]
    if len(lines) > MOST:
        lines = [*lines[:MOST], f"… ({len(lines) - MOST} more lines)"]
    return "".join(f"{line}\n" for line in lines)


def main(arguments: list[str]) -> int:
    """Fill or check the pages named; the number of pages that differ is the exit code's cause."""
    check = "--check" in arguments
    stale = 0
    for name in (a for a in arguments if a != "--check"):
        path = Path(name)
        page = path.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(ROOT / EXAMPLES, Path(folder) / EXAMPLES)
            fresh = filled(page, Path(folder))
        stale += fresh != page
        if check and fresh != page:
            print(f"{name}: run python scripts/fill_console.py {name}", file=sys.stderr)
        elif not check:
            path.write_text(fresh, encoding="utf-8")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
