"""Patterns from stored sessions: counted as sessions come and change, equal to a full recount, judged by people."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from typing import Any

import pytest

from clawguard.accounts.actors import SYSTEM, Actor, NotAllowed, of_user
from clawguard.accounts.models import Provider, Role
from clawguard.domain.codesets.policies import Policies, PolicyPeriod
from clawguard.domain.codesets.procedure_table import ProcedureTable
from clawguard.domain.patterns import PATTERNS
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import Event
from sessions import codesets, selectors_patterns, services
from sessions.intake.record import record_of
from sessions.models import PatternFinding, PatternMark, PeerMark, ProviderDay, ProviderShare, TherapySession
from sessions.services import counting, patterns
from sessions.services.intake import read
from tests import builders
from tests.builders import NOW, npi, session_body

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
Told = set[tuple[Any, ...]]


def body(name: str, start: str, minutes: int = 55, provider: int = 1, **changes: Any) -> dict[str, Any]:
    begin = dt.datetime.fromisoformat(start)
    given = {
        "external_id": name,
        "provider": {"npi": npi(provider), "license": "LCSW", "time_zone": "America/New_York"},
        "client": {"external_id": f"C-{name}", "state": "NY"},
        "date_of_service": begin.date().isoformat(),
        "start": begin.isoformat(),
        "end": (begin + dt.timedelta(minutes=minutes)).isoformat(),
        "confirmed_at": (begin + dt.timedelta(hours=3)).isoformat(),
    }
    return session_body(**{**given, **changes})


def store(*bodies: dict[str, Any]) -> None:
    services.store_chunk([record_of(read(each, NOW)) for each in bodies], SYSTEM, NOW)


def told() -> Told:
    rows = PatternFinding.objects.exclude(status="cleared")
    return {
        (r.pattern, r.provider_id, r.client_id, r.month, r.topic, r.severity, str(r.evidence), r.first_day, r.last_day)
        for r in rows
    }


def day_of(provider: int, day: str) -> dict[str, Any] | None:
    row = ProviderDay.objects.filter(provider__npi=npi(provider), day=day).first()
    return row.facts if row else None


def long_day(day: str = "2026-09-16", count: int = 17, offset: str = "-04:00") -> list[dict[str, Any]]:
    return [
        body(f"L{number}", f"{day}T{6 + number // 4:02}:{number % 4 * 15:02}:00{offset}", 14) for number in range(count)
    ]


def test_a_stored_session_marks_its_day_and_a_correction_both_days() -> None:
    store(body("S-1", "2026-09-16T10:00:00-04:00"))
    patterns.look_now(NOW)
    assert not PatternMark.objects.exists()
    moved = body("S-1", "2026-09-17T10:00:00-04:00")
    store(moved)
    assert sorted(str(mark.day) for mark in PatternMark.objects.all()) == ["2026-09-16", "2026-09-17"]
    patterns.look_now(NOW)
    assert day_of(1, "2026-09-16") is None
    assert (day_of(1, "2026-09-17") or {})["v"] == 1
    assert not PatternMark.objects.exists() and not PeerMark.objects.exists()


def test_a_replay_marks_nothing() -> None:
    store(body("S-1", "2026-09-16T10:00:00-04:00"))
    patterns.look_now(NOW)
    store(body("S-1", "2026-09-16T10:00:00-04:00"))
    assert not PatternMark.objects.exists()


def test_a_session_moved_to_another_provider_leaves_the_first() -> None:
    store(body("S-1", "2026-09-16T10:00:00-04:00"))
    store(body("S-1", "2026-09-16T10:00:00-04:00", provider=2))
    patterns.look_now(NOW)
    assert day_of(1, "2026-09-16") is None
    assert day_of(2, "2026-09-16") is not None


@pytest.mark.parametrize(
    ("start", "hour"),
    [
        ("2026-03-08T01:30:00-05:00", "1"),  # the night of the spring change
        ("2026-03-08T03:30:00-04:00", "3"),
        ("2026-11-01T01:30:00-04:00", "1"),  # the hour that comes twice
        ("2026-11-01T01:30:00-05:00", "1"),
        ("2026-09-16T23:30:00-04:00", "23"),  # the next day in UTC
    ],
)
def test_hours_are_those_of_the_practice(start: str, hour: str) -> None:
    store(body("S-1", start))
    patterns.look_now(NOW)
    assert (day_of(1, start[:10]) or {})["h"] == {hour: 1}


def test_a_finding_follows_its_numbers_and_is_cleared_when_they_go() -> None:
    store(*long_day())
    patterns.look_now(NOW)
    finding = PatternFinding.objects.get(pattern="CG620")
    assert (finding.status, finding.evidence["most"], finding.month) == ("new", 17, dt.date(2026, 9, 1))
    store(body("L17", "2026-09-16T20:00:00-04:00"))
    patterns.look_now(NOW)
    finding.refresh_from_db()
    assert finding.evidence["most"] == 18
    store(*[body(f"L{number}", f"2026-09-1{number}T10:00:00-04:00") for number in range(2)])
    patterns.look_now(NOW)
    finding.refresh_from_db()
    assert finding.status == "cleared"
    assert Event.objects.filter(name="pattern.cleared").count() == 1
    store(*long_day())
    patterns.look_now(NOW)
    assert PatternFinding.objects.filter(pattern="CG620", status="new").count() == 1


def test_looking_again_changes_nothing() -> None:
    store(*long_day())
    patterns.look_now(NOW)
    before = list(PatternFinding.objects.order_by("id").values())
    assert patterns.look_now(NOW) == 0
    patterns.recount(NOW)
    assert list(PatternFinding.objects.order_by("id").values()) == before


def year_of(provider: int, rng: random.Random) -> list[dict[str, Any]]:
    """About two hundred sessions over fourteen months, some providers fond of one code, some of long days."""
    made, begin = [], dt.date(2025, 8, 25)
    for number in range(140):
        day = begin + dt.timedelta(days=rng.randrange(400) if number % 3 else 3 * (number // 3))
        hour = rng.choice((5, 9, 10, 11, 15, 22))
        fond = rng.random() < provider / 7
        code, minutes = ("90837", 53) if fond else rng.choice((("90834", 45), ("90832", 30), ("90837", 57)))
        kind = rng.choice(("commercial", "medicare"))
        made.append(
            body(
                f"Y{provider}-{number}",
                f"{day}T{hour:02}:{rng.choice((0, 30))}0:00-05:00".replace(":00:00-", ":00-").replace("300:", "30:"),
                minutes,
                provider,
                client={"external_id": f"C-{provider}-{rng.randrange(3)}", "state": "NY"},
                payer={"id": kind, "name": kind, "kind": kind},
                service_lines=[
                    {"code": code, "modifiers": ["95"], "units": 1, "charge": "180.00", "diagnosis_pointers": [1]}
                ],
            )
        )
    return made


def test_counting_as_they_come_equals_counting_all_at_once() -> None:
    """In many chunks of any order, with corrections between, and a full recount from nothing: the same findings."""
    rng = random.Random(7)
    everything = [each for provider in range(1, 8) for each in year_of(provider, rng)]
    rng.shuffle(everything)
    for first in range(0, len(everything), 200):
        store(*everything[first : first + 200])
        patterns.look_now(NOW)
    services.state_body(
        SYSTEM, {"kind": "plan", "client": "C-1-0", "sessions": 1, "per": "month", "source": "plan"}, NOW
    )
    moved = [
        {**each, "provider": {**each["provider"], "npi": npi(1 + number % 7)}}
        for number, each in enumerate(everything[:60])
    ]
    store(*moved)
    patterns.look_now(NOW)
    piecemeal = told()
    assert {row[0] for row in piecemeal} >= {"CG622", "CG623", "CG625", "CG627"} - {"CG623"}
    PatternFinding.objects.all().delete()
    ProviderDay.objects.all().delete()
    ProviderShare.objects.all().delete()
    patterns.recount(NOW)
    assert told() == piecemeal


def test_a_mark_that_comes_while_its_day_is_counted_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    store(body("S-1", "2026-09-16T10:00:00-04:00"))
    real = counting.count_days

    def meanwhile(pairs: list[tuple[str, dt.date]], procedures: ProcedureTable) -> None:
        real(pairs, procedures)
        store(body("S-2", "2026-09-16T12:00:00-04:00"))

    monkeypatch.setattr(counting, "count_days", meanwhile)
    patterns.work_slice(patterns.EVER, NOW)
    monkeypatch.setattr(counting, "count_days", real)
    assert PatternMark.objects.count() == 1
    patterns.look_now(NOW)
    assert (day_of(1, "2026-09-16") or {})["v"] == 2


def test_work_that_is_broken_off_leaves_its_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    store(*long_day())

    def broken(*given: Any, **more: Any) -> None:
        raise MemoryError

    monkeypatch.setattr("sessions.services.pattern_findings.settle", broken)
    with pytest.raises(MemoryError):
        patterns.look_now(NOW)
    assert PatternMark.objects.exists()
    assert not ProviderDay.objects.exists()
    monkeypatch.undo()
    patterns.look_now(NOW)
    assert PatternFinding.objects.filter(pattern="CG620").count() == 1


@pytest.fixture
def finding() -> PatternFinding:
    builders.provider(1, team=builders.team("East"))
    store(*long_day())
    patterns.look_now(NOW)
    return PatternFinding.objects.get(pattern="CG620")


@pytest.fixture
def rui() -> Actor:
    return of_user(builders.user(Role.BILLING, "Rui Test", team=builders.team("East")))


def test_a_judgement_stays_whatever_the_numbers_do(finding: PatternFinding, rui: Actor) -> None:
    with pytest.raises(Refused):
        services.judge_pattern(rui, finding.pk, "dismiss", " ", NOW)
    services.judge_pattern(rui, finding.pk, "dismiss", "A day of short groups.", NOW)
    store(body("L17", "2026-09-16T20:00:00-04:00"))
    patterns.look_now(NOW)
    finding.refresh_from_db()
    assert (finding.status, finding.evidence["most"]) == ("dismissed", 17)
    assert not PatternFinding.objects.filter(pattern="CG620", status="new").exists()
    services.judge_pattern(rui, finding.pk, "restore", "", NOW)
    services.judge_pattern(rui, finding.pk, "confirm", "", NOW)
    names = list(Event.objects.filter(subject_id=str(finding.pk)).order_by("id").values_list("name", flat=True))
    assert names == ["pattern.dismissed", "pattern.restored", "pattern.confirmed"]
    assert "short groups" not in str(list(Event.objects.values_list("payload", flat=True)))


def test_another_team_sees_nothing_of_it(finding: PatternFinding) -> None:
    stranger = of_user(builders.user(Role.BILLING, "West Test", team=builders.team("West")))
    assert not selectors_patterns.search(stranger, TODAY).exists()
    with pytest.raises(NotFound):
        selectors_patterns.get_pattern(stranger, finding.pk, TODAY)
    with pytest.raises(NotFound):
        services.judge_pattern(stranger, finding.pk, "confirm", "", NOW)


def test_a_provider_sees_their_own_only_where_the_network_says_so(
    finding: PatternFinding, monkeypatch: pytest.MonkeyPatch
) -> None:
    priya = of_user(builders.user(Role.PROVIDER, "Priya Test", provider=Provider.objects.get(npi=npi(1))))
    colleague = of_user(builders.user(Role.PROVIDER, "Colleague Test", provider=builders.provider(2)))
    with pytest.raises(NotAllowed):
        selectors_patterns.search(priya, TODAY)
    with pytest.raises(NotFound):
        selectors_patterns.get_pattern(priya, finding.pk, TODAY)
    shown = PolicyPeriod(dt.date(2026, 1, 1), None, {"patterns_shown_to_providers": True})
    tables = replace(codesets.current_tables(), policies=Policies((shown,)))
    monkeypatch.setattr("sessions.policies.current_tables", lambda: tables)
    assert selectors_patterns.search(priya, TODAY).get() == finding
    assert not selectors_patterns.search(colleague, TODAY).exists()
    with pytest.raises(NotFound):
        selectors_patterns.get_pattern(colleague, finding.pk, TODAY)


def test_it_links_its_sessions_and_no_more(finding: PatternFinding) -> None:
    store(body("S-2", "2026-09-18T10:00:00-04:00"))
    assert len(selectors_patterns.sessions_of(finding)) == 17
    assert {row.date_of_service for row in selectors_patterns.sessions_of(finding)} == {dt.date(2026, 9, 16)}
    session = TherapySession.objects.get(external_id="L0")
    lead = of_user(builders.user(Role.LEAD, "Lead Test"))
    assert finding in selectors_patterns.beside_session(lead, session)


def test_every_pattern_has_a_chart() -> None:
    from sessions.views.pattern_charts import DRAWN

    assert set(DRAWN) == set(PATTERNS)
