from disputes.models.attachment import Attachment
from disputes.models.case import Case, CaseFact, Proposal
from disputes.models.conversation import Appeal, Message
from disputes.models.dispute import Dispute
from disputes.models.evidence import ClientLink, DisputeEvidence, LibraryItem
from disputes.models.outcome import AdjustmentConfirmation, Decision, ProposedAdjustment
from disputes.models.pack import EvidencePack
from disputes.models.remittance import (
    AccountAdjustment,
    ClaimAdjustment,
    ClaimMatch,
    LineMatch,
    RememberedMatch,
    Remittance,
    RemittanceClaim,
    RemittanceLine,
)
from disputes.models.takeback import AccountMatch, AccountShare
from disputes.models.templates import MessageTemplate, TemplateVersion

__all__ = [
    "AccountAdjustment",
    "AccountMatch",
    "AccountShare",
    "AdjustmentConfirmation",
    "Appeal",
    "Attachment",
    "Case",
    "CaseFact",
    "ClaimAdjustment",
    "ClaimMatch",
    "ClientLink",
    "Decision",
    "Dispute",
    "DisputeEvidence",
    "EvidencePack",
    "LibraryItem",
    "LineMatch",
    "Message",
    "MessageTemplate",
    "Proposal",
    "ProposedAdjustment",
    "RememberedMatch",
    "Remittance",
    "RemittanceClaim",
    "RemittanceLine",
    "TemplateVersion",
]
