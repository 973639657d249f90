"""A desk on loopback and a real browser to look at it; skipped where there is no Chromium."""

from __future__ import annotations

import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

import web_ledger

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
ARTEFACTS = Path(__file__).parents[2] / "test-artefacts"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


def chromium() -> str | None:
    """Debian's Chromium, or any other by that name."""
    return (
        os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    path = chromium()
    if path is None:
        pytest.skip("no Chromium here: install the Debian package 'chromium' or set CHROMIUM")
    with playwright.sync_playwright() as engine:
        opened = engine.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()


PASSWORD = "a long enough one"


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the desk over the sample ledger answers, open to all and read-only."""
    yield from serving(web_ledger.grow(tmp_path_factory.mktemp("browser") / "sample.ledger"))


@pytest.fixture(scope="session")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a desk with an administrator answers, over a ledger with much to review."""
    from nameplate.web.accounts import Accounts
    from nameplate.web.accounts.file import beside

    target = web_ledger.make(tmp_path_factory.mktemp("staffed") / "sample.ledger", more=40)
    accounts = Accounts(beside(target), web_ledger.ticking())
    accounts.add("An Administrator", "administrator", PASSWORD)
    yield from serving(target, accounts)


def serving(target: Path, accounts: Any = None) -> Iterator[str]:
    """The address of a desk that is served while it is looked at."""
    import uvicorn

    from nameplate.web.app import create_app
    from nameplate.web.serve import _listen

    app = create_app(target, clock=web_ledger.clock, accounts=accounts)
    listener = _listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture
def shot() -> Callable[[object, str], None]:
    """Keeps a picture of the page under this name."""
    ARTEFACTS.mkdir(exist_ok=True)

    def take(page: object, name: str) -> None:
        page.screenshot(path=ARTEFACTS / f"{name}.png", full_page=True)  # type: ignore[attr-defined]

    return take
