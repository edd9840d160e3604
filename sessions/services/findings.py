"""What people make of findings: confirmed, dismissed with a reason and perhaps for a time, taken up again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from clawguard.accounts.actors import SYSTEM, Actor
from clawguard.domain.checks import dismissals
from clawguard.domain.lifecycles import FindingState
from clawguard.events.errors import NotFound, Refused
from clawguard.events.services import WrongState, move, move_many
from clawguard.events.words import optional
from sessions import policies
from sessions.models import Finding

LONGEST_REASON = 300
LONGEST_DISMISSAL = dt.timedelta(days=366)
ENDED = "dismissal_ended"
BATCH = 500


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person says of findings. ``until`` (a moment, UTC) ends a dismissal; None lets it last."""

    to: FindingState
    words: str = ""
    code: str = ""
    until: dt.datetime | None = None


def confirming(reason: str) -> Verdict:
    """The finding holds. ``reason`` may be empty. Raises Refused when it is too long."""
    return Verdict(FindingState.CONFIRMED, optional(reason, "/reason", LONGEST_REASON))


def dismissing(check_id: str, reason: str, now: dt.datetime, *, code: str, until: dt.date | None) -> Verdict:
    """The finding does not hold, for a reason of the list; "other" needs words.

    ``until`` is the last day of the dismissal in the network's own time zone. Raises Refused.
    """
    known = dismissals.BY_CODE.get(code)
    if known is None or not known.fits(check_id):
        raise Refused("not_a_choice", "Choose one of the reasons offered for this check.", "/reason_code")
    words = optional(reason, "/reason", LONGEST_REASON)
    if known.needs_words and not words:
        raise Refused("required", "Say why the finding does not hold; the check learns from it.", "/reason")
    return Verdict(FindingState.DISMISSED, words, code, None if until is None else _end_of(until, now))


def _end_of(day: dt.date, now: dt.datetime) -> dt.datetime:
    zone = ZoneInfo(settings.STAFF_TIME_ZONE)
    today = now.astimezone(zone).date()
    if not today <= day <= today + LONGEST_DISMISSAL:
        raise Refused("out_of_range", "Choose a day from today to a year ahead, or let it last.", "/until")
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), zone).astimezone(dt.UTC)


def confirm_finding(actor: Actor, finding_id: UUID, reason: str, now: dt.datetime) -> Finding:
    """The finding holds. ``reason`` may be empty."""
    policies.require_judgement(actor)
    return judge(actor, within_reach(actor, finding_id), confirming(reason), now)


def dismiss_finding(
    actor: Actor,
    finding_id: UUID,
    reason: str,
    now: dt.datetime,
    *,
    code: str = dismissals.OTHER,
    until: dt.date | None = None,
) -> Finding:
    """The finding does not hold; reason and words are kept beside it and teach us about the check."""
    policies.require_judgement(actor)
    finding = within_reach(actor, finding_id)
    return judge(actor, finding, dismissing(finding.check_id, reason, now, code=code, until=until), now)


def restore_finding(actor: Actor, finding_id: UUID, reason: str, now: dt.datetime) -> Finding:
    """Take up again what was dismissed."""
    policies.require_judgement(actor)
    finding = within_reach(actor, finding_id)
    if finding.status != FindingState.DISMISSED:
        raise WrongState(finding, FindingState.NEW)
    return judge(actor, finding, Verdict(FindingState.NEW, optional(reason, "/reason", LONGEST_REASON)), now)


def within_reach(actor: Actor, finding_id: UUID) -> Finding:
    """Raises NotFound, whether there is none or the actor may not know of it."""
    finding = Finding.objects.filter(policies.readable(actor, "session__provider"), pk=finding_id).first()
    if finding is None:
        raise NotFound
    return finding


def judge(actor: Actor, finding: Finding, verdict: Verdict, now: dt.datetime) -> Finding:
    """Move the finding and keep who said it and why. Raises WrongState where somebody else was first.

    The words stay in the row, where access is checked; the log keeps that, by whom, when and the code.
    """
    said = "" if verdict.to == FindingState.NEW else str(verdict.to)
    move(
        finding,
        verdict.to,
        actor,
        now,
        verdict.code,
        verdict=said,
        reason_code=verdict.code,
        dismissed_until=verdict.until,
        decision_reason=verdict.words,
        decided_by_name=actor.name,
        decided_at=now,
        updated_at=now,
    )
    return finding


def end_dismissals(now: dt.datetime) -> int:
    """Findings whose dismissal has ended stand again, as of the moment it ended. Returns how many.

    Any number of sweepers may run at once: each takes rows that no other holds.
    """
    ended = 0
    while True:
        with transaction.atomic():
            due = Finding.objects.filter(status=FindingState.DISMISSED, dismissed_until__lte=now)
            rows = list(due.order_by("dismissed_until").select_for_update(skip_locked=True, of=("self",))[:BATCH])
            moments = {row.pk: row.dismissed_until for row in rows if row.dismissed_until}
            move_many(rows, FindingState.NEW, SYSTEM, moments, ENDED, verdict="", updated_at=now)
        ended += len(rows)
        if len(rows) < BATCH:
            return ended


def overturn_findings(session_id: UUID, check_ids: Iterable[str], at: dt.datetime) -> int:
    """A decision that rested on these confirmed findings did not stand on appeal. Run twice, the second does nothing.

    Returns how many were overturned.
    """
    confirmed = Finding.objects.filter(session=session_id, check_id__in=list(check_ids), status=FindingState.CONFIRMED)
    return len(move_many(list(confirmed), FindingState.OVERTURNED, SYSTEM, at, updated_at=at))
