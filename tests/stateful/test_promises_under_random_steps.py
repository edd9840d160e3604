"""Promises 1 to 12 under random steps of random actors through the doors, with direct SQL tried in between.

``make test`` runs a short profile that is the same every time; ``make soak`` runs 20,000 steps, other ones every night.
"""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.stateful.machine import Network
from tests.stateful.stage import Tally

pytestmark = pytest.mark.django_db
QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much, HealthCheck.large_base_example]
SHORT = settings(
    max_examples=5,
    stateful_step_count=50,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=QUIET,
    phases=[Phase.generate],
)
NIGHTLY, EXAMPLES, LENGTH = 20_000, 200, 100


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
    run_state_machine_as_test(Network, settings=SHORT)
    assert tally.steps >= 150
    assert sum(tally.tried.values()) > 0
    assert len([rule for rule, outcome in tally.rules if outcome == "done"]) >= 15


@pytest.mark.soak
def test_the_promises_hold_under_twenty_thousand_random_steps(tally: Tally, capsys: Any) -> None:
    """Rounds of another seed each; a seed that finds something is named by its round and shrinks by itself."""
    first = random.SystemRandom().randrange(1_000_000)
    number = 0
    try:
        while tally.steps < NIGHTLY:
            run_state_machine_as_test(_seeded(first + number), settings=_long())
            number += 1
    finally:
        with capsys.disabled():
            print(f"\nseeds {first} to {first + number}", *tally.table(), sep="\n")  # noqa: T201
    assert set(tally.never_done()) <= {"try a locked file"}, "a button that never succeeds tries nothing"


def _seeded(number: int) -> Any:
    return seed(number)(type("Network", (Network,), {}))


def _long() -> settings:
    shape: dict[str, Any] = {"max_examples": EXAMPLES, "stateful_step_count": LENGTH, "phases": [Phase.generate]}
    return settings(deadline=None, database=None, suppress_health_check=QUIET, **shape)
