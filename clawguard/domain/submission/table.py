"""The one table of what a submitted session may hold.

The parser, the JSON Schema of the API and the way back to JSON all read it, so they cannot disagree. ``fact`` names
the attribute of ``SessionFacts``, ``Documented`` or ``ServiceLineFacts`` that the value becomes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from clawguard.domain.submission import numbers, texts

PAYER_KINDS = ("commercial", "medicare", "medicaid", "tricare", "eap", "self_pay")
TELEHEALTH = ("video", "audio", "none")
LOCATIONS = ("home", "office", "other", "outside_us")
SEXES = ("F", "M", "X", "U")
EM_BASES = ("mdm", "time")

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value: how it is read, and how OpenAPI describes it."""

    read: Callable[[Any], Any]
    schema: Schema


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of scalars or objects, at most ``maximum`` long."""

    item: Scalar | ObjectOf
    maximum: int
    minimum: int = 0


@dataclass(frozen=True)
class ObjectOf:
    """An object with exactly these fields; the rest of the attributes are worked out once for speed."""

    fields: tuple[Field, ...]
    by_name: dict[str, Field] = field(init=False)
    required: tuple[str, ...] = field(init=False)
    blank: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {entry.name: entry for entry in self.fields})
        object.__setattr__(self, "required", tuple(entry.name for entry in self.fields if entry.required))
        object.__setattr__(self, "blank", {entry.fact: entry.absent for entry in self.fields if entry.fact})


@dataclass(frozen=True, slots=True)
class Field:
    """One named field. ``absent`` is the value where nothing (or null) was sent."""

    name: str
    kind: Scalar | ListOf | ObjectOf
    fact: str
    about: str
    required: bool = False
    absent: Any = None
    repeats: bool = False  # most sessions of a file say one of a few things here, so each is read once
    read: Callable[[Any], Any] | None = field(init=False, default=None)  # of a scalar

    def __post_init__(self) -> None:
        object.__setattr__(self, "read", self.kind.read if isinstance(self.kind, Scalar) else None)


def _choice(*words: str) -> Scalar:
    return Scalar(texts.choice(*words), {"type": "string", "enum": list(words)})


def _whole(lowest: int, highest: int) -> Scalar:
    return Scalar(numbers.integer(lowest, highest), {"type": "integer", "minimum": lowest, "maximum": highest})


def _text(maximum: int) -> Scalar:
    return Scalar(texts.text(maximum), {"type": "string", "minLength": 1, "maxLength": maximum})


def _id(maximum: int) -> Scalar:
    return Scalar(texts.identifier(maximum), {"type": "string", "minLength": 1, "maxLength": maximum})


_NPI = Scalar(texts.npi, {"type": "string", "pattern": "^[0-9]{10}$"})
_LICENSE = Scalar(texts.credential, {"type": "string", "maxLength": 40, "examples": texts.LICENSES})
_ZONE = Scalar(texts.time_zone, {"type": "string", "examples": ["America/New_York"]})
_EMAIL = Scalar(texts.email, {"type": "string", "format": "email", "maxLength": 254})
_STATE = Scalar(texts.state, {"type": "string", "pattern": "^[A-Za-z]{2}$"})
_MONEY = Scalar(numbers.money, {"type": "string", "pattern": r"^[0-9,]{1,9}(\.[0-9]{1,2})?$", "examples": ["180.00"]})
_DATE = Scalar(numbers.date, {"type": "string", "format": "date"})
_INSTANT = Scalar(numbers.instant, {"type": "string", "format": "date-time"})
_BOOLEAN = Scalar(numbers.boolean, {"type": "boolean"})
_PROCEDURE = Scalar(texts.procedure, {"type": "string", "maxLength": 40, "examples": ["90837"]})
_MODIFIER = Scalar(texts.modifier, {"type": "string", "maxLength": 40, "examples": ["95"]})
_DIAGNOSIS = Scalar(texts.diagnosis, {"type": "string", "maxLength": 40, "examples": ["F33.1"]})
_PLACE = Scalar(texts.place, {"type": "string", "maxLength": 40, "examples": ["10"]})

PROVIDER = ObjectOf(
    (
        Field("npi", _NPI, "npi", "NPI of the rendering provider", required=True),
        Field("license", _LICENSE, "license", "Credential, such as LCSW"),
        Field("time_zone", _ZONE, "time_zone", "IANA name of the practice's time zone"),
        Field("name", _text(120), "name", "Name, used when the provider is not known yet"),
        Field("email", _EMAIL, "email", "Address for notices, used when the provider is not known yet"),
    )
)
CLIENT = ObjectOf(
    (
        Field("external_id", _id(64), "external_id", "Your stable id of the client; never a name", required=True),
        Field("birth_date", _DATE, "birth_date", "Date of birth"),
        Field("sex", _choice(*SEXES), "sex", "As sent to the payer"),
        Field("state", _STATE, "state", "US state where the client was"),
    )
)
PAYER = ObjectOf(
    (
        Field("id", _id(80), "id", "Payer id as on the claim", required=True),
        Field("name", _text(120), "name", "Name of the payer"),
        Field("kind", _choice(*PAYER_KINDS), "kind", "Line of business; decides which payer rules apply"),
        Field("plan", _id(80), "plan", "The payer's own name or number of the plan; payer rules may differ by plan"),
    )
)
DOCUMENTED = ObjectOf(
    (
        Field("crisis", _BOOLEAN, "crisis", "A crisis is documented"),
        Field("complexity_factor", _text(120), "complexity_factor", "The communication factor documented, if any"),
    )
)
SERVICE_LINE = ObjectOf(
    (
        Field("code", _PROCEDURE, "code", "CPT or HCPCS code", required=True),
        Field("modifiers", ListOf(_MODIFIER, 4), "modifiers", "Up to four modifiers", absent=()),
        Field("units", _whole(1, 999), "units", "Units of service", absent=1),
        Field("charge", _MONEY, "charge", "Charge in US dollars"),
        Field(
            "diagnosis_pointers",
            ListOf(_whole(1, 12), 4),
            "diagnosis_pointers",
            "Positions in `diagnoses`, counted from 1",
            absent=(),
        ),
        Field("start", _INSTANT, "start", "Start of this service alone"),
        Field("end", _INSTANT, "end", "End of this service alone"),
        Field("minutes", _whole(0, 1440), "minutes", "Minutes of this service alone"),
        Field("em_basis", _choice(*EM_BASES), "em_basis", "What an E/M level was chosen by"),
    )
)
SERVICE_LINES = ListOf(SERVICE_LINE, 50, 1)
SESSION = ObjectOf(
    (
        Field("external_id", _id(64), "external_id", "Your id of the session; sending it again changes nothing", True),
        Field("provider", PROVIDER, "provider", "Who rendered the session", required=True, repeats=True),
        Field("client", CLIENT, "client", "Who received it", required=True),
        Field("payer", PAYER, "payer", "Who is billed", required=True, repeats=True),
        Field("date_of_service", _DATE, "date_of_service", "Day the session began, in the provider's time zone", True),
        Field("start", _INSTANT, "start", "Start of the session"),
        Field("end", _INSTANT, "end", "End of the session"),
        Field("minutes", _whole(0, 1440), "minutes", "Total face-to-face minutes, where no clock times are known"),
        Field("place_of_service", _PLACE, "place_of_service", "Two-digit place of service code", required=True),
        Field("telehealth", _choice(*TELEHEALTH), "telehealth", "`none` means in person"),
        Field(
            "service_lines",
            SERVICE_LINES,
            "service_lines",
            "The billed lines",
            required=True,
            absent=(),
            repeats=True,
        ),
        Field("diagnoses", ListOf(_DIAGNOSIS, 12), "diagnoses", "ICD-10-CM codes, first is primary", absent=()),
        Field("client_present", _BOOLEAN, "client_present", "The client took part"),
        Field("client_location", _choice(*LOCATIONS), "client_location", "Where the client was"),
        Field("group_size", _whole(1, 99), "group_size", "Clients in the group"),
        Field("documented", DOCUMENTED, "documented", "What the provider states to have documented"),
        Field("confirmed_at", _INSTANT, "confirmed_at", "When the provider confirmed the session"),
        Field("contracted_rate", _MONEY, "contracted_rate", "What the provider is paid for it, in US dollars"),
    )
)

# Fields an answer carries and a submission may not: they get their own message instead of "unknown".
_READ_ONLY = (
    "id revision status findings screening screened_at clocks due_at allowed_actions amount_at_risk currency case "
    "created_at updated_at submitted_at client_key provider_id organisation etag"
)
READ_ONLY = frozenset(_READ_ONLY.split())
