from disputes.models.case import Case, CaseFact, Proposal
from disputes.models.conversation import Appeal, Message
from disputes.models.dispute import Dispute
from disputes.models.outcome import Decision, ProposedAdjustment

__all__ = ["Appeal", "Case", "CaseFact", "Decision", "Dispute", "Message", "Proposal", "ProposedAdjustment"]
