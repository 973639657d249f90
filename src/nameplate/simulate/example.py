"""The example model that comes with the program."""

from __future__ import annotations

from importlib.resources import files


def example_text() -> str:
    """The text of a small gauge line of a firm that does not exist."""
    return (files("nameplate.data") / "models/gauge-line.toml").read_text(encoding="utf-8")
