"""What is known of a session beside what it says itself, as facts of its case: what people and programs stated of its
client, its provider and its claim, the terms of its payer, and when the payer says it got the claim.

A fact is given only where one answer follows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from clawguard.domain.checks.contract import agreed_rate
from clawguard.domain.checks.filing import last_day_to_file
from clawguard.domain.checks.stated import day, enrolled, holds, of_payer
from clawguard.domain.facts import SessionFacts
from sessions import stated
from sessions.codesets.policy_periods import current_policies
from sessions.facts import load
from sessions.models import TherapySession

AUTHORIZATION = {
    "required": "authorization_required",
    "known_at_booking": "authorization_known_at_booking",
    "obtained": "authorization_obtained",
}
Facts = dict[str, Any]


def beside(session: TherapySession, received_on: dt.date | None) -> Facts:
    """Each in the shape of the interface, with its source. ``received_on``: when the payer says it had the claim."""
    (row,) = rows = load("WHERE s.id = %s", [session.pk])
    said = stated.of(rows).get(row.id, {})
    return _stated(said, row.facts) | _filing(received_on, said, row.facts)


def _stated(said: Mapping[str, Any], session: SessionFacts) -> Facts:
    coverage = said.get("eligibility", {})
    rate = agreed_rate(session, said.get("rates", ())) if session.contracted_rate is None else None
    values = {
        "eligibility_shown": coverage.get("shown"),
        "eligibility_actual": coverage.get("actual"),
        "checked_at": coverage.get("checked_at"),
        "ended_on": coverage.get("ended_on"),
        "retroactive": coverage.get("retroactive"),
        "network_status_actual": _status(said, session),
        "code_offered_by_network": _offered(said, session),
        "license_valid_on_service_date": _licensed(said, session.date_of_service),
        "contracted_rate": None if rate is None else str(rate),
        **_authorization(said, session),
    }
    return {name: {"value": value, "source": "Stated facts"} for name, value in values.items() if value is not None}


def _licensed(said: Mapping[str, Any], on: dt.date) -> bool | None:
    licences = said.get("licenses", [])
    return any(holds(each, on) for each in licences) if licences else None


def _status(said: Mapping[str, Any], session: SessionFacts) -> str | None:
    """Who is not enrolled with a payer is in no network of it; who is may still be outside the client's plan."""
    standing = enrolled(said.get("enrollments", ()), session.payer_id, session.date_of_service)
    return "out" if standing is False and session.payer_kind != "self_pay" else None


def _offered(said: Mapping[str, Any], session: SessionFacts) -> bool | None:
    """Whether our picker offered a billed code that it should not have: yes where that is stated of one, no only where
    it is denied of every one. A later statement about the same code takes the place of an earlier one."""
    billed = session.codes.union(session.diagnoses)
    found = {each.get("code"): each["offered"] for each in said.get("picks", ())}
    about = {code: offered for code, offered in found.items() if code is None or code in billed}
    if any(about.values()):
        return True
    return False if None in about or (about and billed <= about.keys()) else None


def _authorization(said: Mapping[str, Any], session: SessionFacts) -> dict[str, bool | None]:
    """The last word on each question among this payer's authorizations that hold that day and cover a billed code."""
    facts: dict[str, bool | None] = {}
    for each in said.get("authorizations", []):
        codes = each.get("codes")
        covers = not codes or not session.codes.isdisjoint(codes)
        if covers and holds(each, session.date_of_service) and of_payer(each, session.payer_id):
            for name, fact in AUTHORIZATION.items():
                facts[fact] = each[name] if name in each else facts.get(fact)
    return facts


def _filing(received_on: dt.date | None, said: Mapping[str, Any], facts: SessionFacts) -> Facts:
    """When the claim went out and until when the payer takes it. Both are known by the day: a claim counts from the
    beginning of its day, the payer's last day is whole."""
    zone, found = ZoneInfo(facts.provider_time_zone), {}
    filed = received_on or day(said.get("claim", {}).get("filed_on"))
    if filed is not None:
        source = "Remittance: the day the payer received the claim" if received_on else "Stated facts"
        at = dt.datetime.combine(filed, dt.time.min, zone)
        found["claim_submitted_at"] = {"value": at.isoformat(), "source": source}
    last = last_day_to_file(current_policies().of(facts), facts)
    if last is not None:
        at = dt.datetime.combine(last, dt.time(23, 59, 59), zone)
        found["filing_limit_at"] = {"value": at.isoformat(), "source": "Payer policy"}
    return found
