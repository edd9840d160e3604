"""A whole file checked without storing anything: what a linter does, for sessions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from clawguard.domain.codesets import CodeTables
from clawguard.domain.facts import SessionFacts
from clawguard.domain.submission import Defaults
from sessions.intake.parsing import KnownProviders, Told, parse_row
from sessions.intake.readers import read_rows
from sessions.services.dry_run import Checked, screen_facts


@dataclass
class FileReport:
    """What was read, what could not be, and what the checks say. ``sessions`` are in file order, with their rows."""

    kind: str
    rows: int = 0
    problems: list[Told] = field(default_factory=list)
    sessions: list[tuple[int, Checked]] = field(default_factory=list)
    unfit: list[tuple[int, Mapping[str, Any]]] = field(default_factory=list)  # read, but no session as it stands

    @property
    def unreadable(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems) or not self.rows

    @property
    def at_risk(self) -> Decimal:
        return sum((checked.at_risk for _, checked in self.sessions), Decimal("0.00"))

    def count(self, severity: str) -> int:
        return sum(finding.severity == severity for _, checked in self.sessions for finding in checked.findings)


def check_file(
    kind: str, chunks: Iterable[bytes], defaults: Defaults, code_tables: CodeTables, now: dt.datetime
) -> FileReport:
    """Read every row and screen each session beside the others of the file. Never raises for bad content."""
    report, numbers, sessions = FileReport(kind), [], list[SessionFacts]()
    providers = KnownProviders(defaults)
    for row in read_rows(kind, chunks):
        parsed = parse_row(row, now, providers)
        report.rows += 1
        report.problems += parsed.problems
        if parsed.submission is not None:
            numbers.append(parsed.number)
            sessions.append(parsed.submission.facts)
        elif isinstance(row.raw, Mapping):
            report.unfit.append((row.number, row.raw))
    report.sessions = list(zip(numbers, screen_facts(sessions, now, code_tables=code_tables), strict=True))
    return report
