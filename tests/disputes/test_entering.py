"""A dispute is entered: on whose clock times are typed, and what the network's own number of it stands for."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import Provider, User
from clawguard.events.errors import Refused
from disputes import services
from disputes.models import Dispute
from disputes.selectors.evidence import notice_of, pieces_of
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
STARTS = dt.datetime(2026, 11, 10, 18, tzinfo=dt.UTC)
POLICY = {"version": "2026", "notice_hours": 24}


class TestTheClockOfTheForm:
    FORM = {
        "kind": "cancellation_fee",
        "amount": "75.00",
        "statement": "I cancelled the day before.",
        "service_date": "2026-11-10",
        "starts_at": "2026-11-10T10:00",
        "cancelled_at": "2026-11-09T09:30",
        "notice_hours": "24",
    }

    def entered(self, client: Any, **given: str) -> Dispute:
        answer = client.post("/disputes/new", {**self.FORM, **given})
        assert answer.status_code == 302, answer.content
        return Dispute.objects.select_related("provider").latest("opened_at")

    @pytest.mark.parametrize(
        ("chosen", "hours"),
        [("", 8), ("America/Los_Angeles", 8), ("America/New_York", 5), ("America/Chicago", 6)],
    )
    def test_times_are_read_in_the_zone_that_the_form_names(
        self, browser_of: Any, rui: User, priya: User, chosen: str, hours: int
    ) -> None:
        """Empty names the provider's own, who works in Los Angeles; the staff's clock stands in New York."""
        Provider.objects.filter(pk=priya.provider_id).update(time_zone="America/Los_Angeles")
        session = makers.session(priya.provider)  # type: ignore[arg-type]
        for named in ({"provider": priya.provider.npi}, {"session": session.external_id}):  # type: ignore[union-attr]
            row = self.entered(browser_of(rui), client_time_zone=chosen, **named)
            assert row.starts_at == dt.datetime(2026, 11, 10, 10 + hours, tzinfo=dt.UTC)
            assert row.cancelled_at == dt.datetime(2026, 11, 9, 9 + hours, 30, tzinfo=dt.UTC)
            found = notice_of(row, pieces_of(row))
            assert found is not None
            assert (found.given, found.in_time) == (24 * HOUR + HOUR / 2, True)

    def test_an_hour_that_the_staffs_clock_skips_or_has_twice_is_an_hour_elsewhere(
        self, browser_of: Any, rui: User, priya: User
    ) -> None:
        npi = priya.provider.npi  # type: ignore[union-attr]
        given = {"provider": npi, "client_time_zone": "America/Phoenix"}
        for typed, meant in (("2026-03-08T02:30", (3, 8, 9, 30)), ("2026-11-01T01:30", (11, 1, 8, 30))):
            row = self.entered(browser_of(rui), cancelled_at=typed, **given)
            assert row.cancelled_at == dt.datetime(2026, *meant, tzinfo=dt.UTC)

    def test_without_a_provider_in_reach_that_is_what_is_said(
        self, browser_of: Any, faraway: User, priya: User
    ) -> None:
        npi = priya.provider.npi  # type: ignore[union-attr]
        answer = browser_of(faraway).post("/disputes/new", {**self.FORM, "provider": npi})
        assert answer.status_code == 422
        assert "No provider of that NPI is within your reach." in answer.content.decode()


class TestTheNetworksNumber:
    TOLD: dict[str, Any] = {
        "external_id": "D-1",
        "reason": "late_notice",
        "starts_at": STARTS,
        "cancelled_at": STARTS - 4 * HOUR,
        "notice_hours": 24,
        "client_time_zone": "America/New_York",
        "evidence": {"policy": POLICY},
    }

    def tell(self, user: User, provider_user: User, now: dt.datetime = NOW, **changes: Any) -> Dispute:
        return makers.dispute(of_user(user), provider_user.provider, now, **{**self.TOLD, **changes})  # type: ignore[arg-type]

    def test_the_same_again_is_the_first_whatever_happened_to_it(self, rui: User, priya: User) -> None:
        row = self.tell(rui, priya)
        services.deliver(row.pk, NOW)
        services.set_reason(of_user(rui), row.pk, "emergency", NOW + HOUR)
        services.add_evidence(of_user(rui), row.pk, "messages", {"text": "See you then."}, NOW + HOUR)
        services.add_evidence(of_user(rui), row.pk, "policy", {**POLICY, "notice_hours": 48}, NOW + HOUR)
        assert self.tell(rui, priya, NOW + 2 * HOUR) == row
        assert Dispute.objects.count() == 1

    def test_of_a_session_the_same_again_is_the_first_also_when_the_session_was_corrected(
        self, rui: User, priya: User
    ) -> None:
        session = makers.session(priya.provider)  # type: ignore[arg-type]
        waived = self.tell(rui, priya, session=session.external_id, external_id="D-0")
        services.deliver(waived.pk, NOW)
        services.answer(of_user(priya), waived.pk, services.Said("waive"), NOW)
        given = {"session": session.external_id, "starts_at": None}
        row = self.tell(rui, priya, **given)
        assert len(pieces_of(row)) == 2  # the policy, and the earlier waiver that nobody had to tell
        session.start = session.start + HOUR  # type: ignore[operator]
        session.save(update_fields=["start"])
        assert self.tell(rui, priya, NOW + HOUR, **given) == row

    @pytest.mark.parametrize(
        ("changes", "named"),
        [
            ({"amount": Decimal("80.00")}, "amount"),
            ({"statement": "I never cancelled."}, "statement"),
            ({"kind": "billing", "reason": "duplicate"}, "kind, reason"),
            ({"reason": "emergency"}, "reason"),
            ({"service_date": dt.date(2026, 11, 9)}, "service_date"),
            ({"starts_at": STARTS + HOUR}, "starts_at"),
            ({"cancelled_at": None}, "cancelled_at"),
            ({"notice_hours": 48}, "notice_hours"),
            ({"client_time_zone": ""}, "client_time_zone"),
            ({"evidence": {}}, "evidence"),
            ({"evidence": {"policy": {**POLICY, "notice_hours": 48}}}, "evidence"),
        ],
    )
    def test_something_else_under_it_is_refused_with_what_differs(
        self, rui: User, priya: User, changes: dict[str, Any], named: str
    ) -> None:
        row = self.tell(rui, priya)
        with pytest.raises(Refused, match=f"stored with another {named}. It stays as it is") as said:
            self.tell(rui, priya, NOW + HOUR, **changes)
        assert (said.value.code, said.value.pointer) == ("already_opened", "")  # 409
        row.refresh_from_db()
        assert (row.amount, row.reason) == (Decimal("75.00"), "late_notice")
        assert Dispute.objects.count() == 1

    def test_another_provider_or_session_is_something_else_too(self, lead: User, priya: User, colleague: User) -> None:
        self.tell(lead, priya)
        session = makers.session(priya.provider)  # type: ignore[arg-type]
        for who, changes, named in (
            (colleague, {}, "provider"),
            (priya, {"session": session.external_id}, "session"),
        ):
            with pytest.raises(Refused, match=f"another {named}"):
                self.tell(lead, who, NOW + HOUR, **changes)

    def test_whoever_does_not_reach_it_learns_only_that_the_number_is_taken(
        self, rui: User, faraway: User, priya: User, colleague: User
    ) -> None:
        self.tell(rui, priya)
        with pytest.raises(Refused) as said:
            self.tell(faraway, priya)
        assert said.value.code == "unknown_provider"
        with pytest.raises(Refused) as said:
            self.tell(faraway, colleague, amount=Decimal("80.00"))
        assert said.value.code == "external_id_taken"
        assert "amount" not in said.value.message
