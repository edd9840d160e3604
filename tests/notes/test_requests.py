"""Asking: from findings, by hand; delivery that starts the clock; and everything that does not start it."""

from __future__ import annotations

import datetime as dt
import re
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail

from clawguard.accounts.actors import SYSTEM, NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.domain.lifecycles import FindingState, RequestState
from clawguard.events.errors import NotFound, Refused
from clawguard.events.handling import NotYet
from clawguard.events.models import Delivery, Event, SentMail
from clawguard.events.services import WrongState
from notes import clock, selectors, services
from notes.models import NotesRequest, RequestItem, RequestMessage
from sessions.models import Finding, Screening, TherapySession

pytestmark = pytest.mark.django_db
UTC = dt.UTC


def asked(**changes: Any) -> list[services.Asked]:
    return [services.Asked(**{"kind": "progress_note", **changes})]


def test_findings_that_need_documents_open_one_request_with_their_items(
    session: TherapySession, now: dt.datetime
) -> None:
    assert services.open_for_findings([session.pk], now) == 1
    request = NotesRequest.objects.get(session=session)
    finding = Finding.objects.get(session=session, check_id="CG101")
    assert (request.status, request.origin, request.provider_id) == ("requested", "policy", session.provider_id)
    assert [item.kind for item in request.items.all()] == finding.request_items
    assert finding.provider_message in request.why
    assert finding.pk in request.finding_ids
    assert Delivery.objects.filter(task="notes.tasks.deliver").count() == 1


def test_opening_twice_opens_once(session: TherapySession, now: dt.datetime) -> None:
    assert [services.open_for_findings([session.pk], now) for _ in range(3)] == [1, 0, 0]
    assert NotesRequest.objects.count() == 1


def test_many_sessions_cost_a_fixed_number_of_statements(
    make_session: Any, now: dt.datetime, django_assert_max_num_queries: Any
) -> None:
    sessions = [make_session().pk for _ in range(12)]
    with django_assert_max_num_queries(14):
        assert services.open_for_findings(sessions, now) == 12


def test_the_policy_does_not_ask_again_for_what_it_asked_before(
    opened: NotesRequest, send: Any, rui: User, now: dt.datetime
) -> None:
    send(opened, now)
    for item in opened.items.all():
        services.accept_item(of_user(rui), opened.pk, item.number, now)
    assert services.open_for_findings([opened.session_id], now) == 0


def test_a_task_that_comes_again_asks_for_nothing_that_was_not_to_be_asked_then(
    opened: NotesRequest, send: Any, rui: User, now: dt.datetime
) -> None:
    """What a note itself showed came while staff had it before them, and was asked for when a task came again."""
    hour = dt.timedelta(hours=1)
    send(opened, now + hour)
    examined = now + 2 * hour
    found = Finding.objects.get(session=opened.session_id, check_id="CG101")
    screening = Screening.objects.create(
        session=opened.session, revision=1, pack=found.screening.pack, note_version=1, at=examined, findings_count=1
    )
    Finding.objects.filter(session=opened.session_id).update(status=FindingState.NEW)
    found.pk, found.screening, found.number, found.request_items = None, screening, 1, ["addendum"]
    found.save(force_insert=True)
    assert services.open_for_findings([opened.session_id], examined, examined) == 0, "staff have the answer"
    for item in RequestItem.objects.filter(request=opened):
        services.accept_item(of_user(rui), opened.pk, item.number, now + 3 * hour)
    later = now + 4 * hour
    for again in (now, examined):
        assert services.open_for_findings([opened.session_id], later, again) == 0
    assert services.open_for_findings([opened.session_id], later, later) == 1, "a screening after that would ask"


def test_what_is_written_to_a_request_that_is_over_does_not_keep_a_late_task_from_asking(
    opened: NotesRequest, send: Any, rui: User, now: dt.datetime
) -> None:
    hour = dt.timedelta(hours=1)
    send(opened, now + hour)
    for item in RequestItem.objects.filter(request=opened):
        services.accept_item(of_user(rui), opened.pk, item.number, now + 2 * hour)
    examined = now + 3 * hour
    Finding.objects.filter(session=opened.session_id).update(status=FindingState.NEW, request_items=["addendum"])
    Screening.objects.filter(session=opened.session_id).update(at=examined)
    services.reply(of_user(rui), opened.pk, "Thank you, all of it reads well.", now + 4 * hour)
    assert NotesRequest.objects.get(pk=opened.pk).updated_at > examined
    assert services.open_for_findings([opened.session_id], now + 5 * hour, examined) == 1


