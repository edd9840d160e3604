"""A client's dispute is entered by staff or a program. The network's own number names it: told twice, it is one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from zoneinfo import available_timezones

from django.db import IntegrityError, transaction

from clawguard.accounts.actors import SYSTEM, Actor
from clawguard.accounts.models import Provider
from clawguard.domain.disputes import REASONS
from clawguard.events.errors import Refused
from clawguard.events.models import Event
from clawguard.events.services import publish
from disputes import policies
from disputes.models import Dispute
from disputes.sealed import seal_words
from disputes.selectors.disputes import dispute_about, words_of
from disputes.selectors.evidence import earlier_waivers, pieces_of
from disputes.services.conversation import readable
from disputes.services.evidence import read_or_refuse, store_evidence
from sessions.models import TherapySession


@dataclass(frozen=True, slots=True)
class NewDispute:
    """What is told of a dispute when it is opened. ``session`` or ``provider`` (an NPI) names whose fee it is."""

    kind: str
    amount: Decimal
    statement: str
    service_date: dt.date | None = None
    session: str = ""  # the session's external id
    provider: str = ""
    external_id: str = ""
    reason: str = ""  # of the dated table of reasons of its kind
    starts_at: dt.datetime | None = None  # when the session was to start; else as its session says
    client_time_zone: str = ""  # an IANA name; empty: the provider's
    cancelled_at: dt.datetime | None = None
    notice_hours: int | None = None
    evidence: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # per kind, its fields


@transaction.atomic
def open_dispute(actor: Actor, new: NewDispute, now: dt.datetime) -> Dispute:
    """Store the dispute; it is delivered to the provider soon after. The same told again under the same external id
    returns the first. Raises Refused where that id is taken by something else, naming what differs."""
    policies.require_worker(actor, policies.WRITE)
    session, provider = _about(actor, new)
    known = _known(new.external_id)
    if known is None:
        dispute = _row(actor, new, session, provider, now)
        values = {kind: read_or_refuse(kind, given) for kind, given in new.evidence.items()}
        try:
            with transaction.atomic():
                dispute.save(force_insert=True)
        except IntegrityError:  # told twice in the same breath, and the other one was first
            known = _known(new.external_id)
            if known is None:
                raise
    if known is not None:
        _require_the_same(actor, known, new, session, provider)
        return known
    for kind, value in values.items():
        store_evidence(actor, dispute, kind, value, "network", f"Stated by {actor.name}", now)
    waivers = earlier_waivers(dispute)
    if waivers is not None:
        store_evidence(SYSTEM, dispute, "earlier_waivers", waivers, "network", "Our record of disputes", now)
    publish("dispute.opened", dispute, actor, now, {"kind": dispute.kind, "reason": dispute.reason})
    return dispute


def _known(external_id: str) -> Dispute | None:
    return Dispute.objects.filter(external_id=external_id).first() if external_id else None


def _row(
    actor: Actor, new: NewDispute, session: TherapySession | None, provider: Provider, now: dt.datetime
) -> Dispute:
    service_date = session.date_of_service if session else new.service_date
    if service_date is None:
        raise Refused("missing", "Give the day of the service.", "/service_date")
    dispute = Dispute(
        external_id=new.external_id,
        provider=provider,
        session=session,
        kind=new.kind,
        amount=new.amount,
        service_date=service_date,
        reason=_reason_of(new, now),
        starts_at=new.starts_at or (session.start if session else None),
        client_time_zone=_zone(new.client_time_zone),
        cancelled_at=new.cancelled_at,
        notice_hours=new.notice_hours,
        opened_at=now,
        opened_by_kind=actor.kind,
        opened_by_id=actor.id,
        opened_by_name=actor.name,
        updated_at=now,
    )
    dispute.statement = seal_words("dispute statement", dispute.pk, readable(new.statement, "/statement"))
    return dispute


def _about(actor: Actor, new: NewDispute) -> tuple[TherapySession | None, Provider]:
    """The session and provider named, within the actor's reach: unknown and out of reach are told alike."""
    session, provider = dispute_about(actor, new.session, new.provider)
    if provider is not None:
        return session, provider
    if new.session:
        raise Refused("unknown_session", "No session of that number is within your reach.", "/session")
    if not new.provider:
        raise Refused("session_or_provider", "Name the session, or the provider by NPI.", "/provider")
    raise Refused("unknown_provider", "No provider of that NPI is within your reach.", "/provider")


def _require_the_same(
    actor: Actor, known: Dispute, new: NewDispute, session: TherapySession | None, provider: Provider
) -> None:
    """Of a dispute out of reach nothing is told but that its number is taken."""
    if not Dispute.objects.filter(policies.dispute_reach(actor, policies.WRITE), pk=known.pk).exists():
        raise Refused("external_id_taken", "This external_id belongs to another dispute. Give this one its own.")
    told = _told(new, session, provider)
    stored = _stored(known)
    differing = [name for name, value in told.items() if stored[name] != value]
    if differing:
        raise Refused(
            "already_opened",
            f"A dispute with this external_id is stored with another {', '.join(differing)}. It stays as it is: add "
            "evidence or put its reason right there, or give this one an external_id of its own.",
        )


def _told(new: NewDispute, session: TherapySession | None, provider: Provider) -> dict[str, Any]:
    """What is told now, to be held against what was stored. What a session said then it may say otherwise by now."""
    told: dict[str, Any] = {
        "kind": new.kind,
        "session": session.pk if session else None,
        "provider": provider.pk,
        "amount": new.amount,
        "statement": readable(new.statement, "/statement"),
        "reason": new.reason,
        "client_time_zone": new.client_time_zone,
        "cancelled_at": new.cancelled_at,
        "notice_hours": new.notice_hours,
        "evidence": {kind: read_or_refuse(kind, given) for kind, given in new.evidence.items()},
    }
    told |= {} if session else {"service_date": new.service_date}
    return told if session and new.starts_at is None else told | {"starts_at": new.starts_at}


def _stored(known: Dispute) -> dict[str, Any]:
    """The same of a stored dispute, as it was when it came in."""
    opening = Event.objects.get(name="dispute.opened", subject_id=str(known.pk))
    first = [
        piece
        for piece in pieces_of(known)
        if piece.row.added_at == known.opened_at and piece.row.added_by_kind == known.opened_by_kind
    ]
    return {
        "kind": known.kind,
        "session": known.session_id,
        "provider": known.provider_id,
        "amount": known.amount,
        "statement": words_of(known)["statement"],
        "reason": opening.payload["reason"],
        "client_time_zone": known.client_time_zone,
        "cancelled_at": known.cancelled_at,
        "notice_hours": known.notice_hours,
        "evidence": {piece.row.kind: piece.value for piece in first},
        "service_date": known.service_date,
        "starts_at": known.starts_at,
    }


def _reason_of(new: NewDispute, now: dt.datetime) -> str:
    if not new.reason:
        return ""
    found = REASONS.find(new.kind, new.reason, now.date())
    if found is None:
        known = ", ".join(row.id for row in REASONS.of_kind(new.kind, now.date()))
        raise Refused("not_a_choice", f"Choose one of the reasons of this kind: {known}.", "/reason")
    return found.id


def _zone(name: str) -> str:
    if name and name not in available_timezones():
        raise Refused("unknown_zone", "Give an IANA time zone, such as America/New_York.", "/client_time_zone")
    return name
