"""Makers of policies, tries and screenings for the tests, by the services that make them in life."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import User
from sessions import services
from sessions.models import Backtest, PolicyRevision, TherapySession
from sessions.services import payer_policies, trials
from sessions.services.payer_policies import Draft, ScopeName
from tests import world
from tests.builders import NOW

SINCE = dt.date(2026, 1, 1)


def draft(
    author: User,
    values: dict[str, Any],
    *,
    first: dt.date = SINCE,
    last: dt.date | None = None,
    reason: str = "The payer's manual of this year says so.",
    **scope: str,
) -> PolicyRevision:
    given = Draft(first, last, values, reason)
    return payer_policies.start_draft(of_user(author), ScopeName(**scope), given, NOW)


def recent(minutes: int, number: int = 5) -> TherapySession:
    """A screened session of the last ninety days."""
    session = services.submit(SYSTEM, world.body(number, minutes=minutes, provider=4), NOW)
    services.screen_chunk(session.chunk_id, NOW)
    return session


def run(job: Backtest) -> Backtest:
    """Every chunk of a try, as a worker would."""
    number = 1
    while trials.run_backtest_chunk(job.pk, number, NOW):
        number += 1
    job.refresh_from_db()
    return job


def tried(author: User, revision: PolicyRevision, now: dt.datetime = NOW) -> Backtest:
    scope = trials.last_ninety_days(now.date())
    return run(trials.start_backtest(of_user(author), scope, now, revision=revision))


def proposed(author: User, values: dict[str, Any], **given: Any) -> PolicyRevision:
    revision = draft(author, values, **given)
    tried(author, revision)
    return payer_policies.propose(of_user(author), revision.pk, NOW)


def published(author: User, second: User, values: dict[str, Any], **given: Any) -> PolicyRevision:
    return payer_policies.publish(of_user(second), proposed(author, values, **given).pk, NOW)


def reverted(author: User, second: User, revision: PolicyRevision) -> PolicyRevision:
    back = payer_policies.revert(of_user(author), revision.pk, "It was read wrongly.", NOW)
    return payer_policies.publish(of_user(second), back.pk, NOW)
