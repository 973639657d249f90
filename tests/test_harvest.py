"""Feeds followed politely: against a real server on this machine, with a clock of our own."""

from __future__ import annotations

import gzip
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from archives import TYRES, page
from nameplate.batch.gather import add_archive
from nameplate.batch.harvest import Fetched, News, Unchanged, Wishes, harvest
from nameplate.batch.manners import Manners
from nameplate.cli.app import register
from nameplate.errors import ReadError
from nameplate.ledger import Ledger
from nameplate.model import Failure
from nameplate.read.feeds import read_feed
from nameplate.read.fetching import Rules, ask, fetch_range
from nameplate.read.fetching_files import fetch_file
from nameplate.read.warc import Captured, read_archive

NOW = "2026-01-01T00:00:00Z"


class Site:
    """A server whose answers are set by path: status, headers, body."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
                status, headers, body = site.answers.get(self.path, (404, {}, b""))
                etag = headers.get("ETag")
                if etag and self.headers.get("If-None-Match") == etag:
                    status, body = 304, b""
                wanted = self.headers.get("Range")
                if wanted and status == 200 and not headers.get("No-Range"):
                    first, last = map(int, wanted.removeprefix("bytes=").split("-"))
                    headers = {
                        **headers,
                        "Content-Range": f"bytes {first}-{min(last, len(body) - 1)}/{len(body)}",
                    }
                    status, body = 206, body[first : last + 1]
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if "Content-Length" not in headers:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: Any) -> None: ...

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.home = f"http://127.0.0.1:{self.server.server_port}"

    def put(self, path: str, body: bytes, status: int = 200, **headers: str) -> None:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (status, given, body)

    def feed(self, *paths: str, etag: str = "one") -> None:
        items = "".join(f"<item><title>x</title><link>{self.home}{p}</link></item>" for p in paths)
        self.put(
            "/rss.xml", f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), ETag=etag
        )

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    for n in range(4):
        made.put(
            f"/{n}.html", page([p.replace("Harrow", f"Mel{n}ford") for p in TYRES]), ETag=f'"{n}"'
        )
    made.feed("/0.html", "/1.html", "/2.html")
    yield made
    made.server.shutdown()


class Clock:
    """Time that passes by sleeping."""

    def __init__(self) -> None:
        self.now, self.slept = 0.0, list[float]()

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def run(site: Site, tmp_path: Path, clock: Clock | None = None, **given: Any) -> list[News]:
    clock = clock or Clock()
    rules = Rules(loopback=True, follow=False, seconds=5, largest=given.pop("largest", 10**6))
    manners = Manners(
        lambda a, h: ask(a, h, rules=rules), given.pop("delay", 2.0), lambda: clock.now, clock.sleep
    )
    feeds = given.pop("feeds", (f"{site.home}/rss.xml",))
    wishes = Wishes(feeds=feeds, out=tmp_path / "news", loopback=True, **given)
    return list(harvest(wishes, lambda: NOW, manners))


def fetched(news: list[News]) -> list[str]:
    return [one.address.rpartition("/")[2] for one in news if isinstance(one, Fetched)]


def problems(news: list[News]) -> str:
    return "; ".join(f"{one.where} {one.problem}" for one in news if isinstance(one, Failure))


def kept(tmp_path: Path) -> list[str]:
    found = read_archive(tmp_path / "news" / "pages.warc.gz")
    return [i.address.rpartition("/")[2] for i in found if isinstance(i, Captured)]


def test_new_pages_are_kept_and_asked_for_once(site: Site, tmp_path: Path) -> None:
    assert fetched(run(site, tmp_path)) == ["0.html", "1.html", "2.html"]
    assert kept(tmp_path) == ["0.html", "1.html", "2.html"]
    before = len(site.asked)
    again = run(site, tmp_path)
    assert [type(one) for one in again] == [Unchanged]
    assert site.paths()[before:] == ["/robots.txt", "/rss.xml"]
    assert site.asked[-1][1]["if-none-match"] == "one"
    site.feed("/0.html", "/3.html", etag="two")
    assert fetched(run(site, tmp_path)) == ["3.html"]
    assert kept(tmp_path) == ["0.html", "1.html", "2.html", "3.html"]


def test_a_host_is_asked_seldom_and_its_wishes_are_kept(site: Site, tmp_path: Path) -> None:
    clock = Clock()
    run(site, tmp_path, clock)
    assert clock.slept == [2.0] * 4 and site.asked[0][0] == "/robots.txt"
    assert site.asked[0][1]["user-agent"] == "nameplate"
    site.put("/robots.txt", b"User-agent: *\nDisallow: /1.html\nCrawl-delay: 7\n")
    clock = Clock()
    news = run(site, tmp_path / "b", clock)
    assert fetched(news) == ["0.html", "2.html"] and "robots.txt forbids" in problems(news)
    assert set(clock.slept) == {2.0, 7.0} and "/1.html" not in site.paths()[6:]


def test_a_redirection_to_what_is_forbidden_is_not_followed(site: Site, tmp_path: Path) -> None:
    site.put("/robots.txt", b"User-agent: nameplate\nDisallow: /secret\n")
    site.put("/0.html", b"", 302, Location="/secret.html")
    site.put("/1.html", b"", 301, Location="/3.html")
    news = run(site, tmp_path)
    assert fetched(news) == ["1.html", "2.html"] and "/secret.html" not in site.paths()
    site.put("/1.html", b"", 302, Location="http://10.0.0.1/inside")
    assert "private network" in problems(run(site, tmp_path / "b"))


def test_without_robots_rules_nothing_is_fetched(site: Site, tmp_path: Path) -> None:
    site.put("/robots.txt", b"", 500)
    news = run(site, tmp_path)
    assert "cannot be had" in problems(news) and site.paths() == ["/robots.txt"]


def test_a_busy_host_is_left_alone(site: Site, tmp_path: Path) -> None:
    for n in range(3):
        site.put(f"/{n}.html", b"", 503, Retry_After="120")
    clock = Clock()
    news = run(site, tmp_path, clock)
    assert fetched(news) == [] and 120.0 in clock.slept
    assert len([p for p in site.paths() if p.endswith(".html")]) == 2
    for n in range(3):
        site.put(f"/{n}.html", page(TYRES))
    assert len(fetched(run(site, tmp_path))) == 3  # though the feed was not changed


def test_a_stopped_run_goes_on_and_loses_and_doubles_nothing(site: Site, tmp_path: Path) -> None:
    assert len(fetched(run(site, tmp_path, most=1))) == 1
    archive = tmp_path / "news" / "pages.warc.gz"
    with archive.open("ab") as file:
        file.write(gzip.compress(b"WARC/1.1 half a record")[:-7])  # killed while it wrote
    with (tmp_path / "news" / "seen.jsonl").open("ab") as file:
        file.write(b'{"address": "http://half')
    assert fetched(run(site, tmp_path)) == ["1.html", "2.html"]
    assert kept(tmp_path) == ["0.html", "1.html", "2.html"]


def test_a_large_page_and_a_broken_one_are_told(site: Site, tmp_path: Path) -> None:
    site.put("/0.html", b"a" * 200_000)
    site.put("/1.html", b"short", Content_Length="5000")
    news = run(site, tmp_path, largest=100_000)
    assert fetched(news) == ["2.html"]
    assert "larger than" in problems(news) and "/1.html" in problems(news)


def test_private_addresses_are_refused_without_the_allowance(site: Site, tmp_path: Path) -> None:
    wishes = Wishes(
        feeds=(f"{site.home}/rss.xml", "http://localhost/rss", "http://[::1]/x"), out=tmp_path
    )
    news = list(harvest(wishes, lambda: NOW))
    assert len(news) == 3 and all(isinstance(one, Failure) for one in news) and not site.asked


def test_pages_go_into_a_ledger_once(site: Site, tmp_path: Path) -> None:
    run(site, tmp_path)
    with Ledger.open(tmp_path / "x.ledger", clock=lambda: "2026-01-01T00:00:00.000000Z") as ledger:
        assert add_archive(ledger, tmp_path / "news", "x").new == 3
        assert add_archive(ledger, tmp_path / "news", "x").new == 0
        site.feed("/3.html", etag="two")
        run(site, tmp_path)
        assert add_archive(ledger, tmp_path / "news", "x").new == 1
        assert len(ledger.documents()) == 4


# Feeds


@pytest.mark.parametrize(
    ("text", "pages", "feeds"),
    [
        ("<rss><channel><item><link>http://a.example/1</link></item><item><guid>http://a.example/2</guid>"
         "</item><item><guid isPermaLink='false'>7</guid></item></channel></rss>", ["1", "2"], []),
        ("<feed xmlns='http://www.w3.org/2005/Atom'><entry><link rel='self' href='/no'/>"
         "<link href='/3'/><updated>2024-01-01</updated></entry></feed>", ["3"], []),
        ("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>http://a.example/4</loc>"
         "<lastmod>2024-02-01</lastmod></url><url><loc>ftp://a.example/5</loc></url></urlset>", ["4"], []),
        ("<sitemapindex><sitemap><loc>http://a.example/6</loc></sitemap></sitemapindex>", [], ["6"]),
        ("<rss><item><link>javascript:alert(1)</link></item><item><link>file:///etc/passwd</link></item>"
         "<item><link>http://[bad</link></item></rss>", [], []),
    ],
)  # fmt: skip
def test_forms_of_feeds(text: str, pages: list[str], feeds: list[str]) -> None:
    for data in (text.encode(), gzip.compress(text.encode())):
        found = read_feed(data, address="http://a.example/feed")
        assert [e.address.rpartition("/")[2] for e in found.pages] == pages
        assert [e.address.rpartition("/")[2] for e in found.feeds] == feeds


def test_hostile_feeds() -> None:
    bomb = "<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
        f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(8)
    )
    text = f"{bomb}]><rss><item><link>http://a.example/&i;</link></item></rss>"
    assert len(read_feed(text.encode(), address="http://a.example/").pages) <= 1
    inside = "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><rss><item><link>http://a.example/&x;</link></item></rss>"
    assert all(
        "etc" not in e.address
        for e in read_feed(inside.encode(), address="http://a.example/").pages
    )
    for data in (
        b"",
        b"not xml",
        b"<html><body/></html>",
        gzip.compress(b"<rss/>")[:-5],
        gzip.compress(b" " * 60_000_000),
    ):
        with pytest.raises(ReadError) as error:
            read_feed(data, address="http://a.example/")
        assert error.value.remedy


# Files at addresses


def test_ranges_and_large_files(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = Rules(loopback=True, seconds=5)
    body = bytes(range(256)) * 40
    site.put("/a.warc.gz", body)
    assert fetch_range(f"{site.home}/a.warc.gz", 300, 50, rules=rules) == body[300:350]
    monkeypatch.setattr("nameplate.read.fetching_files._PIECE", 3_000)
    (tmp_path / ".a.warc.gz.part").write_bytes(body[:1_000])  # what a break left
    path = fetch_file(f"{site.home}/a.warc.gz", tmp_path, rules=rules)
    assert path.read_bytes() == body and len(site.asked) == 5
    site.put("/b", body, No_Range="1")
    with pytest.raises(ReadError, match=r"for a part|larger than"):
        fetch_range(f"{site.home}/b", 0, 9, rules=rules)


def test_the_command_tells_what_it_did_not_fetch(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        register(), ["harvest", "http://127.0.0.1/rss", "--out", str(tmp_path)]
    )
    assert done.exit_code == 1 and "0 new pages" in done.output and "private network" in done.output
