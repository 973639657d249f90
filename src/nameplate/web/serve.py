"""Serving the desk: a free port on loopback, a callback when it answers, the browser on wish."""

from __future__ import annotations

import gc
import os
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from nameplate.errors import UsageError
from nameplate.target import Target
from nameplate.web.accounts import Accounts
from nameplate.web.app import create_app
from nameplate.web.guard import LOOPBACK

PORT = 8765
_TRIES = 20


def serve(  # noqa: PLR0913 - each is a wish of the command line
    target: str | Path | Target,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    clock: Callable[[], str],
    accounts: Accounts | None = None,
    name: str = "",
    open_browser: bool = False,
    on_ready: Callable[[str], None] = lambda address: None,
    on_work: Callable[[int], None] = lambda things: None,
) -> None:
    """Serve the desk over the ledger at ``target`` until interrupted.

    ``port`` 0 takes 8765 or the next free one. ``on_ready`` is called once with the address when
    the desk answers, ``on_work`` with the number of things worked out for its lists, which for a
    large ledger goes on while it answers. Without ``accounts`` the desk is read-only. ``name`` is
    the name by which browsers reach it by https through a proxy, if they do. Raises `LedgerError`
    without a ledger, `UsageError` without a port.
    """
    hosts = LOOPBACK | {_bracketed(host)} | ({name.lower()} if name else frozenset())
    app = create_app(target, clock=clock, hosts=hosts, accounts=accounts, secure=bool(name))
    listener = _listen(host, port)
    app.state.desk.settled = _leave_alone
    app.state.desk.prepare(on_work)
    _leave_alone()
    address = f"http://{_bracketed(host)}:{listener.getsockname()[1]}/"
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=2
    )

    def ready() -> None:
        on_ready(address)
        if open_browser and _has_screen():
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    _Server(config, ready).run(sockets=[listener])


def _leave_alone() -> None:
    """Spare what lives as long as the desk the collector's rounds, which a page would wait for."""
    gc.collect()
    gc.freeze()


class _Server(uvicorn.Server):
    """A server that tells when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


def _listen(host: str, port: int) -> socket.socket:
    """A socket bound to ``port``, or to the first free one of a few if it is 0."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    problem: OSError | None = None
    for number in [port] if port else [*range(PORT, PORT + _TRIES), 0]:
        listener = socket.socket(family)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, number))
            listener.listen()
            return listener
        except (OSError, OverflowError) as error:
            listener.close()
            problem = error if isinstance(error, OSError) else OSError(str(error))
    raise UsageError(
        f"cannot listen on {host}, port {port or PORT}: {problem}",
        remedy="Choose another port with --port, or stop the program that uses it.",
    )


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host.lower()


def _has_screen() -> bool:
    """Whether a browser would open a window; without a screen it might take the terminal."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
