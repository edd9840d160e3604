"""Submitting and correcting: replays change nothing, corrections keep what was said before."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from clawguard.access import Problem
from clawguard.accounts.actors import SYSTEM, NotAllowed, of_user
from clawguard.domain.submission import parse
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import Event
from sessions import facts, services
from sessions.intake.record import pack, record_of, unpack
from sessions.models import Client, Finding, Screening, SessionRevision, TherapySession
from tests.builders import NOW, provider, session_body, short_session, team

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(hours=1)


def record(**changes):
    submission, errors = parse(session_body(**changes), now=NOW)
    assert submission is not None, errors
    return record_of(submission)


def screen_all(now=NOW):
    """What the workers would do: screen every chunk that waits, in order, and those that come of it."""
    from sessions.models import IntakeChunk

    while chunk := IntakeChunk.objects.filter(screened_at=None).order_by("pk").first():
        services.screen_chunk(chunk.pk, now)


def test_a_session_is_stored_as_it_was_said():
    session = services.submit(SYSTEM, session_body(), NOW)
    read, _ = parse(session_body(), now=NOW)
    assert facts.session_facts([session.pk]) == {session.pk: read.facts}
    assert facts.as_submitted(read.facts, "Example Health")["start"] == session_body()["start"]


def test_the_same_session_again_changes_nothing():
    first = services.submit(SYSTEM, session_body(), NOW)
    again = services.submit(SYSTEM, session_body(start="2026-09-16T14:02:00Z"), LATER)  # the same instant
    assert again.pk == first.pk and again.created_at == NOW != LATER
    assert Event.objects.filter(name="session.submitted").count() == 1


def test_other_facts_under_a_known_id_are_sent_to_patch():
    services.submit(SYSTEM, session_body(), NOW)
    with pytest.raises(Refused, match="PATCH"):
        services.submit(SYSTEM, short_session(), LATER)
    assert TherapySession.objects.get().revision == 1


def test_every_bad_field_is_named_at_once():
    with pytest.raises(Problem) as refusal:
        services.submit(SYSTEM, session_body(date_of_service="2026-13-01", minutes="x", note="?"), NOW)
    assert {error.pointer for error in refusal.value.errors} == {"/date_of_service", "/minutes", "/note"}
    assert not TherapySession.objects.exists() and not Client.objects.exists()


def test_a_correction_keeps_what_was_said_before():
    session = services.submit(SYSTEM, session_body(), NOW)
    corrected = services.correct(SYSTEM, session.pk, {"end": "2026-09-16T10:49:00-04:00"}, LATER, revision=1)
    assert (corrected.pk, corrected.revision, corrected.updated_at) == (session.pk, 2, LATER)
    before = SessionRevision.objects.get()
    assert (before.revision, before.facts["end"]) == (1, session_body()["end"])
    assert Event.objects.filter(name="session.corrected", subject_id=str(session.pk)).count() == 1
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        SessionRevision.objects.update(revision=9)


def test_a_correction_that_changes_nothing_is_no_revision():
    session = services.submit(SYSTEM, session_body(), NOW)
    same = services.correct(SYSTEM, session.pk, {"end": session_body()["end"]}, LATER)
    assert same.revision == 1 and not SessionRevision.objects.exists()


@pytest.mark.parametrize("statement", ["UPDATE {0} SET revision = 9", "DELETE FROM {0}", "TRUNCATE {0} CASCADE"])
def test_what_a_session_said_before_stays_whatever_is_tried(statement):
    session = services.submit(SYSTEM, session_body(), NOW)
    services.correct(SYSTEM, session.pk, {"end": "2026-09-16T10:58:00-04:00"}, LATER)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # TRUNCATE would stumble over waiting foreign keys first
        with pytest.raises(DatabaseError, match="is refused"), transaction.atomic():
            cursor.execute(statement.format(SessionRevision._meta.db_table))


def test_a_correction_against_an_older_revision_is_refused():
    session = services.submit(SYSTEM, session_body(), NOW)
    services.correct(SYSTEM, session.pk, {"minutes": None, "end": "2026-09-16T10:58:00-04:00"}, LATER, revision=1)
    with pytest.raises(Problem) as refusal:
        services.correct(SYSTEM, session.pk, {"end": "2026-09-16T10:59:00-04:00"}, LATER, revision=1)
    assert refusal.value.status == 412


def test_the_external_id_stays():
    session = services.submit(SYSTEM, session_body(), NOW)
    with pytest.raises(Refused, match="stays"):
        services.correct(SYSTEM, session.pk, {"external_id": "S-2"}, LATER)


def test_who_may_submit_and_correct(priya, rui, faraway, auditor, administrator):
    for user in (priya, auditor, administrator):
        with pytest.raises(NotAllowed):
            services.submit(of_user(user), session_body(), NOW)
    session = services.submit(of_user(rui), session_body(), NOW)
    assert session.provider == priya.provider
    for user in (priya, auditor, administrator, faraway):
        with pytest.raises(NotFound):
            services.correct(of_user(user), session.pk, {"minutes": 55}, NOW)


def test_staff_cannot_submit_for_a_provider_of_another_team(rui):
    provider(1, team=team("West"))
    with pytest.raises(Refused, match="another team"):
        services.submit(of_user(rui), session_body(), NOW)


def test_a_provider_first_named_by_a_team_joins_it(rui):
    assert services.submit(of_user(rui), session_body(), NOW).provider.team == rui.team


def test_a_chunk_counts_what_became_of_its_rows():
    services.submit(SYSTEM, session_body(), NOW)
    services.submit(SYSTEM, session_body(external_id="S-2"), NOW)
    rows = [record(), record(external_id="S-2", minutes=None, place_of_service="02"), record(external_id="S-3")]
    stored = services.store_chunk(rows, SYSTEM, LATER)
    assert (len(stored.created), len(stored.corrected), stored.unchanged) == (1, 1, 1)
    assert Event.objects.filter(name="sessions.imported").count() == 1
    again = services.store_chunk(rows, SYSTEM, LATER)
    assert again == (None, (), (), 3)


def test_a_record_survives_waiting_on_disk():
    said = 'here "and" back\\slash \\N, ünïcode {x,y}'
    odd = record(documented={"complexity_factor": said})
    assert unpack(pack([odd, record(external_id="S-2")])) == [odd, record(external_id="S-2")]
    stored = services.store_chunk([odd], SYSTEM, NOW)
    (key,) = map(UUID, stored.created)
    assert facts.session_facts([key])[key].documented.complexity_factor == said


def test_storing_a_thousand_sessions_takes_a_fixed_number_of_queries(django_assert_max_num_queries):
    few = [record(external_id=f"A-{n}", client={"external_id": f"C-{n}"}) for n in range(3)]
    many = [record(external_id=f"B-{n}", client={"external_id": f"D-{n}"}) for n in range(300)]
    for rows in (few, many):
        with django_assert_max_num_queries(22):
            services.store_chunk(rows, SYSTEM, NOW)


def test_screening_happens_once_per_revision():
    session = services.submit(SYSTEM, short_session(), NOW)
    assert services.screen_chunk(session.chunk_id, NOW).sessions == 1
    before = list(Finding.objects.values_list("pk", flat=True))
    assert "CG101" in Finding.objects.values_list("check_id", flat=True)
    assert services.screen_chunk(session.chunk_id, LATER) is None
    assert Screening.objects.count() == 1 and list(Finding.objects.values_list("pk", flat=True)) == before
    assert Event.objects.filter(name="session.screened").count() == 1


def test_a_correction_clears_what_it_cures_and_keeps_the_rest():
    session = services.submit(SYSTEM, short_session(diagnoses=["Z99.9"]), NOW)
    screen_all()
    short = Finding.objects.get(check_id="CG101")
    others = set(Finding.objects.exclude(pk=short.pk).values_list("pk", flat=True))
    services.correct(SYSTEM, session.pk, {"end": "2026-09-16T10:57:00-04:00"}, LATER)
    screen_all(LATER)
    short.refresh_from_db()
    assert short.status == "cleared"
    assert others == set(Finding.objects.exclude(status="cleared").values_list("pk", flat=True))
    assert Screening.objects.filter(session=session).count() == 2
    assert Event.objects.filter(name="finding.cleared", subject_id=str(short.pk)).count() == 1
