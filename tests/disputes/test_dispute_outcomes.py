"""How a dispute can end by what was answered, and what a waiver leaves behind for the next one."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.events.errors import Refused
from disputes import services
from disputes.models import Dispute
from disputes.selectors.evidence import pieces_of
from disputes.services import Said
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def delivered(rui: User, priya: User) -> Dispute:
    row = makers.dispute(of_user(rui), priya.provider, reason="late_notice")  # type: ignore[arg-type]
    services.deliver(row.pk, NOW)
    row.refresh_from_db()
    return row


class TestOutcome:
    @pytest.mark.parametrize("answer", ["concede", "waive"])
    @pytest.mark.parametrize("late", [False, True])
    def test_what_the_provider_gave_up_the_client_does_not_owe(
        self, rui: User, priya: User, answer: str, late: bool, browser_of: Any
    ) -> None:
        row = delivered(rui, priya)
        assert row.due_at is not None
        services.answer(of_user(priya), row.pk, Said(answer), row.due_at if late else NOW)
        for outcome, amount in (("upheld", None), ("reduced", Decimal(25))):
            with pytest.raises(Refused, match="owes nothing") as said:
                services.decide_dispute(of_user(rui), row.pk, outcome, amount, "The notice was short.", row.due_at)
            assert said.value.pointer == "/outcome"
        page = browser_of(rui).get(reverse("dispute", args=[row.pk])).content.decode()
        offered = [outcome for outcome, _label in Dispute.OUTCOMES if f'<option value="{outcome}"' in page]
        assert offered == ["waived", "refunded"]
        assert "Reduced fee" not in page
        decided = services.decide_dispute(of_user(rui), row.pk, "refunded", None, "It was let go.", row.due_at)
        assert (decided.status, decided.outcome_amount) == ("decided", Decimal(0))

    def test_what_was_contested_can_end_in_every_way(self, rui: User, priya: User, browser_of: Any) -> None:
        row = delivered(rui, priya)
        services.answer(of_user(priya), row.pk, Said(text="The notice was short."), NOW)
        page = browser_of(rui).get(reverse("dispute", args=[row.pk])).content.decode()
        assert all(f'<option value="{outcome}"' in page for outcome, _label in Dispute.OUTCOMES)


class TestEarlierWaivers:
    def fee(self, rui: User, priya: User, client: str, now: dt.datetime = NOW, **fields: Any) -> Dispute:
        session = makers.session(priya.provider, client=client)  # type: ignore[arg-type]
        row = makers.dispute(of_user(rui), priya.provider, now, session=session.external_id, **fields)  # type: ignore[arg-type]
        services.deliver(row.pk, now)
        return row

    def test_they_come_with_the_next_dispute_of_that_client_and_provider(
        self, rui: User, lead: User, priya: User, colleague: User
    ) -> None:
        for days, answer in enumerate(("waive", "waive", "concede")):
            row = self.fee(rui, priya, "C-1", NOW + days * DAY)
            services.answer(of_user(priya), row.pk, Said(answer), NOW + days * DAY + HOUR)
        later = NOW + 5 * DAY
        (known,) = pieces_of(self.fee(rui, priya, "C-1", later))
        assert (known.row.kind, known.row.side, known.row.added_by_kind) == ("earlier_waivers", "network", "system")
        assert known.value == {"count": 2, "last_on": "2026-11-19"}
        for other in (
            self.fee(rui, priya, "C-2", later),
            self.fee(lead, colleague, "C-1", later),
            self.fee(rui, priya, "C-1", later, kind="billing"),
            delivered(rui, priya),  # no session says who its client is
        ):
            assert pieces_of(other) == []
