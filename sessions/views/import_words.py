"""How the states and outcomes of an import are told."""

from __future__ import annotations

STATUS_WORDS = {
    "received": "being read",
    "previewed": "waiting for you",
    "running": "being stored",
    "done": "done",
    "refused": "nothing stored",
    "cancelled": "left",
}
REASONS = {
    "bad_rows": "Some rows cannot be read, so nothing was stored. Correct them in the file and send it again.",
    "no_rows": "The file holds no session.",
    "no_payments": "The file holds no payment that can be read.",
    "no_good_payments": "No payment of the file could be taken. The list says which segments are in the way.",
    "no_good_rows": "No row of the file can be read.",
    "file_gone": "The file is not there any more. Send it again; what was stored before stays.",
    "sender_not_allowed": "Whoever sent the file may not import any more.",
    "not_confirmed": "Nobody confirmed it within a week, so the file was removed.",
}
ZONES = [
    ("America/New_York", "Eastern"),
    ("America/Chicago", "Central"),
    ("America/Denver", "Mountain"),
    ("America/Phoenix", "Arizona"),
    ("America/Los_Angeles", "Pacific"),
    ("America/Anchorage", "Alaska"),
    ("Pacific/Honolulu", "Hawaii"),
    ("America/Puerto_Rico", "Puerto Rico"),
]
