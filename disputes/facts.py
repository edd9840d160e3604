"""What is known about a case, from its rows to ``CaseFacts``: each fact with where it comes from and when it held."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from clawguard.domain.case_facts import FACT_NAMES, CaseFacts, DisputeFacts, Fact, NoteRequestFacts, combine
from clawguard.domain.case_facts_json import BESIDE, plain, read_case_facts
from clawguard.domain.lifecycles import DisputeState, FindingState
from disputes.facts_beside import beside
from disputes.ledger import Ledger, ledgers
from disputes.links import dispute_of
from disputes.models import Case, CaseFact, Dispute
from disputes.models.case import LONGEST_SOURCE
from notes.facts import note_request_facts
from sessions.models import Finding, TherapySession

SETTLED = frozenset({FindingState.DISMISSED, FindingState.OVERTURNED})
# Recorded by the day: a moment that somebody adds is surer.
BY_DAY = frozenset({"claim_submitted_at", "filing_limit_at"})
REMIT_CODE = re.compile(r"[A-Z0-9]{1,5}")
MOST_CODES = 50
CLOCK_PARTS = {
    "note_request": tuple(part.name for part in fields(NoteRequestFacts)),
    "dispute": tuple(part.name for part in fields(DisputeFacts)),
}


def gather(case: Case, money: Mapping[UUID, Ledger] | None = None) -> CaseFacts:
    """Every fact about the case: what the system recorded, joined with what people and programs added.

    Where the two state different things the record is kept and the fact is named in ``conflicts``. ``money``: the
    ledger of the case's session by its id, where it was read already.
    """
    said = added(case)
    known = {name: fact for name, fact in recorded(case, money).items() if name not in BY_DAY or name not in said}
    return combine(read_case_facts(known), read_case_facts(said))


def evidence(case: Case, money: Mapping[UUID, Ledger] | None = None) -> list[dict[str, Any]]:
    """The stated facts one by one, as a decision may cite them: fact, value, at, source. Clocks are cited in parts.
    ``money`` as in ``gather``."""
    facts = gather(case, money)
    names = [name for name in FACT_NAMES if facts.stated(name) and name not in CLOCK_PARTS]
    for clock, parts in CLOCK_PARTS.items():
        names += [f"{clock}.{part}" for part in parts if facts.stated(f"{clock}.{part}")]
    return [_plain(facts.evidence(name)) for name in names]


def _plain(fact: Fact) -> dict[str, Any]:
    return {"fact": fact.name, "value": plain(fact.value), "at": _iso(fact.at), "source": fact.source or ""}


def recorded(case: Case, money: Mapping[UUID, Ledger] | None = None) -> dict[str, Any]:
    """What the rows of the system say, in the shape of the interface. ``money`` as in ``gather``."""
    facts: dict[str, Any] = {}
    if case.session is not None:
        ledger = (ledgers([case.session.pk]) if money is None else money).get(case.session.pk)
        facts |= _of_session(case.session) | _of_findings(case.session)
        facts |= beside(case.session, ledger.received_on if ledger else None) | _of_remittances(ledger)
        request = note_request_facts(case.session.pk)
        if request:
            facts["note_request"] = {**request, "source": "Notes request"}
    dispute = dispute_of(case)
    if dispute is not None and dispute.status != DisputeState.WITHDRAWN:  # nobody owes an answer to what was taken back
        facts["dispute"] = _of_dispute(dispute)
    return facts


def added(case: Case) -> dict[str, Any]:
    """The latest statement of each added fact that was not taken back, in the shape of the interface."""
    return latest_of(CaseFact.objects.filter(case=case).order_by("added_at", "pk"))


def latest_of(rows: Iterable[CaseFact]) -> dict[str, Any]:
    """``added`` from rows at hand, in the order in which they were stated."""
    latest: dict[str, Any] = {}
    for row in rows:
        if row.withdrawn_reason:
            _take_back(latest, row.name)
            continue
        by = "" if row.added_by_name in row.source else f" ({row.added_by_name})"
        named = f"{row.source}{by}"
        origin = {"at": _iso(row.at or row.added_at), "source": named if len(named) <= LONGEST_SOURCE else row.source}
        fact = {**row.value, **origin} if isinstance(row.value, dict) else {"value": row.value, **origin}
        _supersede(latest, row.name, fact)
        latest[row.name] = fact
    return latest


def takeable(latest: Mapping[str, Any]) -> set[str]:
    """The names of what stands by people's and programs' word, and so can be taken back: also a part told beside."""
    parts = {part for owner, beside in BESIDE.items() for part in beside if latest.get(owner, {}).get(part) is not None}
    return latest.keys() | parts


def _take_back(latest: dict[str, Any], name: str) -> None:
    """What replaced an earlier statement is gone, and the earlier one does not come back: nobody states it any more."""
    latest.pop(name, None)
    for owner, parts in BESIDE.items():
        if name in parts and owner in latest:
            latest[owner].pop(name, None)
            if all(latest[owner].get(part) is None for part in ("value", *parts)):
                del latest[owner]


def _supersede(latest: dict[str, Any], name: str, fact: Mapping[str, Any]) -> None:
    """Drop from ``latest`` what the newer ``fact`` states, where either was told beside the fact it belongs to."""
    for other in BESIDE.get(name, ()):
        if fact.get(other) is not None:
            latest.pop(other, None)
    for owner, parts in BESIDE.items():
        if name in parts and owner in latest:
            latest[owner].pop(name, None)


def _of_session(session: TherapySession) -> dict[str, Any]:
    source = f"Session, revision {session.revision}"

    def in_practice_zone(moment: dt.datetime) -> str:
        """Days until confirming are counted on the practice's calendar, as the date of service is."""
        return moment.astimezone(ZoneInfo(session.provider_time_zone)).isoformat()

    facts = {
        "date_of_service": {"value": session.date_of_service.isoformat(), "source": source},
        "contracted_rate": _stated(session.contracted_rate, source, str),
        "session_confirmed_at": _stated(session.confirmed_at, source, in_practice_zone),
    }
    return {name: fact for name, fact in facts.items() if fact}


