"""Notice, answer, lapse: the provider is heard, in time or late, and what they wrote is kept."""

from __future__ import annotations

import datetime as dt
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail

from clawguard.accounts.actors import NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import Event
from disputes import services
from disputes.models import Case, Message
from disputes.selectors.thread import thread
from notes.models import ClockWitness
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db
DUE = dt.datetime(2026, 11, 24, 5, 0, tzinfo=dt.UTC)  # the end of Monday 23 November in New York
MICROSECOND = dt.timedelta(microseconds=1)


def events(case: Case) -> list[str]:
    return list(Event.objects.filter(subject_id=str(case.pk)).order_by("id").values_list("name", flat=True))


def test_the_notice_starts_three_business_days_at_delivery(rui: User, priya: User) -> None:
    case = makers.in_conversation(rui, priya)
    assert (case.status, case.answer_due_at, case.breach_at) == ("in_conversation", DUE, DUE)
    assert case.deadline["days"][0]["kind"] == "delivered"
    assert len(mail.outbox) == 1


def test_the_mail_names_no_session_and_no_client(rui: User, priya: User) -> None:
    makers.in_conversation(rui, priya)
    sent = mail.outbox[0]
    words = sent.subject + sent.body + str(sent.alternatives)
    assert not [secret for secret in ("90837", "16 Sep", "C-1", "S-case", "F331") if secret in words]


def test_opening_the_conversation_twice_tells_the_provider_once(rui: User, priya: User) -> None:
    case = makers.in_conversation(rui, priya)
    services.open_conversation(case.pk, NOW + dt.timedelta(days=1))
    assert Message.objects.filter(case=case, kind="notice").count() == 1
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("opened", "told"),
    [
        ("2026-11-18T05:00", "2026-11-18T13:00"),  # midnight in New York: 8 in the morning
        ("2026-11-18T12:59", "2026-11-18T13:00"),
        ("2026-11-18T13:00", "2026-11-18T13:00"),
        ("2026-11-18T22:59", "2026-11-18T22:59"),
        ("2026-11-20T23:00", "2026-11-23T13:00"),  # 6 on a Friday evening
        ("2026-11-26T17:00", "2026-11-27T13:00"),  # Thanksgiving
    ],
)
def test_the_notice_waits_for_the_providers_working_hours(rui: User, priya: User, opened: str, told: str) -> None:
    at, then = (dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC) for text in (opened, told))
    case = makers.opened(rui, makers.session(priya.provider), at)
    makers.work(at)
    case.refresh_from_db()
    assert (case.notice_delivered_at == at) is (at == then)
    makers.work(then)
    case.refresh_from_db()
    assert case.notice_delivered_at == then
    assert len(mail.outbox) == 1


def test_without_anybody_to_write_to_no_clock_starts(rui: User, priya: User) -> None:
    User.objects.filter(pk=priya.pk).update(is_active=False)
    case = makers.opened(rui, makers.session(priya.provider))
    services.open_conversation(case.pk, NOW)
    case.refresh_from_db()
    assert (case.status, case.answer_due_at, case.notice_undeliverable_at) == ("open", None, NOW)
    User.objects.filter(pk=priya.pk).update(is_active=True)
    again = services.retry_notice(of_user(rui), case.pk, NOW + dt.timedelta(days=1))
    assert again.answer_due_at == DUE + dt.timedelta(days=1)


