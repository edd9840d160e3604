"""Facts of a case and what the engine makes of them. The engine proposes; nothing here decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import SYSTEM, Actor
from clawguard.domain.attribution import Attribution, next_moment
from clawguard.domain.attribution import attribute as propose
from clawguard.domain.case_facts import CaseFacts
from clawguard.domain.case_facts_json import CaseFactsError, read_case_facts
from clawguard.domain.lifecycles import CaseState
from clawguard.events.errors import Refused
from clawguard.events.services import publish
from clawguard.events.words import stated
from disputes import facts, money_words, policies
from disputes.models import Case, CaseFact, Decision, Proposal
from disputes.selectors.cases import latest_proposal
from disputes.services.conversation import post_as_system
from disputes.services.doubting import look_again
from disputes.services.locking import locked_case

LONGEST_REASON = 300  # characters
BOOKKEEPING = frozenset({"at", "source"})  # said about a fact, not part of it


@transaction.atomic
def add_facts(actor: Actor, case_id: UUID, given: dict[str, Any], now: dt.datetime) -> list[CaseFact]:
    """Add facts in the vocabulary of the interface, each bare or with ``at`` and ``source``. Raises Refused (422).

    A fact of the same name takes the place of an earlier one from then on; both stay in the history.
    """
    policies.require_worker(actor, policies.WRITE)
    case = locked_case(actor, case_id)
    if case.status == CaseState.CLOSED:
        raise Refused("closed", "Facts of a closed case are kept as they are.")
    _require_readable(given)
    rows = [_row(case, actor, name, fact, now) for name, fact in given.items()]
    CaseFact.objects.bulk_create(rows)
    for row in rows:
        publish("case.fact_added", case, actor, now, {"name": row.name, "fact": str(row.pk)})
    return rows


@transaction.atomic
def withdraw_fact(actor: Actor, case_id: UUID, name: str, reason: str, now: dt.datetime) -> CaseFact:
    """Take back what people or programs stated of a fact. The statements stay in the history; nobody stands by them.

    What the system itself recorded stays as it is. Raises NotAllowed, NotFound, Refused.
    """
    policies.require_worker(actor, policies.WRITE)
    case = locked_case(actor, case_id)
    if case.status == CaseState.CLOSED:
        raise Refused("closed", "Facts of a closed case are kept as they are.")
    said = stated(reason, "/reason", LONGEST_REASON, "Say why it does not hold.")
    if name not in facts.takeable(facts.added(case)):
        raise Refused("not_added", "Nobody added this fact to the case, or it was taken back already.", "/fact")
    row = _row(case, actor, name, {"value": None, "source": f"Taken back by {actor.name}"}, now)
    row.withdrawn_reason = said
    row.save(force_insert=True)
    publish("case.fact_withdrawn", case, actor, now, {"name": name, "fact": str(row.pk)})
    return row


def _require_readable(facts_given: dict[str, Any]) -> None:
    if not facts_given:
        raise Refused("missing", "Name at least one fact.", "/facts")
    try:
        read_case_facts(facts_given)
    except CaseFactsError as error:
        first = error.problems[0]
        raise Refused(first.code, str(error), f"/facts{first.pointer}") from None
    for name, given in facts_given.items():
        parts = given if isinstance(given, dict) else {"value": given}
        if all(part is None for key, part in parts.items() if key not in BOOKKEEPING):
            message = f"Give a value for {name}; null states nothing. To take back what was stated, withdraw it."
            raise Refused("missing", message, f"/facts/{name}")


def _row(case: Case, actor: Actor, name: str, given: Any, now: dt.datetime) -> CaseFact:
    said = given if isinstance(given, dict) else {"value": given}
    value = {key: part for key, part in said.items() if key not in BOOKKEEPING}
    at = said.get("at")
    return CaseFact(
        case=case,
        name=name,
        value=value["value"] if set(value) == {"value"} else value,
        at=dt.datetime.fromisoformat(at) if at else None,
        source=said.get("source") or f"Stated by {actor.name}",
        added_at=now,
        added_by_kind=actor.kind,
        added_by_id=actor.id,
        added_by_name=actor.name,
    )


@transaction.atomic
def attribute(case_id: UUID, now: dt.datetime) -> Proposal | None:
    """Weigh the facts anew and store the engine's answer if it differs from the last one. Safe to run again.

    Returns None when nothing changed, or when the case is already closed.
    """
    case = locked_case(SYSTEM, case_id)
    if case.status == CaseState.CLOSED:
        return None
    known = facts.gather(case)
    _follow_rate(case, known.contracted_rate, now)
    found = propose(known, now)
    _keep_next_moment(case, known, now)
    last = latest_proposal(case)
    answer = found.as_dict()
    if last is not None and last.attribution == answer:
        if case.decision_doubted_at is not None or case.contracted_rate != known.contracted_rate:
            look_again(case, last, known.contracted_rate, now)
        return None
    row = Proposal.objects.create(
        case=case,
        number=1 if last is None else last.number + 1,
        attribution=answer,
        engine_version=found.engine_version,
        at=now,
    )
    _keep_on_case(case, found, now)
    publish("case.attributed", case, SYSTEM, now, {"party": answer["party"], "clause": answer["clause"]})
    look_again(case, row, known.contracted_rate, now)
    return row


def attribute_of_sessions(session_ids: Sequence[UUID], now: dt.datetime) -> int:
    """Weigh anew the cases of these sessions that are not closed. Returns how many proposals changed."""
    cases = Case.objects.filter(session_id__in=session_ids).exclude(status=CaseState.CLOSED)
    return sum(attribute(pk, now) is not None for pk in cases.order_by("pk").values_list("pk", flat=True))


def _keep_on_case(case: Case, found: Attribution, now: dt.datetime) -> None:
    if case.status != CaseState.DECIDED:
        case.party, case.clause = found.party.value, found.clause
    case.updated_at = now
    case.save(update_fields=["party", "clause", "updated_at"])


def _keep_next_moment(case: Case, known: CaseFacts, now: dt.datetime) -> None:
    """When a sweep has the case weighed again although nothing happens to it: a payer's date, say, has passed."""
    moment = next_moment(known, now)
    if case.weigh_again_at != moment:
        case.weigh_again_at = moment
        case.save(update_fields=["weigh_again_at"])


def _follow_rate(case: Case, rate: Decimal | None, now: dt.datetime) -> None:
    """The rate is that of the facts until a decision is final; the case then keeps the one it was decided with. An
    appeal has it decided anew, by the facts again: that is said in the conversation, and changes no payment."""
    if case.contracted_rate == rate or case.status == CaseState.DECIDED:
        return
    before = case.contracted_rate
    case.contracted_rate, case.updated_at = rate, now
    case.save(update_fields=["contracted_rate", "updated_at"])
    if Decision.objects.filter(case=case, final_at__isnull=False).exists():
        post_as_system(case.pk, money_words.rate_on_appeal(before, rate), now, internal=False)
