"""Sessions beside each other: told once, on the later arrival, and taken back when it no longer holds."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from clawguard.accounts.actors import SYSTEM
from clawguard.domain.facts import ElementVerdict, NoteFacts
from clawguard.events.errors import NotFound
from clawguard.events.models import Event
from clawguard.ids import new_id
from sessions import selectors, services
from sessions.models import Finding, IntakeChunk, RulePack, Screening
from tests.builders import NOW, session_body, short_session
from tests.sessions.test_intake import record, screen_all

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(hours=1)
ASKING = ("error", "warning")


def told(status="new"):
    """(session, check) of what asks for something."""
    rows = Finding.objects.filter(status=status, severity__in=ASKING)
    return sorted(rows.values_list("session__external_id", "check_id"))


def visit(number, start, end, **changes):
    return session_body(
        external_id=f"S-{number}",
        client={"external_id": f"C-{number}"},
        start=f"2026-09-16T{start}:00-04:00",
        end=f"2026-09-16T{end}:00-04:00",
        **changes,
    )


def test_an_overlap_is_told_once_on_the_later_arrival():
    early = services.submit(SYSTEM, visit(1, "10:00", "10:55"), NOW)
    screen_all()
    services.submit(SYSTEM, visit(2, "10:30", "11:25"), NOW)
    screen_all()
    [(session, check)] = told()
    finding = Finding.objects.get(check_id=check)
    assert session == "S-2" and finding.related == [early.external_id]


@pytest.mark.parametrize("screened_first", ["earlier", "later"])
def test_it_does_not_matter_who_is_screened_first(screened_first):
    chunks = [services.submit(SYSTEM, visit(n, "10:00", "10:55"), NOW).chunk_id for n in (1, 2)]
    for chunk in chunks if screened_first == "earlier" else reversed(chunks):
        services.screen_chunk(chunk, NOW)
    assert {session for session, _ in told()} == {"S-2"}


def test_together_or_apart_says_the_same():
    rows = [visit(1, "10:00", "10:55"), visit(2, "10:30", "11:25"), visit(3, "11:00", "11:55")]
    services.store_chunk([record(**row) for row in rows], SYSTEM, NOW)
    screen_all()
    together = told()
    assert len(together) == 2
    for model in (Finding, Screening):
        model.objects.all().delete()
    from sessions.models import TherapySession

    TherapySession.objects.all().delete()
    for row in rows:
        services.submit(SYSTEM, row, NOW)
        screen_all()
    assert told() == together


def test_a_correction_takes_back_what_it_caused_on_others():
    first = services.submit(SYSTEM, visit(1, "10:00", "10:55"), NOW)
    services.submit(SYSTEM, visit(2, "10:30", "11:25"), NOW)
    screen_all()
    assert len(told()) == 1
    services.correct(
        SYSTEM, first.pk, {"start": "2026-09-16T09:00:00-04:00", "end": "2026-09-16T09:55:00-04:00"}, LATER
    )
    screen_all(LATER)
    assert told() == [] and len(told("cleared")) == 1
    services.correct(
        SYSTEM, first.pk, {"start": "2026-09-16T11:00:00-04:00", "end": "2026-09-16T11:55:00-04:00"}, LATER
    )
    screen_all(LATER)
    assert {session for session, _ in told()} == {"S-2"}
    assert Screening.objects.filter(session__external_id="S-2").count() == 1


ADD_ON = [{"code": "90785", "modifiers": ["95"], "charge": "20.00", "diagnosis_pointers": [1]}]


def test_what_a_later_arrival_explains_is_cleared():
    documented = {"complexity_factor": "interpreter"}
    alone = session_body(external_id="S-1", service_lines=ADD_ON, documented=documented)
    services.submit(SYSTEM, alone, NOW)
    screen_all()
    assert ("S-1", "CG201") in told()
    services.submit(SYSTEM, session_body(external_id="S-2"), NOW)
    screen_all()
    assert ("S-1", "CG201") not in told() and ("S-1", "CG201") in told("cleared")


def test_and_never_told_when_both_came_together():
    alone = record(external_id="S-1", service_lines=ADD_ON, documented={"complexity_factor": "interpreter"})
    services.store_chunk([alone, record(external_id="S-2")], SYSTEM, NOW)
    screen_all()
    assert ("S-1", "CG201") not in told() + told("cleared")


def test_a_dismissal_stands_after_a_correction(rui, priya):
    from clawguard.accounts.actors import of_user

    session = services.submit(SYSTEM, session_body(end="2026-09-16T10:49:00-04:00"), NOW)
    screen_all()
    finding = Finding.objects.get(check_id="CG101")
    services.dismiss_finding(of_user(rui), finding.pk, "Paper shows 55 minutes", NOW)
    services.correct(SYSTEM, session.pk, {"place_of_service": "02"}, LATER)
    screen_all(LATER)
    assert list(Finding.objects.filter(check_id="CG101").values_list("status", flat=True)) == ["dismissed"]


def standing(check):
    return Finding.objects.exclude(status="cleared").get(check_id=check)


def test_money_at_risk_follows_a_corrected_rate():
    session = services.submit(SYSTEM, short_session(contracted_rate="100.00"), NOW)
    screen_all()
    services.correct(SYSTEM, session.pk, {"contracted_rate": "150.00"}, LATER)
    screen_all(LATER)
    now, before = standing("CG101"), Finding.objects.get(check_id="CG101", status="cleared")
    assert (now.status, now.amount_at_risk, now.screening.revision) == ("new", Decimal("150.00"), 2)
    assert (before.amount_at_risk, before.evidence) == (Decimal("100.00"), now.evidence)


def test_severity_and_party_follow_a_corrected_payer():
    by_phone = [{"code": "90837", "modifiers": [], "units": 1, "charge": "180.00", "diagnosis_pointers": [1]}]
    session = services.submit(SYSTEM, session_body(telehealth="audio", service_lines=by_phone), NOW)
    screen_all()
    assert standing("CG404").severity == "warning"
    services.correct(SYSTEM, session.pk, {"payer": {"id": "MEDICARE", "name": "M", "kind": "medicare"}}, LATER)
    screen_all(LATER)
    assert standing("CG404").severity == "error"


def test_words_follow_what_they_tell_of():
    """The days between two evaluations stand in the message; the evidence names the earlier day alone."""
    first = [{"code": "90791", "modifiers": ["95"], "units": 1, "charge": "180.00", "diagnosis_pointers": [1]}]
    services.submit(
        SYSTEM,
        session_body(
            external_id="S-0", date_of_service="2026-06-16", start=None, end=None, minutes=60, service_lines=first
        ),
        NOW,
    )
    later = services.submit(
        SYSTEM, session_body(date_of_service="2026-09-16", start=None, end=None, minutes=60, service_lines=first), NOW
    )
    screen_all()
    assert "92 days" in standing("CG605").message
    services.correct(SYSTEM, later.pk, {"date_of_service": "2026-09-10"}, LATER)
    screen_all(LATER)
    assert "86 days" in standing("CG605").message


def test_what_people_decided_stays_as_it_was_told(rui, priya):
    from clawguard.accounts.actors import of_user

    session = services.submit(SYSTEM, short_session(contracted_rate="100.00"), NOW)
    screen_all()
    services.confirm_finding(of_user(rui), standing("CG101").pk, "", NOW)
    services.correct(SYSTEM, session.pk, {"contracted_rate": "150.00"}, LATER)
    screen_all(LATER)
    assert (standing("CG101").status, standing("CG101").amount_at_risk) == ("confirmed", Decimal("100.00"))


def test_screening_with_a_note_happens_once_per_note_version():
    session = services.submit(SYSTEM, session_body(), NOW)
    screen_all()
    before = told()
    note = NoteFacts(on_file=True, received_at=NOW, signed_at=NOW, kind="typed")
    assert services.screen_with_note(session.pk, note, 1, LATER).sessions == 1
    assert services.screen_with_note(session.pk, note, 1, LATER) is None
    assert Screening.objects.filter(session=session).count() == 2
    assert set(before) <= set(told())
    with pytest.raises(NotFound):
        services.screen_with_note(new_id(), note, 1, LATER)


def read(**verdicts):
    found = tuple(ElementVerdict(element, said) for element, said in verdicts.items())
    return NoteFacts(on_file=True, received_at=NOW, kind="typed", verdicts=found)


def note_checks():
    rows = Finding.objects.filter(status="new", check_id__startswith="CG7")
    return sorted(rows.values_list("check_id", flat=True))


def test_what_was_read_in_a_note_settles_the_findings_of_note_checks():
    session = services.submit(SYSTEM, session_body(), NOW)
    screen_all()
    assert services.screen_with_note(session.pk, NoteFacts(on_file=True, kind="typed"), 1, LATER).sessions == 1
    assert note_checks() == []
    assert services.screen_with_note(session.pk, read(N20="missing", N22="missing"), 1, LATER).findings == 2
    assert note_checks() == ["CG714", "CG716"]
    assert services.screen_with_note(session.pk, read(N20="missing", N22="missing"), 1, LATER) is None
    # another note arrives: until it is read the findings stay, then they are settled by it
    services.screen_with_note(session.pk, NoteFacts(on_file=True, kind="typed"), 2, LATER)
    assert note_checks() == ["CG714", "CG716"]
    assert services.screen_with_note(session.pk, read(N20="met", N22="missing"), 2, LATER).cleared == 1
    assert note_checks() == ["CG716"]


def test_one_event_per_chunk_leads_to_its_new_findings():
    rows = [
        record(external_id=f"S-{n}", client={"external_id": f"C-{n}"}, end="2026-09-16T10:49:00-04:00")
        for n in range(3)
    ]
    services.store_chunk(rows, SYSTEM, NOW)
    screen_all()
    event = Event.objects.get(name="session.screened")
    chunk = IntakeChunk.objects.get()
    assert event.subject_id == str(chunk.pk) == str(event.payload["chunk"])
    assert set(selectors.new_findings_of_chunk(chunk.pk).values_list("session__external_id", flat=True)) == {
        "S-0",
        "S-1",
        "S-2",
    }
    assert RulePack.objects.count() == 1


def test_screening_many_asks_as_many_questions_as_screening_few(django_assert_max_num_queries):
    for name, count in (("A", 3), ("B", 200)):
        rows = [record(external_id=f"{name}-{n}", client={"external_id": f"{name}-{n}"}) for n in range(count)]
        chunk = services.store_chunk(rows, SYSTEM, NOW).chunk
        with django_assert_max_num_queries(24):
            services.screen_chunk(chunk.pk, NOW)


def of_one_client(number, code, start, end):
    billed = [{**session_body()["service_lines"][0], "code": code}]
    return visit(number, start, end) | {"client": {"external_id": "C-1"}, "service_lines": billed}


def test_the_same_said_of_two_other_sessions_is_kept_twice_and_each_is_cured_by_its_own():
    """90791 is never paid beside 90834: two sessions of the one, and then the other."""
    first, second = (
        services.submit(SYSTEM, of_one_client(number, "90834", f"{hour}:00", f"{hour}:45"), NOW)
        for number, hour in ((1, "10"), (2, "12"))
    )
    services.submit(SYSTEM, of_one_client(3, "90791", "14:00", "15:00"), NOW)
    screen_all()
    pairs = Finding.objects.filter(check_id="CG202", session__external_id="S-3")
    assert sorted(pairs.values_list("related", "status")) == [(["S-1"], "new"), (["S-2"], "new")]
    kept = pairs.get(related=["S-2"]).pk
    services.correct(SYSTEM, first.pk, {"client": {"external_id": "C-9"}}, LATER)
    screen_all(LATER)
    assert sorted(pairs.values_list("related", "status")) == [(["S-1"], "cleared"), (["S-2"], "new")]
    assert pairs.get(status="new").pk == kept
    services.correct(SYSTEM, second.pk, {"client": {"external_id": "C-9"}}, LATER)
    screen_all(LATER)
    assert not pairs.filter(status="new").exists()
