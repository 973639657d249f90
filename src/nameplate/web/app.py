"""The desk as an ASGI application: read-only pages over one ledger."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection
from importlib.resources import files
from pathlib import Path

from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.static_files import create_static_files_router
from litestar.template import TemplateConfig

from nameplate.forms import Links
from nameplate.target import Target
from nameplate.web.access import check_form, guard
from nameplate.web.accounts import Accounts
from nameplate.web.beside import links_of
from nameplate.web.desk import Desk, Weights
from nameplate.web.guard import LOOPBACK, host_check, set_headers
from nameplate.web.page import environment
from nameplate.web.pages import ROUTES
from nameplate.web.problems import HANDLERS
from nameplate.web.returning import Returning
from nameplate.web.simulating import Studies
from nameplate.web.staging import Staging


def create_app(
    ledger_target: str | Path | Target,
    *,
    clock: Callable[[], str],
    hosts: Collection[str] = LOOPBACK,
    accounts: Accounts | None = None,
    secure: bool = False,
) -> Litestar:
    """The desk over the ledger at ``ledger_target``, which must exist.

    ``clock`` gives the present as ISO 8601 (UTC); ``hosts`` are the names by which a browser may
    call the desk. Without ``accounts`` everybody may look and nobody may write. ``secure`` says
    that browsers reach it by https, and lets cookies go no other way. Raises `LedgerError` if there
    is no ledger.
    """
    desk = Desk.open(ledger_target, clock=clock)
    studies = Studies()
    if accounts is not None:
        desk.weights = Weights(accounts.weights)
    return Litestar(
        # In one router: Litestar wraps a sync handler twice if a later one of its path comes alone.
        route_handlers=[Router(path="/", route_handlers=[*ROUTES]), _static()],
        middleware=[host_check(frozenset(hosts))],
        guards=[guard],
        before_request=check_form,
        before_send=[set_headers],
        exception_handlers=HANDLERS,
        template_config=TemplateConfig(
            instance=JinjaTemplateEngine.from_environment(environment())
        ),
        state=State(
            {
                "desk": desk,
                "accounts": accounts,
                "staging": Staging(),
                "returning": Returning(),
                "links": Links(links_of(ledger_target), clock) if accounts else None,
                "secure": secure,
                "form_key": accounts.secret() if accounts else secrets.token_bytes(32),
                "studies": studies,
            }
        ),
        on_shutdown=[desk.close, studies.close],
        openapi_config=None,
        logging_config=None,
    )


def _static() -> Router:
    folder = Path(str(files("nameplate.web") / "static"))
    return create_static_files_router(path="/static", directories=[folder], opt={"role": "public"})
