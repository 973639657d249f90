"""The steps from version to version make the very tables that the code asks."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from nameplate import ledger as room
from nameplate.ledger import Ledger
from nameplate.ledger.tables import APPLICATION_ID, HEAD, metadata


def made(tmp_path: Path) -> Path:
    Ledger.open(tmp_path / "x.ledger", clock=lambda: "2024-01-01").close()
    return tmp_path / "x.ledger"


def test_the_steps_make_the_tables(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{made(tmp_path)}")
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, *_: "report_words" not in (name or "")}
        )
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == HEAD
    engine.dispose()


def test_the_newest_step_is_the_head() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(room.__path__[0]) / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_the_file_says_whose_it_is(tmp_path: Path) -> None:
    path = made(tmp_path)
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
