"""How facts are named for people. The vocabulary itself is the interface's; these are only its labels."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clawguard.ui import words

LABELS = {
    "date_of_service": "Date of service",
    "contracted_rate": "Contracted rate",
    "network_status_told": "Network status the client was told",
    "network_status_actual": "Network status in fact",
    "eligibility_shown": "Coverage our system showed",
    "eligibility_actual": "Coverage in fact",
    "checked_at": "Coverage looked up",
    "ended_on": "Coverage ended on",
    "retroactive": "Coverage ended backwards",
    "authorization_required": "Authorization required by the plan",
    "authorization_known_at_booking": "Authorization known of at booking",
    "authorization_obtained": "Authorization obtained",
    "carc": "Payer's reason codes",
    "rarc": "Payer's remark codes",
    "group": "Payer's group codes",
    "plb": "Provider-level adjustment codes",
    "coding_findings": "Confirmed checks",
    "codes_match_notes": "Codes match the notes",
    "code_offered_by_network": "Our platform offered the code",
    "place_of_service_set_by": "Place of service chosen by",
    "note_request.delivered_at": "Documents asked for",
    "note_request.due_at": "Documents due",
    "note_request.responded_at": "Request for documents answered",
    "note_request.notes_received_at": "Notes received",
    "note_request.bounced": "Request could not be delivered",
    "note_request.notes_owed": "Notes were owed",
    "note_request.on_file_at": "First note of the session",
    "note_request.paused": "Answer time stands still",
    "records_forwarded_at": "Records sent on to the payer",
    "payer_records_due_at": "Payer wanted the records by",
    "dispute.kind": "Kind of dispute",
    "dispute.provider_asked_at": "Provider asked about the dispute",
    "dispute.due_at": "Answer to the dispute due",
    "dispute.provider_answered_at": "Provider answered the dispute",
    "session_confirmed_at": "Session confirmed",
    "claim_submitted_at": "Claim sent to the payer",
    "filing_limit_at": "Payer's filing limit",
    "duplicate_of": "Duplicate of",
    "duplicate_origin": "Duplicate made by",
    "license_valid_on_service_date": "License valid on that day",
    "credentialing_go_ahead": "We had given the go-ahead",
}


def label(name: str) -> str:
    return LABELS.get(name, name.replace("_", " ").replace(".", ": ").capitalize())


def sentence(name: str, value: Any, zone: str) -> str:
    """``Contracted rate: $142.50``"""
    return f"{label(name)}: {words.money(value) if name == 'contracted_rate' else shown(value, zone)}"


def shown(value: Any, zone: str) -> str:
    """A fact's JSON value as people read it; moments on the wall clock of ``zone``."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(item) for item in value) or "none"
    text = str(value)
    for reader in (_as_moment, _as_day):
        found = reader(text, zone)
        if found:
            return found
    return text.replace("_", " ")


def _as_moment(text: str, zone: str) -> str:
    try:
        return words.moment(dt.datetime.fromisoformat(text), zone) if "T" in text and text[:4].isdigit() else ""
    except ValueError:
        return ""


def _as_day(text: str, zone: str) -> str:
    try:
        return words.day(dt.date.fromisoformat(text), year=True) if len(text) == 10 and text[:4].isdigit() else ""
    except ValueError:
        return ""
