"""``judge``: people's word on claims and on what is one thing; undone by another word."""

from __future__ import annotations

import getpass
import json as json_
import sys
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from nameplate.cli.app import app
from nameplate.cli.asking import one_of
from nameplate.cli.options import DEFAULT_LEDGER, AsJson, LedgerFile, existing
from nameplate.errors import UsageError

if TYPE_CHECKING:
    from nameplate.ledger import Ledger
    from nameplate.model import Judgement

_OF_CLAIMS = ("accept", "reject", "correct")
_OF_THINGS = ("same", "different", "unsure")
_OF_ORDERS = ("close", "decline")
_OF_MATCHES = ("match", "realise")
_VERBS = (*_OF_CLAIMS, *_OF_ORDERS, *_OF_MATCHES, *_OF_THINGS, "undo", "list")


@app.command(
    epilog="Examples: [bold]nameplate judge reject 3fa91c[/bold] · "
    "[bold]nameplate judge correct 3fa91c value=2400000000 modality=planned[/bold] · "
    '[bold]nameplate judge same "Orvane plant" "奥凡工厂"[/bold] · [bold]nameplate judge undo 77d0e2[/bold]'
)
def judge(
    verb: Annotated[
        str,
        typer.Argument(
            help="accept, reject, correct; close; match, realise; decline; same, different, unsure; "
            "undo; list."
        ),
    ],
    what: Annotated[
        Optional[list[str]],  # noqa: UP045 - typer reads the annotation at run time
        typer.Argument(
            help="A claim's key and, to correct it, FIELD=VALUE...; an order's key and that of the "
            "claim that answers it (close) or does not (decline); a need's key and that of an offer "
            "that may meet it (match), has met it (realise) or does not (decline); two names or ids; "
            "or the key of the judgement to undo. The beginning of a key will do."
        ),
    ] = None,
    reason: Annotated[str, typer.Option(help="Why; it is kept with the judgement.")] = "",
    author: Annotated[str, typer.Option(help="Who judges; you, unless given.")] = "",
    ledger: LedgerFile = DEFAULT_LEDGER,
    json: AsJson = False,
) -> None:
    """Judge claims and names; nothing is changed or lost, and every judgement can be undone.

    A rejected claim is left out of all answers, a corrected one is used as corrected and keeps its
    original; FIELD= takes a field away. An
    answer or a match that was declined is not proposed again. Names judged the same are one thing, or never one. The
    ledger of an earlier day (--as-of) knows only what was judged by then.
    """
    from nameplate.model import Judgement
    from nameplate.pipeline import LINKER

    if verb not in _VERBS:
        raise UsageError(f"there is no verb {verb!r}", remedy=f"Use one of {', '.join(_VERBS)}.")
    with existing(ledger) as opened:
        if verb == "list":
            made = opened.judgements()
        else:
            wish = _wish(opened, verb, what or [])
            signed = {"author": author or _person(), "reason": reason}
            made = [opened.judge(Judgement(verb=verb, **wish, **signed), linker=LINKER)]  # type: ignore[arg-type]
    for judgement in made:
        _say(judgement, json=json)


def _wish(ledger: Ledger, verb: str, what: list[str]) -> dict[str, Any]:
    """What is judged: ``left``, ``right`` and ``patch``."""
    from nameplate.pipeline import like

    if verb in _OF_THINGS:
        _count(verb, what, 2, "two names")
        left, right = (one_of(like(ledger, name), name).id for name in what)
        return {"left": left, "right": right}
    if verb in _OF_MATCHES:
        _count(verb, what, 2, "a need's key and an offer's, as `nameplate match` shows them")
        return {"left": what[0], "right": what[1]}
    if verb == "correct":
        if len(what) < 2:
            raise UsageError("correct needs a claim and FIELD=VALUE", remedy="Give both.")
        return {"left": what[0], "patch": dict(map(_field, what[1:]))}
    if verb in _OF_ORDERS:
        if len(what) != 2 and (verb, len(what)) != ("close", 1):
            raise UsageError(
                f"{verb} needs an order and the claim that is proposed as its answer"
                f"{', if there is one' if verb == 'close' else ''}",
                remedy="`nameplate orders` shows the keys of both.",
            )
        return {"left": what[0], "right": what[1] if len(what) == 2 else None}
    _count(verb, what, 1, "a judgement's key" if verb == "undo" else "a claim's key")
    return {"left": what[0]}


def _count(verb: str, what: list[str], number: int, needed: str) -> None:
    if len(what) != number:
        raise UsageError(f"{verb} needs {needed}", remedy="See nameplate judge --help.")


_LISTS = ("visitors",)
_NUMBERS = ("value", "low", "high")


def _field(given: str) -> tuple[str, Any]:
    name, sign, value = given.partition("=")
    if not sign:
        raise UsageError(f"{given!r} is no FIELD=VALUE", remedy="Write value=2400000000.")
    if not value:
        return name, None
    if name in _LISTS:
        return name, [one.strip() for one in value.split(";")]
    if name in _NUMBERS:
        return name, value.replace(",", "")
    return name, value


def _person() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "somebody"


def _say(judgement: Judgement, *, json: bool) -> None:
    from nameplate.model import to_json

    if json:
        row = json_.loads(to_json(judgement)) | {"key": judgement.key}
        sys.stdout.write(json_.dumps(row, ensure_ascii=False) + "\n")
        return
    patch = "".join(f" {k}={v}" for k, v in (judgement.patch or {}).items())
    right = f" {judgement.right[:8]}" if judgement.right else ""
    reason = f" ({judgement.reason})" if judgement.reason else ""
    typer.echo(
        f"{judgement.key[:8]}  {judgement.recorded[:16]}  {judgement.author}: {judgement.verb} "
        f"{judgement.left[:8]}{right}{patch}{reason}"
    )
