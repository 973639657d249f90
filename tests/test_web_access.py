"""Who may open what on a desk with accounts: every route by every role, log-in, forms, the log."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from litestar import Litestar
from litestar.testing import TestClient

import web_ledger
from nameplate.errors import LedgerError, UsageError
from nameplate.web.access import safe_next
from nameplate.web.accounts import ROLES, Accounts, may, passwords
from nameplate.web.accounts.file import beside
from nameplate.web.app import create_app

BASE = "http://127.0.0.1:8765"
PASSWORD = "a long enough one"
Desk = TestClient[Any]


class Clock:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.now = web_ledger.NOW

    def __call__(self) -> str:
        return self.now


@pytest.fixture(scope="module", autouse=True)
def quick_hashes() -> Iterator[None]:
    """The tests need no hashes that cost a tenth of a second each."""
    patch = pytest.MonkeyPatch()
    patch.setattr(passwords, "_hasher", lambda: PasswordHasher(1, 8, 1))
    passwords._nobody.cache_clear()
    yield
    patch.undo()
    passwords._nobody.cache_clear()


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Litestar:
    target = web_ledger.make(tmp_path_factory.mktemp("access") / "sample.ledger")
    return create_app(target, clock=web_ledger.clock, accounts=staffed(target))


def staffed(target: str | Path, clock: Any = web_ledger.clock) -> Accounts:
    """Accounts with somebody of every role, called like it."""
    accounts = Accounts(beside(target), clock)
    for role in ROLES:
        accounts.add(role, role, PASSWORD)
    return accounts


def client(app: Litestar, role: str = "") -> Desk:
    """A browser in which somebody of this role is logged in, or nobody."""
    made: Desk = TestClient(app, base_url=BASE)
    if role:
        assert log_in(made, role).status_code == 303
    return made


def token(desk: Desk, address: str = "/login") -> str:
    found = re.search(r'name="csrf" value="(\w+)"', desk.get(address).text)
    return found[1] if found else ""


def log_in(desk: Desk, name: str, password: str = PASSWORD, **more: str) -> Any:
    form = {"csrf": token(desk), "name": name, "password": password, **more}
    return desk.post("/login", data=form, follow_redirects=False)


# Every route by every role, from the router's own list


def routes(app: Litestar) -> list[tuple[str, str, str]]:
    """Method, address and the role asked for, of every route that there is."""
    found = []
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            for method in sorted(set(map(str, handler.http_methods)) - {"HEAD", "OPTIONS"}):
                path = re.sub(r"\{[^}]+\}", "none", route.path)
                found.append((method, path, handler.opt.get("role", "")))
    return found


_BY_READERS = {"/logout", "/whatif"}
"""A what-if writes nothing to the ledger: whoever may read may simulate."""


def test_every_route_has_a_rule(app: Litestar) -> None:
    rules = routes(app)
    assert len(rules) >= 25
    for method, path, role in rules:
        assert role == "public" or role in ROLES, f"{method} {path} has no rule"
        assert method in {"GET", "HEAD", "OPTIONS"} or role != "reader" or path in _BY_READERS, (
            f"a reader may write to {path}"
        )
    public = {path for method, path, role in rules if role == "public" and method != "OPTIONS"}
    assert public == {"/login", "/static/none", "/none", "/form/none", "/feed/none/none"}


@pytest.mark.parametrize("role", ["", *ROLES])
def test_the_server_keeps_to_the_rules(app: Litestar, role: str) -> None:
    desk = client(app, role)
    form = token(desk, "/") or token(desk)
    for method, path, needed in routes(app):
        if method in {"HEAD", "OPTIONS"} or path in {"/logout", "/login"}:
            continue
        data = {"csrf": form} if method == "POST" else None
        answer = desk.request(method, path, data=data, follow_redirects=False)
        refused = answer.status_code in {401, 403} or (
            answer.status_code == 303 and answer.headers["location"].startswith("/login")
        )
        assert refused != may(role or None, needed), f"{role or 'nobody'}: {method} {path}"
        if not may(role or None, needed):
            assert "Samplewood" not in answer.text


def test_a_role_may_what_lesser_roles_may() -> None:
    assert [may(role, "reviewer") for role in ROLES] == [False, True, True, True]
    assert may(None, "public") and not may(None, "reader") and not may("administrator", "")
    assert not may("administrator", "nonsense") and not may("nonsense", "reader")


# Log-in


def test_log_in_leads_on_and_out_again(app: Litestar) -> None:
    desk = client(app)
    first = desk.get("/projects?q=a%20b", follow_redirects=False)
    assert first.headers["location"] == "/login?next=%2Fprojects%3Fq%3Da%2520b"
    answer = log_in(desk, "reader", next="/projects?q=a%20b")
    assert answer.headers["location"] == "/projects?q=a%20b"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie and "secure" not in cookie
    html = desk.get("/").text
    assert ">reader<" in html and 'href="/review"' not in html and 'href="/admin"' not in html
    stolen = desk.cookies["desk_session"]
    desk.post("/logout", data={"csrf": token(desk, "/")})
    assert (
        desk.get("/", cookies={"desk_session": stolen}, follow_redirects=False).status_code == 303
    )


@pytest.mark.parametrize(
    "wish", ["//evil.test", "https://evil.test", "/\\evil.test", "javascript:x", "/a\nb", "", "x"]
)
def test_log_in_never_leads_elsewhere(wish: str) -> None:
    assert safe_next(wish) == "/"


def test_cookies_are_secure_by_https(tmp_path: Path) -> None:
    target = web_ledger.make(tmp_path / "a.ledger")
    app = create_app(target, clock=web_ledger.clock, accounts=staffed(target), secure=True)
    desk: Desk = TestClient(app, base_url="https://127.0.0.1")
    assert "secure" in log_in(desk, "editor").headers["set-cookie"].lower()


def test_sessions_end(tmp_path: Path) -> None:
    clock = Clock()
    accounts = staffed(tmp_path / "a.ledger", clock)
    key = accounts.log_in("editor", PASSWORD, "here")
    assert (found := accounts.who(key)) and found.role == "editor"
    assert accounts.who("other") is None and accounts.who(None) is None
    clock.now = "2026-03-01T19:59:00Z"
    assert accounts.who(key)
    clock.now = "2026-03-02T04:00:00Z"
    assert accounts.who(key) is None, "eight hours without a request"
    key = accounts.log_in("editor", PASSWORD, "here")
    for hour in range(4, 168, 6):
        clock.now = f"2026-03-{2 + hour // 24:02}T{hour % 24:02}:00:00Z"
        assert accounts.who(key), clock.now
    clock.now = "2026-03-09T04:01:00Z"
    assert accounts.who(key) is None, "a week after log-in"


def test_too_many_tries_have_to_wait(tmp_path: Path) -> None:
    clock = Clock()
    target = web_ledger.make(tmp_path / "a.ledger")
    app = create_app(target, clock=clock, accounts=staffed(target, clock))
    desk = client(app)
    for _ in range(5):
        assert log_in(desk, "editor", "wrong password").status_code == 403
    late = log_in(desk, "editor")
    assert late.status_code == 429 and int(late.headers["retry-after"]) <= 900
    assert log_in(client(app), "reader").status_code == 303, "others may"
    clock.now = "2026-03-01T12:16:00Z"
    assert log_in(desk, "editor").status_code == 303


def test_nobody_is_told_which_was_wrong(app: Litestar) -> None:
    one, two = (log_in(client(app), name, "not this one") for name in ("nobody", "reviewer"))
    strip = re.compile(r'value="\w+"|v=\w+')
    assert strip.sub("", one.text) == strip.sub("", two.text)


# Forms


@pytest.mark.parametrize(
    ("headers", "data"),
    [
        ({}, {}),
        ({}, {"csrf": "0" * 64}),
        ({"origin": "http://evil.test"}, {"csrf": "good"}),
        ({"origin": "null"}, {"csrf": "good"}),
        ({"sec-fetch-site": "cross-site"}, {"csrf": "good"}),
    ],
)
def test_a_form_from_elsewhere_does_nothing(
    app: Litestar, headers: dict[str, str], data: dict[str, str]
) -> None:
    desk = client(app, "administrator")
    if data.get("csrf") == "good":
        data = {"csrf": token(desk, "/admin")}
    form = {**data, "name": "intruder", "role": "administrator", "password": PASSWORD}
    answer = desk.post("/admin/people", data=form, headers=headers, follow_redirects=False)
    assert answer.status_code == 403
    assert "intruder" not in {p.name for p in app.state.accounts.people()}


def test_a_token_of_another_session_is_none(app: Litestar) -> None:
    other = token(client(app, "administrator"), "/admin")
    desk = client(app, "administrator")
    form = {"csrf": other, "source": "x", "weight": "2"}
    assert desk.post("/admin/source", data=form).status_code == 403


# Admin


def test_an_administrator_looks_after_people(app: Litestar) -> None:
    desk, accounts = client(app, "administrator"), app.state.accounts
    form = {"csrf": token(desk, "/admin"), "name": "New <b>One</b>", "role": "reader"}
    assert "10 to 200" in desk.post("/admin/people", data={**form, "password": "short"}).text
    page = desk.post("/admin/people", data={**form, "password": PASSWORD})
    assert "New &lt;b&gt;One&lt;/b&gt;" in page.text and "person added" in page.text
    theirs = client(app)
    assert log_in(theirs, "New <b>One</b>").status_code == 303
    change = {"csrf": form["csrf"], "name": "New <b>One</b>", "role": "reviewer", "active": "0"}
    desk.post("/admin/person", data=change)
    assert theirs.get("/", follow_redirects=False).status_code == 303, "closed at once"
    assert log_in(theirs, "New <b>One</b>").status_code == 403
    last = {"csrf": form["csrf"], "name": "administrator", "role": "reader", "active": "1"}
    assert "the last administrator" in desk.post("/admin/person", data=last).text
    assert {p.name: p.role for p in accounts.people()}["administrator"] == "administrator"


def test_sources_are_weighed(app: Litestar) -> None:
    desk = client(app, "administrator")
    form = {"csrf": token(desk, "/admin"), "source": "Sampleton Gazette"}
    for bad in ("nan", "-1", "9", "x", ""):
        assert desk.post("/admin/source", data={**form, "weight": bad}).status_code == 400
    desk.post("/admin/source", data={**form, "weight": "0.5"})
    assert app.state.accounts.weights() == {"Sampleton Gazette": 0.5}


def test_only_what_failed_is_tried_again(tmp_path: Path) -> None:
    from nameplate.ledger import Ledger
    from nameplate.model import Failure

    target = web_ledger.make(tmp_path / "a.ledger")
    report = tmp_path / "late.txt"
    with Ledger.open(target, clock=web_ledger.clock) as ledger:
        for where in (str(report), "http://127.0.0.1/secret"):
            ledger.record_failure(Failure(where=where, problem="gone", remedy="Wait."))
    app = create_app(target, clock=web_ledger.clock, accounts=staffed(target))
    desk = client(app, "administrator")
    form = {"csrf": token(desk, "/admin")}
    assert desk.post("/admin/retry", data={**form, "failure": "7"}).status_code == 400
    assert "failed again" in desk.post("/admin/retry", data={**form, "failure": "1"}).text
    assert "private network" in desk.get("/admin").text
    report.write_text("The Oldtown plant produced 12,000 lamps in 2024.")
    assert "Read since" in desk.post("/admin/retry", data={**form, "failure": "0"}).text


# The file


def test_the_file_is_its_owners_and_keeps_no_secrets(tmp_path: Path) -> None:
    accounts = staffed(tmp_path / "a.ledger")
    key = accounts.log_in("editor", PASSWORD, "here") or ""
    assert accounts.path.stat().st_mode & 0o077 == 0
    raw = accounts.path.read_bytes()
    assert PASSWORD.encode() not in raw and key.encode() not in raw and b"$argon2id$" in raw
    for name in ("", " ", "a\x00b", "x" * 41, "editor"):
        with pytest.raises(UsageError):
            accounts.add(name, "reader", PASSWORD)
    (tmp_path / "b.people").write_text("no database at all, but a text")
    with pytest.raises(LedgerError, match="file of accounts"):
        Accounts(tmp_path / "b.people", web_ledger.clock).log()
