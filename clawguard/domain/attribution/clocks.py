"""Grounds about answers in time: the notes request, the way of the records to the payer, the client's dispute.

Whose lateness it was is read off the moments alone. A moment that equals an exclusive due moment is late; the payer's
own due moment is inclusive.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator
from dataclasses import fields

from clawguard.domain.attribution.grounds import (
    AtOdds,
    Confidence,
    Ground,
    Look,
    Question,
    Remark,
    Remarks,
    Uncovered,
    Waiting,
    has_reason,
    listed,
)
from clawguard.domain.attribution.topics import Topic, about
from clawguard.domain.case_facts import NoteRequestFacts
from clawguard.domain.clauses import Party

_REQUEST = tuple(f"note_request.{part.name}" for part in fields(NoteRequestFacts))
_PAYER = ("records_forwarded_at", "payer_records_due_at")
_DISPUTE = tuple(f"dispute.{part}" for part in ("kind", "provider_asked_at", "due_at", "provider_answered_at"))


def notes_request(look: Look) -> Remarks:
    """Whether the provider answered, and whether the network brought the answer to the payer."""
    request, denied = look.facts.note_request, about(Topic.RECORDS, look.codes)
    if request is None:
        if denied and not (yield from _records_were_there(look)):
            text = f"The payer misses records, {listed(denied)}. Was the provider asked for them, and when?"
            yield Question("note_request", "network", text, Party.NETWORK)
        return
    answered = _first(request.responded_at, request.notes_received_at)
    if _out_of_order(request.delivered_at, answered) or _out_of_order(request.delivered_at, request.due_at):
        yield AtOdds(look.stated(*_REQUEST), "The notes request was answered or due before it was delivered.")
    elif _out_of_order(_there_since(request), look.facts.records_forwarded_at):
        names = look.stated("note_request.notes_received_at", "note_request.on_file_at", "records_forwarded_at")
        yield AtOdds(names, "The records are said to have been forwarded before the notes were received.")
    elif request.bounced or request.delivered_at is None:
        yield from _no_clock_ran(look, request, answered)
    elif request.paused and answered is None:
        yield Waiting(look.stated(*_REQUEST), "The answer time of the notes request stands still.")
    elif request.due_at is None:
        yield Question("note_request.due_at", "network", "When was the notes request due?", Party.NETWORK)
    else:
        yield from _clock_ran(look, request, request.due_at, answered)


def _no_clock_ran(look: Look, request: NoteRequestFacts, answered: dt.datetime | None) -> Remarks:
    """Without delivery no answer can be late; an answer that came all the same counts as one in time."""
    if answered is not None:
        yield from _answered_in_time(look, request)
    elif request.bounced:
        yield Uncovered(look.stated(*_REQUEST), "The notes request bounced: no clock ran, and nobody is late.")
    else:
        text = "When was the notes request delivered to the provider?"
        yield Question("note_request.delivered_at", "network", text, Party.NETWORK)


def _clock_ran(look: Look, request: NoteRequestFacts, due: dt.datetime, answered: dt.datetime | None) -> Remarks:
    if answered is not None and answered < due:
        yield from _answered_in_time(look, request)
    elif answered is not None:
        yield from _answered_late(look, request)
    elif look.now < due:
        yield Waiting(look.stated(*_REQUEST), "The answer time of the notes request is running.")
    else:
        yield from _not_answered(look, request)


def _answered_in_time(look: Look, request: NoteRequestFacts) -> Remarks:
    """From here on the provider has done their part once the notes are in; the rest of the way is the network's."""
    received = _there_since(request)
    if received is not None:
        yield from _brought_to_payer(look, request, received)
    elif request.notes_owed is False:
        if not (yield from _records_were_there(look)):
            yield Uncovered(look.stated(*_REQUEST), "The provider answered in time, and words were enough.")
    elif request.due_at is None or look.now < request.due_at:
        yield Waiting(look.stated(*_REQUEST), "The provider answered; the notes themselves may still come in time.")
    else:
        detail = "The provider answered in time, and the notes were not supplied."
        yield Ground("provider.no_notes", Confidence.MEDIUM, look.stated(*_REQUEST), detail)
        yield from _asked_too_late(look, request)


def _brought_to_payer(look: Look, request: NoteRequestFacts, received: dt.datetime) -> Remarks:
    """The answer came in time; the notes may have come with it, after it, or after the payer's own due date."""
    denied = about(Topic.RECORDS, look.codes)
    forwarded, payer_due = look.facts.records_forwarded_at, look.facts.payer_records_due_at
    evidence = look.stated(*_REQUEST, *_PAYER) + has_reason(denied)
    in_time = not _ran(request) or request.due_at is None or received < request.due_at
    if payer_due is None and denied and forwarded is None and in_time:
        detail = "The provider supplied the notes; nothing shows that they were forwarded."
        yield Ground("network.records_not_forwarded", Confidence.HIGH, evidence, detail)
    elif payer_due is None:
        if denied:
            yield Question("payer_records_due_at", "payer", "Until when did the payer take records?", Party.NETWORK)
    elif (forwarded or look.now) <= payer_due:
        yield from _records_were_there(look)
    elif received > payer_due:
        yield from _notes_after_payers_date(look, request, in_time=in_time)
    else:
        how = "forwarded after the payer's due date" if forwarded else "not forwarded"
        when = "in time" if in_time else "after the answer time and early enough for the payer"
        detail = f"The provider answered in time and supplied the notes {when}; they were {how}."
        sure = Confidence.HIGH if in_time else Confidence.MEDIUM
        yield Ground("network.records_not_forwarded", sure, evidence, detail)


