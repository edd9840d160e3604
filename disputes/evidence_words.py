"""Evidence of disputes in words: each piece with its values, the notice that was given, and both sides' timelines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from clawguard.domain.disputes import KINDS, REASONS, Completeness, Field, FieldType, Kind, Notice, Reason
from clawguard.ui import words
from disputes import wording
from disputes.models import Dispute
from disputes.selectors.evidence import Piece

SIDE_WORDS = {"provider": "Provider", "client": "Client", "network": "Records"}
# Whose deed a recorded moment is; what is not named here belongs to the side that supplied it.
WHOSE = {
    ("policy_acceptance", "accepted_at"): "client",
    ("booking", "booked_at"): "client",
    ("card_authorization", "authorized_at"): "client",
    ("join_log", "client_joined_at"): "client",
    ("join_log", "client_left_at"): "client",
    ("join_log", "provider_joined_at"): "provider",
    ("reminders", "sent_at"): "provider",
    ("emergency", "told_at"): "client",
}
ANSWERED = {"contest": "Answered: the fee should stand", "concede": "Answered: the client is right"}
ANSWERED |= {"waive": "Answered: waives the fee"}


def shown(piece: Piece) -> dict[str, Any]:
    """One piece for a list: what it is, whose, its values in words, where from and when. Moments on the reader's clock,
    as in the timelines beside it."""
    return {
        "label": piece.kind.label,
        "side": SIDE_WORDS[piece.row.side],
        "lines": lines(piece.kind, piece.value, timezone.get_current_timezone(), here=True),
        "source": piece.row.source,
        "late": piece.row.late,
        "file": piece.file,
        "at": piece.row.added_at,
    }


def policy_lines(value: dict[str, Any], zone: str) -> list[tuple[str, str]]:
    return lines(KINDS["policy"], value, zone)


def lines(kind: Kind, value: dict[str, Any], zone: dt.tzinfo | str, *, here: bool = False) -> list[tuple[str, str]]:
    """Each known field with its label; moments on the wall clock of ``zone``, which is named unless it is ``here``:
    the clock of whoever reads."""
    known = [(field, value[field.name]) for field in kind.fields if field.name in value]
    return [(field.label, _words(field, given, zone, zone if here else None)) for field, given in known]


def _words(field: Field, value: Any, zone: dt.tzinfo | str, reader: dt.tzinfo | str | None) -> str:
    if field.type is FieldType.MOMENT:
        return words.moment_there(dt.datetime.fromisoformat(value), zone, reader)
    if field.type is FieldType.DATE:
        return words.day(dt.date.fromisoformat(value), year=True)
    if field.type is FieldType.YES_NO:
        return "yes" if value else "no"
    if field.type is FieldType.MONEY:
        return words.money(value)
    return dict(field.choices).get(value, str(value))


def reason_choices(kind: str, on: dt.date) -> list[tuple[str, str]]:
    return [(row.id, row.label) for row in REASONS.of_kind(kind, on)]


def meter(found: Completeness | None, reason: Reason | None) -> dict[str, Any] | None:
    """The completeness meter with the labels of what is there, needed and helpful."""
    if found is None or reason is None:
        return None
    return {
        "words": found.words,
        "there": len(found.there) + len(found.documents),
        "of": found.of,
        "enough": found.enough,
        "items": [
            {"label": KINDS[kind].label, "there": kind in found.there, "needed": kind in reason.needed}
            for kind in reason.asks
        ]
        + [
            {"label": f"Document: {KINDS[kind].label.lower()}", "there": kind in found.documents, "needed": False}
            for kind in (*found.documents, *found.documents_open)
        ],
    }


def notice(found: Notice | None) -> dict[str, Any] | None:
    """The notice in words. It was read on the client's clock; what is shown is on the reader's, as all around it."""
    if found is None:
        return None
    window = round(found.window.total_seconds() / 3600)
    verdict = "in time" if found.in_time else f"{length(found.short_by)} too late"
    return {
        "given": "after the session had begun" if found.given < dt.timedelta(0) else length(found.given),
        "window": f"{window} hours",
        "verdict": f"{verdict[0].upper()}{verdict[1:]}",
        "in_time": found.in_time,
        "cancelled_at": _here(found.cancelled_at),
        "cancel_by": _here(found.cancel_by),
        "starts_at": _here(found.starts_at),
        "clocks_changed": found.clocks_changed,
        "readings_differ": found.readings_differ,
        "zone": _other_clock(found.starts_at),
    }


def _here(moment: dt.datetime) -> str:
    return words.moment(moment, timezone.get_current_timezone())


def _other_clock(moment: dt.datetime) -> str:
    """What the clock is called that a moment was read on, where the reader's shows another time."""
    same = moment.utcoffset() == timezone.localtime(moment).utcoffset()
    return "" if same else wording.clock(str(moment.tzinfo))


