"""Fixtures that several modules share."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

import ledger_places


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL database, for as long as the tests run."""
    given = os.environ.get("NAMEPLATE_TEST_POSTGRES")
    if given:
        yield given
        return
    try:
        with ledger_places.cluster.server() as address:
            yield address
    except ledger_places.cluster.NoServerError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module", params=["file", "server"])
def everywhere(request: pytest.FixtureRequest) -> Iterator[None]:
    """Run the tests of a module with ledgers in files, then with ledgers on a server."""
    if request.param == "server":
        ledger_places.use(request.getfixturevalue("postgres"))
    yield
    ledger_places.use(None)
