"""Rows of the sessions app, by noun."""

from sessions.models.codesets import IcdCode, IcdRelease
from sessions.models.intake import ColumnMapping, ImportBatch, ImportProblem, IntakeChunk
from sessions.models.screening import Finding, Judgement, RulePack, Screening
from sessions.models.session import Client, Payer, SessionRevision, TherapySession

__all__ = [
    "Client",
    "ColumnMapping",
    "Finding",
    "IcdCode",
    "IcdRelease",
    "ImportBatch",
    "ImportProblem",
    "IntakeChunk",
    "Judgement",
    "Payer",
    "RulePack",
    "Screening",
    "SessionRevision",
    "TherapySession",
]
