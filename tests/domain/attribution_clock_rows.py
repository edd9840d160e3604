"""Rows about the notes request and the way of the records to the payer: facts as the API takes them → the clause."""

from __future__ import annotations

from typing import Any

Row = tuple[dict[str, Any], str]

DELIVERED, DUE, PAYER_DUE = "2026-04-01T09:00:00-04:00", "2026-04-07T00:00:00-04:00", "2026-04-30T00:00:00-04:00"
IN_TIME, LATE, AFTER_PAYER = "2026-04-06T23:59:59.999999-04:00", DUE, "2026-04-30T00:00:00.000001-04:00"

ON_FILE = "2026-03-19T09:00:00-04:00"


def request(**clock: Any) -> dict[str, Any]:
    return {"note_request": {"delivered_at": DELIVERED, "due_at": DUE, **clock}}


def sent(at: str) -> dict[str, Any]:
    return {"responded_at": at, "notes_received_at": at}


def notes_later(at: str) -> dict[str, Any]:
    """The provider answers in time, in words; the notes themselves come later."""
    return {"responded_at": IN_TIME, "notes_received_at": at}


PAYER = {"payer_records_due_at": PAYER_DUE}
MUCH_LATER = "2026-05-20T00:00:00-04:00"
REQUESTS: list[Row] = [
    (request(**sent(IN_TIME)), "open.no_ground"),
    (request(bounced=True), "open.no_ground"),
    ({"note_request": {"bounced": True}}, "open.no_ground"),
    ({"note_request": {"due_at": DUE}}, "open.facts_missing"),
    ({"note_request": {"delivered_at": DELIVERED}}, "open.facts_missing"),
    ({"carc": ["226"]}, "open.facts_missing"),
    (request(responded_at="2026-03-31T09:00:00-04:00"), "open.facts_at_odds"),
    ({"note_request": {"delivered_at": DUE, "due_at": DELIVERED}}, "open.facts_at_odds"),
    (request(), "provider.no_response"),
    (request(**sent(LATE)), "provider.no_response"),
    (request(responded_at=IN_TIME), "provider.no_notes"),
    (request(responded_at=IN_TIME, notes_received_at=LATE), "open.no_ground"),
    (request(bounced=True, **sent(LATE)), "open.no_ground"),
    # words were enough, or the note was there before it was asked for
    (request(responded_at=IN_TIME, notes_owed=False), "open.no_ground"),
    (request(responded_at=IN_TIME, notes_owed=True), "provider.no_notes"),
    (request(responded_at=IN_TIME, on_file_at=ON_FILE), "open.no_ground"),
    (request(responded_at=LATE, notes_owed=False), "provider.no_response"),
    (request(notes_owed=False), "provider.no_response"),
    (request(on_file_at=ON_FILE), "provider.no_response"),
    ({"note_request": sent(LATE)}, "open.no_ground"),
]
RECORDS: list[Row] = [
    # the provider on time
    ({**request(**sent(IN_TIME)), "carc": ["226"]}, "network.records_not_forwarded"),
    ({**request(**sent(IN_TIME)), "carc": ["16"], "rarc": ["N706"]}, "network.records_not_forwarded"),
    ({**request(**sent(IN_TIME)), **PAYER}, "network.records_not_forwarded"),
    ({**request(**sent(IN_TIME)), **PAYER, "records_forwarded_at": AFTER_PAYER}, "network.records_not_forwarded"),
    ({**request(**sent(IN_TIME)), **PAYER, "records_forwarded_at": PAYER_DUE}, "open.no_ground"),
    (
        {**request(**sent(IN_TIME)), **PAYER, "records_forwarded_at": PAYER_DUE, "carc": ["163"]},
        "payer.records_received",
    ),
    ({**request(**sent(IN_TIME)), "records_forwarded_at": PAYER_DUE, "carc": ["163"]}, "open.facts_missing"),
    ({**PAYER, "records_forwarded_at": PAYER_DUE, "carc": ["164"]}, "payer.records_received"),
    # asked too late for the payer's own date
    (
        {**request(**sent("2026-04-06T12:00:00-04:00")), "payer_records_due_at": "2026-04-06T09:00:00-04:00"},
        "network.records_asked_late",
    ),
    ({**request(), "payer_records_due_at": "2026-04-06T23:00:00-04:00"}, "open.both_sides"),
    ({**request(), "payer_records_due_at": DUE}, "provider.no_response"),
    # answered in time, the notes themselves later: who was late follows from when they came
    ({**request(**notes_later(LATE)), **PAYER}, "network.records_not_forwarded"),
    ({**request(**notes_later(LATE)), **PAYER, "records_forwarded_at": AFTER_PAYER}, "network.records_not_forwarded"),
    ({**request(**notes_later(LATE)), **PAYER, "records_forwarded_at": PAYER_DUE}, "open.no_ground"),
    ({**request(**notes_later(PAYER_DUE)), **PAYER}, "network.records_not_forwarded"),
    ({**request(**notes_later(AFTER_PAYER)), **PAYER}, "provider.no_notes"),
    (
        {**request(**notes_later(AFTER_PAYER)), **PAYER, "records_forwarded_at": MUCH_LATER, "carc": ["226"]},
        "provider.no_notes",
    ),
    ({**request(**notes_later(LATE)), "carc": ["226"]}, "open.facts_missing"),
    ({**request(**notes_later(LATE)), "payer_records_due_at": "2026-04-06T23:00:00-04:00"}, "open.both_sides"),
    ({**request(responded_at=IN_TIME), "payer_records_due_at": "2026-04-06T23:00:00-04:00"}, "open.both_sides"),
    ({**request(responded_at=IN_TIME), **PAYER}, "provider.no_notes"),
    # no clock ran: nobody was reached in time
    ({**request(bounced=True, **sent(AFTER_PAYER)), **PAYER}, "network.records_asked_late"),
    ({"note_request": sent(AFTER_PAYER), **PAYER}, "network.records_asked_late"),
    ({**request(bounced=True, **sent(LATE)), **PAYER}, "network.records_not_forwarded"),
    # forwarded what was not there yet
    ({**request(**sent(IN_TIME)), **PAYER, "records_forwarded_at": DELIVERED}, "open.facts_at_odds"),
    # what was on file before anybody asked could have been forwarded
    ({**request(responded_at=IN_TIME, on_file_at=ON_FILE), "carc": ["226"]}, "network.records_not_forwarded"),
    ({**request(**sent(IN_TIME), on_file_at=ON_FILE), **PAYER, "records_forwarded_at": DELIVERED}, "open.no_ground"),
    ({**request(responded_at=LATE, on_file_at=ON_FILE), **PAYER}, "open.both_sides"),
    # words were enough, and the payer misses records that were sent to it
    (
        {
            **request(responded_at=IN_TIME, notes_owed=False),
            **PAYER,
            "records_forwarded_at": PAYER_DUE,
            "carc": ["226"],
        },
        "payer.records_received",
    ),
    # the provider late
    ({**request(responded_at=LATE), **PAYER}, "provider.no_response"),
    ({**request(responded_at=LATE, notes_received_at=AFTER_PAYER), **PAYER}, "provider.no_response"),
    ({**request(responded_at=LATE, notes_received_at=PAYER_DUE), **PAYER}, "open.both_sides"),
    ({**request(responded_at=LATE), "payer_records_due_at": "2026-04-06T23:00:00-04:00"}, "open.both_sides"),
    ({**request(**sent(LATE)), **PAYER, "records_forwarded_at": PAYER_DUE}, "open.no_ground"),
    (
        {**request(**sent(LATE)), **PAYER, "records_forwarded_at": PAYER_DUE, "carc": ["226"]},
        "payer.records_received",
    ),
    ({**request(**sent(LATE)), **PAYER, "records_forwarded_at": AFTER_PAYER}, "open.both_sides"),
    ({**request(**sent(LATE)), **PAYER}, "open.both_sides"),
    ({**request(**sent(PAYER_DUE)), **PAYER}, "open.both_sides"),
    ({**request(**sent(AFTER_PAYER)), **PAYER}, "provider.no_response"),
    ({**request(), **PAYER, "carc": ["226"]}, "provider.no_response"),
]
