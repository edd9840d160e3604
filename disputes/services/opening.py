"""Opening cases: at most one stands per session, however often and from however many sides it is asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery

from clawguard.accounts.actors import SYSTEM, Actor
from clawguard.accounts.models import Provider
from clawguard.domain.lifecycles import CaseState, FindingState
from clawguard.events.errors import NotFound
from clawguard.events.services import publish_many
from disputes import policies
from disputes.models import Case, Dispute
from disputes.services import clocks
from disputes.services.attributing import attribute, attribute_of_sessions
from disputes.wording import dispute_title, session_title
from notes import calendars
from notes.models import NotesRequest
from sessions.models import Finding, TherapySession
from sessions.selectors import visible_sessions

STANDS = Q(status__in=[FindingState.NEW, FindingState.CONFIRMED])


def open_by_hand(actor: Actor, session_id: UUID, now: dt.datetime) -> Case:
    """Open a case about a session, or return the one that stands. Raises NotFound for a session out of reach."""
    policies.require_worker(actor, policies.WRITE)
    session = _reachable(actor).filter(pk=session_id).first()
    if session is None:
        raise NotFound
    return open_for_sessions([session_id], "hand", actor, now)[0]


def _reachable(actor: Actor) -> QuerySet[TherapySession]:
    if actor.kind == "api":  # a key that may write cases need not be allowed to list sessions
        return TherapySession.objects.all()
    return visible_sessions(actor)


def open_for_findings(session_ids: Iterable[UUID], now: dt.datetime) -> list[Case]:
    """Open cases for sessions whose error findings no document can cure. Curable ones are asked for first.

    A finding that an earlier case of its session already covered opens no second one. Cases that stand already are
    weighed again: what was screened may have been corrected, and findings may have come or gone.
    """
    ids = list(session_ids)
    attribute_of_sessions(ids, now)
    return open_for_sessions(_uncovered(ids, Q(request_items=[])), "findings", SYSTEM, now)


def open_for_confirmed(finding_id: UUID, now: dt.datetime) -> None:
    """Open a case for an error finding that a person confirmed, whatever was asked for before; weigh a standing one."""
    session_id = Finding.objects.values_list("session_id", flat=True).get(pk=finding_id)
    confirmed = Q(status=FindingState.CONFIRMED)
    open_for_sessions(_uncovered([session_id], confirmed), "findings", SYSTEM, now)
    weigh_standing(session_id, now)


def _uncovered(session_ids: Iterable[UUID], which: Q) -> list[UUID]:
    last_case = Case.objects.filter(session=OuterRef("session")).order_by("-opened_at").values("opened_at")[:1]
    grave = Finding.objects.filter(STANDS, which, session__in=session_ids, severity="error")
    grave = grave.annotate(covered_at=Subquery(last_case))
    later = Q(covered_at__isnull=True) | Q(created_at__gt=F("covered_at"))
    return sorted(set(grave.filter(later).values_list("session_id", flat=True)))


def weigh_standing(session_id: UUID, now: dt.datetime) -> None:
    """Something about the session changed: weigh its standing case again, if there is one."""
    attribute_of_sessions([session_id], now)


def weigh_dispute(dispute_id: UUID, now: dt.datetime) -> None:
    """Something about the dispute changed: weigh whatever case stands about it or its session again."""
    session_id = Dispute.objects.values_list("session_id", flat=True).get(pk=dispute_id)
    about = Q(dispute=dispute_id) if session_id is None else Q(dispute=dispute_id) | Q(session=session_id)
    standing = Case.objects.filter(about).exclude(status=CaseState.CLOSED)
    for case_id in standing.order_by("pk").values_list("pk", flat=True):
        attribute(case_id, now)


def open_for_lapse(request_id: UUID, at: dt.datetime) -> Case:
    """Open a case about a notes request that lapsed, or return the session's standing one."""
    session_id = NotesRequest.objects.values_list("session_id", flat=True).get(pk=request_id)
    return open_for_sessions([session_id], "lapse", SYSTEM, at)[0]


