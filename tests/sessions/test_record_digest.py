"""The digest tells a replay from a correction; facts that became known later must not turn replays into corrections."""

from __future__ import annotations

import datetime as dt

from clawguard.domain.submission import parse
from sessions.intake.record import record_of
from tests.builders import session_body

# Of session_body(), as it was stored then.
BEFORE_PLANS = "1da946fd8b3ab19ce58ec13beb0e49505f4a9487c7ea822f33a6b62dfc583218"
NOW = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)


def digest(**payer: object) -> str:
    body = session_body()
    body["payer"].update(payer)
    submission, errors = parse(body, now=NOW)
    assert submission is not None, errors
    return record_of(submission).digest


def test_a_session_without_a_plan_keeps_the_digest_it_had_before_plans_were_known() -> None:
    assert digest(plan=None) == digest() == BEFORE_PLANS


def test_naming_or_changing_the_plan_is_a_correction() -> None:
    assert len({digest(), digest(plan="Gold"), digest(plan="Silver")}) == 3