def length(span: dt.timedelta) -> str:
    """``1 day 3 h 20 min``; less than a minute is said so."""
    minutes = int(span.total_seconds() // 60)
    days, hours, left = minutes // 1440, minutes % 1440 // 60, minutes % 60
    said = [f"{days} day{'' if days == 1 else 's'}"] if days else []
    said += [f"{hours} h"] if hours else []
    said += [f"{left} min"] if left else []
    return " ".join(said) or "less than a minute"


def sides(dispute: Dispute, pieces: Sequence[Piece]) -> dict[str, list[dict[str, Any]]]:
    """What the client and the provider did when, each as entries of a timeline, oldest first."""
    entries = [*_own(dispute, pieces), *(entry for piece in pieces for entry in _of_piece(piece, dispute))]
    ordered = sorted(entries, key=lambda entry: (entry["at"], entry["verb"]))
    return {side: [entry for entry in ordered if entry["side"] == side] for side in ("client", "provider")}


def _own(dispute: Dispute, pieces: Sequence[Piece]) -> Iterable[dict[str, Any]]:
    """What the dispute itself records."""
    if dispute.cancelled_at is not None and all(piece.row.kind != "cancellation" for piece in pieces):
        yield _entry("client", dispute.cancelled_at, "Canceled", "as stated when the dispute came in")
    yield _entry("client", dispute.opened_at, "Disputed it", "")
    for piece in pieces:
        if piece.row.kind == "client_account":
            yield _entry("client", piece.row.added_at, "Told their side", piece.row.source)
    if dispute.delivered_at is not None:
        yield _entry("provider", dispute.delivered_at, "Was asked", "")
    if dispute.lapsed_at is not None:
        yield _entry("provider", dispute.lapsed_at, "The answer time ended without an answer", "", tone="late")
    if dispute.answered_at is not None:
        late = "after the answer time; kept and weighed" if dispute.answered_late else ""
        said = ANSWERED.get(dispute.answer, "Answered")
        yield _entry("provider", dispute.answered_at, said, late, tone="us")


def _of_piece(piece: Piece, dispute: Dispute) -> Iterable[dict[str, Any]]:
    for field in piece.kind.fields:
        value = piece.value.get(field.name)
        if value is None or field.type not in (FieldType.MOMENT, FieldType.DATE):
            continue
        at = _at(field, value, dispute)
        entry = _entry(_whose(piece, field), at, _verb(piece.kind, field), piece.row.source)
        yield entry | ({"day": at.date()} if field.type is FieldType.DATE else {})


def _verb(kind: Kind, field: Field) -> str:
    """``Booking: booked``; a label that says it already is not said twice."""
    name = field.label.lower()
    return kind.label if name in kind.label.lower() else f"{kind.label}: {name}"


def _at(field: Field, value: str, dispute: Dispute) -> dt.datetime:
    if field.type is FieldType.MOMENT:
        return dt.datetime.fromisoformat(value)
    return dt.datetime.combine(dt.date.fromisoformat(value), dt.time(), ZoneInfo(dispute.provider.time_zone))


def _whose(piece: Piece, field: Field) -> str:
    if piece.row.kind == "cancellation":
        return "client" if piece.value.get("by") == "client" else "provider"
    return WHOSE.get((piece.row.kind, field.name), "client" if piece.row.side == "client" else "provider")


def _entry(side: str, at: dt.datetime, verb: str, detail: str, tone: str = "") -> dict[str, Any]:
    return {"side": side, "at": at, "verb": verb, "detail": detail, "tone": tone, "actor": "", "system": False}
