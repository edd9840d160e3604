"""Whether a decision still fits what the facts make out now."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Q

from clawguard.domain.attribution.comparing import Decided, Doubt, doubt, rate_doubt
from clawguard.domain.clauses import Party
from clawguard.domain.promises import Outcome
from clawguard.events.models import SentMail
from disputes.models import Decision, Message, Proposal

NOTICE = "case_notice"  # the mail with it


def doubt_of(decision: Decision, proposal: Proposal, rate: Decimal | None) -> Doubt | None:
    """Why the final ``decision`` no longer fits what ``proposal`` makes out and the contracted ``rate`` that the facts
    have now, or None."""
    if _unheard(decision):
        return Doubt.UNHEARD
    pays = decision.outcome == Outcome.PAY_CONTRACTED_RATE
    decided = Decided(decision.party, decision.clause, pays, decision.amount)
    return _other_facts(decision, decided, proposal) or rate_doubt(decided, rate)


def _other_facts(decision: Decision, decided: Decided, proposal: Proposal) -> Doubt | None:
    known = Proposal.objects.filter(case=decision.case_id, at__lte=decision.final_at).order_by("-number").first()
    if known is not None and known.pk == proposal.pk:
        return None
    return doubt(decided, known.attribution if known else None, proposal.attribution)


def _unheard(decision: Decision) -> bool:
    """Whether it goes against the provider on silence, and every mail of a notice that nobody had seen by then is known
    to have come back."""
    if decision.party != Party.PROVIDER or decision.case.answered_at is not None:
        return False
    mails = SentMail.objects.filter(template=NOTICE, about_id=str(decision.case_id))
    came_back = list(mails.values_list("bounced_at", flat=True))
    if not came_back or None in came_back:
        return False
    read = Q(kind="notice", read_at__lt=decision.proposed_at)
    seen = read | Q(from_provider=True, at__lt=decision.proposed_at)
    return not Message.objects.filter(seen, case=decision.case_id).exists()
