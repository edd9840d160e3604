"""Promises 1 to 12 under random steps of random actors through the doors, with direct SQL tried in between.

``make test`` runs a short profile that is the same every time; ``make soak`` runs 20,000 steps, other ones every night.
"""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.stateful.machine import EVERY_RULE, Network
from tests.stateful.stage import Tally

pytestmark = pytest.mark.django_db
QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much, HealthCheck.large_base_example]
ROUNDS, MORE_ROUNDS, STEPS = 2, 3, 125
NIGHTLY, EXAMPLES, LENGTH = 20_000, 200, 100
# Noted beside the rule that stands for it: what comes of the attempt is that it fails.
ATTEMPTS = {"try a locked file", "try what is not theirs", "look before being told"}


@pytest.fixture
def tally(settings: Any, tmp_path: Any) -> Tally:
    """Everything that is written goes into a folder of the test's own."""
    settings.DATA_DIR = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.MOVABLE_CLOCK = True
    settings.API_REQUESTS_PER_MINUTE = 100_000
    Network.tally = Tally()
    return Network.tally


def test_the_promises_hold_under_random_steps(tally: Tally) -> None:
    """The same steps every time, until the product changes what comes of one. Should some rule never succeed then, a
    further round may do it; that chance dealt badly is no fault."""
    for number in range(ROUNDS + MORE_ROUNDS):
        if number < ROUNDS or not tally.carried_out() >= EVERY_RULE:
            known = frozenset(tally.carried_out())
            run_state_machine_as_test(_seeded(number, known), settings=_shape(1, STEPS))
    assert tally.steps >= ROUNDS * STEPS
    assert EVERY_RULE - tally.carried_out() == set(), "a button that never succeeds tries nothing"
    assert tally.names() - EVERY_RULE <= ATTEMPTS, "a rule that no list names could vanish unseen"
    assert sum(tally.tried.values()) > 0


@pytest.mark.soak
def test_the_promises_hold_under_twenty_thousand_random_steps(tally: Tally, capsys: Any) -> None:
    """Rounds of another seed each; a seed that finds something is named by its round and shrinks by itself."""
    first = random.SystemRandom().randrange(1_000_000)
    number = 0
    try:
        while tally.steps < NIGHTLY:
            run_state_machine_as_test(_seeded(first + number), settings=_shape(EXAMPLES, LENGTH))
            number += 1
    finally:
        with capsys.disabled():
            print(f"\nseeds {first} to {first + number}", *tally.table(), sep="\n")  # noqa: T201
    assert EVERY_RULE - tally.carried_out() == set(), "a button that never succeeds tries nothing"


def _seeded(number: int, known: frozenset[str] = frozenset()) -> Any:
    return seed(number)(type("Network", (Network,), {"round": number, "known": known}))


def _shape(examples: int, length: int) -> settings:
    shape: dict[str, Any] = {"max_examples": examples, "stateful_step_count": length, "phases": [Phase.generate]}
    return settings(deadline=None, database=None, suppress_health_check=QUIET, **shape)
