"""Examples on the pages of the checks: a fragment of a session, laid over an innocent one, to trip or to pass.

A fragment is JSON. It may hold any field of the interface's session, and these short forms:

- ``lines``: ``["90837-95", "90785"]``, code and modifiers of each line; a line that needs more is an object
- ``time``: ``"10:00-10:53"`` on the date of service at the practice, or null for no times; lines may have it too
- ``same_day``, ``history``: lists of fragments of other sessions, of the same client and provider unless told otherwise
- ``facts``: what is stated beside the session (eligibility, authorization, events)
- ``note``: what was read in the note, by element: ``{"N06": "missing"}``, with its
  reason and numbers where there are any: ``"contradicted/too_short/minutes=47,least=53"``
- ``policy``: changed policy values of the payer; numbers by codes as the API writes them
- ``unchecked``: ``date_of_service`` or ``diagnoses`` put in after reading, where the reader itself would refuse them
- ``next_release``: diagnosis codes that a later release of ICD-10-CM knows
- ``screened_on``: the day on which the checks look at it; a fortnight after the session unless told otherwise
- ``about``: one sentence for the reader
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding
from clawguard.domain.checks.running import screen
from clawguard.domain.codesets import CodeTables, Policies, PolicyPeriod, build_release
from clawguard.domain.codesets.policy_values import from_json
from clawguard.domain.facts import ElementVerdict, NoteFacts, SessionFacts
from clawguard.domain.submission import parse

BASE: Mapping[str, Any] = {
    "external_id": "S-1",
    "provider": {"npi": "1999999984", "license": "LCSW", "time_zone": "America/New_York"},
    "client": {"external_id": "C-77", "birth_date": "1991-04-11", "sex": "F", "state": "NY"},
    "payer": {"id": "60054", "kind": "commercial"},
    "date_of_service": "2026-03-18",
    "time": "10:00-10:55",
    "place_of_service": "11",
    "telehealth": "none",
    "lines": ["90837"],
    "diagnoses": ["F33.1"],
    "contracted_rate": "142.50",
}
BESIDE = frozenset(
    {"about", "same_day", "history", "facts", "note", "policy", "screened_on", "unchecked", "next_release"}
)
USUAL_WAIT = dt.timedelta(days=14)
LATE = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)  # an example may lie on any day; none lies in the future


class ExampleError(ValueError):
    """The fragment is no session; the message names each field at fault."""


@dataclass(frozen=True, slots=True)
class Example:
    """One session and what it is screened beside."""

    about: str
    session: SessionFacts
    context: Context

    def findings(self, check_id: str) -> tuple[Finding, ...]:
        """What one check says of it, asked through the registry as in production."""
        return tuple(found for found in screen(self.session, self.context) if found.check == check_id)


def read(fragment: Mapping[str, Any], tables: CodeTables) -> Example:
    """The example of a fragment. Raises ExampleError."""
    session = _session(fragment, BASE)
    own = {name: value for name, value in fragment.items() if name not in BESIDE}
    parties: dict[str, Any] = {name: own[name] for name in ("provider", "client", "payer") if name in own}
    beside = {**_merged(BASE, parties), "date_of_service": str(session.date_of_service), "time": "12:00-12:55"}
    same_day = [_session(other, {**beside, "external_id": f"S-{n}"}) for n, other in _each(fragment, "same_day", 2)]
    before = [_session(other, {**beside, "external_id": f"S-{n}"}) for n, other in _each(fragment, "history", 20)]
    context = Context(
        tables=_with_release(_with_policy(tables, fragment.get("policy")), fragment.get("next_release")),
        same_day=tuple(same_day),
        history=tuple(before),
        now=_screened(fragment.get("screened_on"), session),
        facts=fragment.get("facts") or {},
        note=note_of(fragment.get("note") or {}),
    )
    return Example(str(fragment.get("about", "")), session, context)


def note_of(read: Mapping[str, str]) -> NoteFacts | None:
    """What is known of a note from verdicts by element; None where nothing was read."""
    return NoteFacts(True, verdicts=tuple(_verdict(*each) for each in read.items())) if read else None


def _verdict(element: str, said: str) -> ElementVerdict:
    verdict, reason, numbers = (*said.split("/"), "", "")[:3]
    named = (pair.split("=") for pair in numbers.split(",") if pair)
    return ElementVerdict(element, verdict, "high", reason, tuple((name, int(value)) for name, value in named))


def _each(fragment: Mapping[str, Any], name: str, first: int) -> enumerate[Mapping[str, Any]]:
    return enumerate(fragment.get(name) or (), first)


def _with_policy(tables: CodeTables, changes: Mapping[str, Any] | None) -> CodeTables:
    if not changes:
        return tables
    values = {name: _frozen(name, value) for name, value in changes.items()}
    return replace(tables, policies=Policies((PolicyPeriod(dt.date(2000, 1, 1), None, values),)))


def _with_release(tables: CodeTables, codes: Sequence[str] | None) -> CodeTables:
    if not codes or not tables.icd:
        return tables
    first = tables.icd[-1].last_day + dt.timedelta(days=1)
    dotless = " ".join(code.replace(".", "") for code in codes)
    later = build_release("the next release", first, first + dt.timedelta(days=364), dotless)
    return replace(tables, icd=(*tables.icd, later))


def _frozen(name: str, value: Any) -> Any:
    """JSON has one kind of list; a policy's values are sets of texts, or tuples of pairs."""
    if isinstance(value, Mapping):
        return from_json({name: value})[name]
    if not isinstance(value, list):
        return value
    pairs = [isinstance(each, list) for each in value]
    return tuple(tuple(each) for each in value) if any(pairs) else frozenset(value)


