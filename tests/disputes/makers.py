"""Makers of cases and disputes in the states that tests start from, by the same services that make them in life."""

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import sessions.tasks  # noqa: F401
from clawguard.accounts.actors import Actor, of_user
from clawguard.accounts.models import Provider, User
from clawguard.events.outbox import run_waiting
from disputes import services
from disputes.models import Case, Dispute
from sessions.models import Client, Payer, TherapySession
from tests.builders import NOW

LINE = {
    "code": "90837",
    "modifiers": ["95"],
    "units": 1,
    "charge": "180.00",
    "diagnosis_pointers": [1],
    "start": None,
    "end": None,
    "minutes": None,
    "em_basis": None,
}
_numbers = itertools.count(1)


def session(provider: Provider, **fields: Any) -> TherapySession:
    number = next(_numbers)
    client = Client.objects.get_or_create(external_id=fields.pop("client", "C-1"))[0]
    payer = Payer.objects.get_or_create(payer_id="60054", defaults={"kind": "commercial", "name": "Example Health"})[0]
    given = {
        "external_id": f"S-case-{number}",
        "provider_license": "LCSW",
        "date_of_service": dt.date(2026, 9, 16),
        "start": dt.datetime(2026, 9, 16, 14, 2, tzinfo=dt.UTC),
        "end": dt.datetime(2026, 9, 16, 14, 49, tzinfo=dt.UTC),
        "place_of_service": "10",
        "telehealth": "video",
        "service_lines": [LINE],
        "codes": ["90837"],
        "diagnoses": ["F331"],
        "confirmed_at": dt.datetime(2026, 9, 16, 21, 40, tzinfo=dt.UTC),
        "contracted_rate": Decimal("142.50"),
        "digest": f"{number:064d}",
        "created_at": NOW,
        "updated_at": NOW,
        **fields,
    }
    return TherapySession.objects.create(provider=provider, client=client, payer=payer, **given)


def work(now: dt.datetime) -> None:
    """Run what waits, as workers would at ``now``, until nothing is left."""
    clocks = [
        patch(f"{where}.read_clock", return_value=now) for where in ("clawguard.events.handling", "disputes.tasks")
    ]
    with clocks[0], clocks[1]:
        while run_waiting(now + dt.timedelta(days=400)):
            pass


def opened(user: User, about: TherapySession, now: dt.datetime = NOW) -> Case:
    """A case opened by hand; nothing in the background has run yet."""
    return services.open_by_hand(of_user(user), about.pk, now)


def in_conversation(staff: User, provider_user: User, now: dt.datetime = NOW, **fields: Any) -> Case:
    """A case whose notice was delivered at ``now``."""
    assert provider_user.provider is not None
    case = opened(staff, session(provider_user.provider, **fields), now)
    services.attribute(case.pk, now)
    services.open_conversation(case.pk, now)
    case.refresh_from_db()
    assert case.notice_delivered_at == now
    return case


def answered(staff: User, provider_user: User, now: dt.datetime = NOW, **fields: Any) -> Case:
    case = in_conversation(staff, provider_user, now, **fields)
    services.post_message(of_user(provider_user), case.pk, "The times are in my note.", now + dt.timedelta(hours=2))
    case.refresh_from_db()
    return case


def verdict(party: str = "provider", **changes: Any) -> services.Verdict:
    usual = {
        "provider": ("provider.coding", "recover", Decimal("40.00")),
        "network": ("network.eligibility_not_caught", "pay_contracted_rate", None),
        "none": ("none.no_error", "no_issue", None),
        "payer": ("payer.own_change", "appealed_to_payer", None),
    }
    clause, outcome, amount = usual.get(party, usual["provider"])
    given = {
        "party": party,
        "clause": clause,
        "outcome": outcome,
        "amount": amount,
        "explanation": "47 minutes are documented and 90837 starts at 53.",
        "evidence": ("date_of_service",),
        **changes,
    }
    return services.Verdict(**given)


def decided(staff: User, second: User, provider_user: User, party: str = "provider", now: dt.datetime = NOW) -> Case:
    case = answered(staff, provider_user, now)
    later = now + dt.timedelta(hours=4)
    services.decide(of_user(staff), case.pk, verdict(party), later)
    if party == "provider":
        services.approve(of_user(second), case.pk, later + dt.timedelta(hours=1))
    case.refresh_from_db()
    return case


def dispute(actor: Actor, provider: Provider, now: dt.datetime = NOW, **fields: Any) -> Dispute:
    given: dict[str, Any] = {
        "kind": "cancellation_fee",
        "amount": Decimal("75.00"),
        "statement": "I cancelled two days before.",
        "service_date": dt.date(2026, 11, 10),
        "provider": provider.npi,
        **fields,
    }
    return services.open_dispute(actor, services.NewDispute(**given), now)
