"""Make ``docs/cli.md`` from the program's own help, so that it cannot go stale.

Run: ``uv run python scripts/make_cli_reference.py``; ``--check`` fails if the page is not fresh.
"""

import re
import sys
from pathlib import Path

import typer

from nameplate.cli.app import register

OUT = Path(__file__).parent.parent / "docs/cli.md"
HEAD = "# Command line\n\nMade by `scripts/make_cli_reference.py` from the program's help; do not edit.\n"


def _plain(text: str | None) -> str:
    return re.sub(r"\[/?(?:bold|dim|green)\]", "`", text or "").replace("``", "`").strip()


def _options(command: object) -> list[str]:
    rows = []
    for param in command.params:  # type: ignore[attr-defined]
        if param.name == "help":
            continue
        names = ", ".join(f"`{o}`" for o in [*param.opts, *param.secondary_opts])
        if param.param_type_name == "argument":
            names = f"`{param.metavar or param.name.upper()}`"
        words = _plain(getattr(param, "help", ""))
        rows.append(f"| {names} | {words} |")
    return ["| argument or option | meaning |", "| --- | --- |", *rows] if rows else []


def page() -> str:
    """The reference of every command."""
    group = typer.main.get_command(register())
    parts = [HEAD]
    for name, command in sorted(group.commands.items()):  # type: ignore[attr-defined]
        parts.append(f"## nameplate {name}\n\n{_plain(command.help)}\n")
        parts.append("\n".join(_options(command)) + "\n")
        if command.epilog:
            parts.append(_plain(command.epilog) + "\n")
    return "\n".join(parts)


def main() -> None:
    """Write the page, or compare it."""
    if "--check" in sys.argv:
        if OUT.read_text(encoding="utf-8") != page():
            sys.exit("docs/cli.md is stale: run uv run python scripts/make_cli_reference.py")
        return
    OUT.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
