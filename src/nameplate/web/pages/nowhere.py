"""Every address that is no page: it passes the Host check like any other before it is refused."""

from __future__ import annotations

from litestar import get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath


@get("/{path:path}", opt={"role": "public"}, sync_to_thread=False)
def nowhere(path: FromPath[str]) -> None:
    """Always not found."""
    raise NotFoundException(path)