def _screened(day: str | None, session: SessionFacts) -> dt.datetime:
    on = dt.date.fromisoformat(day) if day else session.date_of_service + USUAL_WAIT
    return dt.datetime.combine(on, dt.time(12), ZoneInfo(session.provider_time_zone)).astimezone(dt.UTC)


def _session(fragment: Mapping[str, Any], base: Mapping[str, Any]) -> SessionFacts:
    own = {name: value for name, value in fragment.items() if name not in BESIDE}
    if "minutes" in own:
        own.setdefault("time", None)
    raw = _merged(base, own)
    zone = ZoneInfo(raw["provider"]["time_zone"])
    day = dt.date.fromisoformat(raw["date_of_service"])
    _clock(raw, day, zone)
    lines = [_line(line, day, zone) for line in raw.pop("lines")]
    raw.setdefault("service_lines", lines)
    submission, errors = parse(raw, now=LATE)
    if submission is None:
        raise ExampleError("; ".join(f"{error.pointer} {error.message}" for error in errors))
    return _put_in(submission.facts, fragment.get("unchecked") or {})


def _put_in(facts: SessionFacts, unchecked: Mapping[str, Any]) -> SessionFacts:
    day, codes = unchecked.get("date_of_service"), unchecked.get("diagnoses")
    if day is not None:
        facts = replace(facts, date_of_service=dt.date.fromisoformat(day))
    return facts if codes is None else replace(facts, diagnoses=tuple(code.replace(".", "") for code in codes))


def _merged(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """``own`` over ``base``; the fields of an object are laid over one by one."""
    merged = {**base, **own}
    for name, value in own.items():
        if isinstance(value, Mapping) and isinstance(base.get(name), Mapping):
            merged[name] = {**base[name], **value}
    return merged


def _line(line: Any, day: dt.date, zone: ZoneInfo) -> dict[str, Any]:
    given = {"code": line} if isinstance(line, str) else dict(line)
    code, *modifiers = given["code"].split("-")
    given = {"modifiers": modifiers, "charge": "180.00", **given, "code": code}
    _clock(given, day, zone)
    return given


def _clock(raw: dict[str, Any], day: dt.date, zone: ZoneInfo) -> None:
    """Start and end from ``"23:30-00:20"``; an end before its start belongs to the next day."""
    text = raw.pop("time", None)
    if text is None:
        return
    begin, end = (dt.time.fromisoformat(each) for each in text.split("-"))
    last = day + dt.timedelta(days=end < begin)
    raw["start"] = dt.datetime.combine(day, begin, zone).isoformat()
    raw["end"] = dt.datetime.combine(last, end, zone).isoformat()
