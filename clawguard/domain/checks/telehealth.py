"""What is known of the way a session took place, and what its payer is known to ask."""

from __future__ import annotations

import datetime as dt

from clawguard.domain.codesets import Policy
from clawguard.domain.codesets.modifiers import ModifierTable
from clawguard.domain.codesets.places import PlaceTable
from clawguard.domain.facts import ServiceLineFacts, SessionFacts

REMOTE = ("video", "audio")
IN_PERSON_PLACES = ("11", "12")
# Clinics and hospital outpatient departments bill telehealth by rules of their own.
OWN_RULES = ("19", "22", "50", "72")
MEDICARE_TELEHEALTH_PLACES_FROM = dt.date(2024, 1, 1)


def medicare_now(session: SessionFacts) -> bool:
    """Medicare since it asks for places 02 and 10; before, it wanted the office place with modifier 95."""
    return session.payer_kind == "medicare" and session.date_of_service >= MEDICARE_TELEHEALTH_PLACES_FROM


def way_of(session: SessionFacts, line: ServiceLineFacts, modifiers: ModifierTable) -> str | None:
    """How a service took place: as stated; a claim states nothing, and then its line's modifier says it.

    ``None``: nothing says it, or the modifiers contradict each other.
    """
    if session.telehealth is not None:
        return session.telehealth
    video, audio = (not group.isdisjoint(line.modifiers) for group in (modifiers.video, modifiers.audio))
    return None if video == audio else "video" if video else "audio"


def claimed_remote(session: SessionFacts, policy: Policy, places: PlaceTable) -> bool:
    """Whether the place says telehealth: 02 and 10, or one that this payer takes where the session is stated remote."""
    if places.is_telehealth(session.place_of_service):
        return True
    return session.telehealth in REMOTE and session.place_of_service in (policy.telehealth_places or ())


def office_place_accepted(session: SessionFacts, policy: Policy) -> bool:
    """Whether this payer is known to want the office place with a telehealth modifier."""
    if session.place_of_service in (policy.telehealth_places or ()):
        return True
    if policy.telehealth_known or policy.office_place_with_modifier:
        return policy.office_place_with_modifier
    return session.payer_kind == "medicare" and not medicare_now(session)
