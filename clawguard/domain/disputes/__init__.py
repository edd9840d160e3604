"""Clients' disputes: why, what would show it, whether enough is known, and how much notice there was."""

from clawguard.domain.disputes.answers import ANSWERS, Answer, answers_for, outcomes_after
from clawguard.domain.disputes.completeness import Completeness, completeness
from clawguard.domain.disputes.evidence import KINDS, EvidenceError, Field, FieldType, Kind, Side, read_evidence
from clawguard.domain.disputes.notice import Notice, notice_given
from clawguard.domain.disputes.reasons import REASONS, Reason, ReasonTable

__all__ = [
    "ANSWERS",
    "KINDS",
    "REASONS",
    "Answer",
    "Completeness",
    "EvidenceError",
    "Field",
    "FieldType",
    "Kind",
    "Notice",
    "Reason",
    "ReasonTable",
    "Side",
    "answers_for",
    "completeness",
    "notice_given",
    "outcomes_after",
    "read_evidence",
]
