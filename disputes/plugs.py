"""What cases and disputes show on the pages of notes and sessions, which know nothing of them."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.urls import reverse

from clawguard.accounts.actors import Actor
from clawguard.domain.lifecycles import CaseState
from disputes import learning, policies, resealing, selectors, services, wording
from disputes.models import AccountMatch, Case, Dispute, Remittance
from disputes.selectors.clocks import days_left, strip
from disputes.services import remittances
from notes import hooks as notes_hooks
from sessions import hooks as session_hooks
from sessions.models import ImportBatch, TherapySession

Row = dict[str, Any]
TOLD = 30  # of a provider's earlier conversations are on their home page


def register() -> None:
    """Called once, when the apps are ready."""
    notes_hooks.home_rows(home_rows)
    notes_hooks.told_rows(told_rows)
    notes_hooks.waiting_rows(waiting_rows)
    notes_hooks.open_review(review_is_open)
    notes_hooks.settled(selectors.sessions_decided)
    notes_hooks.question_taker(take_question)
    notes_hooks.file_locked(services.tell_locked)
    for column in resealing.columns():
        notes_hooks.sealed(column)
    session_hooks.register_clocks("cases", session_clocks)
    session_hooks.register_actions("cases", session_actions)
    report = "disputes/remittance_report.html"
    session_hooks.register_file_kind(
        remittances.KIND, session_hooks.FileKind(remittances.take, report, remittance_report)
    )
    session_hooks.register_outcome("disputes/check_outcome.html", learning.of_check)
    session_hooks.register_section("cases", session_hooks.Section(30, "disputes/session_section.html", session_section))


def home_rows(actor: Actor, now: dt.datetime) -> list[Row]:
    """What waits for a provider besides documents: cases and disputes that still want their answer, nearest first."""
    cases = [_home_case(case, now) for case in selectors.cases_to_answer(actor)]
    disputes = [_home_dispute(row, now) for row in selectors.disputes_to_answer(actor)]
    return sorted([*cases, *disputes], key=lambda row: row["due_at"])


def waiting_rows(provider_id: UUID) -> list[Dispute]:
    """Disputes that were shown to a provider and still take an answer; cases are for the provider in person."""
    return list(Dispute.objects.filter(provider=provider_id, status__in=policies.TO_ANSWER).order_by("due_at", "pk"))


def _home_case(case: Case, now: dt.datetime) -> Row:
    state = wording.case_state(case, now, provider=True)
    row = {"title": "We would like to hear from you", "detail": case.title, "url": reverse("my-case", args=[case.pk])}
    return row | {"state": state} | _due(case.answer_excused_until or case.answer_due_at, case, now)


def _home_dispute(row: Dispute, now: dt.datetime) -> Row:
    title, url = "A client has a question about a fee", reverse("my-dispute", args=[row.pk])
    shown = {"title": title, "detail": wording.dispute_title(row), "url": url}
    state = wording.dispute_state(row, now, provider=True)
    return shown | {"state": state} | _due(row.excused_until or row.due_at, row, now)


def told_rows(actor: Actor, now: dt.datetime) -> list[Row]:
    """What a provider can look at again: conversations and disputes that are ours to move, or over. Newest first."""
    cases = [
        (case.updated_at, "my-case", case, case.title, wording.case_state(case, now, provider=True))
        for case in selectors.cases_told(actor)[:TOLD]
    ]
    disputes = [
        (row.updated_at, "my-dispute", row, wording.dispute_title(row), wording.dispute_state(row, now, provider=True))
        for row in selectors.disputes_told(actor)[:TOLD]
    ]
    newest = sorted([*cases, *disputes], key=lambda entry: entry[0], reverse=True)[:TOLD]
    return [
        {"title": title, "url": reverse(name, args=[row.pk]), "state": state, "at": at}
        for at, name, row, title, state in newest
    ]


def _due(due_at: Any, row: Case | Dispute, now: dt.datetime) -> Row:
    zone = row.provider.time_zone
    left = days_left(strip(row.deadline), due_at, zone, now)
    return {"due_at": due_at, "business_days_left": left, "time_zone": zone}


def remittance_report(batch: ImportBatch) -> Row:
    """What the page of an import says of an 835: what it held, and whether anything waits for people."""
    counts, rows = batch.summary.get("counts", {}), Remittance.objects.filter(batch=batch)
    off = rows.filter(accepted_at=None).exclude(imbalances=[]).count()
    unnamed = AccountMatch.objects.filter(adjustment__remittance__batch=batch, how="").exists()
    return {
        "counts": counts,
        "stored": rows.order_by("number")[:TOLD],
        "unsettled": _unsettled(off),
        "unnamed": unnamed,
    }


def _unsettled(count: int) -> str:
    """What follows from payments whose sums disagree while nobody accepted them; empty where there is none."""
    if not count:
        return ""
    them = "this payment" if count == 1 else f"these {count} payments"
    return f"Nothing that {them} took back opens a case or counts as taken until somebody accepts the difference."


def review_is_open(actor: Actor, session_id: UUID) -> bool:
    """A standing case gives those who work it a reason to read the notes of its session."""
    case = selectors.standing_case_of(actor, session_id) if actor.is_staff else None
    return case is not None and case.status not in {CaseState.DECIDED, CaseState.CLOSED}


def take_question(actor: Actor, session_id: UUID, words: str, now: dt.datetime) -> bool:
    """A question about a request joins the conversation of the session's case, if one is open."""
    case = selectors.standing_case_of(actor, session_id)
    if case is None or case.status not in policies.IN_TALK:
        return False
    services.post_message(actor, case.pk, words, now, question=True)
    return True


def session_clocks(actor: Actor, session: TherapySession, now: dt.datetime) -> list[Row]:
    """The standing case's nearest clock, for the session's page and API."""
    case = selectors.standing_case_of(actor, session.pk)
    if case is None or case.status == CaseState.DECIDED:
        return []
    provider_owes = case.status == CaseState.IN_CONVERSATION
    url = reverse("my-case" if actor.is_provider else "case", args=[case.pk])
    what, owed_by = ("case_answer", "provider") if provider_owes else ("case_decision", "network")
    state = wording.case_state(case, now, provider=actor.is_provider)
    return [{"what": what, "due_at": case.breach_at.isoformat(), "owed_by": owed_by, "state": state, "url": url}]


def session_actions(actor: Actor, session: TherapySession) -> list[str]:
    """Opening a case, for those who work cases, where none stands."""
    if not actor.is_staff or selectors.standing_case_of(actor, session.pk) is not None:
        return []
    return ["open_case"]


def session_section(actor: Actor, session: TherapySession, now: dt.datetime) -> Row | None:
    """The case of a session on its page, or the button that opens one; left out where there is neither."""
    case = selectors.standing_case_of(actor, session.pk)
    may_open = case is None and actor.is_staff
    if case is None:
        return {"case": None, "session": session} if may_open else None
    url = reverse("my-case" if actor.is_provider else "case", args=[case.pk])
    state = wording.case_state(case, now, provider=actor.is_provider)
    return {"case": case, "url": url, "case_state": state, "case_words": wording.CASE_WORDS[case.status]}
