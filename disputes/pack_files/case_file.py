"""case.json of a pack: facts with their sources, what was proposed and decided, clocks, and what was in force."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Any

from clawguard.domain.clauses import CLAUSES
from disputes import facts
from disputes.models import Case, Decision, EvidencePack
from disputes.pack_files.taken_back import facts_taken_back
from disputes.selectors.cases import decisions_of
from notes import calendars
from notes.models import Note, NotesRequest
from sessions.models import Finding, Screening

FORMAT = "clawguard evidence pack 1"
CLOCKS = (
    "opened_at", "notice_delivered_at", "notice_undeliverable_at", "answer_due_at", "deadline", "answered_at",
    "answer_late", "answer_lapsed_at", "answer_excused_until", "decide_by", "appeal_until",
)  # fmt: skip
OF_REQUEST = ("id", "status", "delivered_at", "due_at", "deadline", "lapsed_at")
OF_FINDING = ("check_id", "check_version", "status", "severity", "source_name", "source_url", "created_at")
OF_FINDING_STAFF = (
    *OF_FINDING, "title", "message", "evidence", "amount_at_risk", "decided_by_name", "decided_at", "decision_reason",
)  # fmt: skip
TO_PROVIDERS = ("party", "clause", "guarantee", "explanation")  # of a proposal, as on their page
OF_ADJUSTMENT = ("id", "decision_id", "kind", "amount", "replaces_id", "names", "created_at")


def about(case: Case, pack: EvidencePack, whole: bool, now: dt.datetime) -> dict[str, Any]:
    """Everything of the case that is not words of a thread. ``whole``: with what staff know among themselves."""
    decisions = [row for row in decisions_of(case) if whole or row.final_at is not None]
    return {
        "format": FORMAT,
        "pack": {"id": pack.pk, "audience": pack.audience, "asked_by": pack.asked_by_name, "made_at": now},
        "case": _case(case, whole),
        "session": _session(case),
        "clocks": {name: getattr(case, name) for name in CLOCKS},
        "facts": facts.evidence(case) if whole else [],
        "facts_added": _added(case) if whole else [],
        "facts_taken_back": facts_taken_back(case) if whole else [],
        "proposals": [_proposal(row, whole) for row in case.proposals.order_by("number")],
        "decisions": [_decision(row, whole) for row in reversed(decisions)],
        "proposed_adjustments": list(case.adjustments.order_by("created_at").values(*OF_ADJUSTMENT)),
        "findings": _findings(case, whole),
        "notes_requests": _requests(case),
        "notes": _notes(case),
        "in_force": _in_force(case, decisions),
    }


def _case(case: Case, whole: bool) -> dict[str, Any]:
    provider = case.provider
    shown = {
        "number": case.pk,
        "title": case.title,
        "status": case.status,
        "origin": case.origin,
        "provider": {"npi": provider.npi, "name": provider.name, "license": provider.license},
        "time_zone": provider.time_zone,
        "dispute": case.dispute_id,
        "contracted_rate": case.contracted_rate,
        "currency": "USD",
    }
    return shown | ({"amount_at_risk": case.amount_at_risk} if whole else {})


def _session(case: Case) -> dict[str, Any] | None:
    """The session by its number, day and codes; its client is not named, nor is a file by its own name."""
    row = case.session
    if row is None:
        return None
    payer = {"id": row.payer.payer_id, "name": row.payer.name}
    when = {"date_of_service": row.date_of_service, "start": row.start, "end": row.end}
    return {"external_id": row.external_id, "revision": row.revision, "codes": row.codes, "payer": payer, **when}


def _added(case: Case) -> list[dict[str, Any]]:
    names = ("name", "value", "at", "source", "added_at", "added_by_kind", "added_by_name")
    return list(case.added_facts.filter(withdrawn_reason="").order_by("added_at", "pk").values(*names))


def _proposal(row: Any, whole: bool) -> dict[str, Any]:
    answer = row.attribution if whole else {name: row.attribution[name] for name in TO_PROVIDERS}
    return {"number": row.number, "at": row.at, "engine_version": row.engine_version, "attribution": answer}


def _decision(row: Decision, whole: bool) -> dict[str, Any]:
    appeal = getattr(row, "appeal", None)
    shown = {
        "number": row.number,
        "party": row.party,
        "clause": row.clause,
        "outcome": row.outcome,
        "amount": row.amount,
        "explanation": row.explanation,
        "evidence": row.evidence,
        "decided_by": row.proposed_by.name,
        "second_person": row.second_by.name if row.second_by else None,
        "final_at": row.final_at,
        "appealed_at": appeal.at if appeal else None,
    }
    inner = ("proposed_at", "second_at", "returned_at", "returned_reason")
    return shown | ({name: getattr(row, name) for name in inner} if whole else {})


def _findings(case: Case, whole: bool) -> list[dict[str, Any]]:
    rows = Finding.objects.filter(session=case.session_id).order_by("created_at", "number")
    if whole:
        return list(rows.values(*OF_FINDING_STAFF))
    standing = rows.filter(status__in=("new", "confirmed"))
    return list(standing.values(*OF_FINDING, "provider_message"))


def _requests(case: Case) -> list[dict[str, Any]]:
    return list(NotesRequest.objects.filter(session=case.session_id).order_by("pk").values(*OF_REQUEST))


def _notes(case: Case) -> list[dict[str, Any]]:
    """What was sent, by digest: whoever holds a note or file can show that it is the one."""
    rows = Note.objects.filter(session=case.session_id).defer("sealed").prefetch_related("note_files__file")
    return [
        {
            "version": row.version,
            "kind": row.kind,
            "received_at": row.received_at,
            "late": row.late,
            "attested_by": row.attested_by_name,
            "text_sha256": row.digest if row.characters else None,
            "files": [{"size": linked.file.size, "sha256": linked.file.sha256} for linked in row.note_files.all()],
        }
        for row in rows
    ]


def _in_force(case: Case, decisions: list[Decision]) -> dict[str, Any]:
    """Versions of the policy's clauses, of the calendar that counted, and of the rules that screened the session."""
    day = case.session.date_of_service if case.session else case.opened_at.date()
    named = sorted({row.clause for row in decisions} | {case.clause} - {""})
    screenings = Screening.objects.filter(session=case.session_id).select_related("pack").order_by("at")
    return {
        "clauses_version": CLAUSES.version,
        "clauses": [asdict(found) for name in named if (found := CLAUSES.find(name, day))],
        "calendar": _calendar(case),
        "screenings": [
            {"at": row.at, "revision": row.revision, "rule_pack": row.pack_id, "tables": row.pack.tables}
            for row in screenings
        ],
    }


def _calendar(case: Case) -> dict[str, Any]:
    """The calendar that the answer time was counted with; before there is one, the calendar in force."""
    kept = case.calendar
    if kept is not None:
        return {"name": kept.name, "version": kept.label, "sha256": kept.digest, "rules": kept.rules}
    found = calendars.of_provider(case.provider, case.opened_at)
    return {"name": found.name, "version": found.version, "rules": asdict(found.rules)}
