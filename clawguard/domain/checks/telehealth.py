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


def medicare_place(session: SessionFacts, policy: Policy) -> bool:
    """Whether the payer is Medicare, on a day on which it asks for a telehealth place.

    It does since 2017, but for the public health emergency, when it took the place of a visit in person with modifier
    95. Sources: CMS MLN Matters MM9726; NGS Medicare on the end of 2023; the days are values of the policy.
    """
    return _medicare_since(session, policy.medicare_telehealth_places_from) and not _emergency(session, policy)


def medicare_audio(session: SessionFacts, policy: Policy) -> bool:
    """Whether the payer is Medicare, on a day on which a session by phone needs its modifier."""
    return _medicare_since(session, policy.medicare_audio_modifier_from)


def _medicare_since(session: SessionFacts, first: dt.date | None) -> bool:
    return session.payer_kind == "medicare" and first is not None and session.date_of_service >= first


def _emergency(session: SessionFacts, policy: Policy) -> bool:
    first, last = policy.medicare_office_place_from, policy.medicare_office_place_until
    return first is not None and first <= session.date_of_service and (last is None or session.date_of_service <= last)


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
    return session.payer_kind == "medicare" and not medicare_place(session, policy)
