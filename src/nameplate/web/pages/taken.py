"""Tables that a page gives away as files."""

from __future__ import annotations

from litestar.response import Response

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def table_file(content: bytes, name: str) -> Response[bytes]:
    """The content as a file to be saved under this name, whose suffix says what it is."""
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=_TYPES[name.rsplit(".", 1)[-1]], headers=headers)
