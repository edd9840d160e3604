from disputes.models.case import Case, CaseFact, Proposal
from disputes.models.conversation import Appeal, Message
from disputes.models.dispute import Dispute
from disputes.models.outcome import Decision, ProposedAdjustment
from disputes.models.remittance import (
    AccountAdjustment,
    ClaimAdjustment,
    ClaimMatch,
    RememberedMatch,
    Remittance,
    RemittanceClaim,
    RemittanceLine,
)

__all__ = [
    "AccountAdjustment",
    "Appeal",
    "Case",
    "CaseFact",
    "ClaimAdjustment",
    "ClaimMatch",
    "Decision",
    "Dispute",
    "Message",
    "Proposal",
    "ProposedAdjustment",
    "RememberedMatch",
    "Remittance",
    "RemittanceClaim",
    "RemittanceLine",
]
