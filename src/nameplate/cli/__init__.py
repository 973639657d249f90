"""The command line: parse, call, print."""

from nameplate.cli.app import main

__all__ = ["main"]
