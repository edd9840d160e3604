"""The world's rules: a published policy that changes nothing here, a draft, a proposal, tries of them, running work."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sessions.services import payer_policies, trials
from tests.builders import NOW

if TYPE_CHECKING:
    from tests.world import World


def build(world: World) -> None:
    rows = world.rows
    rows["published policy"] = policy(world, "second lead", {"long_session_minutes": 80}, payer_id="60054")
    tried(world, "second lead", rows["published policy"])
    payer_policies.propose(world.actor("second lead"), rows["published policy"].pk, NOW)
    payer_policies.publish(world.actor("lead"), rows["published policy"].pk, NOW)
    rows["policy scope"] = rows["published policy"].scope
    rows["draft policy"] = policy(world, "lead", {"blocked_codes": ["90837"]}, payer_id="60054")
    rows["backtest"] = tried(world, "lead", rows["draft policy"])
    rows["proposed policy"] = policy(world, "second lead", {"long_session_minutes": 70}, payer_kind="medicare")
    tried(world, "second lead", rows["proposed policy"])
    payer_policies.propose(world.actor("second lead"), rows["proposed policy"].pk, NOW)
    rows["running backtest"] = trials.start_backtest(world.actor("lead"), trials.last_ninety_days(NOW.date()), NOW)
    everything = trials.read_scope({"from": "2026-01-01"}, NOW.date())
    rows["rescreening"] = trials.start_rescreening(world.actor("lead"), everything, NOW)
    rows["rule pack"] = rows["rescreening"].pack


def policy(world: World, who: str, values: dict[str, Any], **scope: str) -> Any:
    draft = payer_policies.Draft(dt.date(2026, 7, 1), None, values, "Page 12 of the payer's manual.")
    return payer_policies.start_draft(world.actor(who), payer_policies.ScopeName(**scope), draft, NOW)


def tried(world: World, who: str, revision: Any) -> Any:
    """The revision's try on the last ninety days, to its end."""
    job = trials.start_backtest(world.actor(who), trials.last_ninety_days(NOW.date()), NOW, revision=revision)
    trials.run_backtest_chunk(job.pk, 1, NOW)
    job.refresh_from_db()
    return job
