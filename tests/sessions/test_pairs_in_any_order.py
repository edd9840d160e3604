"""Two sessions that say something together say it in any order of arrival; only which of them carries it differs.

A day's sums (units, blocks, rows of a group) are told on those that came when the limit was passed: there, whether the
day has the finding at all is the same in any order. See docs/decisions/0007.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

import pytest

from clawguard.domain.checks import Context
from clawguard.domain.checks.timing import interval
from clawguard.domain.codesets import CodeTables
from clawguard.domain.facts import SessionFacts
from clawguard.domain.submission import parse
from sessions.facts import Loaded
from sessions.services import neighbours
from sessions.services.screening import findings_of
from tests.builders import NOW
from tests.sessions.crowded import crowd

TABLES = CodeTables()
OF_TWO = {"CG112", "CG202", "CG203", "CG206", "CG212", "CG213", "CG601", "CG602", "CG603", "CG607"}
OF_A_DAY = {"CG608"}
SEEDS = range(30)
Said = dict[str, set[frozenset[str]]]


def arrived(facts: Sequence[SessionFacts]) -> tuple[Said, Said]:
    """What is said when they come one after the other: pairs of sessions by check, and days by check."""
    rows = [
        Loaded(each.external_id, number, each.provider_npi, each.client_key, each, interval(each))
        for number, each in enumerate(facts)
    ]
    pairs: Said = defaultdict(set)
    days: Said = defaultdict(set)
    for target, around in neighbours.among(rows, TABLES):
        for found in findings_of(target, around, Context(TABLES, now=NOW)):
            own = target.facts
            days[found.check].add(frozenset((own.provider_npi, own.date_of_service.isoformat(), str(own.start))))
            pairs[found.check] |= {frozenset((own.external_id, other)) for other in found.related}
    return pairs, days


def facts_of(seed: int) -> list[SessionFacts]:
    return [submission.facts for submission in (parse(body, now=NOW)[0] for body in crowd(seed, 12)) if submission]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_pairs_in_any_order_of_arrival(seed: int) -> None:
    facts, rng = facts_of(seed), random.Random(seed)
    pairs, days = arrived(facts)
    for _ in range(4):
        others, other_days = arrived(rng.sample(facts, len(facts)))
        assert {check: others[check] for check in OF_TWO} == {check: pairs[check] for check in OF_TWO}
        assert {check: other_days[check] for check in OF_A_DAY} == {check: days[check] for check in OF_A_DAY}


def test_the_crowds_have_every_one_of_them() -> None:
    seen: set[str] = set()
    for seed in SEEDS:
        pairs, _ = arrived(facts_of(seed))
        seen |= {check for check, found in pairs.items() if found}
    assert seen >= OF_TWO | OF_A_DAY
