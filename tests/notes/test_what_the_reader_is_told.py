"""What the network knows beside a note reaches the reader: who attested it and when, plan, week, supervision."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import User
from clawguard.domain.lifecycles import ItemState
from notes import services
from notes.models import ElementVerdict, Note, NotesRequest, RequestItem
from notes.services import asking
from notes.services.parts import parts_of
from sessions import services as session_services
from sessions.models import Finding, TherapySession
from sessions.services import stating
from tests import builders
from tests.domain.notes.test_plans import PLAN
from tests.notes.conftest import answer
from tests.notes.intake import making

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
NOTE = "Progress note. Client spoke of her week and of the quarrel with her brother about the car."


def verdicts(note: Note | None, now: dt.datetime) -> dict[str, str]:
    assert note is not None
    services.read_on(note.pk, now)
    services.screen_again(note.pk, now)
    rows = ElementVerdict.objects.filter(reading__note=note)
    return {row.element: row.verdict for row in rows}


def submitted(now: dt.datetime, number: int = 50, **changes: Any) -> TherapySession:
    """A session of Tuesday, 17 November 2026, the day before ``now``; all of the same client."""
    body = builders.session_body(external_id=f"W-{number}", **_times("2026-11-17"))
    session = session_services.submit(SYSTEM, {**body, **changes}, now)
    session_services.screen_chunk(session.chunk_id, now)
    return session


def _times(day: str) -> dict[str, Any]:
    times = {"start": f"{day}T10:02:00-05:00", "end": f"{day}T10:49:00-05:00", "confirmed_at": f"{day}T17:40:00-05:00"}
    return {"date_of_service": day, **times}


def added(priya: User, session: TherapySession, now: dt.datetime) -> dict[str, str]:
    """What is read in a note that its provider typed unasked."""
    return verdicts(services.add_note(of_user(priya), session.pk, answer(), now).note, now)


class TestWhoAttestedItAndWhen:
    def test_what_its_provider_typed_is_signed_by_attesting_it(self, priya: User, now: dt.datetime) -> None:
        found = added(priya, submitted(now), now)
        assert [found[element] for element in ("N31", "N32", "N33", "N54")] == ["met"] * 4

    def test_attested_much_later_it_may_have_been_signed_in_time(self, priya: User, now: dt.datetime) -> None:
        found = added(priya, submitted(now), now + 3 * DAY)
        assert (found["N31"], found["N32"]) == ("met", "unsure")
        assert not Finding.objects.filter(check_id="CG724").exists()

    def test_what_a_delegate_sends_is_attested_and_not_signed(
        self, priya: User, opened: NotesRequest, now: dt.datetime
    ) -> None:
        assert priya.provider is not None
        deputy = of_user(builders.delegate(priya.provider))
        found = verdicts(services.submit_answer(deputy, opened.pk, answer(), now).note, now)
        assert (found["N54"], found["N31"]) == ("met", "missing")


class TestThePlan:
    @pytest.fixture
    def stated(self, priya: User, now: dt.datetime) -> TherapySession:
        """A session whose client's plan states one session a week."""
        session = submitted(now)
        told = {"kind": "plan", "client": session.client.external_id, "source": "plan of May", "sessions": 1}
        stating.state_body(SYSTEM, {**told, "per": "week"}, now)
        return session

    def test_as_often_as_planned(self, stated: TherapySession, priya: User, now: dt.datetime) -> None:
        assert added(priya, stated, now)["N30"] == "met"

    def test_more_often_than_planned_is_found(self, stated: TherapySession, priya: User, now: dt.datetime) -> None:
        submitted(now, 51, **_times("2026-11-16"))
        submitted(now, 52, **_times("2026-11-15"))  # a Sunday: the week before
        assert added(priya, stated, now)["N30"] == "contradicted"
        found = Finding.objects.get(session=stated, check_id="CG722")
        assert found.evidence["billed"] == 2

    def test_where_nothing_is_stated_nothing_is_said(self, priya: User, now: dt.datetime) -> None:
        submitted(now, 51, **_times("2026-11-16"))
        assert added(priya, submitted(now), now)["N30"] == "unsure"

    @pytest.mark.parametrize(("state", "expected"), [(ItemState.ACCEPTED, "met"), (ItemState.RETURNED, "unsure")])
    def test_a_plan_that_was_sent_counts_once_a_person_accepted_it(
        self, state: str, expected: str, priya: User, rui: User, now: dt.datetime
    ) -> None:
        session = submitted(now)
        asked = services.open_request(of_user(rui), session.pk, [services.Asked("treatment_plan")], "Please.", now)
        services.deliver(asked.pk, SYSTEM, now)
        note = services.submit_answer(of_user(priya), asked.pk, answer(), now).note
        RequestItem.objects.filter(request=asked).update(status=state)
        found = verdicts(note, now)
        assert [found[element] for element in ("N27", "N28", "N29")] == [expected] * 3