def _of_findings(session: TherapySession) -> dict[str, Any]:
    """Confirmed checks. While findings still wait for a person nothing is stated: nobody has looked yet."""
    rows = list(Finding.objects.filter(session=session).exclude(status=FindingState.CLEARED))
    confirmed = [row for row in rows if row.status == FindingState.CONFIRMED]
    if confirmed:
        last = max((row.decided_at for row in confirmed if row.decided_at), default=None)
        ids = sorted({row.check_id for row in confirmed})
        return {"coding_findings": {"value": ids, "at": _iso(last), "source": "Findings confirmed by a person"}}
    if rows and all(row.status in SETTLED for row in rows):
        return {"coding_findings": {"value": [], "source": "Every finding was dismissed by a person or overturned"}}
    return {}


def _of_remittances(ledger: Ledger | None) -> dict[str, Any]:
    """The codes by which the payer took money back. A first payment or denial says nothing of a takeback."""
    taking = ledger.last_taking if ledger is not None else None
    if ledger is None or taking is None:
        return {}
    payment = taking.payment
    day = f" of {payment.paid_on:%Y-%m-%d}" if payment.paid_on else ""
    origin = {"at": _iso(taking.known_at), "source": f"Remittance {payment.trace}{day}"}
    codes = {"carc": ledger.why.carc, "rarc": ledger.why.rarc, "group": ledger.why.group, "plb": ledger.why.plb}
    readable = {name: [code for code in said if REMIT_CODE.fullmatch(code.upper())] for name, said in codes.items()}
    return {name: {"value": said[:MOST_CODES], **origin} for name, said in readable.items() if said}


def _of_dispute(dispute: Dispute) -> dict[str, Any]:
    return {
        "kind": dispute.kind,
        "provider_asked_at": _iso(dispute.delivered_at),
        "due_at": _iso(dispute.excused_until or dispute.due_at),
        "provider_answered_at": _iso(dispute.answered_at),
        "source": "Dispute",
    }


def _stated(value: Any, source: str, shown: Any) -> dict[str, Any] | None:
    return None if value is None else {"value": shown(value), "source": source}


def _iso(moment: dt.datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
