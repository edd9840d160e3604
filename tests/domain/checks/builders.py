"""Sessions for the tables of check tests: an innocent one by default, so that a row states only what it is about."""

from __future__ import annotations

import dataclasses as dataclasses
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from clawguard.domain.checks import ALL, Context, Finding, screen
from clawguard.domain.checks.examples import note_of
from clawguard.domain.codesets import CodeTables, IcdRelease, Policies, PolicyPeriod, build_release
from clawguard.domain.codesets.diagnoses import CODE_FIRST, CODE_FIRST_IF_KNOWN, MANIFESTATION
from clawguard.domain.facts import Documented, NoteFacts, ServiceLineFacts, SessionFacts

DAY = dt.date(2026, 3, 18)  # a Wednesday
NEW_YORK = ZoneInfo("America/New_York")

FY2026: IcdRelease = build_release(
    "FY2026",
    dt.date(2025, 10, 1),
    dt.date(2026, 9, 30),
    "F0280 F0150 F331 F329 F32A F319 F3131 F401 F4001 F411 F419 F410 F4310 F4320 F4381 F54 F602 F840 F902 F1020 F5000 "
    "F50010 F482 G309 G4700 L409 R45851 T7412XA T1491XA V00131A Y07499 Z630 Z600 Z6911 Z719 Z0389 Z733 E119 "
    "F70 F17210 F520 F3342 F1021 F642 F983 F9821 F5083 F985 F8081 F530 F940 Z0289 Z8659 R419 T400X1A I10",
    headings="F33 F31 F32 F5001 F43",
    flags={
        "F0280": MANIFESTATION | CODE_FIRST,
        "F54": MANIFESTATION | CODE_FIRST,
        "F0150": CODE_FIRST_IF_KNOWN,
        "F482": CODE_FIRST_IF_KNOWN,
    },
    excludes={"F32": ("F31", "F33"), "F31": ("F32", "F33"), "F410": ("F4001",), "F30-F39": ("F25",)},
    blocks={"F33": ("F30-F39", "5"), "F32": ("F30-F39", "5"), "F31": ("F30-F39", "5")},
)
FY2025: IcdRelease = build_release(
    "FY2025", dt.date(2024, 10, 1), dt.date(2025, 9, 30), "F331 F411 F4301", headings="F33"
)
TABLES = CodeTables(icd=(FY2026,))


def line(text: str, number: int = 1, **facts: Any) -> ServiceLineFacts:
    """``"90837-95-59"`` is code and modifiers; ``at="10:00-10:53"`` gives the line its own times in New York."""
    code, *modifiers = text.split("-")
    if "at" in facts:
        facts["start"], facts["end"] = times(facts.pop("at"), facts.pop("day", DAY))
    facts.setdefault("charge", Decimal("180.00"))
    return ServiceLineFacts(number=number, code=code, modifiers=tuple(modifiers), **facts)


def times(text: str, day: dt.date = DAY) -> tuple[dt.datetime, dt.datetime]:
    """Start and end from ``"23:30-00:20"``; an end before its start belongs to the next day."""
    begin, end = (dt.time.fromisoformat(each) for each in text.split("-"))
    last_day = day + dt.timedelta(days=end <= begin and begin != end)
    return dt.datetime.combine(day, begin, NEW_YORK), dt.datetime.combine(last_day, end, NEW_YORK)


def session(*lines: str | ServiceLineFacts, at: str | None = "10:00-10:55", **facts: Any) -> SessionFacts:
    """A session that no check has anything to say about, with what is named changed."""
    day = facts.setdefault("date_of_service", DAY)
    if "minutes" in facts:
        at = None
    start, end = times(at, day) if at else (None, None)
    billed = lines or ("90837",)
    values: dict[str, Any] = {
        "external_id": "S-1",
        "revision": 1,
        "provider_npi": "1999999984",
        "provider_license": "LCSW",
        "provider_time_zone": "America/New_York",
        "client_key": "C-77",
        "client_birth_date": dt.date(1991, 4, 11),
        "client_sex": "F",
        "client_state": "NY",
        "payer_id": "60054",
        "payer_kind": "commercial",
        "start": start,
        "end": end,
        "minutes": None,
        "place_of_service": "11",
        "telehealth": "none",
        "service_lines": tuple(
            each if isinstance(each, ServiceLineFacts) else line(each, number)
            for number, each in enumerate(billed, start=1)
        ),
        "diagnoses": ("F331",),
        "contracted_rate": Decimal("142.50"),
    }
    if "complexity_factor" in facts:
        facts["documented"] = Documented(complexity_factor=facts.pop("complexity_factor"))
    return SessionFacts(**{**values, **facts})


