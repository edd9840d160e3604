"""Rows of the sessions app, by noun."""

from sessions.models.code_tables import (
    CodeTable,
    CodeTableBlock,
    CodeTableChange,
    CodeTableFile,
    CodeTableProblem,
)
from sessions.models.codesets import IcdCode, IcdRelease
from sessions.models.intake import ColumnMapping, ImportBatch, ImportProblem, IntakeChunk
from sessions.models.payer_policies import PolicyRevision, PolicyScope, PublishedPeriod
from sessions.models.screening import Finding, Judgement, RulePack, RulePackUse, Screening
from sessions.models.session import Client, Payer, SessionRevision, TherapySession
from sessions.models.trials import Backtest, BacktestChange, BacktestSession, Rescreening

__all__ = [
    "Backtest",
    "BacktestChange",
    "BacktestSession",
    "Client",
    "CodeTable",
    "CodeTableBlock",
    "CodeTableChange",
    "CodeTableFile",
    "CodeTableProblem",
    "ColumnMapping",
    "Finding",
    "IcdCode",
    "IcdRelease",
    "ImportBatch",
    "ImportProblem",
    "IntakeChunk",
    "Judgement",
    "Payer",
    "PolicyRevision",
    "PolicyScope",
    "PublishedPeriod",
    "Rescreening",
    "RulePack",
    "RulePackUse",
    "Screening",
    "SessionRevision",
    "TherapySession",
]
