# make check: what a change must pass.   make test eval bench docs: its parts.
.PHONY: check test lint types layers gate eval bench docs

check: lint types layers test gate

lint:
	uv run ruff check .
	uv run ruff format --check .

types:
	uv run mypy

layers:
	uv run lint-imports

test:
	uv run pytest

gate:
	uv run python benchmarks/gate.py

eval:
	uv run python benchmarks/golden.py

bench:
	uv run python benchmarks/extract.py --quick
	uv run python benchmarks/quantities.py --quick
	uv run python benchmarks/times.py --quick

docs:
	uv run python scripts/make_cli_reference.py
