"""People pressing whatever button there is, in any order: whatever happens, the promises hold at every step."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from clawguard.accounts.actors import NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.events.errors import NotFound, Refused
from clawguard.events.services import WrongState
from disputes import services
from disputes.models import Case
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db
STEPS = 120
BROKEN = {
    "a network error not paid in full": """
        SELECT count(*) FROM disputes_decision d JOIN disputes_case c ON c.id = d.case_id
        LEFT JOIN disputes_proposedadjustment a ON a.decision_id = d.id
        WHERE d.party = 'network' AND d.final_at IS NOT NULL
          AND (a.id IS NULL OR a.kind <> 'pay_contracted_rate' OR a.amount <> c.contracted_rate)""",
    "an adjustment before the provider was heard": """
        SELECT count(*) FROM disputes_proposedadjustment a JOIN disputes_case c ON c.id = a.case_id
        JOIN disputes_decision d ON d.id = a.decision_id
        WHERE (c.notice_delivered_at IS NULL OR c.notice_delivered_at > a.created_at
          OR least(coalesce(c.answered_at, 'infinity'), coalesce(c.answer_lapsed_at, 'infinity')) > a.created_at)
          AND NOT (d.party = 'network' AND a.kind = 'pay_contracted_rate'
            AND c.notice_delivered_at IS NULL AND c.notice_undeliverable_at <= a.created_at)""",
    "a provider error by one person": """
        SELECT count(*) FROM disputes_decision WHERE party = 'provider' AND final_at IS NOT NULL
          AND (second_by_id IS NULL OR second_by_id = proposed_by_id)""",
    "a recovery without two names": """
        SELECT count(*) FROM disputes_proposedadjustment WHERE kind = 'recover' AND jsonb_array_length(names) < 2""",
    "an answer time that lapsed early": """
        SELECT count(*) FROM disputes_case WHERE answer_lapsed_at < answer_due_at""",
    "a decided case without a final decision": """
        SELECT count(*) FROM disputes_case c WHERE status IN ('decided', 'closed')
          AND NOT EXISTS (SELECT FROM disputes_decision d WHERE d.case_id = c.id AND d.final_at IS NOT NULL)""",
    "a lapse told twice": """
        SELECT count(*) FROM (SELECT 1 FROM events_event WHERE name = 'case.answer_lapsed'
          GROUP BY subject_id HAVING count(*) > 1) AS twice""",
}


def broken_promises() -> list[str]:
    with connection.cursor() as cursor:
        found = []
        for promise, sql in BROKEN.items():
            cursor.execute(sql)
            if cursor.fetchone()[0]:
                found.append(promise)
        return found


def anything(dice: random.Random, case: Case, people: list[User], now: dt.datetime) -> Callable[[], Any]:
    """One press of one button by somebody, sensible or not."""
    actor = of_user(dice.choice(people))
    party = dice.choice(["provider"] * 6 + ["network"] * 2 + ["none", "payer"])
    outcome = dice.choice([{}, {}, {}, {"outcome": "recover", "amount": Decimal("40.00")}, {"outcome": "no_issue"}])
    moves: list[Callable[[], Any]] = [
        lambda: services.open_conversation(case.pk, now),
        lambda: services.post_message(actor, case.pk, "Words.", now, question=dice.random() < 0.2),
        lambda: services.lapse_answers(now),
        lambda: services.decide(actor, case.pk, makers.verdict(party, **outcome), now),
        lambda: services.decide(actor, case.pk, makers.verdict(party, **outcome), now),
        lambda: services.approve(actor, case.pk, now),
        lambda: services.approve(actor, case.pk, now),
        lambda: services.send_back(actor, case.pk, "Look again.", now),
        lambda: services.appeal(actor, case.pk, "I see it differently.", now),
        lambda: services.close(actor, case.pk, now),
        lambda: services.add_facts(actor, case.pk, {"codes_match_notes": dice.random() < 0.5}, now),
        lambda: services.attribute(case.pk, now),
    ]
    return dice.choice(moves)


@pytest.mark.parametrize("seed", range(6))
def test_no_order_of_steps_breaks_a_promise(
    seed: int, rui: User, lead: User, second_lead: User, priya: User, colleague: User
) -> None:
    dice = random.Random(seed)
    people = [rui, lead, lead, second_lead, second_lead, priya, colleague]
    cases = [makers.opened(rui, makers.session(priya.provider)), *(makers.answered(rui, priya) for _ in range(3))]
    now, done = NOW, 0
    for _ in range(STEPS):
        now += dt.timedelta(minutes=dice.choice([1, 60, 60 * 24]))
        try:
            anything(dice, dice.choice(cases), people, now)()
            done += 1
        except (Refused, NotAllowed, NotFound, WrongState):
            continue
        finally:
            assert broken_promises() == []
    assert done > 10
