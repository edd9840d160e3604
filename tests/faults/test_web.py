"""Promise 7 at a web process that is killed again and again: what a receipt was shown for is stored, once."""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import groupby

import pytest

from clawguard import embedded
from clawguard.bench.stage import Stage, until
from tests.faults import acts, ledger
from tests.faults.chaos import Chaos
from tests.faults.ledger import Told
from tests.faults.web_client import Browser, press_all

OPEN = """
SELECT provider_id::text, id::text FROM notes_notesrequest WHERE status = 'open' ORDER BY provider_id, id
"""
ITEMS = "SELECT status, count(*) FROM notes_requestitem GROUP BY 1"


@pytest.mark.parametrize(
    ("requests", "seconds"), [(400, 15), pytest.param(4_000, 240, marks=pytest.mark.soak)], ids=["small", "nightly"]
)
def test_promise_7_a_receipt_survives_the_web_process(
    stage: Stage, figure: Callable[[str], None], requests: int, seconds: float
) -> None:
    acts.come_due(stage, requests, ahead=3600, seconds=60)
    web = stage.web(port := embedded.free_port())
    signed_in = dict(line.split() for line in stage.run(sys.executable, "-m", "tests.faults.sign_in", "8").splitlines())
    waiting = {key: [row[1] for row in rows] for key, rows in groupby(stage.rows(OPEN), lambda row: row[0])}
    browsers = [(Browser(port, cookie), waiting[provider]) for provider, cookie in signed_in.items()]
    expected = sum(len(mine) for _, mine in browsers)
    told: list[Told] = []
    threads = press_all(browsers, told.append)
    until(lambda: told, 90, "the first receipt")

    chaos = Chaos(stage, random.Random(requests), [web], [web])

    def serves() -> bool:
        chaos.revive()  # without its helper the process ends by itself, a moment later
        return Browser(port, "").answers()

    # each kill strikes a web process that serves: where starting takes longer than the pause, none ever would
    back = partial(until, serves, 120, "a web process that serves")
    chaos.rage(seconds, 3.0, faults=["group", "helper"], watch=back)

    def over() -> bool:
        chaos.revive()
        return not any(thread.is_alive() for thread in threads)

    until(over, 180, "a receipt for every answer", pause=0.2)

    verdict = ledger.read(stage.rows, told)
    figure(f"{len(told)} receipts, {verdict.statuses['answered']} answered; faults done {dict(chaos.done)}")
    verdict.faults.pop("stuck", None)  # nobody answered those of the other providers, and none is due
    assert not verdict.faults, verdict
    assert len(told) == expected, "someone never saw a receipt"
    assert verdict.statuses == Counter(answered=expected, open=requests - expected)
    assert dict(stage.rows(ITEMS)) == {"received": expected, "asked": requests - expected}
    assert chaos.kills > 0
