"""One ICD-10-CM release as plain rows, and its digest."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A chapter, block or code. ``flags`` as in ``clawguard.domain.codesets.diagnoses``, inheritance included."""

    code: str
    title: str
    level: str  # chapter | block | code
    parent: str
    flags: int
    excludes1: tuple[str, ...]
    excludes1_notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReleaseRows:
    """``first_day`` and ``last_day`` are dates of service, both included."""

    name: str
    first_day: dt.date
    last_day: dt.date
    rows: tuple[CodeRow, ...]

    def digest(self) -> str:
        """Changes when anything that a check could read changes, the period included."""
        sha = hashlib.sha256(f"{self.first_day}{self.last_day}".encode())
        for row in self.rows:
            sha.update(f"{row.code}|{row.level}|{row.parent}|{row.flags}|{row.excludes1}\n".encode())
        return sha.hexdigest()[:16]
