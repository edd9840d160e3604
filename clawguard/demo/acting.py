"""How the people of the invented network behave: who answers when, what staff do with it, how cases end.

Habits hang on stable identities (a session's external id), so the same seed tells the same story.
"""

from __future__ import annotations

import datetime as dt
import random
import zlib
from decimal import Decimal
from typing import Any
from uuid import UUID

from clawguard.accounts.actors import Actor
from clawguard.demo import deciding, words
from clawguard.demo.cast import Cast
from clawguard.domain.disputes import outcomes_after
from clawguard.domain.lifecycles import DisputeState, FindingState, ItemState, RequestState
from disputes import services as cases
from disputes.models import Dispute
from notes import services as notes
from notes.models import NotesRequest, RequestItem
from notes.services import Answer
from sessions import services as sessions
from sessions.models import Finding, TherapySession

# share of requests up to this mark: (how it is answered, hours after delivery)
HABITS = (
    (0.40, "note", 5),
    (0.58, "note", 26),
    (0.66, "note", 60),
    (0.72, "explanation", 30),
    (0.78, "disagree", 20),
    (0.84, "note", 168),  # long after the third business day: late, kept and marked
    (1.00, "silence", 0),
)
STAFF_TAKE = dt.timedelta(hours=20)
HOURS = dt.timedelta(hours=1)


def share(identity: object, salt: str) -> float:
    """A number from 0 to 1 that belongs to this identity."""
    return zlib.crc32(f"{salt}:{identity}".encode()) / 0xFFFFFFFF


