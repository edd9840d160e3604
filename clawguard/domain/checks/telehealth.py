"""What is known of the way a session took place, and what its payer is known to ask."""

from __future__ import annotations

import datetime as dt

from clawguard.domain.codesets import Policy
from clawguard.domain.facts import SessionFacts

REMOTE = ("video", "audio")
IN_PERSON_PLACES = ("11", "12")
# Clinics and hospital outpatient departments bill telehealth by rules of their own.
OWN_RULES = ("19", "22", "50", "72")
MEDICARE_TELEHEALTH_PLACES_FROM = dt.date(2024, 1, 1)


def medicare_now(session: SessionFacts) -> bool:
    """Medicare since it asks for places 02 and 10; before, it wanted the office place with modifier 95."""
    return session.payer_kind == "medicare" and session.date_of_service >= MEDICARE_TELEHEALTH_PLACES_FROM


def office_place_accepted(session: SessionFacts, policy: Policy) -> bool:
    """Whether this payer is known to want the office place with a telehealth modifier."""
    if policy.telehealth_known or policy.office_place_with_modifier:
        return policy.office_place_with_modifier
    return session.payer_kind == "medicare" and not medicare_now(session)
