"""When a time to appeal begins anew: no day of it is lost to a mail that reached nobody, or reached them late."""

from __future__ import annotations

import datetime as dt

from clawguard.accounts.actors import Actor
from clawguard.events.services import publish
from disputes import appeal_time
from disputes.models import Case


def begin_anew(case: Case, since: dt.datetime, actor: Actor, now: dt.datetime) -> None:
    """From ``since`` on, unless the time that stands ends as late. The case is locked by the caller."""
    marks = appeal_time.later_marks(case, since)
    if not marks:
        return
    for name, value in {**marks, "updated_at": now}.items():
        setattr(case, name, value)
    case.save(update_fields=[*marks, "updated_at"])
    told = {"since": since.isoformat(), "appeal_until": marks["appeal_until"].isoformat()}
    publish("case.appeal_began_anew", case, actor, now, told)


def letter_was_opened(case: Case, actor: Actor, now: dt.datetime) -> None:
    """The provider opened a decision that no mail had brought them: from now on they know of it."""
    if appeal_time.waits_for_reading(case):
        begin_anew(case, now, actor, now)
    if case.letter_came_back_at is not None:
        case.letter_came_back_at = None
        case.save(update_fields=["letter_came_back_at"])
