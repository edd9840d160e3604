"""Checking sessions without storing anything: behind the API's dry run, the command line and imports that only look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from clawguard.accounts.actors import STAFF_ROLES, Actor
from clawguard.accounts.models import Role
from clawguard.domain.checks import Context, Finding
from clawguard.domain.checks.timing import interval
from clawguard.domain.codesets import CodeTables
from clawguard.domain.facts import SessionFacts
from clawguard.domain.submission import FieldError, parse
from sessions import policies
from sessions.facts import Loaded
from sessions.intake.record import order_of
from sessions.services import neighbours, tables
from sessions.services.intake import unreadable
from sessions.services.screening import findings_of

MOST_SESSIONS = 1000
MOST_NEIGHBOURS = 5000
CONTEXT_FIELDS = frozenset({"same_day", "history", "facts"})


class Checked(NamedTuple):
    """One session as read, and what the checks say about it."""

    facts: SessionFacts
    findings: tuple[Finding, ...]

    @property
    def at_risk(self) -> Decimal:
        return at_risk(self.facts.contracted_rate, [finding.amount_at_risk for finding in self.findings])


def at_risk(rate: Decimal | None, amounts: Sequence[Decimal]) -> Decimal:
    """What could be taken back for one session: its findings together, but never more than the session is paid."""
    total = sum(amounts, Decimal("0.00"))
    return total if rate is None else min(total, rate)


def check(actor: Actor, body: Mapping[str, Any], now: dt.datetime) -> list[Checked]:
    """Check one session, or up to 1,000 as ``{"sessions": […]}``, in the order given, each beside the others.

    ``context`` gives what the database would know; the database itself is not looked at. Raises NotAllowed, and
    Problem 400 with every bad field of every session.
    """
    actor.require(roles=STAFF_ROLES | {Role.PROVIDER}, scope=policies.WRITE)
    given = dict(body)
    context = given.pop("context", None)
    many = "sessions" in given
    raw = given["sessions"] if many else [given]
    errors: list[FieldError] = []
    if many:
        _only(given, {"sessions", "context"}, "", errors)
    sessions = _read_all(raw, "/sessions" if many else None, MOST_SESSIONS, now, errors)
    beside = _read_context(context, now, errors)
    if errors:
        raise unreadable(errors)
    return list(screen_facts(sessions, now, beside))


def screen_facts(
    sessions: Sequence[SessionFacts],
    now: dt.datetime,
    beside: Context | None = None,
    code_tables: CodeTables | None = None,
) -> Iterator[Checked]:
    """Screen sessions beside each other as if they came in together, and beside what ``beside`` holds for all of them.
    They are told in the order given."""
    bare = beside or Context(code_tables or tables.current())
    bare = replace(bare, tables=code_tables or bare.tables, now=now, same_day=(), history=())
    places = sorted(range(len(sessions)), key=lambda place: order_of(sessions[place]))
    arrivals = dict(zip(places, range(len(places)), strict=True))
    rows = [_loaded(arrivals[place], facts) for place, facts in enumerate(sessions)]
    for target, around in neighbours.among(rows, bare.tables):
        own = target.facts.external_id
        if beside is not None and (beside.same_day or beside.history):
            around = around._replace(
                same_day=tuple([f for f in beside.same_day if f.external_id != own]) + around.same_day,
                history=tuple([f for f in beside.history if f.external_id != own]) + around.history,
                at_once=None,
            )
        yield Checked(target.facts, findings_of(target, around, bare))


def _loaded(arrival: int, facts: SessionFacts) -> Loaded:
    return Loaded(facts.external_id, arrival, facts.provider_npi, facts.client_key, facts, interval(facts))


def _only(given: Mapping[str, Any], known: set[str] | frozenset[str], at: str, errors: list[FieldError]) -> None:
    for name in sorted(set(map(str, given)) - known):
        errors.append(FieldError(f"{at}/{name[:60]}", "unknown", "There is no such field; leave it out."))


def _read_all(raw: object, at: str | None, most: int, now: dt.datetime, errors: list[FieldError]) -> list[SessionFacts]:
    """``at`` is None for a single session that is the body itself."""
    if not isinstance(raw, list) or not len(raw) <= most:
        errors.append(FieldError(at or "", "type_array", f"must be a list of at most {most:,} sessions."))
        return []
    found = []
    for index, entry in enumerate(raw):
        submission, bad = parse(entry, now=now, at="" if at is None else f"{at}/{index}")
        if submission is None:
            errors.extend(bad)
        else:
            found.append(submission.facts)
    return found


def _read_context(raw: object, now: dt.datetime, errors: list[FieldError]) -> Context:
    code_tables = tables.current()
    if raw is None:
        return Context(tables=code_tables)
    if not isinstance(raw, Mapping):
        errors.append(FieldError("/context", "type_object", "must be an object."))
        return Context(tables=code_tables)
    _only(raw, CONTEXT_FIELDS, "/context", errors)
    stated = raw.get("facts") or {}
    if not isinstance(stated, Mapping):
        errors.append(FieldError("/context/facts", "type_object", "must be an object."))
        stated = {}
    same_day, history = (
        tuple(_read_all(raw.get(name) or [], f"/context/{name}", MOST_NEIGHBOURS, now, errors))
        for name in ("same_day", "history")
    )
    return Context(tables=code_tables, same_day=same_day, history=history, now=now, facts=stated)
