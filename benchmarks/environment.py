"""Environments for the peers: each in a folder of its own, made once, never the project's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PEERS = Path(__file__).parent / "peers"
_LIBRARIES = ("OMP", "OPENBLAS", "MKL", "BLIS")


def peer_python(name: str, packages: list[str], bare: list[str] | None = None) -> Path | None:
    """The interpreter of the peer's environment; None where its packages cannot be installed.

    ``bare`` packages are installed without what they say they need.
    """
    home = ROOT / ".benchmarks" / name
    python = home / "bin" / "python"
    if (home / "ready").exists():
        return python
    try:
        _run(["uv", "venv", "--quiet", "--clear", "--python", "3.11", str(home)])
        install = ["uv", "pip", "install", "--quiet", "--python", str(python)]
        _run([*install, *packages])
        if bare:
            _run([*install, "--no-deps", *bare])
    except (subprocess.CalledProcessError, FileNotFoundError) as error:
        print(f"{name}: not installed ({error})", file=sys.stderr)
        return None
    (home / "ready").touch()
    return python


def run_peer(
    python: Path, script: str, payload: Any, *, timeout: float = 900, threads: int | None = None
) -> Any:
    """Run ``peers/<script>`` with the payload as JSON on its input; its JSON answer.

    ``threads`` is how many its numerical libraries may use; as many as they like unless given.
    """
    limits = {f"{one}_NUM_THREADS": str(threads) for one in _LIBRARIES} if threads else {}
    done = subprocess.run(
        [str(python), str(PEERS / script)],
        input=json.dumps(payload),
        capture_output=True,
        text=True,
        env={**os.environ, **limits},
        timeout=timeout,
        check=False,
    )
    if done.returncode:
        print(f"{script}: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return None
    return json.loads(done.stdout[done.stdout.index("{") :])


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
