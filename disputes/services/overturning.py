"""What a decision on appeal means for the findings that the earlier decision rested on."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from clawguard.domain.clauses import Party
from disputes.models import Appeal, Decision
from sessions import services as session_services

CITED = "coding_findings"  # the fact by which a decision cites confirmed findings


def overturn_findings(decision_id: UUID, now: dt.datetime) -> int:
    """Overturn what an appealed provider-error decision rested on, when ``decision_id`` answered the appeal otherwise.

    Only findings the earlier decision cited are touched. Does nothing for any other decision, and nothing the second
    time. Returns how many findings were overturned, dated when the decision became final.
    """
    decision = Decision.objects.select_related("case").get(pk=decision_id)
    appeal = Appeal.objects.filter(answer=decision).select_related("decision").first()
    session = decision.case.session_id
    if appeal is None or session is None or decision.party == Party.PROVIDER:
        return 0
    if appeal.decision.party != Party.PROVIDER:
        return 0
    return session_services.overturn_findings(session, _cited(appeal.decision), decision.final_at or now)


def _cited(decision: Decision) -> set[str]:
    cited = [fact.get("value") for fact in decision.evidence if fact.get("fact") == CITED]
    return {check for value in cited if isinstance(value, list) for check in value}
