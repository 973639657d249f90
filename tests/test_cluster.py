"""A Ray cluster of three nodes on this machine, one of them killed on the way. Needs nameplate[cluster]."""

from __future__ import annotations

import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from archives import packed, reports, write
from nameplate.batch import parts
from nameplate.batch.run import Settings, run

pytest.importorskip("ray")
pytest.importorskip("daft")
pytest.importorskip("pyarrow")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Cluster:
    """Nodes of one processor each, every one with the processes that it started."""

    def __init__(self, folder: Path) -> None:
        self.port, self.folder = free_port(), folder
        self.nodes: list[subprocess.Popen[bytes]] = []
        self._node(
            "--head", f"--port={self.port}", "--include-dashboard=false", f"--temp-dir={folder}"
        )
        self._wait_for_head()
        for number in (2, 3):
            # One after the other: two that start at once on one machine may choose the same ports.
            self._node(f"--address=127.0.0.1:{self.port}")
            self.wait_for(number)

    def _node(self, *words: str) -> None:
        command = [sys.executable, "-m", "ray.scripts.scripts", "start", *words, "--block"]
        command += ["--node-ip-address=127.0.0.1", "--num-cpus=1", "--disable-usage-stats"]
        with (self.folder / f"node-{len(self.nodes)}.log").open("wb") as log:
            node = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        self.nodes.append(node)

    def _wait_for_head(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with socket.socket() as line:
                if line.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.5)

    def wait_for(self, number: int) -> int:
        """How many nodes there are, as soon as they are as many as this, or after a minute."""
        deadline = time.monotonic() + 60
        while (alive := self.alive()) != number and time.monotonic() < deadline:
            time.sleep(1)
        return alive

    def alive(self) -> int:
        code = (
            "import ray, sys; ray.init(address=sys.argv[1], log_to_driver=False); "
            "print('NODES', sum(n['Alive'] for n in ray.nodes()))"
        )
        asked = subprocess.run(
            [sys.executable, "-c", code, f"127.0.0.1:{self.port}"],
            capture_output=True, text=True, timeout=90, check=False,
        )  # fmt: skip
        # Only the number: messages of the cluster's own may follow on the same stream.
        told = re.search(r"NODES (\d+)", asked.stdout)
        return int(told[1]) if told else 0

    def kill(self, number: int) -> None:
        """All processes of a node at once, as when its power fails."""
        node = self.nodes[number]
        for pid in (node.pid, *descendants(node.pid)):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        node.wait()

    def stop(self) -> None:
        for number in reversed(range(len(self.nodes))):
            if self.nodes[number].poll() is None:
                self.kill(number)


def descendants(pid: int) -> list[int]:
    """The processes that a process started, and those that these did."""
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    children = [int(word) for word in found.stdout.split()]
    return [one for child in children for one in (child, *descendants(child))]


@pytest.fixture
def cluster(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("r")
    token = write(folder / "token", secrets.token_hex(32).encode())
    monkeypatch.setenv("RAY_AUTH_MODE", "token")
    monkeypatch.setenv("RAY_AUTH_TOKEN_PATH", str(token))
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    here = os.pathsep.join(
        [str(Path(__file__).parent.parent / "src"), os.environ.get("PYTHONPATH", "")]
    )
    monkeypatch.setenv("PYTHONPATH", here)
    made = Cluster(folder)
    yield made
    made.stop()


def contents(out: Path) -> dict[str, bytes]:
    paths = (p for table in parts.TABLES for p in sorted((out / table).iterdir()))
    return {str(p.relative_to(out)): p.read_bytes() for p in paths}


def test_three_nodes_give_what_one_process_gives_also_when_one_is_killed(
    tmp_path: Path, cluster: Cluster
) -> None:
    archive = write(tmp_path / "a.warc.gz", packed(reports(240, every=2)))
    asked = Settings(
        out=tmp_path / "one", archives=(str(archive),), workers=1, shard_bytes=5_000, form="parquet"
    )
    one = run(asked)
    assert len(one.done) > 12 and cluster.wait_for(3) == 3
    many = tmp_path / "many"

    def fail() -> None:
        deadline = time.monotonic() + 120
        while len(parts.finished(many)) < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
        cluster.kill(2)

    failing = threading.Thread(target=fail)
    failing.start()
    given = {"out": many, "engine": f"ray://127.0.0.1:{cluster.port}", "workers": 3}
    progress = run(Settings(**{**{f: getattr(asked, f) for f in asked.__struct_fields__}, **given}))
    failing.join()
    assert not progress.lost and cluster.wait_for(2) == 2
    assert contents(many) == contents(tmp_path / "one")