class TestAPlanThatWasAskedFor:
    """A session of 17 November 2026, its plan asked for; the plan comes as a file, or does not."""

    @pytest.fixture
    def asked(self, priya: User, rui: User, now: dt.datetime) -> NotesRequest:
        items = [services.Asked("progress_note"), services.Asked("treatment_plan")]
        request = services.open_request(of_user(rui), submitted(now).pk, items, "Please.", now)
        services.deliver(request.pk, SYSTEM, now)
        return request

    def send(self, priya: User, request: NotesRequest, now: dt.datetime, plan: str, text: str = NOTE) -> dict[str, str]:
        if plan:
            services.add_file(of_user(priya), request.pk, "plan.pdf", [making.pdf([plan])], now)
        note = services.submit_answer(of_user(priya), request.pk, answer(text=text), now).note
        assert note is not None
        for _ in range(2):
            services.read_on(note.pk, now)
        return verdicts(note, now)

    def test_a_plan_in_force_is_read(self, priya: User, asked: NotesRequest, now: dt.datetime) -> None:
        found = self.send(priya, asked, now, PLAN.replace("01/12/2026", "11/17/2025"))
        assert [found[element] for element in ("N27", "N28", "N29")] == ["met"] * 3
        assert not Finding.objects.filter(session=asked.session, check_id="CG721").exists()

    def test_one_day_older_it_is_old(self, priya: User, asked: NotesRequest, now: dt.datetime) -> None:
        found = self.send(priya, asked, now, PLAN.replace("01/12/2026", "11/16/2025"))
        assert (found["N27"], found["N28"], found["N29"]) == ("contradicted", "met", "met")
        finding = Finding.objects.get(session=asked.session, check_id="CG721")
        assert (finding.evidence["days"], finding.evidence["most"]) == (366, 365)

    def test_one_that_lacks_its_goals_is_incomplete(self, priya: User, asked: NotesRequest, now: dt.datetime) -> None:
        plan = "\n".join(line for line in PLAN.splitlines() if "Goal" not in line)
        assert self.send(priya, asked, now, plan)["N28"] == "missing"

    def test_whose_signature_is_not_seen_is_for_a_person(
        self, priya: User, asked: NotesRequest, now: dt.datetime
    ) -> None:
        assert self.send(priya, asked, now, PLAN.rsplit("\n", 1)[0])["N29"] == "unsure"

    @pytest.mark.parametrize(
        ("text", "expected"), [(NOTE, "missing"), (f"{NOTE} The treatment plan is as before.", "unsure")]
    )
    def test_an_answer_without_one(
        self, text: str, expected: str, priya: User, asked: NotesRequest, now: dt.datetime
    ) -> None:
        assert self.send(priya, asked, now, "", text)["N27"] == expected

    @pytest.mark.parametrize(("late", "expected"), [(0, True), (-1, False)])
    def test_a_request_that_lapsed_brought_none(
        self, late: int, expected: bool, priya: User, rui: User, now: dt.datetime
    ) -> None:
        note = services.add_note(of_user(priya), submitted(now).pk, answer(text=NOTE), now).note
        assert note is not None
        plan = [services.Asked("treatment_plan")]
        asked = services.open_request(of_user(rui), note.session_id, plan, "Please.", now)
        services.deliver(asked.pk, SYSTEM, now)
        due = NotesRequest.objects.get(pk=asked.pk).due_at
        assert due is not None
        services.lapse_due(due + dt.timedelta(microseconds=late))
        assert asking.ask_of(note, None, parts_of(note)).plan_missing is expected


@pytest.mark.parametrize(("license_text", "expected"), [("LPC-A", "missing"), ("LCSW", None)])
def test_a_supervised_clinician_needs_a_second_signature(
    license_text: str, expected: str | None, priya: User, now: dt.datetime
) -> None:
    session = submitted(now)
    TherapySession.objects.filter(pk=session.pk).update(provider_license=license_text)
    assert added(priya, session, now).get("N48") == expected
    assert Finding.objects.filter(session=session, check_id="CG736").exists() is (expected is not None)
