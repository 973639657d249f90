"""Large files at addresses, such as archives: to a folder, taken up where a break left them."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from nameplate.errors import ReadError
from nameplate.read.fetching import RULES, Rules, ask

_PIECE = 32_000_000
_LARGEST = 20_000_000_000
_TOTAL = re.compile(r"bytes (\d+)-(\d+)/(\d+)")
_PATIENCE = 300.0


def fetch_file(address: str, folder: Path, *, rules: Rules = RULES) -> Path:
    """The file at an address, in pieces; raises ReadError if it cannot be had whole.

    What was fetched before a break is kept, and the rest is asked for the next time.
    """
    name = Path(urlsplit(address).path).name or "archive"
    path, part = folder / name, folder / f".{name}.part"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    while True:
        have = part.stat().st_size if part.exists() else 0
        wanted = {"range": f"bytes={have}-{have + _PIECE - 1}"}
        allowed = rules._replace(largest=_PIECE, seconds=_PATIENCE)
        answer = ask(address, wanted, rules=allowed)
        total = _TOTAL.fullmatch(answer.headers.get("content-range", ""))
        if answer.status == 200 and not have:
            part.write_bytes(answer.data)
            break
        if answer.status != 206 or total is None or int(total[1]) != have:
            raise ReadError(
                f"it answers {answer.status} to a request for a part of a file",
                where=address,
                remedy="Fetch the file by other means and give its path.",
            )
        if int(total[3]) > _LARGEST:
            raise ReadError(
                f"it is larger than {_LARGEST // 10**9} GB", where=address, remedy="Split it."
            )
        with part.open("ab") as file:
            file.write(answer.data)
        if have + len(answer.data) >= int(total[3]):
            break
    part.replace(path)
    return path
