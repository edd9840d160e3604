"""The views of triage: which cases each shows, and how many there are, counted no further than people read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from clawguard.accounts.actors import Actor, within_reach
from clawguard.accounts.models import User
from clawguard.domain.lifecycles import CaseState, DisputeState, FindingState
from disputes import policies
from disputes.models import Case, Dispute
from disputes.selectors.cases import visible_cases
from sessions.models import Finding

COUNTED = 1000  # above that a view says "999+"; counting on would cost more than it tells
SOON = dt.timedelta(hours=24)
ENDED = Q(status__in=[CaseState.DECIDED, CaseState.CLOSED])
Rows = Callable[[Actor, dt.datetime], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class View:
    """``kind`` says what its rows are: cases, findings or disputes."""

    key: str
    label: str
    icon: str
    rows: Rows
    empty: str
    kind: str = "cases"
    late: bool = False  # its count is a warning


def _standing(actor: Actor, now: dt.datetime) -> QuerySet[Case]:
    return visible_cases(actor).exclude(ENDED)


def _in_state(*states: str) -> Rows:
    return lambda actor, now: visible_cases(actor).filter(status__in=states)


def clock_stands(which: str, now: dt.datetime) -> Q:
    """Standing cases by their nearest clock: ``late``, its moment has come; ``today``, it comes within a day."""
    return CLOCKS[which](now) & ~ENDED


CLOCKS: dict[str, Callable[[dt.datetime], Q]] = {
    "late": lambda now: Q(breach_at__lte=now),
    "today": lambda now: Q(breach_at__gt=now, breach_at__lt=now + SOON),
}


def _by_clock(which: str) -> Rows:
    return lambda actor, now: visible_cases(actor).filter(clock_stands(which, now))


def _mine(actor: Actor, now: dt.datetime) -> QuerySet[Case]:
    return _standing(actor, now).filter(assignee=actor.id)


def _undeliverable(actor: Actor, now: dt.datetime) -> QuerySet[Case]:
    notice = Q(notice_undeliverable_at__isnull=False, notice_delivered_at__isnull=True, status=CaseState.OPEN)
    letter = Q(letter_came_back_at__isnull=False) & ~Q(status=CaseState.CLOSED)
    return visible_cases(actor).filter(notice | letter)


def _doubted(actor: Actor, now: dt.datetime) -> QuerySet[Case]:
    """Decided, and facts that came afterwards speak against it. Whoever decided looks again, or leaves it."""
    return visible_cases(actor).filter(decision_doubted_at__isnull=False).exclude(status=CaseState.CLOSED)


def _new_findings(actor: Actor, now: dt.datetime) -> QuerySet[Finding]:
    """Findings nobody has judged yet, dearest first. Those of a session with a case are judged on the case."""
    rows = Finding.objects.filter(within_reach(actor, provider="session__provider"))
    return rows.filter(status=FindingState.NEW, severity__in=["error", "warning"])


def _disputes(actor: Actor, now: dt.datetime) -> QuerySet[Dispute]:
    over = [DisputeState.DECIDED, DisputeState.WITHDRAWN]
    return Dispute.objects.filter(policies.dispute_reach(actor)).exclude(status__in=over)


VIEWS = (
    View("late", "Late", "alarm", _by_clock("late"), "No clock has run out.", late=True),
    View("today", "Breach today", "clock", _by_clock("today"), "Nothing runs out within a day."),
    View("answers", "Answers in", "reply", _in_state(CaseState.ANSWERED), "No answer waits to be weighed."),
    View(
        "silent", "No answer", "clock", _in_state(CaseState.ANSWER_LAPSED), "Every answer time is still running or met."
    ),
    View("second", "Second look", "users", _in_state(CaseState.SECOND_LOOK), "No decision waits for a second person."),
    View("appeals", "Appeals", "scale", _in_state(CaseState.APPEALED), "No appeal is open."),
    View("findings", "New findings", "flag", _new_findings, "Every finding was judged.", kind="findings"),
    View("disputes", "Disputes", "message", _disputes, "No dispute is open.", kind="disputes"),
    View("doubted", "Decision in doubt", "question", _doubted, "Every decision still fits its facts."),
    View("mine", "Mine", "user", _mine, "Nothing is assigned to you."),
    View(
        "undeliverable", "Undeliverable", "mail", _undeliverable, "Every notice and every decision reached its reader."
    ),
    View("all", "All standing", "list", _standing, "No case stands."),
    View("decided", "Decided", "check-circle", _in_state(CaseState.DECIDED), "No decision waits to be closed."),
)
BY_KEY = {view.key: view for view in VIEWS}


def counts(actor: Actor, now: dt.datetime) -> dict[str, int]:
    """How many rows each view has, in one statement, each counted up to ``COUNTED`` and no further."""
    parts: list[str] = []
    values: list[Any] = []
    for view in VIEWS:
        sql, given = view.rows(actor, now).order_by().values("pk")[:COUNTED].query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS capped)")  # noqa: S608 - written by the ORM, values apart
        values += given
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(parts), values)
        return dict(zip(BY_KEY, cursor.fetchone(), strict=True))


FILTERS: dict[str, tuple[str, str, tuple[tuple[str, str], ...]]] = {
    "state": (
        "State",
        "status",
        (
            ("open", "Opened"),
            ("in_conversation", "Notice sent"),
            ("answered", "Answered"),
            ("answer_lapsed", "No answer"),
            ("second_look", "Second look"),
            ("appealed", "Appeal open"),
        ),
    ),
    "party": (
        "Proposed party",
        "party",
        (
            ("provider", "Provider"),
            ("network", "Network"),
            ("payer", "Payer"),
            ("client", "Client"),
            ("none", "Nobody"),
            ("open", "Open"),
        ),
    ),
    "origin": (
        "Opened by",
        "origin",
        (
            ("findings", "Findings"),
            ("lapse", "No answer to a request"),
            ("dispute", "Dispute"),
            ("takeback", "Takeback"),
            ("hand", "A person"),
        ),
    ),
}


def filtered(rows: QuerySet[Case], chosen: Mapping[str, list[str]], search: str) -> QuerySet[Case]:
    """Narrow by any number of choices per filter, and by the start of a session number, NPI or provider's name."""
    for name, (_label, field, choices) in FILTERS.items():
        values = [value for value in chosen.get(name, []) if value in dict(choices)]
        if values:
            rows = rows.filter(**{f"{field}__in": values})
    who = chosen.get("who", [])
    if who:
        people = Q(assignee__in=[value for value in who if _is_id(value)])
        rows = rows.filter(people | Q(assignee__isnull=True) if "nobody" in who else people)
    search = search.strip().replace("\0", "")[:80]
    if search:
        named = Q(provider__name__istartswith=search) | Q(provider__npi__startswith=search)
        rows = rows.filter(named | Q(session__external_id__startswith=search) | Q(title__istartswith=search))
    return rows


def _is_id(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True


def colleagues(actor: Actor) -> list[User]:
    """Whom a case can be assigned to: those who work cases, of the actor's team where the actor has one."""
    people = User.objects.filter(role__in=["billing", "lead"], is_active=True)
    if actor.team_id is not None:
        people = people.filter(Q(team=actor.team_id) | Q(team__isnull=True))
    return list(people.order_by("name")[:100])