def other(*lines: str | ServiceLineFacts, **facts: Any) -> SessionFacts:
    """Another session of the same client and provider on the same day, two hours later unless told otherwise."""
    return session(*lines, **{"external_id": "S-2", "at": "12:00-12:55", **facts})


def began(*lines: str | ServiceLineFacts, minutes: int, at: str = "10:00-11:00", **facts: Any) -> SessionFacts:
    """Another session, of which only the start and the minutes are stated."""
    return dataclasses.replace(other(*lines, at=at, **facts), end=None, minutes=minutes)


@dataclass(frozen=True)
class Row:
    """One sentence, one session, and what the check must say about it."""

    story: str
    given: SessionFacts
    context: dict[str, Any] = field(default_factory=dict)
    expected: dict[str, Any] | None = None  # None: the check stays silent
    cured: SessionFacts | None = None  # the same session corrected: the finding goes, and nothing else changes


def passes(story: str, given: SessionFacts, **context: Any) -> Row:
    """A row on which the check stays silent."""
    return Row(story, given, context)


def trips(
    story: str,
    given: SessionFacts,
    expected: dict[str, Any] | None = None,
    *,
    cured: SessionFacts | None = None,
    **context: Any,
) -> Row:
    """A row with findings. ``expected`` names severity, count, line, related, risk, step, says, or evidence."""
    return Row(story, given, context, expected or {}, cured)


def findings(check: str, given: SessionFacts, **context: Any) -> list[Finding]:
    """What one check says, asked through the registry as in production."""
    context.setdefault("tables", TABLES)
    return [found for found in screen(given, Context(**context)) if found.check == check]


def tables_for(check: str, rows: Sequence[Row]) -> tuple[Callable[..., None], Callable[..., None]]:
    """The two tests of a check: innocent rows stay silent, the others are found, with the facts that were used."""
    innocent = [row for row in rows if row.expected is None]
    guilty = [row for row in rows if row.expected is not None]
    assert check in ALL and innocent and guilty, f"{check} needs rows on both sides"

    @pytest.mark.parametrize("row", innocent, ids=lambda row: row.story)
    def test_passes(row: Row) -> None:
        assert findings(check, row.given, **row.context) == []

    @pytest.mark.parametrize("row", guilty, ids=lambda row: row.story)
    def test_trips(row: Row) -> None:
        found = findings(check, row.given, **row.context)
        expected = dict(row.expected or {})
        assert len(found) == expected.pop("count", 1)
        assert found[0].severity == expected.pop("severity", ALL[check].severity)
        assert expected.pop("says", "") in found[0].message
        assert {name: _told(found[0], name) for name in expected} == expected

    return test_passes, test_trips


def _told(found: Finding, name: str) -> Any:
    special = {
        "line": found.service_line,
        "related": found.related,
        "risk": str(found.amount_at_risk),
        "step": found.suggested_step,
    }
    return special[name] if name in special else found.evidence[name]


def tables_with(**changes: Any) -> CodeTables:
    """The code tables where the payer of ``session()`` decided these values of the policy for 2026."""
    period = PolicyPeriod(dt.date(2026, 1, 1), dt.date(2026, 12, 31), changes, payer_id="60054")
    return dataclasses.replace(TABLES, policies=Policies((period,)))


ASKS_95 = {"video_modifiers": frozenset({"95"}), "audio_modifiers": frozenset({"93"})}


def note(**read: str) -> NoteFacts | None:
    """What was read in a note: ``N06="missing"``, or with a reason and numbers as in the examples of the pages."""
    return note_of(read)