class People:
    """Everybody's next deeds at one moment, through the services' own doors."""

    def __init__(self, cast: Cast, rng: random.Random) -> None:
        self._cast, self._rng = cast, rng
        self._waiting: set[UUID] = set()  # sessions whose requests are left for whoever tries the demo

    def act(self, moment: dt.datetime) -> None:
        self._answer_requests(moment)
        self._review_answers(moment)
        self._dispute_fees(moment)
        self._find_network_errors(moment)
        deciding.work_cases(self._cast, moment)

    def set_the_table(self, moment: dt.datetime) -> None:
        """The demo's own provider has two requests waiting, so that whoever signs in as them finds something to do."""
        first = next(iter(self._cast.providers))
        unasked = TherapySession.objects.filter(provider__npi=first, notes_requests=None).order_by("-date_of_service")
        for session in unasked[:2]:
            asked = [notes.Asked("progress_note"), notes.Asked("start_stop_times")]
            notes.open_request(self._cast.staff["rui"], session.pk, asked, words.WHY, moment)
            self._waiting.add(session.pk)

    def _provider(self, npi: str) -> Actor | None:
        return self._cast.providers.get(npi)

    def _answer_requests(self, moment: dt.datetime) -> None:
        waiting = NotesRequest.objects.filter(status__in=[RequestState.OPEN, RequestState.LAPSED])
        for request in waiting.select_related("session", "provider").order_by("delivered_at", "pk"):
            drawn = share(request.session.external_id, "answer")
            _, how, hours = next(habit for habit in HABITS if drawn <= habit[0])
            actor = self._provider(request.provider.npi)
            if how == "silence" or actor is None or request.delivered_at is None or request.session_id in self._waiting:
                continue
            if moment >= request.delivered_at + hours * HOURS:
                notes.mark_viewed(actor, request.pk, moment)
                notes.submit_answer(actor, request.pk, _answer(how, request), moment)

    def _review_answers(self, moment: dt.datetime) -> None:
        answered = [RequestState.ANSWERED, RequestState.ANSWERED_LATE]
        ready = NotesRequest.objects.filter(status__in=answered, answered_at__lte=moment - STAFF_TAKE)
        for request in ready.select_related("session").order_by("answered_at", "pk"):
            drawn = share(request.session.external_id, "review")
            if request.answered_at and deciding.leaves_it(drawn, 0.9, request.answered_at, moment):
                continue  # stays in the list of answers that wait for staff
            for item in RequestItem.objects.filter(request=request, status=ItemState.RECEIVED).order_by("number"):
                notes.accept_item(self._cast.staff["rui"], request.pk, item.number, moment)
            self._judge_findings(request, drawn, moment)

    def _judge_findings(self, request: NotesRequest, drawn: float, moment: dt.datetime) -> None:
        rui = self._cast.staff["rui"]
        for finding in Finding.objects.filter(session=request.session, status=FindingState.NEW).order_by("number"):
            if drawn < 0.5:
                sessions.dismiss_finding(rui, finding.pk, words.ACCEPTED, moment)
            elif drawn < 0.75:
                sessions.confirm_finding(rui, finding.pk, words.HOLDS, moment)

    def _dispute_fees(self, moment: dt.datetime) -> None:
        if self._rng.random() < 0.12:
            self._open_dispute(moment)
        for dispute in Dispute.objects.filter(status=DisputeState.OPEN).select_related("provider").order_by("pk"):
            drawn, actor = share(dispute.external_id, "dispute"), self._provider(dispute.provider.npi)
            if actor is None or dispute.delivered_at is None or moment < dispute.delivered_at + 24 * HOURS:
                continue
            if drawn < 0.5:
                cases.answer(actor, dispute.pk, _reply(dispute), moment)
            elif drawn < 0.7:
                waives = dispute.kind == "cancellation_fee" and drawn < 0.6
                cases.answer(actor, dispute.pk, cases.Said("waive" if waives else "concede"), moment)
        self._decide_disputes(moment)

    def _open_dispute(self, moment: dt.datetime) -> None:
        number = Dispute.objects.count() + 1
        reason, statement = words.DISPUTES[number % len(words.DISPUTES)]
        kind, _, reason = reason.partition(":")
        day = moment.date() - dt.timedelta(days=self._rng.randint(2, 9))
        starts = dt.datetime.combine(day, dt.time(15), dt.UTC)
        new = cases.NewDispute(
            kind=kind,
            amount=Decimal(self._rng.choice((50, 75, 100))),
            statement=statement,
            service_date=day,
            provider=self._rng.choice(sorted(self._cast.providers)),
            external_id=f"D-{number:04d}",
            reason=reason,
            starts_at=starts,
            cancelled_at=starts - self._rng.choice((4, 11, 30)) * HOURS if kind == "cancellation_fee" else None,
            notice_hours=24 if kind == "cancellation_fee" else None,
        )
        cases.open_dispute(self._cast.staff["rui"], new, moment)

    def _decide_disputes(self, moment: dt.datetime) -> None:
        answered = [DisputeState.ANSWERED, DisputeState.CONCEDED, DisputeState.ANSWERED_LATE]
        for dispute in Dispute.objects.filter(status__in=answered, answered_at__lte=moment - 2 * STAFF_TAKE):
            drawn = share(dispute.external_id, "decide")
            if "upheld" not in outcomes_after(dispute.answer):
                outcome, amount = "waived", None
            elif drawn < 0.4:
                outcome, amount = "upheld", None
            elif drawn < 0.7:
                outcome, amount = "reduced", Decimal(25)
            else:
                continue
            reason = "The policy in force and the time of cancellation were compared."
            cases.decide_dispute(self._cast.staff["lena"], dispute.pk, outcome, amount, reason, moment)

    def _find_network_errors(self, moment: dt.datetime) -> None:
        """Now and then staff learn that the network itself erred, and open a case by hand with what they know."""
        if self._rng.random() > 0.16:
            return
        recent = TherapySession.objects.filter(
            created_at__gte=moment - dt.timedelta(days=14), provider__email__gt="", cases=None
        )
        identities = list(recent.order_by("external_id").values_list("pk", flat=True)[:200])
        if identities:
            rui, chosen = self._cast.staff["rui"], self._rng.choice(identities)
            case = cases.open_by_hand(rui, chosen, moment)
            cases.add_facts(rui, case.pk, dict(self._rng.choice(words.NETWORK_FACTS)), moment)


def _reply(dispute: Dispute) -> cases.Said:
    """A provider who contests says so in words, and shows the policy the client agreed to where the fee rests on it."""
    if dispute.kind != "cancellation_fee":
        return cases.Said(text=words.BILL_ANSWER)
    accepted = {"accepted_at": (dispute.opened_at - dt.timedelta(days=40)).isoformat(), "how": "booking"}
    shown: dict[str, dict[str, Any]] = {
        "policy": {"version": "January 2026", "notice_hours": 24, "fee": "75.00"},
        "policy_acceptance": accepted,
    }
    return cases.Said(text=words.DISPUTE_ANSWER, evidence=shown)


def _answer(how: str, request: NotesRequest) -> Answer:
    return Answer(
        submission=UUID(int=request.pk.int ^ 1),
        text=words.progress_note(request.session) if how == "note" else "",
        explanation={"explanation": words.EXPLANATION, "disagree": words.DISAGREE}.get(how, ""),
        objection="disagree" if how == "disagree" else "",
        attested=True,
        no_process_notes=True,
    )
