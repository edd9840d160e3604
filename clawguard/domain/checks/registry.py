"""The catalogue of checks.

A rule module decorates one function with ``@check``; importing ``clawguard.domain.checks`` imports every module under
``rules/``. Running them is ``clawguard.domain.checks.running``.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import NotRequired, TypedDict, Unpack

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import JSON, Finding, Party, Severity, Source, exposure
from clawguard.domain.checks.retired import RETIRED
from clawguard.domain.codesets import CodeTables, Policy
from clawguard.domain.codesets.procedure_table import Codes, ProcedureTable
from clawguard.domain.facts import ServiceLineFacts, SessionFacts

Run = Callable[[SessionFacts, Context], Iterable[Finding]]
When = Callable[[SessionFacts, Policy], bool]
Back = Callable[[Policy], int]
BackCodes = Callable[[Policy], frozenset[str]]


class Needs(StrEnum):
    """What a session must have before some checks can say anything; it keeps them off the path of all others."""

    MODIFIERS = "modifiers"  # at least one modifier on a line
    NEIGHBOURS = "neighbours"  # other sessions of the day
    OVERLAP = "overlap"  # one of them at the same time, or partly so
    COMPANY = "company"  # several lines, or another session of the same client and provider that day
    HISTORY = "history"  # earlier sessions
    FACTS = "facts"  # stated facts beside the sessions: eligibility, authorization, events
    NOTE = "note"  # a note of the session that was read


@dataclass(frozen=True, slots=True)
class CheckInfo:
    """Identity, texts and code of one check.

    ``codes`` limits the check to sessions that bill at least one of them, as the table in force knows the group;
    ``None`` means every session. ``needs`` names what else must be there for it to have anything to say (see
    ``Needs``). ``scope`` says what it looks at: ``session``, ``same day``, ``history``, ``facts`` or ``note``.

    ``reads`` makes a check quick: it names all that decides, beside the billed lines, whether the check has anything to
    say (see ``clawguard.domain.checks.reading``). Where it had nothing to say, it is not asked again about a session
    that is the same in these. ``None``: it is asked every time. ``when`` looks at session and policy and answers
    whether the check could speak at all. For a check of the client's history it tells whether to load that. For a check
    that rests on more than ``reads`` can name, ``when_reads`` names what ``when`` looks at: the check is then asked
    only where it could speak, and that is remembered in the same way.

    ``back`` says how many days of the client's history a check reads under a policy, 0 for none: what is older it must
    not read, and what is younger it sees in whatever order the sessions came. ``first_diagnoses`` limits such a check
    to sessions with one of them in the first place, ``back_codes`` to sessions with a code that a policy names.
    """

    id: str
    version: int
    title: str
    category: str
    severity: Severity
    source: Source
    suggested_step: str
    provider_message: str
    summary: str
    run: Run
    party: Party = Party.PROVIDER
    scope: str = "session"
    codes: Codes | None = None
    needs: Needs | None = None
    request_items: tuple[str, ...] = ()
    reads: tuple[str, ...] | None = None
    when: When | None = None
    when_reads: tuple[str, ...] | None = None
    back: Back | None = None
    first_diagnoses: frozenset[str] | None = None
    back_codes: BackCodes | None = None

    @property
    def remembered_by(self) -> tuple[str, ...] | None:
        """What decides, beside the billed lines, whether to ask the check; ``None``: nothing that can be named."""
        return self.when_reads if self.reads is None else self.reads

    def could_speak(self, session: SessionFacts, context: Context) -> bool:
        """Whether to ask the check about sessions that are the same in ``remembered_by``."""
        if self.when is not None and self.when_reads is not None:
            return self.when(session, context.policy(session))
        for _ in self.run(session, context):
            return True
        return False

    def billed_in(self, table: ProcedureTable) -> frozenset[str] | None:
        """The codes it is limited to, in one table; ``None``: every session."""
        return None if self.codes is None else table.codes(self.codes)

    @property
    def documentation(self) -> str:
        return f"/docs/checks/{self.id}"

    def finding(
        self,
        session: SessionFacts,
        message: str,
        *,
        evidence: Mapping[str, JSON],
        line: ServiceLineFacts | None = None,
        severity: Severity | None = None,
        at_risk: Decimal | None = None,
        step: str | None = None,
        tell_provider: str | None = None,
        party: Party | None = None,
        related: tuple[str, ...] = (),
        request_items: tuple[str, ...] | None = None,
    ) -> Finding:
        """A finding of this check; what is not given comes from the check's own texts and ``exposure()``."""
        return Finding(
            check=self.id,
            version=self.version,
            title=self.title,
            category=self.category,
            severity=severity or self.severity,
            message=message,
            evidence=evidence,
            service_line=line.number if line else None,
            amount_at_risk=exposure(session, line) if at_risk is None else at_risk,
            party_if_confirmed=party or self.party,
            suggested_step=step or self.suggested_step,
            source=self.source,
            documentation=self.documentation,
            related=related,
            provider_message=tell_provider or self.provider_message,
            request_items=self.request_items if request_items is None else request_items,
        )


_registered: dict[str, CheckInfo] = {}
ALL: Mapping[str, CheckInfo] = MappingProxyType(_registered)


class Texts(TypedDict):
    """What the decorator is told; the fields are those of ``CheckInfo``."""

    id: str
    version: int
    title: str
    category: str
    severity: Severity
    source: Source
    suggested_step: str
    provider_message: str
    party: NotRequired[Party]
    scope: NotRequired[str]
    codes: NotRequired[Codes | None]
    needs: NotRequired[Needs | None]
    request_items: NotRequired[tuple[str, ...]]
    reads: NotRequired[tuple[str, ...]]
    when: NotRequired[When]
    when_reads: NotRequired[tuple[str, ...]]
    back: NotRequired[Back]
    first_diagnoses: NotRequired[frozenset[str]]
    back_codes: NotRequired[BackCodes]


def check(**texts: Unpack[Texts]) -> Callable[[Run], CheckInfo]:
    """Register the decorated function as a check; the name then holds its ``CheckInfo``.

    Raises ``ValueError`` when the id is taken or retired: ids are final once published.
    """

    def register(run: Run) -> CheckInfo:
        identifier = texts["id"]
        if identifier in _registered or identifier in RETIRED:
            raise ValueError(f"check id {identifier} is already in use or retired")
        doc = sys.modules[run.__module__].__doc__ or ""
        info = CheckInfo(**texts, summary=doc.strip().split("\n", 1)[0], run=run)
        _registered[identifier] = info
        return info

    return register


def pack_digest(tables: CodeTables) -> str:
    """The name of the rule pack: changes when a check, its version or a code table changes, and only then."""
    parts = [f"{info.id}.{info.version}" for _, info in sorted(_registered.items())]
    parts += [f"{name}={version}" for name, version in sorted(tables.versions.items())]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
