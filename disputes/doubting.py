"""Whether a decision still fits what the facts make out now."""

from __future__ import annotations

from clawguard.domain.attribution.comparing import Decided, Doubt, doubt
from clawguard.domain.promises import Outcome
from disputes.models import Decision, Proposal


def doubt_of(decision: Decision, proposal: Proposal) -> Doubt | None:
    """Why the final ``decision`` no longer fits what ``proposal`` makes out, or None."""
    known = Proposal.objects.filter(case=decision.case_id, at__lte=decision.final_at).order_by("-number").first()
    if known is not None and known.pk == proposal.pk:
        return None
    decided = Decided(decision.party, decision.clause, decision.outcome == Outcome.PAY_CONTRACTED_RATE)
    return doubt(decided, known.attribution if known else None, proposal.attribution)
