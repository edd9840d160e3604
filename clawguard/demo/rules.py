"""What the invented network decided about its payers: two policies in force, one that waits, one being written."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clawguard.accounts.actors import Actor
from clawguard.demo.cast import Cast
from clawguard.demo.habits import PLAN
from clawguard.demo.stating import FILING_DAYS, LATE_PAYER
from sessions.models import PolicyRevision
from sessions.services import payer_policies, trials
from sessions.services.payer_policies import Draft, ScopeName

Values = dict[str, Any]
TELEHEALTH: Values = {
    "telehealth_places": ["02", "10"],
    "video_modifiers": ["95"],
    "audio_modifiers": ["93", "FQ"],
}


class Rules:
    """Two leads write and agree to policies; tries run in the workers between."""

    def __init__(self, cast: Cast) -> None:
        self._lena, self._sol = cast.staff["lena"], cast.staff["sol"]
        self._waiting: list[PolicyRevision] = []

    def begin(self, moment: dt.datetime) -> None:
        """Written before the first session, and tried on none."""
        since = dt.date(moment.year, 1, 1)
        decided: tuple[tuple[ScopeName, Values, str], ...] = (
            (ScopeName(payer_id="90001"), TELEHEALTH, "The payer's telehealth guide of this year."),
            (ScopeName(payer_id="90001", plan=PLAN), {"authorization_codes": ["90847"]}, "The plan's benefit table."),
            (ScopeName(payer_id=LATE_PAYER), {"filing_days": FILING_DAYS}, "The contract, section on claims."),
        )
        for scope, values, why in decided:
            self._waiting.append(self._write(self._lena, scope, values, why, since, moment))

    def agree(self, moment: dt.datetime) -> None:
        """What was tried meanwhile is proposed by its author and published by the other lead."""
        for revision in self._waiting:
            payer_policies.propose(self._lena, revision.pk, moment)
            payer_policies.publish(self._sol, revision.pk, moment)
        self._waiting = []

    def set_the_table(self, moment: dt.datetime) -> None:
        """For whoever tries the demo: a draft that is being tried, and a try of everything that is drafted."""
        since = dt.date(moment.year + 1, 1, 1)
        later: Values = {"confirm_within_days": 14}
        self._write(self._lena, ScopeName(), later, "Agreed at the autumn meeting.", since, moment)
        video: Values = {"video_modifiers": ["GT"], "blocked_codes": ["90845"]}  # its try shows how many would carry 95
        first = (moment - dt.timedelta(days=60)).date()
        kind = ScopeName(payer_kind="medicaid")
        self._write(self._sol, kind, video, "Circular of the state.", first, moment)
        trials.start_backtest(self._lena, trials.last_ninety_days(moment.date()), moment)

    def _write(
        self, author: Actor, scope: ScopeName, values: Values, why: str, since: dt.date, moment: dt.datetime
    ) -> PolicyRevision:
        revision = payer_policies.start_draft(author, scope, Draft(since, None, values, why), moment)
        scope_of_try = trials.last_ninety_days(moment.date())
        trials.start_backtest(author, scope_of_try, moment, revision=revision)
        return revision
