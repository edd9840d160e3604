"""How far back checks look into a client's history, and which sessions are worth that look."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from clawguard.domain.checks.registry import ALL, Back, CheckInfo, When
from clawguard.domain.codesets import CodeTables, Policies, Policy
from clawguard.domain.codesets.policies import DEFAULT
from clawguard.domain.codesets.procedure_table import ProcedureTable
from clawguard.domain.facts import SessionFacts

Look = tuple[Back, When | None]


def history_days(session: SessionFacts, tables: CodeTables) -> int:
    """How many days before the session are of use to any check; 0 where nobody needs to load a history."""
    codes = tuple([line.code for line in session.service_lines])
    checks = _looking_back(codes, session.diagnoses[:1], tables.procedures, len(ALL))
    named = _by_policy(tables.policies, len(ALL))
    if not checks and not named:
        return 0
    policy = tables.policies.of(session)
    return max([back(policy) for back, when in checks + named if when is None or when(session, policy)], default=0)


@lru_cache(maxsize=4096)
def _looking_back(
    codes: tuple[str, ...], first: tuple[str, ...], table: ProcedureTable, _registered: int
) -> tuple[Look, ...]:
    return tuple(
        (info.back, info.when)
        for info in ALL.values()
        if info.back and info.back_codes is None and _concerns(info, codes, first, table)
    )


@lru_cache(maxsize=8)
def _by_policy(policies: Policies, _registered: int) -> tuple[Look, ...]:
    """Checks about codes that some policy names; none where no policy names any, which is quickly told."""
    found = [info for info in ALL.values() if info.back and _codes_named(info, policies)]
    return tuple((info.back, info.when) for info in found if info.back)


def _codes_named(info: CheckInfo, policies: Policies) -> frozenset[str]:
    return frozenset().union(*map(info.back_codes, _ever(policies))) if info.back_codes else frozenset()


def _ever(policies: Policies) -> list[Policy]:
    """Every policy as far as one period decides it, and the default."""
    return [DEFAULT, *(replace(DEFAULT, **period.changes) for period in policies.periods)]


def _concerns(info: CheckInfo, codes: tuple[str, ...], first: tuple[str, ...], table: ProcedureTable) -> bool:
    if info.codes is not None and table.codes(info.codes).isdisjoint(codes):
        return False
    return info.first_diagnoses is None or not info.first_diagnoses.isdisjoint(first)


class Looking(NamedTuple):
    """What a database can tell sessions by that are screened beside their client's history: more than are, never fewer.

    Any of the codes, or one of the diagnoses as the first; ``anything``: no such mark can be named. ``days`` is how far
    back any of them may look, ``diagnosis_days`` how far those that only their diagnosis marks.
    """

    days: int
    codes: frozenset[str]
    diagnoses: frozenset[str]
    diagnosis_days: int
    anything: bool


def looking_back(tables: CodeTables) -> Looking:
    """For all sessions, whatever policy holds for them."""
    return _looking(tables.policies, tables.procedures, len(ALL))


@lru_cache(maxsize=8)
def _looking(book: Policies, table: ProcedureTable, _registered: int) -> Looking:
    policies = _ever(book)
    days, diagnosis_days, codes, diagnoses, anything = 0, 0, set[str](), set[str](), False
    for info in ALL.values():
        most = max(map(info.back, policies)) if info.back else 0
        days = max(days, most)
        if info.first_diagnoses is not None:
            diagnoses |= info.first_diagnoses
            diagnosis_days = max(diagnosis_days, most)
        elif info.back_codes is not None:
            codes |= _codes_named(info, book)
        elif most and info.codes is not None:
            codes |= table.codes(info.codes)
        elif most:
            anything = True
    return Looking(days, frozenset(codes), frozenset(diagnoses), diagnosis_days, anything)
