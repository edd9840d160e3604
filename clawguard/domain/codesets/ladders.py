"""Codes of one kind of service in order of their least time: which of them fits a number of minutes."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise

from clawguard.domain.codesets.procedure_table import CodeGroup, ProcedureTable

# Office and remote visits choose their level by decision making or by total time since 2021, and since 2024 a time is
# a threshold to be met or exceeded; before, each level had a range that ended where the next began.
VISITS_BY_TIME_FROM = dt.date(2021, 1, 1)
RANGES_ENDED_ON = dt.date(2023, 12, 31)

Rung = tuple[str, int]  # code and least minutes


def _ladders(table: ProcedureTable) -> Mapping[str, tuple[Rung, ...]]:
    """Code to all rungs of its service, shortest first."""
    rungs: dict[str, list[Rung]] = defaultdict(list)
    for procedure in table:
        if procedure.ladder is not None:
            rungs[procedure.ladder].append((procedure.code, procedure.least or 0))
    ordered = [tuple(sorted(each, key=lambda rung: (rung[1], rung[0]))) for each in rungs.values()]
    return {code: ladder for ladder in ordered for code, _ in ladder}


def _most(table: ProcedureTable) -> Mapping[str, int]:
    """Code to the last minute before the next code of the same service begins."""
    ladders = table.derived(_ladders)
    return {one: following - 1 for ladder in ladders.values() for (one, _), (_, following) in pairwise(ladder)}


# Above the last rung of a ladder there is no code for more time.
WITH_LONGER = CodeGroup(lambda table: frozenset(table.derived(_most)))


def fitting(code: str, minutes: int, table: ProcedureTable) -> str | None:
    """The code of the same kind with the highest least time that ``minutes`` reach; ``None`` if they reach none."""
    found = None
    for each, least in table.derived(_ladders).get(code, ()):
        if minutes >= least:
            found = each
    return found


def most_minutes(code: str, table: ProcedureTable) -> int | None:
    """The last minute before the next code of the same kind begins; ``None`` for the last code and for others."""
    return table.derived(_most).get(code)