def _notes_after_payers_date(look: Look, request: NoteRequestFacts, *, in_time: bool) -> Remarks:
    """Nothing could be forwarded in time, because nothing was there: whose lateness was that?"""
    evidence = look.stated(*_REQUEST, *_PAYER)
    if not _ran(request):
        detail = "No request reached the provider before the payer's due date; the notes came without one."
        yield Ground("network.records_asked_late", Confidence.MEDIUM, evidence, detail)
    elif in_time:
        detail = "The provider answered in time; we had asked too late for the payer's own due date."
        yield Ground("network.records_asked_late", Confidence.HIGH, evidence, detail)
    else:
        detail = "The provider answered in time; the notes came after the answer time and the payer's due date."
        yield Ground("provider.no_notes", Confidence.MEDIUM, evidence, detail)
        yield from _asked_too_late(look, request)


def _there_since(request: NoteRequestFacts) -> dt.datetime | None:
    """Since when the network has notes of the session: with this answer, or from before it."""
    return _first(request.notes_received_at, request.on_file_at)


def _ran(request: NoteRequestFacts) -> bool:
    """Whether the provider's answer time ran at all: only a delivered request starts it."""
    return request.delivered_at is not None and not request.bounced


def _answered_late(look: Look, request: NoteRequestFacts) -> Remarks:
    """A late answer is weighed: was it the lateness, or the network after it, that missed the payer's date?"""
    forwarded, payer_due = look.facts.records_forwarded_at, look.facts.payer_records_due_at
    evidence, received = look.stated(*_REQUEST, *_PAYER), _there_since(request)
    if payer_due is None:
        detail = "The answer came late; the payer's own due date is not known. Weigh the answer."
        yield Ground("provider.no_response", Confidence.MEDIUM, evidence, detail)
    elif forwarded is not None and forwarded <= payer_due:
        if not (yield from _records_were_there(look)):
            yield Uncovered(evidence, "The answer came late and still reached the payer in time: no harm came of it.")
    elif received is not None and received <= payer_due:
        detail = "The answer came late, and the notes early enough for the payer."
        yield Ground("provider.no_response", Confidence.MEDIUM, evidence, detail)
        if forwarded or look.now > payer_due:
            detail = "What came late, and early enough for the payer, was not forwarded in time."
            yield Ground("network.records_not_forwarded", Confidence.MEDIUM, evidence, detail)
    elif look.now <= payer_due:
        detail = "The answer came late and without the notes; the payer still takes them."
        yield Ground("provider.no_response", Confidence.MEDIUM, evidence, detail)
    else:
        detail = "The answer came late, and no notes came before the payer's due date."
        yield Ground("provider.no_response", Confidence.HIGH, evidence, detail)
        yield from _asked_too_late(look, request)


def _not_answered(look: Look, request: NoteRequestFacts) -> Remarks:
    evidence = look.stated(*_REQUEST)
    yield Ground("provider.no_response", Confidence.HIGH, evidence, "The answer time passed without an answer.")
    yield from _asked_too_late(look, request)


def _asked_too_late(look: Look, request: NoteRequestFacts) -> Remarks:
    payer_due = look.facts.payer_records_due_at
    if payer_due is not None and request.due_at is not None and request.due_at > payer_due:
        evidence = look.stated(*_REQUEST, "payer_records_due_at")
        detail = "The provider's answer time ran past the payer's own due date."
        yield Ground("network.records_asked_late", Confidence.MEDIUM, evidence, detail)


def _records_were_there(look: Look) -> Generator[Remark, None, bool]:
    """A denial for missing records that reached the payer in time is the payer's. Returns whether it is."""
    denied = about(Topic.RECORDS, look.codes)
    forwarded, payer_due = look.facts.records_forwarded_at, look.facts.payer_records_due_at
    if not denied or forwarded is None or payer_due is None or forwarded > payer_due:
        return False
    detail = f"The records were forwarded before the payer's due date; the payer misses them, {listed(denied)}."
    yield Ground("payer.records_received", Confidence.MEDIUM, look.stated(*_PAYER) + has_reason(denied), detail)
    return True


def dispute(look: Look) -> Remarks:
    """A dispute has the same clock as a notes request."""
    clock = look.facts.dispute
    if clock is None:
        return
    evidence, answered = look.stated(*_DISPUTE), clock.provider_answered_at
    if _out_of_order(clock.provider_asked_at, answered) or _out_of_order(clock.provider_asked_at, clock.due_at):
        yield AtOdds(evidence, "The dispute was answered or due before the provider was asked.")
    elif clock.provider_asked_at is None:
        if answered is None:
            text = "When was the provider asked about the dispute?"
            yield Question("dispute.provider_asked_at", "network", text, Party.NETWORK)
    elif clock.due_at is None:
        yield Question("dispute.due_at", "network", "When was the provider's answer due?", Party.NETWORK)
    elif answered is not None and answered < clock.due_at:
        yield Uncovered(evidence, "The provider answered the dispute in time.")
    elif answered is not None:
        detail = "The answer to the dispute came late. Weigh it."
        yield Ground("provider.dispute_no_response", Confidence.MEDIUM, evidence, detail)
    elif look.now < clock.due_at:
        yield Waiting(evidence, "The answer time of the dispute is running.")
    else:
        detail = "The answer time of the dispute passed without an answer."
        yield Ground("provider.dispute_no_response", Confidence.HIGH, evidence, detail)


def _first(*moments: dt.datetime | None) -> dt.datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)


def _out_of_order(earlier: dt.datetime | None, later: dt.datetime | None) -> bool:
    return earlier is not None and later is not None and later < earlier
