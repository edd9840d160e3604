"""What rests on a client's history is told by date: the same in whatever order the sessions arrive and are screened."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clawguard.accounts.actors import SYSTEM
from clawguard.domain.checks import ALL
from clawguard.domain.submission import parse
from sessions import services
from sessions.models import Finding, IntakeChunk, Screening, TherapySession
from sessions.services.dry_run import screen_facts
from tests.builders import NOW, npi, provider, session_body, team
from tests.sessions.test_intake import record, screen_all

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(hours=1)
OF_HISTORY = sorted(identifier for identifier, info in ALL.items() if info.back)
Told = list[tuple[str, str, str, str, list[str]]]


def on(day: str, code: str, **changes: Any) -> dict[str, Any]:
    """A session of one service, told apart by its day and code."""
    lines = [{"code": code, "modifiers": [], "units": 1, "charge": "180.00", "diagnosis_pointers": [1]}]
    given = {"start": None, "end": None, "minutes": 45, "confirmed_at": f"{day}T23:00:00Z", "service_lines": lines}
    return session_body(**{"external_id": f"{day}-{code}", "date_of_service": day, **given, **changes})


EVALUATIONS = [on("2026-02-10", "90791"), on("2026-06-10", "90791")]
PRESCRIBER = {"provider": {"npi": npi(2), "license": "MD", "time_zone": "America/New_York"}}
UNSPECIFIED = {"client": {"external_id": "C-2"}, "diagnoses": ["F32.A"]}
REMISSION = {"client": {"external_id": "C-3"}, "diagnoses": ["F33.42"]}
CRISIS = {"client": {"external_id": "C-4"}}
CLIENTS = [
    *EVALUATIONS,
    on("2026-06-14", "98966"),  # a call four days after
    on("2025-09-08", "G0444", **PRESCRIBER),
    on("2026-08-20", "G0444", **PRESCRIBER),  # eleven months later
    on("2024-03-11", "99213", **PRESCRIBER),
    on("2026-07-07", "99203", **PRESCRIBER),  # as if nobody had seen the client
    *(on(f"2026-0{month}-05", "90834", **UNSPECIFIED) for month in range(3, 9)),
    *(on(f"2026-05-{day:02}", "90834", **REMISSION) for day in (1, 8, 15, 22, 29)),
    *(on(f"2026-04-{day:02}", "90839", **CRISIS) for day in (1, 9, 17, 25)),
]
EXPECTED = {"CG209", "CG210", "CG310", "CG316", "CG510", "CG605", "CG606"}


def foreseen(bodies: Sequence[dict[str, Any]]) -> Told:
    facts = [submission.facts for submission in (parse(body, now=NOW)[0] for body in bodies) if submission]
    found = [each for checked in screen_facts(facts, NOW) for each in _of(checked.facts.external_id, checked.findings)]
    return sorted(found)


def _of(session: str, findings: Any) -> Told:
    return [
        (session, each.check, each.message, str(sorted(each.evidence.items())), list(each.related))
        for each in findings
        if each.check in OF_HISTORY
    ]


def stored() -> Told:
    rows = Finding.objects.filter(status="new", check_id__in=OF_HISTORY).select_related("session")
    return sorted(
        (row.session.external_id, row.check_id, row.message, str(sorted(row.evidence.items())), list(row.related))
        for row in rows
    )


def screen_shuffled(rng: random.Random) -> None:
    while waiting := list(IntakeChunk.objects.filter(screened_at=None).values_list("pk", flat=True)):
        rng.shuffle(waiting)
        for key in waiting:
            services.screen_chunk(key, NOW)


def test_what_is_foreseen_is_worth_comparing() -> None:
    assert {check for _, check, *_ in foreseen(CLIENTS)} == EXPECTED


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("together", [1, 4, len(CLIENTS)])
@pytest.mark.parametrize("at_once", [True, False], ids=["stored, then screened", "screened as they come"])
def test_it_is_the_same_in_any_order(seed: int, together: int, at_once: bool) -> None:
    rng = random.Random(seed)
    bodies = rng.sample(CLIENTS, len(CLIENTS))
    for first in range(0, len(bodies), together):
        services.store_chunk([record(**body) for body in bodies[first : first + together]], SYSTEM, NOW)
        if not at_once:
            screen_all()
    screen_shuffled(rng)
    assert stored() == foreseen(CLIENTS) == foreseen(bodies)
    assert Screening.objects.count() == TherapySession.objects.count() == len(CLIENTS)


def test_only_sessions_that_rest_on_it_are_screened_again() -> None:
    services.store_chunk([record(**body) for body in (EVALUATIONS[1], on("2026-06-17", "90837"))], SYSTEM, NOW)
    screen_all()
    services.store_chunk([record(**EVALUATIONS[0])], SYSTEM, LATER)
    screen_all(LATER)
    assert [check for _, check, *_ in stored()] == ["CG605"]
    assert [len(chunk.session_ids) for chunk in IntakeChunk.objects.order_by("pk")] == [2, 2]


def test_as_many_statements_however_many_later_sessions_rest_on_it() -> None:
    asked = []
    for client, later in (("C-20", 7), ("C-21", 24)):
        about = {"client": {"external_id": client}, "diagnoses": ["F32.A"]}
        days = [f"2026-06-{day:02}" for day in range(2, 2 + later)]
        bodies = [on(day, "90834", **about) | {"external_id": f"{client}-{day}"} for day in days]
        services.store_chunk([record(**body) for body in bodies], SYSTEM, NOW)
        screen_all()
        services.submit(SYSTEM, on("2026-05-20", "90834", **about) | {"external_id": f"{client}-old"}, LATER)
        with CaptureQueriesContext(connection) as queries:
            screen_all(LATER)
        asked.append(len(queries))
        assert len(IntakeChunk.objects.latest("pk").session_ids) == later + 1
    assert asked[0] == asked[1] <= 40


def test_one_that_is_too_old_to_matter_asks_for_nothing() -> None:
    services.submit(SYSTEM, EVALUATIONS[1], NOW)
    screen_all()
    services.submit(SYSTEM, on("2025-06-09", "90791"), LATER)
    screen_all(LATER)
    assert stored() == [] and not IntakeChunk.objects.exclude(size=1).exists()
    assert [len(chunk.session_ids) for chunk in IntakeChunk.objects.order_by("pk")] == [1, 1]


def test_a_corrected_day_is_seen_by_sessions_of_later_days_that_came_before_and_after() -> None:
    first = services.submit(SYSTEM, on("2025-06-10", "90791"), NOW)
    services.submit(SYSTEM, EVALUATIONS[1], NOW)
    screen_all()
    assert stored() == []
    services.correct(SYSTEM, first.pk, {"date_of_service": "2026-02-10"}, LATER)
    screen_all(LATER)
    assert [check for _, check, *_ in stored()] == ["CG605"]
    services.correct(SYSTEM, first.pk, {"date_of_service": "2025-06-10"}, LATER)
    screen_all(LATER)
    assert stored() == []


def test_a_visit_of_a_colleague_that_arrives_late_makes_the_client_known() -> None:
    practice = team()
    provider(1, team=practice)
    provider(2, team=practice)
    services.submit(SYSTEM, on("2026-07-07", "99203", **PRESCRIBER), NOW)
    screen_all()
    assert stored() == []
    services.submit(SYSTEM, on("2024-03-11", "90834"), LATER)
    screen_all(LATER)
    finding = Finding.objects.get(check_id="CG510", status="new")
    assert (finding.evidence["seen_on"], finding.evidence["by_practice"]) == ("2024-03-11", True)
