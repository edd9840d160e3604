"""What attribution may see of a case, as frozen values with their source and time.

``None`` always means *not stated*: an unanswered question, never "no". An empty ``coding_findings`` does mean that
somebody looked and confirmed nothing. All moments are aware; ``due_at`` is exclusive (an answer is in time before it).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a fact comes from: when it was recorded and by what. Both may be unknown, and are shown as such."""

    at: dt.datetime | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact as evidence: its name, its value, when it was recorded and where."""

    name: str
    value: Any
    at: dt.datetime | None
    source: str | None


@dataclass(frozen=True, slots=True)
class NoteRequestFacts:
    """The clock of a notes request. *Responded* and *notes received* are two facts.

    ``notes_owed`` is False where words were enough: no notes were asked for, every item that asks for some was
    accepted, or the provider says that the session is not theirs. ``on_file_at``: since when a note of it is there.
    """

    delivered_at: dt.datetime | None = None
    due_at: dt.datetime | None = None
    responded_at: dt.datetime | None = None
    notes_received_at: dt.datetime | None = None
    bounced: bool | None = None
    notes_owed: bool | None = None
    on_file_at: dt.datetime | None = None
    paused: bool | None = None  # the clock stands still, and there is no due moment meanwhile


@dataclass(frozen=True, slots=True)
class DisputeFacts:
    """The clock of a client's dispute that the provider was asked about."""

    kind: str | None = None  # "cancellation_fee" | "billing"
    provider_asked_at: dt.datetime | None = None
    due_at: dt.datetime | None = None
    provider_answered_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Everything known about one clawback risk. Every fact may be missing."""

    date_of_service: dt.date | None = None
    contracted_rate: Decimal | None = None  # US dollars
    # What the client and the provider were told, and how it was
    network_status_told: str | None = None  # "in" | "out"
    network_status_actual: str | None = None
    eligibility_shown: str | None = None  # "active" | "inactive"
    eligibility_actual: str | None = None
    checked_at: dt.datetime | None = None  # when the eligibility was looked up
    ended_on: dt.date | None = None
    retroactive: bool | None = None  # the coverage was ended backwards, after the session
    authorization_required: bool | None = None
    authorization_known_at_booking: bool | None = None
    authorization_obtained: bool | None = None
    # The payer's remittance codes, upper case
    carc: tuple[str, ...] = ()
    rarc: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    plb: tuple[str, ...] = ()
    # Coding and notes
    coding_findings: tuple[str, ...] | None = None  # ids of the checks a person confirmed; () = looked, none
    codes_match_notes: bool | None = None
    code_offered_by_network: bool | None = None
    place_of_service_set_by: str | None = None  # "provider" | "network"
    # Clocks
    note_request: NoteRequestFacts | None = None
    records_forwarded_at: dt.datetime | None = None
    payer_records_due_at: dt.datetime | None = None
    dispute: DisputeFacts | None = None
    session_confirmed_at: dt.datetime | None = None  # in the practice's own offset: days are counted on its date
    claim_submitted_at: dt.datetime | None = None
    filing_limit_at: dt.datetime | None = None
    # Standing
    duplicate_of: str | None = None
    duplicate_origin: str | None = None  # "provider" | "network"
    license_valid_on_service_date: bool | None = None
    credentialing_go_ahead: bool | None = None

    origins: Mapping[str, Origin] = field(default_factory=dict)  # by fact name
    conflicts: tuple[str, ...] = ()  # facts that two sources state differently

    def stated(self, name: str) -> bool:
        """Whether the fact was stated; ``name`` may be dotted into note_request and dispute."""
        value = self.value(name)
        return value is not None and (value != () or name == "coding_findings")

    def value(self, name: str) -> Any:
        found: Any = self
        for part in name.split("."):
            found = None if found is None else getattr(found, part)
        return found

    def evidence(self, name: str) -> Fact:
        """The fact with its source; one without a recorded moment of its own is dated by its value if that is one."""
        value = self.value(name)
        origin = self.origins.get(name) or self.origins.get(name.partition(".")[0]) or Origin()
        at = origin.at
        if at is None and isinstance(value, dt.datetime):
            at = value
        if at is None and name == "eligibility_shown":
            at = self.checked_at
        return Fact(name, value, at, origin.source)


FACT_NAMES = tuple(f.name for f in fields(CaseFacts) if f.name not in ("origins", "conflicts"))


def combine(first: CaseFacts, second: CaseFacts) -> CaseFacts:
    """Both sets of facts in one. What the two state differently is kept from ``first`` and named in ``conflicts``."""
    changes: dict[str, Any] = {}
    conflicts = list(first.conflicts) + list(second.conflicts)
    for name in FACT_NAMES:
        if not second.stated(name):
            continue
        if not first.stated(name):
            changes[name] = second.value(name)
        elif first.value(name) != second.value(name):
            changes[name], differing = _merged(name, first.value(name), second.value(name))
            conflicts += differing
    origins = {**second.origins, **first.origins}
    return replace(first, **changes, origins=origins, conflicts=tuple(dict.fromkeys(conflicts)))


def _merged(name: str, first: Any, second: Any) -> tuple[Any, list[str]]:
    """Codes and findings add up; the parts of a clock merge one by one; anything else differs."""
    if isinstance(first, tuple):
        return tuple(dict.fromkeys(first + second)), []
    if isinstance(first, NoteRequestFacts | DisputeFacts):
        pairs = {part.name: (getattr(first, part.name), getattr(second, part.name)) for part in fields(first)}
        changes = {part: theirs for part, (ours, theirs) in pairs.items() if ours is None}
        differing = [f"{name}.{part}" for part, (a, b) in pairs.items() if None not in (a, b) and a != b]
        return replace(first, **changes), differing
    return first, [name]
