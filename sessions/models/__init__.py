"""Rows of the sessions app, by noun."""

from sessions.models.code_tables import (
    CodeTable,
    CodeTableBlock,
    CodeTableChange,
    CodeTableFile,
    CodeTableProblem,
)
from sessions.models.codesets import IcdCode, IcdRelease
from sessions.models.intake import ColumnMapping, HistoryMark, ImportBatch, ImportProblem, ImportSlice, IntakeChunk
from sessions.models.patterns import PatternBook, PatternFinding, PatternMark, PeerMark, ProviderDay, ProviderShare
from sessions.models.payer_policies import PolicyRevision, PolicyScope, PublishedPeriod
from sessions.models.screening import Finding, Judgement, RulePack, RulePackUse, Screening
from sessions.models.session import Client, Payer, SessionRevision, TherapySession
from sessions.models.stated import FactWithdrawal, StatedFact
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
    "FactWithdrawal",
    "Finding",
    "HistoryMark",
    "IcdCode",
    "IcdRelease",
    "ImportBatch",
    "ImportProblem",
    "ImportSlice",
    "IntakeChunk",
    "Judgement",
    "PatternBook",
    "PatternFinding",
    "PatternMark",
    "Payer",
    "PeerMark",
    "PolicyRevision",
    "PolicyScope",
    "ProviderDay",
    "ProviderShare",
    "PublishedPeriod",
    "Rescreening",
    "RulePack",
    "RulePackUse",
    "Screening",
    "SessionRevision",
    "StatedFact",
    "TherapySession",
]
