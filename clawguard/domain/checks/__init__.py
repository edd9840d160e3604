"""Checks: facts of a session in, findings out. Importing this package registers every rule."""

from clawguard.domain.checks import rules as rules  # registers every check
from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Party, Severity, Source
from clawguard.domain.checks.looking_back import history_days
from clawguard.domain.checks.registry import ALL, CheckInfo, Needs, check, pack_digest
from clawguard.domain.checks.running import screen

__all__ = [
    "ALL",
    "CheckInfo",
    "Context",
    "Finding",
    "Needs",
    "Party",
    "Severity",
    "Source",
    "check",
    "history_days",
    "pack_digest",
    "screen",
]