def open_for_dispute(dispute_id: UUID, now: dt.datetime) -> Case:
    """Open a case about an answered or lapsed dispute, or join the standing case of its session."""
    dispute = Dispute.objects.select_related("provider", "session").get(pk=dispute_id)
    known = Case.objects.filter(dispute=dispute).first()
    if known is not None:
        return known
    standing = _standing([dispute.session_id]) if dispute.session_id else []
    if standing:
        return standing[0]
    turn = (now, clocks.decide_by(dispute.provider, now))
    case = _new_case(dispute.provider, "dispute", dispute_title(dispute), dispute.amount, turn)
    case.dispute, case.session = dispute, dispute.session
    case.contracted_rate = dispute.session.contracted_rate if dispute.session else None
    return _insert([case], SYSTEM, now)[0]


def open_for_sessions(
    session_ids: Sequence[UUID],
    origin: str,
    actor: Actor,
    now: dt.datetime,
    amounts: Mapping[UUID, Decimal] | None = None,
) -> list[Case]:
    """The standing case of each session, opened where there is none, in a fixed number of statements.

    ``amounts`` are at risk where that is known; else the dearest finding is, the rate, or the charges.
    """
    standing = {case.session_id: case for case in _standing(session_ids)}
    wanted = TherapySession.objects.filter(pk__in=set(session_ids) - set(standing)).select_related("provider")
    exposure = _exposure(session.pk for session in wanted)
    cases, calendar = [], calendars.in_force()
    for session in wanted:
        known = (amounts or {}).get(session.pk)
        amount = known or exposure.get(session.pk) or session.contracted_rate or _charges(session)
        turn_ends = clocks.decide_by(session.provider, now, calendar)
        case = _new_case(session.provider, origin, session_title(session), amount, (now, turn_ends))
        case.session, case.contracted_rate = session, session.contracted_rate
        cases.append(case)
    return [*standing.values(), *_insert(cases, actor, now)]


def _standing(session_ids: Sequence[UUID]) -> list[Case]:
    return list(Case.objects.filter(session__in=session_ids).exclude(status=CaseState.CLOSED))


def _exposure(session_ids: Iterable[UUID]) -> dict[UUID, Decimal]:
    """The dearest standing finding: several findings on one claim put the same money at risk, so they do not add up."""
    rows = Finding.objects.filter(STANDS, session__in=list(session_ids)).values("session_id")
    return {row["session_id"]: row["dearest"] for row in rows.annotate(dearest=Max("amount_at_risk"))}


def _charges(session: TherapySession) -> Decimal:
    return sum((Decimal(line.get("charge") or 0) for line in session.service_lines), Decimal(0))


Turn = tuple[dt.datetime, dt.datetime]


def _new_case(provider: Provider, origin: str, title: str, amount: Decimal, turn: Turn) -> Case:
    """``turn``: from when until when it is the network's to act."""
    now, turn_ends = turn
    return Case(
        provider=provider,
        origin=origin,
        title=title,
        amount_at_risk=amount,
        opened_at=now,
        updated_at=now,
        decide_by=turn_ends,
        breach_at=turn_ends,
    )


@transaction.atomic
def _insert(cases: list[Case], actor: Actor, now: dt.datetime) -> list[Case]:
    """Store what nobody stored first; of the others return what now stands. Only what was stored is published."""
    Case.objects.bulk_create(cases, ignore_conflicts=True)
    stored = set(Case.objects.filter(pk__in=[case.pk for case in cases]).values_list("pk", flat=True))
    opened = [case for case in cases if case.pk in stored]
    if opened:
        publish_many("case.opened", [(case, {"origin": case.origin}) for case in opened], actor, now)
    lost = [case.session_id for case in cases if case.pk not in stored and case.session_id]
    return [*opened, *_standing(lost)]
