"""A dispute from reason to outcome: evidence of each side, the provider's draft and answer, the client's link."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from clawguard.accounts.actors import NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import Event
from disputes import services
from disputes.models import ClientLink, Dispute, DisputeEvidence
from disputes.selectors.disputes import draft_of, words_of
from disputes.selectors.evidence import completeness_of, notice_of, pieces_of
from disputes.services import Said, Told
from notes.models import ClockWitness
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
STARTS = dt.datetime(2026, 11, 10, 15, tzinfo=dt.UTC)
POLICY = {"version": "2026", "notice_hours": 24, "fee": "75.00"}
ACCEPTED = {"accepted_at": "2026-09-01T09:00:00-04:00", "how": "booking"}


def delivered(rui: User, priya: User, **fields: Any) -> Dispute:
    usual = {"reason": "late_notice", "starts_at": STARTS, "cancelled_at": STARTS - 4 * HOUR}
    row = makers.dispute(of_user(rui), priya.provider, **{**usual, **fields})  # type: ignore[arg-type]
    services.deliver(row.pk, NOW)
    row.refresh_from_db()
    return row


class TestOpening:
    def test_a_reason_of_the_other_kind_is_refused(self, rui: User, priya: User) -> None:
        with pytest.raises(Refused) as said:
            delivered(rui, priya, reason="insurance_should_pay")
        assert said.value.pointer == "/reason"

    def test_a_zone_that_does_not_exist_is_refused(self, rui: User, priya: User) -> None:
        with pytest.raises(Refused) as said:
            delivered(rui, priya, client_time_zone="Mars/Olympus")
        assert said.value.pointer == "/client_time_zone"

    def test_evidence_may_come_with_it_and_one_fault_stores_nothing(self, rui: User, priya: User) -> None:
        row = delivered(rui, priya, evidence={"policy": POLICY})
        assert [piece.value for piece in pieces_of(row)] == [POLICY]
        with pytest.raises(Refused) as said:
            delivered(rui, priya, evidence={"policy": {"version": "2026"}})
        assert said.value.pointer == "/evidence/policy/notice_hours"
        assert Dispute.objects.count() == 1

    def test_the_reason_can_be_put_right_until_it_is_decided(self, rui: User, priya: User) -> None:
        row = delivered(rui, priya, reason="")
        assert completeness_of(row, []) is None
        services.set_reason(of_user(rui), row.pk, "emergency", NOW)
        row.refresh_from_db()
        assert row.reason == "emergency"
        with pytest.raises(NotAllowed):
            services.set_reason(of_user(priya), row.pk, "other", NOW)


class TestEvidence:
    def test_the_meter_counts_what_the_reason_asks_for(self, rui: User, priya: User) -> None:
        row = delivered(rui, priya)  # booking and cancellation were stated at the opening
        found = completeness_of(row, pieces_of(row))
        assert found is not None
        assert found.missing == ("policy", "policy_acceptance")
        services.add_evidence(of_user(rui), row.pk, "policy", POLICY, NOW, source="Booking system")
        services.add_evidence(of_user(rui), row.pk, "policy_acceptance", ACCEPTED, NOW, side="client")
        found = completeness_of(row, pieces_of(row))
        assert found is not None
        assert found.words == "4 of 8, enough to decide"

    def test_the_notice_follows_the_records_and_not_the_clients_word(self, rui: User, priya: User) -> None:
        row = delivered(rui, priya)
        assert notice_of(row, pieces_of(row)) is None  # no window is known
        services.add_evidence(of_user(rui), row.pk, "policy", POLICY, NOW)
        found = notice_of(row, pieces_of(row))
        assert found is not None
        assert (found.given, found.in_time) == (4 * HOUR, False)
        early = {"cancelled_at": (STARTS - 3 * DAY).isoformat(), "by": "client"}
        services.add_evidence(of_user(rui), row.pk, "cancellation", early, NOW, side="client")
        found = notice_of(row, pieces_of(row))
        assert found is not None
        assert not found.in_time
        services.add_evidence(of_user(rui), row.pk, "cancellation", early, NOW, source="Portal log")
        found = notice_of(row, pieces_of(row))
        assert found is not None
        assert found.in_time

    def test_values_are_sealed_and_rows_are_kept_as_they_are(self, rui: User, priya: User) -> None:
        row = delivered(rui, priya)
        words = {"text": "I had a panic attack that morning."}
        piece = services.add_evidence(of_user(rui), row.pk, "messages", words, NOW)
        assert b"panic" not in bytes(DisputeEvidence.objects.get(pk=piece.pk).value)
        assert "panic" not in str(list(Event.objects.values_list("payload", flat=True)))
        for sql in (
            "UPDATE disputes_disputeevidence SET kind = 'policy'",
            "UPDATE disputes_disputeevidence SET value = '\\x00'",
            "DELETE FROM disputes_disputeevidence",
        ):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql)

    def test_nothing_is_added_once_it_is_over(self, rui: User, priya: User) -> None:
        row = delivered(rui, priya)
        services.answer(of_user(priya), row.pk, Said(text="The notice was short."), NOW)
        services.decide_dispute(of_user(rui), row.pk, "upheld", None, "The notice was short.", NOW)
        with pytest.raises(Refused, match="over"):
            services.add_evidence(of_user(rui), row.pk, "policy", POLICY, NOW)

    def test_only_people_who_work_disputes_add_it(self, rui: User, priya: User, auditor: User, faraway: User) -> None:
        row = delivered(rui, priya)
        for user, why in ((priya, NotAllowed), (auditor, NotAllowed), (faraway, NotFound)):
            with pytest.raises(why):
                services.add_evidence(of_user(user), row.pk, "policy", POLICY, NOW)


class TestAnswer:
    def test_a_draft_holds_what_cannot_be_read_yet_and_answers_nothing(self, rui: User, priya: User) -> None:
        row = delivered(rui, priya)
        said = Said("waive", "Not yet sure", {"policy": {"notice_hours": "soon"}})
        kept = services.save_draft(of_user(priya), row.pk, said, NOW)
        assert kept.status == "open"
        assert draft_of(kept) == {
            "answer": "waive",
            "text": "Not yet sure",
            "evidence": {"policy": {"notice_hours": "soon"}},
        }

    @pytest.mark.parametrize(
        ("said", "pointer"),
        [
            (Said("refuse", "x"), "/answer"),
            (Said("contest", " "), "/text"),
            (Said("contest", "x", {"policy": {"version": "1"}}), "/evidence/policy/notice_hours"),
            (Said("contest", "x", {"moon": {"phase": "full"}}), "/kind"),
        ],
    )
    def test_a_faulty_answer_stores_nothing(self, rui: User, priya: User, said: Said, pointer: str) -> None:
        row = delivered(rui, priya)
        with pytest.raises(Refused) as refused:
            services.answer(of_user(priya), row.pk, said, NOW)
        assert refused.value.pointer == pointer
        row.refresh_from_db()
        assert (row.status, row.answered_at) == ("open", None)
        assert not DisputeEvidence.objects.exists()

    @pytest.mark.parametrize(("answer", "status"), [("contest", "answered"), ("waive", "conceded")])
    def test_an_answer_is_final_with_its_evidence(self, rui: User, priya: User, answer: str, status: str) -> None:
        row = delivered(rui, priya)
        services.answer(of_user(priya), row.pk, Said(answer, "As agreed.", {"policy": POLICY, "messages": {}}), NOW)
        row.refresh_from_db()
        assert (row.status, row.answer, words_of(row)["response"]) == (status, answer, "As agreed.")
        assert [(piece.row.kind, piece.row.side) for piece in pieces_of(row)] == [("policy", "provider")]
        with pytest.raises(Refused, match="no longer waits"):
            services.answer(of_user(priya), row.pk, Said("concede"), NOW)

    def test_after_the_lapse_every_answer_is_kept_and_marked_late(self, rui: User, priya: User) -> None:
        row = delivered(rui, priya)
        assert row.due_at is not None
        services.lapse_disputes(row.due_at)
        services.lapse_disputes(row.due_at + DAY)
        services.answer(of_user(priya), row.pk, Said("concede", evidence={"policy": POLICY}), row.due_at + HOUR)
        row.refresh_from_db()
        assert (row.status, row.answer, row.answered_late) == ("answered_late", "concede", True)
        assert row.lapsed_at == row.due_at
        assert pieces_of(row)[0].row.late
        assert Event.objects.filter(name="dispute.lapsed").count() == 1

    def test_an_answer_that_a_sweep_overtook_is_in_time(self, rui: User, priya: User) -> None:
        row = delivered(rui, priya)
        assert row.due_at is not None
        services.lapse_disputes(row.due_at)
        services.answer(of_user(priya), row.pk, Said(text="As agreed."), row.due_at - dt.timedelta(microseconds=1))
        row.refresh_from_db()
        assert (row.status, row.answered_late) == ("answered", False)

    @pytest.mark.parametrize("answer", ["contest", "concede"])
    def test_late_before_any_sweep_ran_the_silence_lapsed_all_the_same(
        self, rui: User, priya: User, answer: str
    ) -> None:
        row = delivered(rui, priya)
        assert row.due_at is not None
        at = row.due_at + 9 * HOUR
        services.answer(of_user(priya), row.pk, Said(answer, "As agreed."), at)
        row.refresh_from_db()
        assert (row.status, row.answered_late, row.lapsed_at) == ("answered_late", True, row.due_at)
        lapse = Event.objects.get(name="dispute.lapsed")
        assert (lapse.at, lapse.actor_kind, lapse.payload["noticed_at"]) == (row.due_at, "system", at.isoformat())
        assert services.lapse_disputes(at) == 0

    def test_while_the_clock_is_in_doubt_a_late_answer_lets_nothing_lapse(self, rui: User, priya: User) -> None:
        row = delivered(rui, priya)
        assert row.due_at is not None
        ClockWitness.objects.create(boot="elsewhere", wall=row.due_at, steady=1, paused_at=row.due_at)
        services.answer(of_user(priya), row.pk, Said("contest", "As agreed."), row.due_at)
        row.refresh_from_db()
        assert (row.status, row.answered_late, row.lapsed_at) == ("answered", True, None)

    def test_a_bill_cannot_be_waived(self, rui: User, priya: User) -> None:
        row = delivered(rui, priya, kind="billing", reason="duplicate")
        with pytest.raises(Refused) as said:
            services.answer(of_user(priya), row.pk, Said("waive"), NOW)
        assert said.value.pointer == "/answer"


class TestClientLink:
    def link(self, rui: User, row: Dispute, now: dt.datetime = NOW) -> str:
        return services.issue_client_link(of_user(rui), row.pk, now)[1].rsplit("/", 1)[-1]

    def test_it_takes_one_account_and_is_used_up(self, rui: User, priya: User) -> None:
        row = delivered(rui, priya, reason="")
        token = self.link(rui, row)
        told = Told("emergency", "I was ill.", {"emergency": {"what": "illness"}, "policy": POLICY})
        services.take_client_account(token, told, NOW)
        row.refresh_from_db()
        assert row.reason == "emergency"
        kinds = {(piece.row.kind, piece.row.side) for piece in pieces_of(row)}
        assert kinds == {("client_account", "client"), ("emergency", "client")}  # a policy is not a client's to state
        with pytest.raises(NotFound):
            services.take_client_account(token, told, NOW)

    def test_a_faulty_account_leaves_the_link_as_it_was(self, rui: User, priya: User) -> None:
        row = delivered(rui, priya)
        token = self.link(rui, row)
        for told in (Told("no_such", "x"), Told("late_notice", " ")):
            with pytest.raises(Refused):
                services.take_client_account(token, told, NOW)
        assert services.peek_client_link(token, NOW).used_at is None

    def test_it_ends_by_time_by_hand_by_a_newer_one_and_with_the_dispute(self, rui: User, priya: User) -> None:
        row = delivered(rui, priya)
        token = self.link(rui, row)
        link = services.peek_client_link(token, NOW)
        services.peek_client_link(token, link.expires_at - dt.timedelta(microseconds=1))
        with pytest.raises(NotFound):
            services.peek_client_link(token, link.expires_at)
        newer = self.link(rui, row)
        with pytest.raises(NotFound):
            services.peek_client_link(token, NOW)
        services.revoke_client_link(of_user(rui), row.pk, NOW)
        with pytest.raises(NotFound):
            services.peek_client_link(newer, NOW)
        last = self.link(rui, row)
        services.withdraw(of_user(rui), row.pk, "Settled between them.", NOW)
        with pytest.raises(NotFound):
            services.peek_client_link(last, NOW)

    def test_only_a_digest_of_it_is_kept(self, rui: User, priya: User) -> None:
        token = self.link(rui, delivered(rui, priya))
        kept = str(list(ClientLink.objects.values())) + str(list(Event.objects.values_list("payload", flat=True)))
        assert token not in kept
