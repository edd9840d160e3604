"""The catalogue of patterns, and the one function that looks at a period."""

from __future__ import annotations

import datetime as dt
import hashlib
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NotRequired, TypedDict, Unpack

from clawguard.domain.checks.finding import JSON, Party, Severity, Source
from clawguard.domain.codesets.policies import POLICY_VERSION
from clawguard.domain.codesets.procedure_table import Codes, ProcedureTable
from clawguard.domain.patterns.period import Period

Run = Callable[[Period], Iterable["PatternFinding"]]
PROVIDER_WORDS = "This is only information about how your sessions are spread. Nothing is needed from you."


@dataclass(frozen=True, slots=True)
class PatternFinding:
    """What one pattern says of a provider, or of a provider with one client, in a period with stated dates.

    ``code`` narrows the sessions it rests on.
    """

    pattern: str
    version: int
    severity: Severity
    message: str
    evidence: Mapping[str, JSON]
    first_day: dt.date
    last_day: dt.date
    client: str = ""
    code: str = ""

    @property
    def topic(self) -> str:
        """Which of a pattern's questions it answers, where one asks several."""
        return str(self.evidence.get("what") or self.evidence.get("per") or "")


@dataclass(frozen=True, slots=True)
class PatternInfo:
    """Identity, texts and code of one pattern.

    ``thresholds`` names the values of the network's policy it asks for: once one of them is decided anew, months are
    looked at again. ``codes`` limits what it looks at to sessions that bill one of them. ``among_peers``: it is looked
    at again when others' months change.
    """

    id: str
    version: int
    title: str
    severity: Severity
    source: Source
    suggested_step: str
    summary: str
    run: Run
    thresholds: tuple[str, ...] = ()
    provider_message: str = PROVIDER_WORDS
    category: str = "patterns"
    scope: str = "months"
    party: Party = Party.OPEN
    codes: Codes | None = None
    request_items: tuple[str, ...] = ()
    among_peers: bool = False

    def billed_in(self, table: ProcedureTable) -> frozenset[str] | None:
        """The codes it is limited to, in one table; ``None``: every session."""
        return None if self.codes is None else table.codes(self.codes)

    @property
    def documentation(self) -> str:
        return f"/docs/checks/{self.id}"

    def finding(
        self,
        period: Period,
        message: str,
        evidence: Mapping[str, JSON],
        *,
        severity: Severity | None = None,
        first_day: dt.date | None = None,
        last_day: dt.date | None = None,
        client: str = "",
        code: str = "",
    ) -> PatternFinding:
        """A finding of this pattern; the period is the month unless other days are named."""
        return PatternFinding(
            self.id,
            self.version,
            severity or self.severity,
            message,
            evidence,
            first_day or period.month,
            last_day or period.last_day,
            client,
            code,
        )


_registered: dict[str, PatternInfo] = {}
PATTERNS: Mapping[str, PatternInfo] = MappingProxyType(_registered)


class Texts(TypedDict):
    id: str
    version: int
    title: str
    severity: Severity
    source: Source
    suggested_step: str
    thresholds: NotRequired[tuple[str, ...]]
    codes: NotRequired[Codes]
    among_peers: NotRequired[bool]


def pattern(**texts: Unpack[Texts]) -> Callable[[Run], PatternInfo]:
    """Register the decorated function; the name then holds its ``PatternInfo``. Ids are shared with the checks."""

    def register(run: Run) -> PatternInfo:
        if texts["id"] in _registered:
            raise ValueError(f"pattern id {texts['id']} is already in use")
        doc = sys.modules[run.__module__].__doc__ or ""
        info = PatternInfo(**texts, summary=doc.strip().split("\n", 1)[0], run=run)
        _registered[info.id] = info
        return info

    return register


def look(period: Period, *, among_peers: bool) -> list[PatternFinding]:
    """What the patterns of one sort say about a period, in order of id. Pure."""
    chosen = [info for _, info in sorted(_registered.items()) if info.among_peers == among_peers]
    return [finding for info in chosen for finding in info.run(period)] if period.this_month else []


def pattern_digest(policies_version: str = POLICY_VERSION) -> str:
    """The name of the patterns' versions together with the policy's."""
    parts = [f"{info.id}.{info.version}" for _, info in sorted(_registered.items())] + [policies_version]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
