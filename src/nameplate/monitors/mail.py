"""Alerts by e-mail: each once to each address, every try recorded, what failed tried again.

The settings are a TOML file; the password is in the environment or in a file of its own, so that it
stands in no command, no log and no ledger. Mail goes over TLS, or after STARTTLS, unless the server is
this machine.
"""

from __future__ import annotations

import os
import smtplib
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import Literal

import msgspec

from nameplate.answer.monitor import Alert
from nameplate.errors import UsageError
from nameplate.ledger import Delivery, Ledger
from nameplate.model import Record
from nameplate.monitors.feed import words_of

PASSWORD = "NAMEPLATE_SMTP_PASSWORD"
"""The variable of the environment that holds the password."""

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_MOST_TRIES = 10
"""An alert that could not be sent so often is given up."""


class MailSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How mail is sent. ``security``: ``starttls``, ``tls`` from the first byte, or ``none``, which is
    for a server on this machine alone. ``ca`` is a file of certificates to trust beside the system's.
    ``language`` is that of the messages, ``desk`` the desk's address for links."""

    host: str
    sender: str
    recipients: tuple[str, ...]
    port: int | None = None
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str | None = None
    password_file: str | None = None
    ca: str | None = None
    language: Literal["en", "zh"] = "en"
    desk: str = ""
    timeout: float = 20.0
    tries: int = 3
    pause: float = 2.0


class Sent(Record, frozen=True, kw_only=True):
    """What became of one alert at one address in this run; ``later`` is not the last word."""

    alert: Alert
    address: str
    outcome: Literal["sent", "failed", "later"]
    problem: str = ""


def read_settings(path: Path) -> MailSettings:
    """The settings in a file; raises `UsageError` with what is wrong and what to do."""
    try:
        settings = msgspec.toml.decode(path.read_text(encoding="utf-8"), type=MailSettings)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"the settings cannot be read ({error})", where=str(path),
            remedy="See docs/monitors.md for what they hold.",
        ) from error  # fmt: skip
    except msgspec.MsgspecError as error:
        hint = f"The password does not belong in it: set {PASSWORD}, or name a password_file."
        raise UsageError(
            f"the settings are wrong: {error}", where=str(path), remedy=hint
        ) from error
    _check(settings, path)
    return settings


def _check(settings: MailSettings, path: Path) -> None:
    for address in (settings.sender, *settings.recipients):
        if "@" not in parseaddr(address)[1] or any(sign in address for sign in "\r\n"):
            raise UsageError(
                f"{address!r} is no address", where=str(path), remedy="Write name@example.org."
            )
    if not settings.recipients:
        raise UsageError("it names no recipients", where=str(path), remedy="Name at least one.")
    if settings.security == "none" and settings.host not in _LOOPBACK:
        raise UsageError(
            f"mail to {settings.host} would go unencrypted", where=str(path),
            remedy='Set security = "starttls" or "tls"; "none" is for a server on this machine.',
        )  # fmt: skip


def pending(
    ledger: Ledger, alerts: Iterable[Alert], addresses: Sequence[str]
) -> list[tuple[Alert, str]]:
    """The alerts that still stand, each with an address that it has not reached, the oldest first."""
    tries: dict[tuple[str, str], list[str]] = {}
    for one in ledger.monitors.deliveries():
        tries.setdefault((one.alert, one.address), []).append(one.outcome)
    due = []
    for alert in sorted(alerts, key=lambda a: (a.day, a.key)):
        for address in addresses:
            done = tries.get((alert.key, address), [])
            if alert.standing and "sent" not in done and len(done) < _MOST_TRIES:
                due.append((alert, address))
    return due


def send(
    ledger: Ledger,
    settings: MailSettings,
    alerts: Iterable[Alert],
    *,
    wait: Callable[[float], None] = time.sleep,
) -> list[Sent]:
    """Send what is pending and record every outcome; a server that fails is tried again a few times.

    What could not be sent stays pending for the next run.
    """
    done: list[Sent] = []
    due = pending(ledger, alerts, settings.recipients)
    for left in reversed(range(max(1, settings.tries))):
        later: list[Sent] = []
        for one in _round(settings, due):
            if one.outcome == "later" and left:
                later.append(one)
            else:
                done.append(_kept(ledger, one))
        due = [(one.alert, one.address) for one in later]
        if not due:
            break
        wait(settings.pause)
    return done


