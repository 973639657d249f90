"""Answers as tables for other programs, a module an answer; `nameplate.export.table` writes them."""
