"""Several findings of one check judged at once: a preview, one reason, what became of each, and time to undo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import Actor, NotAllowed
from clawguard.domain.lifecycles import FindingState
from clawguard.events.errors import NotFound, Refused
from clawguard.events.services import WrongState
from sessions import policies
from sessions.models import Finding, Judgement
from sessions.services.findings import Verdict, judge

MOST = 200
TIME_TO_UNDO = dt.timedelta(seconds=30)
DONE, TAKEN_BACK = "done", "taken back"
NOT_NEW = {
    FindingState.CONFIRMED: "already confirmed; it is judged on its own page",
    FindingState.DISMISSED: "already dismissed",
    FindingState.CLEARED: "cleared by a correction meanwhile",
    FindingState.OVERTURNED: "overturned on appeal",
}
TAKEN = "somebody else judged it at the same moment"
CHANGED = "judged again since; it stays as it is"


class Row(NamedTuple):
    """One finding and what would become of it: empty when it can be judged, else why not."""

    finding: Finding
    obstacle: str


def preview_judgement(actor: Actor, check_id: str, ids: Sequence[UUID]) -> list[Row]:
    """What judging these would do, changing nothing. Raises NotFound for one out of reach or of another check."""
    policies.require_judgement(actor)
    if not ids:
        raise Refused("required", "Tick at least one finding.", "/findings")
    if len(ids) > MOST:
        raise Refused("too_many", f"Judge at most {MOST} findings at once.", "/findings")
    rows = Finding.objects.filter(policies.readable(actor, "session__provider"), pk__in=ids, check_id=check_id)
    found = {row.pk: row for row in rows.select_related("session__provider", "session__payer")}
    if set(found) != set(ids):
        raise NotFound
    return [Row(found[key], NOT_NEW.get(FindingState(found[key].status), "")) for key in dict.fromkeys(ids)]


@transaction.atomic
def judge_findings(actor: Actor, check_id: str, ids: Sequence[UUID], verdict: Verdict, now: dt.datetime) -> Judgement:
    """Judge every row that waits to be judged, each as its own page would; the others are left and say why."""
    if actor.id is None:  # a judgement belongs to a person
        raise NotAllowed
    results = []
    for row in sorted(preview_judgement(actor, check_id, ids), key=lambda row: row.finding.pk):
        result = row.obstacle or _judge(actor, row.finding, verdict, now)
        results.append({"finding": str(row.finding.pk), "result": result})
    return Judgement.objects.create(
        check_id=check_id,
        verdict=str(verdict.to),
        reason_code=verdict.code,
        dismissed_until=verdict.until,
        by_id=actor.id,
        at=now,
        rows=results,
    )


def _judge(actor: Actor, finding: Finding, verdict: Verdict, now: dt.datetime) -> str:
    try:
        with transaction.atomic():
            judge(actor, finding, verdict, now)
    except WrongState:
        return TAKEN
    return DONE


def get_judgement(actor: Actor, judgement_id: UUID) -> Judgement:
    """For whoever made it, and nobody else. Raises NotAllowed for those who judge nothing, NotFound."""
    policies.require_judgement(actor)
    row = Judgement.objects.filter(pk=judgement_id, by_id=actor.id).first()
    if row is None:
        raise NotFound
    return row


@transaction.atomic
def undo_judgement(actor: Actor, judgement_id: UUID, now: dt.datetime) -> Judgement:
    """Take a judgement back within half a minute. A finding that was judged again since stays as it is.

    What others did because of it stays done: a case that was opened meanwhile is weighed again and closed by people.
    """
    row = get_judgement(actor, judgement_id)
    row = Judgement.objects.select_for_update().get(pk=row.pk)
    if row.undone_at is not None:
        raise Refused("undone", "This was taken back already.")
    if now > row.at + TIME_TO_UNDO:
        raise Refused("too_late", "The half minute is over. Each finding can be taken up again on its session's page.")
    keys = [UUID(each["finding"]) for each in row.rows if each["result"] == DONE]
    standing = Finding.objects.filter(pk__in=keys, status=row.verdict, decided_at=row.at).in_bulk()
    for each in row.rows:
        if each["result"] == DONE:
            each["result"] = _take_back(actor, standing.get(UUID(each["finding"])), now)
    row.undone_at = now
    row.save(update_fields=["undone_at", "rows"])
    return row


def _take_back(actor: Actor, finding: Finding | None, now: dt.datetime) -> str:
    if finding is None:
        return CHANGED
    undone = _judge(actor, finding, Verdict(FindingState.NEW), now)
    return TAKEN_BACK if undone == DONE else CHANGED
