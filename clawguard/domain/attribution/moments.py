"""When an attribution may come out otherwise though no fact changes: at a due moment, and at nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields

from clawguard.domain.case_facts import FACT_NAMES, CaseFacts, DisputeFacts, NoteRequestFacts

CLOCK_SLACK = dt.timedelta(minutes=5)  # two computers may disagree by this much about what is in the future
_CLOCKS = {"note_request": NoteRequestFacts, "dispute": DisputeFacts}
_EXCLUSIVE = ("note_request.due_at", "dispute.due_at")
_INCLUSIVE = ("payer_records_due_at",)
_NOT_COMPARED_WITH_NOW = ("filing_limit_at",)  # whether a claim was in time is read off its own moments
_PLANNED = frozenset({*_EXCLUSIVE, *_INCLUSIVE, *_NOT_COMPARED_WITH_NOW})
HAPPENED = tuple(  # names of all moments that cannot lie ahead
    name
    for name in (*FACT_NAMES, *(f"{clock}.{part.name}" for clock, shape in _CLOCKS.items() for part in fields(shape)))
    if name.endswith("_at") and name not in _PLANNED
)
_A_MOMENT = dt.timedelta(microseconds=1)


def next_moment(facts: CaseFacts, now: dt.datetime) -> dt.datetime | None:
    """The earliest moment after ``now`` (aware) at which ``attribute`` may answer otherwise about the same facts; None
    when time alone changes nothing any more.

    Of a case without a date of service, whose clauses are those in force today, a new clause is not looked for here.
    """
    found = [
        *_moments(facts, _EXCLUSIVE, dt.timedelta(0)),
        *_moments(facts, _INCLUSIVE, _A_MOMENT),
        *_moments(facts, HAPPENED, -CLOCK_SLACK),
    ]
    return min((moment for moment in found if moment > now), default=None)


def _moments(facts: CaseFacts, names: tuple[str, ...], later: dt.timedelta) -> list[dt.datetime]:
    values = [facts.value(name) for name in names]
    return [_shifted(value, later) for value in values if isinstance(value, dt.datetime)]


def _shifted(value: dt.datetime, later: dt.timedelta) -> dt.datetime:
    try:
        return value.astimezone(dt.UTC) + later
    except OverflowError:  # at the ends of the calendar
        return value
