"""What the rules may see of a session and of a note, as frozen values.

Every fact is as submitted: nothing here is looked up or guessed. ``None`` always means *not stated*, never zero and
never "no". All datetimes are aware; all amounts are ``Decimal`` US dollars; diagnosis codes are dotless upper case.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ServiceLineFacts:
    """One billed line. ``start``/``end``/``minutes`` are the time of this service alone, where stated."""

    number: int  # 1-based, as billed
    code: str  # CPT or HCPCS, upper case
    modifiers: tuple[str, ...] = ()
    units: int = 1
    charge: Decimal | None = None
    diagnosis_pointers: tuple[int, ...] = ()  # 1-based positions in SessionFacts.diagnoses
    start: dt.datetime | None = None
    end: dt.datetime | None = None
    minutes: int | None = None
    em_basis: str | None = None  # "mdm" | "time"


@dataclass(frozen=True, slots=True)
class Documented:
    """What the provider states to have documented; ``None`` where nothing was stated."""

    crisis: bool | None = None
    complexity_factor: str | None = None


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """One revision of one submitted session."""

    external_id: str
    revision: int
    provider_npi: str  # the rendering provider
    provider_license: str  # "LCSW", "MD", … as interface: upper case, PhD/PsyD as written
    provider_time_zone: str  # IANA name
    client_key: str  # opaque and stable per client; never a name
    client_birth_date: dt.date | None
    client_sex: str | None  # "F" | "M" | "X" | "U"
    client_state: str | None  # two letters
    payer_id: str
    payer_kind: str  # commercial | medicare | medicaid | tricare | eap | self_pay
    date_of_service: dt.date
    start: dt.datetime | None
    end: dt.datetime | None
    minutes: int | None  # total face-to-face minutes, where stated instead of clock times
    place_of_service: str  # two digits
    telehealth: str | None  # "video" | "audio" | "none" (in person)
    service_lines: tuple[ServiceLineFacts, ...]
    diagnoses: tuple[str, ...]
    client_present: bool | None = None
    client_location: str | None = None  # home | office | other | outside_us
    group_size: int | None = None
    documented: Documented = field(default_factory=Documented)
    confirmed_at: dt.datetime | None = None
    contracted_rate: Decimal | None = None
    payer_plan: str | None = None  # the payer's own name or number of the plan, where stated

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(line.code for line in self.service_lines)


@dataclass(frozen=True, slots=True)
class ElementVerdict:
    """What reading a note found about one of its elements (see ``clawguard.domain.notes``); never words of the note.

    ``verdict``: met, missing, contradicted, unreadable or unsure. ``confidence``: high, medium or low. ``reason`` is a
    key of ``clawguard.domain.notes.words``.
    """

    element: str
    verdict: str
    confidence: str = "medium"
    reason: str = ""
    numbers: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """What is known of the note of a session without its text. ``verdicts``: empty until it was read."""

    on_file: bool
    received_at: dt.datetime | None = None
    signed_at: dt.datetime | None = None
    kind: str | None = None  # "typed" | "pdf" | "image" | "text"
    verdicts: tuple[ElementVerdict, ...] = ()
    quarantined: str | None = None  # why nobody reads it: psychotherapy_notes | other_client | other_dates


def duration_minutes(start: dt.datetime | None, end: dt.datetime | None, minutes: int | None) -> int | None:
    """Whole face-to-face minutes, or ``None`` when neither clock times nor a total are stated.

    Works on instants, so a session across a DST change neither gains nor loses an hour; seconds are dropped
    (37 min 59 s is 37 minutes). Source: rules catalogue T-4.
    """
    if minutes is not None:
        return minutes
    if start is None or end is None:
        return None
    seconds = (end.astimezone(dt.UTC) - start.astimezone(dt.UTC)).total_seconds()
    return int(seconds // 60)