def test_a_refused_address_is_undeliverable_and_other_faults_are_tried_again(
    rui: User, priya: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = makers.opened(rui, makers.session(priya.provider))

    def refuse(*_given: Any, **_more: Any) -> None:
        raise SMTPRecipientsRefused({})

    monkeypatch.setattr("clawguard.events.mailing.send", refuse)
    services.open_conversation(case.pk, NOW)
    case.refresh_from_db()
    assert case.notice_undeliverable_at == NOW

    def down(*_given: Any, **_more: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr("clawguard.events.mailing.send", down)
    with pytest.raises(ConnectionError):
        services.open_conversation(case.pk, NOW)


class TestAnswer:
    def test_a_microsecond_before_the_end_is_in_time(self, rui: User, priya: User) -> None:
        case = makers.in_conversation(rui, priya)
        services.post_message(of_user(priya), case.pk, "Here it is.", DUE - MICROSECOND)
        case.refresh_from_db()
        assert (case.status, case.answer_late, case.answered_at) == ("answered", False, DUE - MICROSECOND)
        assert services.lapse_answers(DUE + dt.timedelta(days=9)) == 0

    def test_at_the_end_it_is_late_kept_and_weighed_and_the_lapse_stays(self, rui: User, priya: User) -> None:
        case = makers.in_conversation(rui, priya)
        assert services.lapse_answers(DUE) == 1
        message = services.post_message(of_user(priya), case.pk, "Here it is.", DUE + MICROSECOND)
        case.refresh_from_db()
        assert (case.status, case.answer_late, case.answer_lapsed_at) == ("answered", True, DUE)
        assert (message.kind, message.late) == ("answer", True)
        assert events(case)[-3:] == ["case.answer_lapsed", "case.answered", "case.message_posted"]

    def test_late_before_any_sweep_ran_is_late_all_the_same(self, rui: User, priya: User) -> None:
        case = makers.in_conversation(rui, priya)
        at = DUE + dt.timedelta(hours=9)
        services.post_message(of_user(priya), case.pk, "Here it is.", at)
        case.refresh_from_db()
        assert (case.status, case.answer_late, case.answer_lapsed_at) == ("answered", True, DUE)
        assert events(case)[-3:] == ["case.answer_lapsed", "case.answered", "case.message_posted"]
        lapse = Event.objects.get(name="case.answer_lapsed")
        assert (lapse.at, lapse.actor_kind, lapse.payload["noticed_at"]) == (DUE, "system", at.isoformat())
        assert services.lapse_answers(at) == 0

    def test_while_the_clock_is_in_doubt_a_late_answer_lets_nothing_lapse(self, rui: User, priya: User) -> None:
        case = makers.in_conversation(rui, priya)
        ClockWitness.objects.create(boot="elsewhere", wall=DUE, steady=1, paused_at=DUE)
        services.post_message(of_user(priya), case.pk, "Here it is.", DUE)
        case.refresh_from_db()
        assert (case.status, case.answer_late, case.answer_lapsed_at) == ("answered", True, None)

    def test_received_in_time_counts_in_time_even_if_a_sweep_was_faster(self, rui: User, priya: User) -> None:
        case = makers.in_conversation(rui, priya)
        services.lapse_answers(DUE)
        services.post_message(of_user(priya), case.pk, "Here it is.", DUE - MICROSECOND)
        case.refresh_from_db()
        assert (case.status, case.answer_late) == ("answered", False)

    def test_a_question_is_no_answer(self, rui: User, priya: User) -> None:
        case = makers.in_conversation(rui, priya)
        services.post_message(of_user(priya), case.pk, "Which session?", NOW, question=True)
        case.refresh_from_db()
        assert (case.status, case.answered_at) == ("in_conversation", None)

    def test_a_second_message_does_not_move_the_first(self, rui: User, priya: User) -> None:
        case = makers.answered(rui, priya)
        first = case.answered_at
        services.post_message(of_user(priya), case.pk, "One more thing.", DUE)
        case.refresh_from_db()
        assert (case.answered_at, case.answer_late) == (first, False)

    @pytest.mark.parametrize("words", ["", "   \n", "a\0b", "x" * 10_001])
    def test_words_that_cannot_be_kept_are_refused(self, rui: User, priya: User, words: str) -> None:
        case = makers.in_conversation(rui, priya)
        with pytest.raises(Refused):
            services.post_message(of_user(priya), case.pk, words, NOW)

    def test_words_are_sealed_at_rest(self, rui: User, priya: User) -> None:
        makers.answered(rui, priya)
        assert b"my note" not in bytes(Message.objects.get(kind="answer").body)

    def test_event_payloads_carry_no_words(self, rui: User, priya: User) -> None:
        makers.answered(rui, priya)
        assert not [event for event in Event.objects.all() if "my note" in str(event.payload)]


class TestLapse:
    def test_never_before_the_end_and_exactly_once_after_it(self, rui: User, priya: User) -> None:
        case = makers.in_conversation(rui, priya)
        assert services.lapse_answers(DUE - MICROSECOND) == 0
        assert [services.lapse_answers(DUE + dt.timedelta(hours=1)) for _ in range(3)] == [1, 0, 0]
        lapse = Event.objects.get(name="case.answer_lapsed")
        assert lapse.at == DUE  # dated when it happened, not when the sweep noticed
        case.refresh_from_db()
        assert case.breach_at == case.decide_by > DUE
        assert case.updated_at > DUE  # whoever asks for changes since then hears of it

    def test_a_row_that_cannot_be_moved_does_not_stop_the_others(
        self, rui: User, priya: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from django.db import DatabaseError

        from disputes.services import sweeping

        bad, good = makers.in_conversation(rui, priya), makers.in_conversation(rui, priya)
        move_many = sweeping.move_many

        def poisoned(rows: list[Case], *given: Any, **fields: Any) -> Any:
            if bad in rows:
                raise DatabaseError
            return move_many(rows, *given, **fields)

        monkeypatch.setattr(sweeping, "move_many", poisoned)
        assert services.lapse_answers(DUE) == 1
        good.refresh_from_db()
        bad.refresh_from_db()
        assert good.status == "answer_lapsed"
        assert bad.sweep_after == DUE + sweeping.SET_ASIDE

    def test_many_lapse_in_a_fixed_number_of_statements(
        self, rui: User, priya: User, django_assert_max_num_queries: Any
    ) -> None:
        for _ in range(5):
            makers.in_conversation(rui, priya)
        with django_assert_max_num_queries(26):
            assert services.lapse_answers(DUE) == 5


class TestWhoReadsWhat:
    def test_internal_notes_never_reach_the_provider(self, rui: User, priya: User) -> None:
        case = makers.answered(rui, priya)
        services.post_message(of_user(rui), case.pk, "Looks fine to me.", NOW, internal=True)
        seen = [entry["text"] for entry in thread(of_user(priya), case)]
        assert "Looks fine to me." not in seen
        assert "Looks fine to me." in [entry["text"] for entry in thread(of_user(rui), case)]

    def test_a_stranger_finds_nothing(self, rui: User, priya: User, colleague: User, faraway: User) -> None:
        case = makers.in_conversation(rui, priya)
        for stranger in (colleague, faraway):
            with pytest.raises(NotFound):
                services.post_message(of_user(stranger), case.pk, "Hello", NOW)

    def test_auditors_read_and_do_not_write(self, rui: User, priya: User, auditor: User) -> None:
        case = makers.in_conversation(rui, priya)
        with pytest.raises(NotAllowed):
            services.post_message(of_user(auditor), case.pk, "Hello", NOW)

    def test_a_provider_learns_of_a_case_through_its_notice(self, rui: User, priya: User) -> None:
        case = makers.opened(rui, makers.session(priya.provider))
        with pytest.raises(NotFound):
            services.post_message(of_user(priya), case.pk, "Hello", NOW)

    def test_reading_is_marked_once(self, rui: User, priya: User) -> None:
        case = makers.in_conversation(rui, priya)
        assert services.mark_read(of_user(priya), case.pk, NOW) == 1
        assert services.mark_read(of_user(priya), case.pk, NOW + dt.timedelta(hours=1)) == 0
        assert Message.objects.get(kind="notice").read_at == NOW