def test_severities_that_ask_are_a_setting(session: TherapySession, now: dt.datetime, settings: Any) -> None:
    settings.NOTES_REQUEST_SEVERITIES = ["info"]
    assert services.open_for_findings([session.pk], now) == 0


def test_staff_ask_by_hand_and_only_one_request_stands(rui: User, session: TherapySession, now: dt.datetime) -> None:
    request = services.open_request(of_user(rui), session.pk, asked(), "Please send the note.", now)
    assert (request.origin, request.opened_by_name) == ("staff", rui.name)
    with pytest.raises(Refused, match="already waiting"):
        services.open_request(of_user(rui), session.pk, asked(), "Please send the note.", now)


@pytest.mark.parametrize(
    ("items", "why", "code"),
    [
        ([], "why", "items"),
        ([services.Asked("psychotherapy_notes")], "why", "unknown_item"),
        (asked() * 2, "why", "repeated_item"),
        ([services.Asked("explanation", label="x" * 121)], "why", "too_long"),
        (asked(), "  ", "required"),
        (asked(), "x" * 2001, "too_long"),
    ],
)
def test_a_request_that_cannot_be_answered_is_refused(
    rui: User, session: TherapySession, now: dt.datetime, items: Any, why: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        services.open_request(of_user(rui), session.pk, items, why, now)
    assert refused.value.code == code


def test_who_may_ask(session: TherapySession, now: dt.datetime, priya: User, faraway: User, auditor: User) -> None:
    for user, error in ((priya, NotAllowed), (auditor, NotAllowed), (faraway, NotFound)):
        with pytest.raises(error):
            services.open_request(of_user(user), session.pk, asked(), "why", now)


def test_delivery_starts_the_clock_and_fixes_its_explanation(opened: NotesRequest, now: dt.datetime) -> None:
    assert opened.status == RequestState.OPEN
    assert opened.delivered_at == now
    assert opened.due_at == dt.datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
    assert opened.deadline["due_date"] == "2026-11-23"
    assert [day["number"] for day in opened.deadline["days"]] == [None, 1, 2, None, None, 3]
    assert "holidays" in opened.calendar_version


def test_the_due_moment_is_in_the_providers_own_zone(requested: NotesRequest, now: dt.datetime) -> None:
    requested.provider.time_zone = "Pacific/Honolulu"
    requested.provider.save()
    services.deliver(requested.pk, SYSTEM, now)
    requested.refresh_from_db()
    assert (requested.due_at, requested.time_zone) == (dt.datetime(2026, 11, 24, 10, 0, tzinfo=UTC), "Pacific/Honolulu")


def test_a_mail_accepted_after_midnight_counts_from_the_later_day(requested: NotesRequest) -> None:
    before = dt.datetime(2026, 11, 19, 4, 59, 59, tzinfo=UTC)  # Wednesday, one second before midnight in New York
    services.deliver(requested.pk, SYSTEM, before, lambda: before + dt.timedelta(seconds=3))
    requested.refresh_from_db()
    assert requested.deadline["due_date"] == "2026-11-24"


def test_the_mail_names_a_day_and_nobody(opened: NotesRequest, priya: User) -> None:
    (sent,) = mail.outbox
    html = sent.alternatives[0][0]
    assert sent.to == [priya.email]
    assert sent.subject == "One session needs a document by Mon 23 Nov"
    told = sent.subject + sent.body + html.split("</style>")[-1]
    words = re.sub(r"https?://[^\s\"<]+|#[0-9A-F]{6}", "", told)  # random letters of addresses and colours say nothing
    assert not [private for private in ("C-1", "S-1", "1991", "90837", "F33", "47") if private in words]
    assert f"/my/requests/{opened.pk}" in sent.body
    assert "/sign-in/link/" in sent.body
    assert SentMail.objects.get().message_id == sent.extra_headers["Message-ID"]


def test_delivering_twice_mails_once_and_moves_nothing(opened: NotesRequest, now: dt.datetime) -> None:
    due = opened.due_at
    assert services.deliver(opened.pk, SYSTEM, now + dt.timedelta(days=1)) is None
    opened.refresh_from_db()
    assert (len(mail.outbox), opened.due_at) == (1, due)


def test_without_a_person_to_write_to_no_clock_runs(requested: NotesRequest, priya: User, now: dt.datetime) -> None:
    User.objects.filter(pk=priya.pk).update(is_active=False)
    services.deliver(requested.pk, SYSTEM, now)
    requested.refresh_from_db()
    assert (requested.status, requested.undeliverable_reason) == ("undeliverable", "no_person")
    assert (requested.due_at, requested.delivered_at) == (None, None)


def test_a_refused_address_is_undeliverable_until_staff_mend_it(
    requested: NotesRequest, rui: User, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Any) -> None:
        raise SMTPRecipientsRefused({})

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
        services.deliver(requested.pk, SYSTEM, now)
        requested.refresh_from_db()
        assert requested.undeliverable_reason == "mail_refused"
    services.deliver_again(of_user(rui), requested.pk, now + dt.timedelta(days=1))
    requested.refresh_from_db()
    assert (requested.status, requested.deadline["due_date"]) == ("open", "2026-11-24")


def test_a_mail_server_that_is_down_leaves_the_request_as_it_was(
    requested: NotesRequest, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", fail)
    with pytest.raises(NotYet):
        services.deliver(requested.pk, SYSTEM, now)
    requested.refresh_from_db()
    assert requested.status == RequestState.REQUESTED


def test_a_bounce_stops_the_clock_and_a_new_mail_starts_it_afresh(
    opened: NotesRequest, rui: User, now: dt.datetime
) -> None:
    services.report_bounce(of_user(rui), opened.pk, now)
    opened.refresh_from_db()
    assert (opened.status, opened.due_at, opened.undeliverable_reason) == ("undeliverable", None, "mail_bounced")
    assert services.lapse_due(now + dt.timedelta(days=30)) == 0
    services.deliver_again(of_user(rui), opened.pk, now + dt.timedelta(days=5))
    opened.refresh_from_db()
    assert (opened.status, len(mail.outbox)) == ("open", 2)


def test_a_bounce_after_the_provider_saw_the_request_changes_no_clock(
    opened: NotesRequest, priya: User, rui: User, now: dt.datetime
) -> None:
    services.mark_viewed(of_user(priya), opened.pk, now)
    services.report_bounce(of_user(rui), opened.pk, now)
    opened.refresh_from_db()
    assert opened.status == RequestState.OPEN
    assert Event.objects.filter(name="notes.bounced").count() == 1


def test_withdrawing_ends_it_and_tells_why_in_the_portal_only(
    opened: NotesRequest, rui: User, now: dt.datetime
) -> None:
    services.withdraw(of_user(rui), opened.pk, "Sent in error for another client", now)
    opened.refresh_from_db()
    assert opened.status == RequestState.WITHDRAWN
    event = Event.objects.get(name="notes.withdrawn")
    assert "another client" not in str(event.payload)
    assert RequestMessage.objects.get(request=opened).by_name == rui.name
    with pytest.raises(WrongState):
        services.withdraw(of_user(rui), opened.pk, "again", now)


def test_after_the_due_moment_only_a_lead_withdraws(opened: NotesRequest, rui: User, lead: User) -> None:
    with pytest.raises(Refused, match="answer time is over"):
        services.withdraw(of_user(rui), opened.pk, "late", opened.due_at)
    services.withdraw(of_user(lead), opened.pk, "late", opened.due_at)


def test_promise_9_a_stranger_finds_no_request(
    opened: NotesRequest, colleague: User, faraway: User, administrator: User
) -> None:
    for user in (colleague, faraway):
        assert not selectors.visible_requests(of_user(user)).exists()
    with pytest.raises(NotAllowed):
        selectors.visible_requests(of_user(administrator))
    for user in (colleague, faraway, administrator):
        with pytest.raises(NotFound):
            selectors.get_request(of_user(user), opened.pk)


def test_a_provider_hears_of_a_request_only_once_it_was_delivered(requested: NotesRequest, priya: User) -> None:
    assert not selectors.visible_requests(of_user(priya)).exists()


def test_the_clock_of_a_provider_is_the_one_that_was_promised(opened: NotesRequest, now: dt.datetime) -> None:
    assert clock.deadline_for(opened.provider, now).lapses_at == opened.due_at
