"""What must be true before a case is closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from disputes import policies
from disputes.models import Case, Decision
from disputes.selectors.cases import decisions_of


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the closing checklist."""

    words: str
    done: bool


def closing_checklist(case: Case, now: dt.datetime, decisions: Sequence[Decision] | None = None) -> list[Check]:
    """What must be true before a case is closed; every line is answered from its rows, none by a tick. ``decisions``:
    as ``decisions_of`` gives them, where they were read already."""
    known = decisions_of(case) if decisions is None else decisions
    decided = sorted((row for row in known if row.final_at is not None), key=lambda row: row.number)
    proposed = [row.adjustment for row in decided if hasattr(row, "adjustment")]
    talked = case.notice_delivered_at is not None and (
        case.answered_at is not None or case.answer_lapsed_at is not None
    )
    pays = any(row.party == "network" for row in decided)
    unreached = case.notice_delivered_at is None and case.notice_undeliverable_at is not None
    checks = [Check("A final decision names its clause and its evidence", bool(decided))]
    if (proposed or pays) and not unreached:  # the guarantee does not wait for a notice that came back
        checks.append(Check("The provider was heard: notice delivered, answered or answer time over", talked))
    if policies.known_to_provider(case):  # who never heard of the case is not told that it is over
        checks.append(Check("The provider was told of the decision", _told(case, decided)))
        # whatever was decided, its letter offers an appeal until then
        over = case.appeal_until is not None and now >= case.appeal_until
        checks.append(Check("The time to appeal is over", over))
    if pays:
        checks.append(
            Check(
                "The contracted rate is proposed to be paid",
                any(row.kind == "pay_contracted_rate" for row in proposed),
            )
        )
    return checks


def _told(case: Case, decided: list[Decision]) -> bool:
    """Whether the letter of the last decision reached the provider, by mail or opened in their pages."""
    reached = Q(read_at__isnull=False)
    if case.letter_came_back_at is None:
        reached |= Q(delivered_at__isnull=False)
    return bool(decided) and case.messages.filter(reached, decision=decided[-1]).exists()