def _kept(ledger: Ledger, one: Sent) -> Sent:
    """The outcome, recorded."""
    final = msgspec.structs.replace(one, outcome="sent" if one.outcome == "sent" else "failed")
    delivery = Delivery(
        alert=one.alert.key, monitor=one.alert.monitor, address=one.address,
        outcome=final.outcome, problem=one.problem,
    )  # fmt: skip
    ledger.monitors.note(delivery)
    return final


def _round(settings: MailSettings, due: Sequence[tuple[Alert, str]]) -> Iterator[Sent]:
    """One connection, every message that is due; each outcome is told as soon as it is known."""
    if not due:
        return
    told = 0
    try:
        with _connected(settings) as server:
            for alert, address in due:
                one = _sent(server, settings, alert, address)
                told += 1
                yield one
    except (OSError, smtplib.SMTPException) as error:
        hopeless = isinstance(
            error, (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError, ssl.SSLError)
        )
        for alert, address in due[told:]:
            yield Sent(
                alert=alert,
                address=address,
                outcome="failed" if hopeless else "later",
                problem=_problem(error),
            )


def _sent(server: smtplib.SMTP, settings: MailSettings, alert: Alert, address: str) -> Sent:
    try:
        server.send_message(message(settings, alert, address))
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()), (550, b""))
        problem = _problem(smtplib.SMTPResponseException(code, said))
        return Sent(alert=alert, address=address, outcome=_outcome(code), problem=problem)
    except smtplib.SMTPResponseException as error:
        code = error.smtp_code
        return Sent(alert=alert, address=address, outcome=_outcome(code), problem=_problem(error))
    return Sent(alert=alert, address=address, outcome="sent")


def _outcome(code: int) -> Literal["failed", "later"]:
    """A server that says 4xx may be asked again; 5xx is its last word."""
    return "later" if code < 500 else "failed"


@contextmanager
def _connected(settings: MailSettings) -> Iterator[smtplib.SMTP]:
    context = ssl.create_default_context(cafile=None)
    if settings.ca:
        context.load_verify_locations(settings.ca)
    port = settings.port or {"tls": 465, "starttls": 587, "none": 25}[settings.security]
    if settings.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            settings.host, port, timeout=settings.timeout, context=context
        )
    else:
        server = smtplib.SMTP(settings.host, port, timeout=settings.timeout)
    with server:
        if settings.security == "starttls":
            server.starttls(context=context)  # raises if the server does not offer it
        if settings.username:
            server.login(settings.username, _password(settings))
        yield server


def _password(settings: MailSettings) -> str:
    if settings.password_file:
        try:
            return Path(settings.password_file).read_text(encoding="utf-8").rstrip("\r\n")
        except OSError as error:
            raise UsageError(
                f"the password cannot be read ({error.strerror})", where=settings.password_file,
                remedy="Name a file that holds nothing but the password.",
            ) from error  # fmt: skip
    if PASSWORD not in os.environ:
        raise UsageError(
            f"there is no password for {settings.username}",
            remedy=f"Set {PASSWORD} in the environment, or name a password_file in the settings.",
        )
    return os.environ[PASSWORD]


def message(settings: MailSettings, alert: Alert, address: str) -> EmailMessage:
    """The mail of one alert: the sentence, the words behind it, where to look."""
    said = " ".join((alert.said.get(settings.language) or alert.said["en"]).split())
    made = EmailMessage()
    made["From"], made["To"] = settings.sender, address
    made["Subject"] = said[:200]
    made["Message-ID"] = f"<{alert.key}.{abs(_checksum(address))}@nameplate.invalid>"
    made["Auto-Submitted"] = "auto-generated"
    lines = [said, "", *words_of(alert)]
    if settings.desk:
        lines += ["", f"{settings.desk.rstrip('/')}/monitors"]
    made.set_content("\n".join(lines) + "\n", charset="utf-8")
    return made


def _checksum(text: str) -> int:
    from zlib import crc32

    return crc32(text.encode())


def _problem(error: Exception) -> str:
    """What went wrong in a line; a server's answer is cut, and a password is never in it."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"the server does not accept the name and password ({error.smtp_code})"
    if isinstance(error, smtplib.SMTPResponseException):
        raw = error.smtp_error
        text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else str(raw)
        return f"{error.smtp_code} {text}"[:200]
    return (str(error) or type(error).__name__)[:200]
