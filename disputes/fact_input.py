"""Facts as people type them into a form, turned into the JSON values of the interface."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

from clawguard.events.errors import Refused
from disputes import fact_words

YES_NO = frozenset(
    {
        "retroactive",
        "authorization_required",
        "authorization_known_at_booking",
        "authorization_obtained",
        "codes_match_notes",
        "code_offered_by_network",
        "license_valid_on_service_date",
        "credentialing_go_ahead",
    }
)
CODES = frozenset({"carc", "rarc", "group", "plb"})
RECORDED = frozenset({"date_of_service", "contracted_rate", "coding_findings", "session_confirmed_at"})  # known by rows
HINTS = {
    "network_status_told": "in or out",
    "network_status_actual": "in or out",
    "eligibility_shown": "active or inactive",
    "eligibility_actual": "active or inactive",
    "place_of_service_set_by": "provider or network",
    "duplicate_origin": "provider or network",
}


def choices() -> list[tuple[str, str]]:
    """What a person can add on a case page: name and words with a hint. Clocks come from their own rows."""
    names = [name for name in fact_words.LABELS if "." not in name and name not in RECORDED]
    return [(name, f"{fact_words.label(name)} ({hint(name)})") for name in names]


def hint(name: str) -> str:
    if name in YES_NO:
        return "yes or no"
    if name in CODES:
        return "codes, separated by commas"
    if name.endswith("_at"):
        return "2026-11-24 13:00, provider's time"
    return HINTS.get(name, "2026-11-24" if name == "ended_on" else "text")


def value(name: str, typed: str, zone: str) -> Any:
    """The JSON value; what cannot be read is handed on as typed, for the one reader of facts to refuse."""
    typed = typed.strip()
    if name in YES_NO:
        return {"yes": True, "no": False}.get(typed.lower(), typed)
    if name in CODES:
        return [code.strip() for code in typed.split(",") if code.strip()]
    if name.endswith("_at"):
        return _moment(typed, zone)
    return typed.lower() if name in HINTS else typed


def in_words(name: str, refused: Refused) -> Refused:
    """The refusal of one fact as a person reads it: the field by its label, not by its place in the JSON."""
    said = re.sub(rf"(^|(?<=; ))/{re.escape(name)}(/\w+)*: ", f"{fact_words.label(name)}: ", refused.message)
    return Refused(refused.code, said, refused.pointer)


def _moment(typed: str, zone: str) -> str:
    try:
        moment = dt.datetime.fromisoformat(typed)
    except ValueError:
        return typed
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))).isoformat()
