"""A PostgreSQL server of one's own, for tests and benchmarks: started, used, and gone.

    uv run python scripts/postgres_cluster.py start FOLDER    prints the address of its database
    uv run python scripts/postgres_cluster.py stop FOLDER

The server runs as an ordinary user, listens on a socket in the folder alone, and asks for a
password, which is made up for it and never on a command line. FOLDER must not be there before
``start``; ``stop`` takes it away. ``--durable`` has it write as carefully as a real one.
"""

from __future__ import annotations

import argparse
import os
import pwd
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

USER = "nameplate"
_OLDEST = 15
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
_ALWAYS = ("listen_addresses=", "shared_buffers=256MB", "max_connections=60", "log_statement=none")


class NoServerError(Exception):
    """There is no PostgreSQL here; says so."""


def programs() -> Path:
    """The folder of the server's programs, the newest version first."""
    known = Path("/usr/lib/postgresql")
    versions = [v for v in known.glob("*") if v.name.isdigit() and int(v.name) >= _OLDEST]
    folders = [v / "bin" for v in sorted(versions, key=lambda v: int(v.name), reverse=True)]
    if found := shutil.which("initdb"):
        folders.append(Path(found).resolve().parent)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise NoServerError(f"no PostgreSQL {_OLDEST} or later is installed (Debian: postgresql)")


def start(folder: Path, *, durable: bool = False) -> str:
    """Make and start a server in the new ``folder``; the address of its database, with password."""
    bin_, owner = programs(), _owner()
    folder.mkdir(mode=0o700)
    password = secrets.token_urlsafe(12)
    secret = folder / "password"
    secret.touch(mode=0o600)
    secret.write_text(password, encoding="utf-8")
    if owner is not None:
        for path in (folder, secret):
            os.chown(path, pwd.getpwnam(owner).pw_uid, -1)
    data = folder / "data"
    _run(
        [bin_ / "initdb", "-D", data, "-U", USER, "-E", "UTF8", "--locale=C", "-A", "scram-sha-256",
         f"--pwfile={secret}", "--no-instructions", *([] if durable else ["--no-sync"])], owner,
    )  # fmt: skip
    wanted = [*_ALWAYS, f"unix_socket_directories={folder}", *(() if durable else _FAST)]
    with (folder / "data" / "postgresql.auto.conf").open("a", encoding="utf-8") as settings:
        for wish in wanted:
            name, _, value = wish.partition("=")
            settings.write(f"{name} = '{value}'\n")
    _run([bin_ / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-t", "60", "start"], owner)
    address = f"postgresql://{USER}:{password}@/postgres?host={quote(str(folder), safe='')}"
    (folder / "address").write_text(address, encoding="utf-8")
    return address


def stop(folder: Path) -> None:
    """Stop the server and take its folder away."""
    if (folder / "data" / "postmaster.pid").exists():
        _run(
            [programs() / "pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop"],
            _owner(),
        )
    shutil.rmtree(folder, ignore_errors=True)


def restart(folder: Path) -> None:
    """Stop the server as a crash would, and start it again."""
    command = [programs() / "pg_ctl", "-D", folder / "data", "-l", folder / "log", "-w"]
    _run([*command, "-m", "immediate", "restart"], _owner())


@contextmanager
def server(*, durable: bool = False) -> Iterator[str]:
    """The address of a server that is there as long as the block."""
    place = Path(tempfile.mkdtemp(prefix="nameplate-pg-"))
    place.chmod(0o755)
    try:
        yield start(place / "pg", durable=durable)
    finally:
        stop(place / "pg")
        shutil.rmtree(place, ignore_errors=True)


def _owner() -> str | None:
    """Whom the server runs as: not root, who may not."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise NoServerError("root may not run PostgreSQL, and there is no user postgres or nobody")


def _run(command: list[object], owner: str | None) -> None:
    done = subprocess.run(
        [str(part) for part in command], user=owner, cwd="/", text=True, check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"}, timeout=120,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stdout.strip()[-500:]}")


def main() -> None:
    """Start or stop one."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("start", "stop"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--durable", action="store_true", help="as careful as a real server")
    args = parser.parse_args()
    try:
        if args.what == "start":
            print(start(args.folder.absolute(), durable=args.durable))
        else:
            stop(args.folder.absolute())
    except (NoServerError, RuntimeError, OSError) as error:
        sys.exit(f"postgres_cluster: {error}")


if __name__ == "__main__":
    main()
