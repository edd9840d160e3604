"""Sessions that somebody may ask about: what stands and could be cured by a document that nobody asked for yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, OuterRef

from clawguard.accounts.actors import Actor
from clawguard.domain.lifecycles import FindingState
from notes import policies
from notes.items import kind_of
from notes.models import NotesRequest
from notes.models.request import ANSWERED, STANDING
from sessions.models import Finding, TherapySession

WORTH_ASKING = (FindingState.NEW, FindingState.CONFIRMED)
OPEN_OR_JUDGED_SOON = (*STANDING, *ANSWERED)
FINDINGS_A_SESSION = 5  # read at the most, on average; a page of sessions never needs more


@dataclass(frozen=True, slots=True)
class ToAsk:
    """One session, what was found, and what would be asked for."""

    session: TherapySession
    titles: list[str]
    labels: list[str]
    at_risk: Decimal


def sessions_to_ask_about(actor: Actor, check_id: str, most: int) -> list[ToAsk]:
    """At most ``most`` sessions, with most at risk first; ``check_id`` narrows to one check. Raises NotAllowed."""
    policies.require_work(actor)
    asked = NotesRequest.objects.filter(session=OuterRef("session"), status__in=OPEN_OR_JUDGED_SOON)
    rows = Finding.objects.filter(
        ~Exists(asked),
        policies.workable(actor, "session__provider"),
        status__in=WORTH_ASKING,
        request_items__len__gt=0,
        **({"check_id": check_id} if check_id else {}),
    ).select_related("session__provider", "session__payer")
    found: dict[UUID, list[Finding]] = {}
    for row in rows.order_by("-amount_at_risk", "pk")[: most * FINDINGS_A_SESSION]:
        if row.session_id in found or len(found) < most:
            found.setdefault(row.session_id, []).append(row)
    return [_to_ask(findings) for findings in found.values()]


def _to_ask(findings: Sequence[Finding]) -> ToAsk:
    labels = {kind_of(kind).label: None for finding in findings for kind in finding.request_items}
    titles = {finding.title: None for finding in findings}
    most = max(finding.amount_at_risk for finding in findings)
    return ToAsk(findings[0].session, list(titles), list(labels), most)


def sessions_by_id(actor: Actor, ids: Sequence[UUID]) -> dict[str, TherapySession]:
    """Those of ``ids`` that the actor may work on, by id as text."""
    rows = TherapySession.objects.filter(policies.workable(actor), pk__in=list(ids))
    return {str(row.pk): row for row in rows.select_related("provider", "payer")}
