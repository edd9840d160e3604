"""A mail that came back: the clock it started never ran, staff owe the next step, and a new mail starts it afresh."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import Client

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import Role, User
from clawguard.events import mail_reports
from clawguard.events.errors import Refused
from clawguard.events.models import Event, SentMail
from clawguard.events.services import WrongState
from disputes import facts, proposal_words, services
from disputes.models import Case, Dispute, Message
from disputes.selectors import triage
from disputes.selectors.cases import decisions_of, latest_proposal
from disputes.selectors.closing import closing_checklist
from disputes.selectors.thread import thread
from tests import builders
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def bounce(template: str, now: dt.datetime, to: str = "") -> None:
    """The mail service reports every mail of the kind that stands, or the one to ``to``; the work of it is done."""
    rows = SentMail.objects.filter(template=template, bounced_at=None)
    for row in rows.filter(to=to) if to else rows:
        report = mail_reports.Report(f"msg-{row.pk}", row.message_id, "bounced", now)
        assert mail_reports.take(report, now) == "recorded"
    for event in Event.objects.filter(name="mail.bounced").order_by("pk"):
        for _ in range(2):  # whatever runs twice changes nothing the second time
            services.mail_came_back(event, now)


@pytest.fixture
def case(rui: User, priya: User) -> Case:
    return makers.in_conversation(rui, priya)


@pytest.fixture
def dispute(rui: User, priya: User) -> Dispute:
    row = makers.dispute(of_user(rui), priya.provider)
    makers.work(NOW)
    row.refresh_from_db()
    return row


class TestANotice:
    def test_its_clock_never_ran_and_staff_owe_the_next_step(self, case: Case, rui: User, priya: User) -> None:
        bounce("case_notice", NOW + HOUR)
        case.refresh_from_db()
        assert (case.status, case.notice_delivered_at, case.answer_due_at) == ("open", None, None)
        assert [row.pk for row in triage.BY_KEY["undeliverable"].rows(of_user(rui), NOW)] == [case.pk]
        assert services.lapse_answers(NOW + 30 * DAY) == 0
        with pytest.raises(Refused):  # promise 3: nobody was heard
            services.decide(of_user(rui), case.pk, makers.verdict("provider"), NOW + 30 * DAY)

    def test_a_new_notice_starts_it_afresh(self, case: Case, rui: User, priya: User) -> None:
        bounce("case_notice", NOW + HOUR)
        services.open_conversation_by_day(case.pk, NOW + 2 * HOUR)  # not by itself: the address is looked at first
        assert len(mail.outbox) == 1
        services.retry_notice(of_user(rui), case.pk, NOW + DAY)
        case.refresh_from_db()
        assert (case.status, case.notice_delivered_at, len(mail.outbox)) == ("in_conversation", NOW + DAY, 2)
        assert [entry["kind"] for entry in thread(of_user(priya), case)] == ["notice"]
        assert Message.objects.filter(case=case, kind="notice").count() == 2
        bounce("case_notice", NOW + DAY + HOUR)
        case.refresh_from_db()
        assert case.status == "open"

    def test_seen_in_the_portal_it_ran(self, case: Case, priya: User) -> None:
        services.mark_read(of_user(priya), case.pk, NOW + HOUR)
        bounce("case_notice", NOW + 2 * HOUR)
        case.refresh_from_db()
        assert (case.status, case.notice_delivered_at) == ("in_conversation", NOW)
        assert Event.objects.get(name="case.bounced").payload["seen_in_portal"]

    def test_it_stands_while_one_of_its_mails_does(self, rui: User, priya: User) -> None:
        builders.user(Role.PROVIDER, "Partner Test", provider=priya.provider)
        case = makers.in_conversation(rui, priya)
        bounce("case_notice", NOW + HOUR, to=priya.email)
        case.refresh_from_db()
        assert case.status == "in_conversation"
        bounce("case_notice", NOW + 2 * HOUR)
        case.refresh_from_db()
        assert case.status == "open"

    def test_nobody_was_late_when_it_comes_to_light_after_the_answer_time(self, case: Case, rui: User) -> None:
        due = case.answer_due_at
        assert due is not None
        services.lapse_answers(due)
        services.decide(of_user(rui), case.pk, makers.verdict("provider"), due + HOUR)
        bounce("case_notice", due + 2 * HOUR)
        case.refresh_from_db()
        assert (case.status, case.answer_lapsed_at) == ("open", None)
        assert case.decisions.get().returned_reason.startswith("The mail with the notice came back")
        assert Event.objects.filter(name="case.answer_lapsed").exists()  # the log keeps what was

    @pytest.mark.parametrize("seen", ["never", "before", "with the letter"])
    def test_after_a_decision_on_silence_it_is_pointed_out(
        self, case: Case, rui: User, lead: User, priya: User, seen: str
    ) -> None:
        due = case.answer_due_at
        assert due is not None
        if seen == "before":
            services.mark_read(of_user(priya), case.pk, due)
        services.lapse_answers(due)
        services.decide(of_user(rui), case.pk, makers.verdict("provider"), due + HOUR)
        services.approve(of_user(lead), case.pk, due + 2 * HOUR)
        if seen == "with the letter":
            services.mark_read(of_user(priya), case.pk, due + 3 * HOUR)
        bounce("case_notice", due + DAY)
        case.refresh_from_db()
        doubted = None if seen == "before" else due + DAY
        assert (case.status, case.decision_doubted_at) == ("decided", doubted)
        known = Event.objects.filter(name="case.decision_doubted").values_list("payload__why", flat=True)
        assert list(known) == ([] if doubted is None else ["unheard"])
        said = proposal_words.doubted(case, decisions_of(case), latest_proposal(case), facts.evidence(case))
        assert ("was not heard" in said) is (doubted is not None)
        services.attribute(case.pk, due + 2 * DAY)  # whatever is weighed later, it stays in doubt
        case.refresh_from_db()
        assert case.decision_doubted_at == doubted

    def test_staff_may_say_it_too(self, case: Case, rui: User, browser_of: Any) -> None:
        page: Client = browser_of(rui)
        assert b"The notice came back" in page.get(f"/cases/{case.pk}").content
        assert page.post(f"/cases/{case.pk}/bounce").status_code == 302
        case.refresh_from_db()
        assert case.status == "open"
        assert b"Send the notice again" in page.get(f"/cases/{case.pk}").content
        with pytest.raises(WrongState):
            services.report_notice_bounce(of_user(rui), case.pk, NOW + HOUR)


class TestADispute:
    def test_its_clock_never_ran_and_a_new_mail_starts_it_afresh(self, dispute: Dispute, rui: User) -> None:
        bounce("dispute_asked", NOW + HOUR)
        dispute.refresh_from_db()
        assert (dispute.status, dispute.delivered_at, dispute.due_at) == ("undeliverable", None, None)
        assert services.lapse_disputes(NOW + 30 * DAY) == 0
        services.deliver(dispute.pk, NOW + HOUR)  # the task of its opening comes again
        dispute.refresh_from_db()
        assert (dispute.status, len(mail.outbox)) == ("undeliverable", 1)
        services.deliver_again(of_user(rui), dispute.pk, NOW + DAY)
        dispute.refresh_from_db()
        assert (dispute.status, dispute.delivered_at, len(mail.outbox)) == ("open", NOW + DAY, 2)

    def test_seen_in_the_portal_it_ran(self, dispute: Dispute, priya: User, browser_of: Any) -> None:
        assert browser_of(priya).get(f"/my/disputes/{dispute.pk}").status_code == 200
        bounce("dispute_asked", NOW + HOUR)
        dispute.refresh_from_db()
        assert dispute.status == "open"
        assert Event.objects.filter(name="dispute.viewed").count() == 1
        assert Event.objects.get(name="dispute.bounced").payload["seen_in_portal"]

    def test_nobody_was_late_when_it_comes_to_light_after_the_answer_time(self, dispute: Dispute) -> None:
        due = dispute.due_at
        assert due is not None
        services.lapse_disputes(due)
        case = services.open_for_dispute(dispute.pk, due)
        services.attribute(case.pk, due)
        case.refresh_from_db()
        assert case.clause == "provider.dispute_no_response"
        bounce("dispute_asked", due + HOUR)
        makers.work(due + HOUR)
        case = Case.objects.get(pk=case.pk)
        assert not facts.gather(case).stated("dispute.provider_asked_at")
        assert case.clause != "provider.dispute_no_response"

    def test_staff_may_say_it_too(self, dispute: Dispute, rui: User, browser_of: Any) -> None:
        page: Client = browser_of(rui)
        assert b"The mail came back" in page.get(f"/disputes/{dispute.pk}").content
        assert page.post(f"/disputes/{dispute.pk}/bounce").status_code == 302
        assert b"It could not be delivered" in page.get(f"/disputes/{dispute.pk}").content


class TestADecision:
    @pytest.fixture
    def decided(self, rui: User, lead: User, priya: User) -> Case:
        case = makers.decided(rui, lead, priya)
        services.tell_decision(Event.objects.get(name="case.decided"), NOW + 6 * HOUR)
        case.refresh_from_db()
        return case

    def told(self, case: Case) -> bool:
        words = "The provider was told of the decision"
        return next(check.done for check in closing_checklist(case, NOW) if check.words == words)

    def test_nobody_counts_as_told_until_it_was_mailed_again(self, decided: Case, rui: User, browser_of: Any) -> None:
        assert self.told(decided)
        before = decided.appeal_until
        assert before is not None
        bounce("case_decision", NOW + 7 * HOUR)
        decided.refresh_from_db()
        assert not self.told(decided)
        assert [row.pk for row in triage.BY_KEY["undeliverable"].rows(of_user(rui), NOW)] == [decided.pk]
        assert b"Mail the decision again" in browser_of(rui).get(f"/cases/{decided.pk}").content
        services.tell_decision_again(of_user(rui), decided.pk, NOW + 2 * DAY)
        decided.refresh_from_db()
        assert self.told(decided)
        # ten business days of Wednesday, and those of Friday
        assert f"{before:%m-%d} {decided.appeal_until:%m-%d}" == "12-04 12-08"

    def test_opened_in_the_portal_it_was_told(self, decided: Case, priya: User) -> None:
        services.mark_read(of_user(priya), decided.pk, NOW + 7 * HOUR)
        bounce("case_decision", NOW + 8 * HOUR)
        decided.refresh_from_db()
        assert self.told(decided)

    def test_what_did_not_come_back_is_not_mailed_again(self, decided: Case, rui: User) -> None:
        with pytest.raises(Refused, match="has not come back"):
            services.tell_decision_again(of_user(rui), decided.pk, NOW + 2 * DAY)


def test_other_mails_that_came_back_are_on_the_timeline_and_change_nothing(case: Case, rui: User) -> None:
    services.post_message(of_user(rui), case.pk, "Please see the times.", NOW + HOUR)
    services.notify(Event.objects.get(name="case.message_posted"), NOW + HOUR)
    bounce("case_message", NOW + 2 * HOUR)
    case.refresh_from_db()
    assert case.status == "in_conversation"
    assert Event.objects.get(name="case.bounced").payload["template"] == "case_message"


@pytest.mark.parametrize(
    ("model", "emptied"),
    [
        (Case, {"notice_delivered_at": None, "answer_due_at": None, "status": "open"}),
        (Dispute, {"delivered_at": None, "due_at": None, "status": "undeliverable"}),
    ],
)
def test_the_database_takes_no_clock_back_whose_mail_stands(
    case: Case, dispute: Dispute, model: Any, emptied: dict[str, Any]
) -> None:
    row = case if model is Case else dispute
    with pytest.raises(DatabaseError, match="unless its mail came back"), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**emptied)
    SentMail.objects.update(bounced_at=NOW)
    with transaction.atomic():
        assert model.objects.filter(pk=row.pk).update(**emptied) == 1
