"""What changed between two proposals, and when a decision no longer fits what the facts make out."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from clawguard.domain.attribution.comparing import Change, Decided, Doubt, What, changes, doubt, rate_doubt
from tests.domain.test_attribution_grounds import RATE, look

Facts = dict[str, Any]
COVERED: Facts = {**RATE, "eligibility_shown": "active"}
ENDED: Facts = {**COVERED, "eligibility_actual": "inactive"}
CODED: Facts = {**RATE, "coding_findings": ["CG101"]}


def answer(facts: Facts) -> dict[str, Any]:
    return look(facts).as_dict()


def test_the_same_answer_twice_differs_in_nothing() -> None:
    assert changes(answer(ENDED), answer(ENDED)) == ()


def test_a_fact_that_arrives_changes_party_clause_and_guarantee_and_settles_its_question() -> None:
    found = changes(answer(COVERED), answer(ENDED))
    assert found == (
        Change(What.PARTY, "open", "network"),
        Change(What.CLAUSE, "open.facts_missing", "network.eligibility_not_caught"),
        Change(What.CONFIDENCE, "low", "high"),
        Change(What.GUARANTEE, None, "142.50"),
        Change(What.FACT, None, "active", "eligibility_shown"),
        Change(What.FACT, None, "inactive", "eligibility_actual"),
        Change(What.SETTLED, "Was the client covered on the day of the session?"),
    )


def test_a_fact_that_goes_and_one_that_is_said_otherwise() -> None:
    names = {change.name: (change.before, change.after) for change in changes(answer(ENDED), answer(CODED))}
    assert names["eligibility_actual"] == ("inactive", None)
    assert names["coding_findings"] == (None, ["CG101"])
    more = changes(answer({**RATE, "carc": ["999"]}), answer({**RATE, "carc": ["999", "998"]}))
    assert Change(What.FACT, "999", ["999", "998"], "carc") in more


def test_an_unknown_amount_is_said_to_be_unknown() -> None:
    without = {name: value for name, value in ENDED.items() if name != "contracted_rate"}
    assert Change(What.GUARANTEE, "unknown", "142.50") in changes(answer(without), answer(ENDED))


def test_other_versions_are_a_change_by_themselves() -> None:
    older = answer(ENDED)
    older["versions"] = {"engine": "0.9", "clauses": "a", "remit_codes": "b"}
    assert [change.what for change in changes(older, answer(ENDED))] == [What.ENGINE, What.TABLES]


PROVIDER = Decided("provider", "provider.coding", pays_rate=False)
NETWORK = Decided("network", "network.eligibility_not_caught", pays_rate=True)
NOBODY = Decided("none", "none.no_error", pays_rate=False)


@pytest.mark.parametrize(
    ("decided", "known", "now", "expected"),
    [
        (PROVIDER, CODED, CODED, None),
        (PROVIDER, None, CODED, None),
        # the network's part comes to light afterwards
        (PROVIDER, CODED, {**CODED, **ENDED}, Doubt.GUARANTEE),
        (NOBODY, CODED, ENDED, Doubt.GUARANTEE),
        (NETWORK, ENDED, {**ENDED, **CODED}, None),
        # it was known, and people decided otherwise: nobody nags them
        (NOBODY, ENDED, ENDED, None),
        (NOBODY, CODED, CODED, None),
        (PROVIDER, {**CODED, **ENDED}, {**CODED, **ENDED}, None),
        # what it rests on is gone
        (PROVIDER, CODED, {**RATE, "coding_findings": []}, Doubt.GROUND_GONE),
        (PROVIDER, CODED, {**CODED, "carc": ["27"]}, None),  # still made out, though more is asked now
        # another party is made out
        (PROVIDER, CODED, {**RATE, "coding_findings": [], "carc": ["97"]}, Doubt.OTHER_PARTY),
        (NETWORK, ENDED, CODED, Doubt.OTHER_PARTY),
        (NOBODY, {**RATE, "coding_findings": []}, CODED, Doubt.OTHER_PARTY),
    ],
)
def test_when_a_decision_is_in_doubt(decided: Decided, known: Facts | None, now: Facts, expected: Doubt | None) -> None:
    assert doubt(decided, answer(known) if known is not None else None, answer(now)) is expected


PAID = Decided("network", "network.late_filing", pays_rate=True, amount=Decimal("142.50"))
RECOVERED = Decided("provider", "provider.coding", pays_rate=False, amount=Decimal("142.50"))
RATES = [Decimal("142.49"), Decimal("142.50"), Decimal("142.51"), None]


@pytest.mark.parametrize(
    ("decided", "doubted"),
    [
        (PAID, [True, False, True, False]),
        (RECOVERED, [True, False, False, False]),
        (PROVIDER, [False, False, False, False]),  # no money
    ],
)
def test_a_rate_that_is_another_one_now(decided: Decided, doubted: list[bool]) -> None:
    assert [rate_doubt(decided, rate) is Doubt.RATE for rate in RATES] == doubted
