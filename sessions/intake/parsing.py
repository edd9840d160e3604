"""From the rows of a reader to sessions or to what is wrong with them; the same for every format."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from clawguard.domain.submission import Defaults, FieldError, Submission, parse
from sessions.intake.readers import Row, RowProblem

LONGEST_MESSAGE = 400


class Told(NamedTuple):
    """One thing to mend: where it stands in the file and what to do. Never the value itself."""

    row: int
    column: str
    pointer: str
    code: str
    message: str
    severity: str = "error"
    label: str = ""  # what the row calls itself


class Parsed(NamedTuple):
    """A row as a session; ``submission`` is None when it cannot be one."""

    number: int
    label: str
    submission: Submission | None
    problems: list[Told]


def npi_of(raw: Any) -> str | None:
    """The provider's NPI as a row states it, not yet checked."""
    provider = raw.get("provider") if isinstance(raw, dict) else None
    npi = provider.get("npi") if isinstance(provider, dict) else None
    return npi if isinstance(npi, str) else None


class KnownProviders:
    """What the network knows of providers fills in what a file cannot say: time zone and licence, by NPI."""

    def __init__(self, fallback: Defaults, known: dict[str, tuple[str, str]] | None = None) -> None:
        self.fallback, self.known = fallback, known or {}
        self._made: dict[str, Defaults] = {}

    def defaults_for(self, raw: Any) -> Defaults:
        npi = npi_of(raw)
        if npi is None or npi not in self.known:
            return self.fallback
        if npi not in self._made:
            zone, credential = self.known[npi]
            self._made[npi] = Defaults(zone, credential or self.fallback.license, self.fallback.payer_kind)
        return self._made[npi]


def parse_row(row: Row, now: dt.datetime, providers: KnownProviders) -> Parsed:
    """Never raises for bad content."""
    problems = [_of_reader(row, problem) for problem in row.problems] if row.problems else []
    if row.raw is None:
        return Parsed(row.number, row.label, None, problems)
    submission, errors = parse(row.raw, now=now, defaults=providers.defaults_for(row.raw))
    problems += [_of_field(row, error) for error in errors]
    return Parsed(row.number, row.label, None if row.has_errors else submission, problems)


def _of_reader(row: Row, problem: RowProblem) -> Told:
    place = problem.row or (row.number_at(problem.pointer) if problem.pointer else row.number)
    column = row.column_at(problem.pointer) if problem.pointer else ""
    return Told(
        place, column, problem.pointer, problem.code, problem.message[:LONGEST_MESSAGE], problem.severity, row.label
    )


def _of_field(row: Row, error: FieldError) -> Told:
    column = row.column_at(error.pointer)[:80]
    place = row.number_at(error.pointer)
    return Told(place, column, error.pointer[:120], error.code, error.message[:LONGEST_MESSAGE], label=row.label)
