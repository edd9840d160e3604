"""Facts stated beside sessions: kept, withdrawn, seen by the checks, and what they touch is screened again once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from clawguard import clock
from clawguard.access import Problem
from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import Role
from clawguard.events import outbox
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import Event
from disputes.facts import gather
from sessions import facts, services, stated
from sessions.intake.record import record_of
from sessions.models import Finding, IntakeChunk, StatedFact, TherapySession
from sessions.services.intake import read
from tests import builders
from tests.builders import NOW, npi, session_body
from tests.disputes import makers

pytestmark = pytest.mark.django_db


def work() -> None:
    while outbox.run_waiting(NOW):
        continue


def say(kind: str, **said: Any) -> StatedFact:
    return services.state_body(SYSTEM, {"kind": kind, "source": "roster", **said}, NOW).facts[0]


def screened(**changes: Any) -> TherapySession:
    session = services.submit(SYSTEM, session_body(**changes), NOW)
    work()
    return session


def standing(session: TherapySession) -> list[str]:
    rows = Finding.objects.filter(session=session, status="new").order_by("check_id")
    return list(rows.values_list("check_id", flat=True))


FACTS_AND_CHECKS: list[tuple[str, dict[str, Any], str]] = [
    ("eligibility", {"client": "C-1", "status": "active", "to": "2026-09-15"}, "CG512"),
    ("eligibility", {"client": "C-1", "status": "inactive", "from": "2026-09-16"}, "CG512"),
    ("authorization", {"client": "C-1", "required": True, "obtained": False}, "CG513"),
    ("event", {"client": "C-1", "event": "death", "from": "2026-09-15"}, "CG511"),
    ("event", {"client": "C-1", "event": "inpatient", "from": "2026-09-10", "to": "2026-09-20"}, "CG511"),
    ("appointment", {"session": "S-1", "status": "cancelled"}, "CG517"),
    ("license", {"provider": npi(1), "license": "LCSW", "state": "NY", "to": "2026-09-15"}, "CG515"),
    ("license", {"provider": npi(1), "license": "LCSW", "state": "NJ"}, "CG516"),
    ("enrollment", {"provider": npi(1), "payer_id": "60054", "from": "2026-09-17"}, "CG518"),
    ("rate", {"provider": npi(1), "code": "90837", "amount": "150.00"}, "CG519"),
]


@pytest.mark.parametrize(("kind", "said", "check"), FACTS_AND_CHECKS, ids=lambda each: str(each)[:40])
def test_a_fact_stated_later_is_seen_and_one_withdrawn_is_cured(kind: str, said: dict[str, Any], check: str) -> None:
    session = screened()
    assert check not in standing(session)
    fact = say(kind, **said)
    work()
    assert check in standing(session)
    services.withdraw(SYSTEM, fact.pk, "It was another client.", NOW)
    work()
    assert check not in standing(session)
    assert Finding.objects.get(session=session, check_id=check).status == "cleared"


@pytest.mark.parametrize(("kind", "said", "check"), FACTS_AND_CHECKS[:7], ids=lambda each: str(each)[:40])
def test_a_fact_stated_first_is_seen_when_the_session_comes(kind: str, said: dict[str, Any], check: str) -> None:
    builders.provider(1)
    say(kind, **said)
    assert check in standing(screened())


def test_the_same_statement_again_changes_nothing() -> None:
    screened()
    first, again = (say("appointment", session="S-1", status="kept") for _ in range(2))
    assert first.pk == again.pk
    assert Event.objects.filter(name="fact.stated").count() == 1
    assert IntakeChunk.objects.filter(again=True).count() == 1
    services.withdraw(SYSTEM, first.pk, "Wrong calendar.", NOW)
    assert say("appointment", session="S-1", status="kept").pk != first.pk


def test_a_fact_touches_only_the_sessions_it_is_about_and_each_once() -> None:
    mine = screened()
    screened(
        external_id="S-2",
        client={"external_id": "C-2"},
        start="2026-09-16T12:02:00-04:00",
        end="2026-09-16T12:57:00-04:00",
    )
    say("eligibility", client="C-1", status="inactive")
    chunk = IntakeChunk.objects.get(again=True)
    assert chunk.session_ids == [mine.pk]
    work()
    assert services.screen_chunk(chunk.pk, NOW) is None
    assert Finding.objects.filter(session=mine, check_id="CG512").count() == 1
    assert Event.objects.filter(name="session.screened", subject_id=str(chunk.pk)).count() == 1


def test_a_fact_about_a_provider_reaches_thousands_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sessions.services.restating.PIECE", 2)
    records = [
        record_of(
            read(
                session_body(
                    external_id=f"S-{day}",
                    client={"external_id": f"C-{day}", "state": "NY"},
                    date_of_service=f"2026-09-{day}",
                    start=f"2026-09-{day}T10:00:00-04:00",
                    end=f"2026-09-{day}T10:55:00-04:00",
                    confirmed_at=f"2026-09-{day}T18:00:00-04:00",
                ),
                NOW,
            )
        )
        for day in range(10, 15)
    ]
    services.store_chunk(records, SYSTEM, NOW)
    work()
    say("license", provider=npi(1), license="LCSW", state="NJ")
    work()
    assert sorted(IntakeChunk.objects.filter(again=True).values_list("size", flat=True)) == [1, 2, 2]
    assert Finding.objects.filter(check_id="CG516", status="new").count() == 5


def test_a_visit_of_a_known_client_is_found_by_practice_beyond_the_loaded_history() -> None:
    team = builders.team()
    builders.provider(1, team=team)
    builders.provider(2, team=team)
    services.submit(
        SYSTEM,
        session_body(
            date_of_service="2024-09-16",
            start="2024-09-16T10:02:00-04:00",
            end="2024-09-16T10:57:00-04:00",
            confirmed_at="2024-09-16T18:00:00-04:00",
            provider={"npi": npi(2), "license": "MD", "time_zone": "America/New_York"},
        ),
        NOW,
    )
    visit = screened(
        external_id="S-2",
        provider={"npi": npi(1), "license": "MD", "time_zone": "America/New_York"},
        service_lines=[
            {"code": "99203", "modifiers": ["95"], "units": 1, "charge": "180.00", "diagnosis_pointers": [1]}
        ],
    )
    finding = Finding.objects.get(session=visit, check_id="CG510")
    assert (finding.evidence["seen_on"], finding.evidence["by_practice"]) == ("2024-09-16", True)


def test_neither_table_can_be_changed() -> None:
    fact = say("plan", client="C-1", sessions=1, per="week")
    services.withdraw(SYSTEM, fact.pk, "Replaced.", NOW)
    for statement in (
        "UPDATE therapy_sessions_statedfact SET source = 'x'",
        "DELETE FROM therapy_sessions_factwithdrawal",
    ):
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_withdrawing_needs_a_reason_and_happens_once() -> None:
    fact = say("plan", client="C-1", sessions=1, per="week")
    with pytest.raises(Refused):
        services.withdraw(SYSTEM, fact.pk, " ", NOW)
    services.withdraw(SYSTEM, fact.pk, "Replaced.", NOW)
    with pytest.raises(Refused):
        services.withdraw(SYSTEM, fact.pk, "Replaced.", NOW)


def test_all_or_none_with_every_bad_field() -> None:
    body = {"facts": [{"kind": "claim", "session": "S-1", "filed_on": "soon", "source": "x"}, {"kind": "plan"}]}
    with pytest.raises(Problem) as refused:
        services.state_body(SYSTEM, body, NOW)
    assert {error.pointer for error in refused.value.errors} >= {"/facts/0/filed_on", "/facts/1/client"}
    assert not StatedFact.objects.exists()


def test_billing_staff_state_facts_of_their_team_only() -> None:
    east, west = builders.team("East"), builders.team("West")
    builders.provider(1, team=east)
    screened()
    stranger = of_user(builders.user(Role.BILLING, "West Test", team=west))
    for said in (
        {"client": "C-1", "kind": "plan", "sessions": 1, "per": "week"},
        {"session": "S-1", "kind": "appointment", "status": "kept"},
        {"provider": npi(1), "kind": "license", "license": "LCSW"},
    ):
        with pytest.raises(Refused):
            services.state_body(stranger, {"source": "x", **said}, NOW)
    fact = say("plan", client="C-1", sessions=1, per="week")
    with pytest.raises(NotFound):
        services.withdraw(stranger, fact.pk, "Not mine.", NOW)


def test_loading_asks_one_question_for_a_chunk() -> None:
    screened()
    say("eligibility", client="C-1", status="inactive")
    rows = facts.load("", [])
    with CaptureQueriesContext(connection) as queries:
        stated.of(rows)
    assert len(queries) == 1


def test_a_case_is_weighed_with_what_was_stated() -> None:
    session = screened(end="2026-09-16T10:49:00-04:00")
    case = makers.opened(builders.user(Role.LEAD, "Lead Test"), session)
    work()
    say("eligibility", client="C-1", status="active", to="2026-09-01", shown="active", retroactive=True)
    say("license", provider=npi(1), license="LCSW")
    makers.work(NOW)
    known = gather(case)
    assert (known.eligibility_actual, known.eligibility_shown, known.retroactive) == ("inactive", "active", True)
    assert known.ended_on == dt.date(2026, 9, 1)
    assert known.license_valid_on_service_date is True
    case.refresh_from_db()
    assert case.party == "network"


CSV = "kind,client,session,status,to,sessions,per,required\n"


def test_a_table_is_read_and_read_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    session = screened()
    file = tmp_path / "facts.csv"
    file.write_text(
        CSV + "eligibility,C-1,,active,2026-09-15,,,\nplan,C-1,,,,1,week,\nappointment,,S-1,kept,,,,\n"
        "authorization,C-1,,,,,,yes\n"
    )
    for new in (4, 0):
        with clock.pretend(NOW):
            call_command("import_facts", str(file), source="roster of September")
        assert f"4 facts read, {new} of them new" in capsys.readouterr().out
    work()
    assert "CG512" in standing(session)


def test_a_table_with_a_bad_row_stores_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "facts.ndjson"
    file.write_text('{"kind":"plan","client":"C-1","sessions":1,"per":"week"}\n{"kind":"plan"\n')
    with pytest.raises(CommandError, match="nothing was stored"):
        call_command("import_facts", str(file), source="x")
    assert "facts.ndjson:2" in capsys.readouterr().out
    assert not StatedFact.objects.exists()
