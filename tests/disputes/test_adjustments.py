"""Proposed adjustments as the accounting system reads them: what takes the place of what, and what was posted when."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from decimal import Decimal
from typing import Any

import pytest

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import Role, User
from clawguard.events.errors import Refused
from disputes import services
from disputes.models import Case, ProposedAdjustment
from disputes.services import Confirmation
from tests import builders
from tests.builders import NOW
from tests.disputes import makers
from tests.disputes.remit_files import claim, imported, payment
from tests.webhooks.makers import endpoint, told

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
API = "/api/v1/proposed-adjustments"


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path / "data"


def upheld(rui: User, lead: User, second_lead: User, priya: User) -> list[ProposedAdjustment]:
    """Recover 40.00; the provider appeals, and two others decide the same. The earlier proposal first."""
    case = makers.decided(rui, lead, priya)
    services.appeal(of_user(priya), case.pk, "The times are on page 2.", NOW + 6 * HOUR)
    third = builders.user(Role.LEAD, "Third Test")
    services.decide(of_user(second_lead), case.pk, makers.verdict(), NOW + 7 * HOUR)
    services.approve(of_user(third), case.pk, NOW + 8 * HOUR)
    return list(case.adjustments.order_by("created_at"))


def posted(by: User, about: ProposedAdjustment, now: dt.datetime, **told: Any) -> None:
    services.confirm_adjustment(of_user(by), about.pk, Confirmation("posted", reference="GL-1", **told), now)


class TestReplaced:
    def test_the_file_says_what_takes_the_place_of_what_and_what_was_posted(
        self, browser_of: Any, rui: User, lead: User, second_lead: User, priya: User
    ) -> None:
        first, second = upheld(rui, lead, second_lead, priya)
        posted(rui, first, NOW + 6 * HOUR, amount=Decimal("39.00"), on=NOW.date())
        declined = Confirmation("declined", reason="=Posted once already.")
        services.confirm_adjustment(of_user(rui), second.pk, declined, NOW + 9 * HOUR)
        answer = browser_of(rui).post("/adjustments.csv")
        rows = {row["id"]: row for row in csv.DictReader(io.StringIO(answer.content.decode()))}
        earlier, later = rows[str(first.pk)], rows[str(second.pk)]
        assert (earlier["replaces"], later["replaces"]) == ("", str(first.pk))
        assert later["decision"] == str(second.decision_id)
        told = ("done", "done_on", "done_amount", "reference", "why_not")
        assert [earlier[name] for name in told] == ["posted", NOW.date().isoformat(), "39.00", "GL-1", ""]
        assert [later[name] for name in told] == [
            "declined", "2026-11-18", "", "", "'=Posted once already.",
        ]  # fmt: skip

    def test_webhooks_say_so_too(
        self, administrator: User, rui: User, lead: User, second_lead: User, priya: User
    ) -> None:
        heard = endpoint(administrator, "adjustment.proposed")
        first, second = upheld(rui, lead, second_lead, priya)
        data = {each["adjustment"]: each for _topic, each in told(heard)}
        assert "replaces" not in data[str(first.pk)]
        assert data[str(second.pk)]["replaces"] == str(first.pk)

    def test_and_the_pages(self, browser_of: Any, rui: User, lead: User, second_lead: User, priya: User) -> None:
        upheld(rui, lead, second_lead, priya)
        for who in (rui, priya):
            page = re.sub(r"<[^>]+>", "", browser_of(who).get("/adjustments").content.decode())
            assert page.count("in place of $40.00 of Wed 18 Nov 2026") == 1


class TestPolling:
    def test_a_later_confirmation_is_a_change(self, api_of: Any, rui: User, lead: User, priya: User) -> None:
        (row,) = makers.decided(rui, lead, priya).adjustments.all()
        client, since = api_of("cases:read"), (row.created_at + HOUR).isoformat().replace("+", "%2B")
        assert client.get(f"{API}?updated_since={since}").json()["results"] == []
        posted(rui, row, NOW + 3 * DAY)
        (shown,) = client.get(f"{API}?updated_since={since}").json()["results"]
        assert (shown["id"], shown["updated_at"]) == (str(row.pk), "2026-11-21T15:00:00Z")
        assert client.get(f"{API}?created_since={since}").json()["results"] == []

    def test_one_by_its_id(self, api_of: Any, browser_of: Any, rui: User, lead: User, priya: User) -> None:
        (row,) = makers.decided(rui, lead, priya).adjustments.all()
        shown = api_of("cases:read").get(f"{API}/{row.pk}").json()
        assert (shown["id"], shown["amount"], shown["confirmations"]) == (str(row.pk), "40.00", [])
        assert shown["updated_at"] == shown["created_at"]
        assert api_of("cases:read").get(f"{API}/{row.case_id}").status_code == 404

    @pytest.mark.parametrize(
        ("path", "ascending"),
        [("proposed-adjustments", "created_at"), ("disputes", "updated_at"), ("remittances", "created_at")],
    )
    def test_lists_go_either_way(
        self, browser_of: Any, rui: User, lead: User, priya: User, path: str, ascending: str
    ) -> None:
        makers.decided(rui, lead, priya)
        makers.decided(rui, lead, priya, now=NOW + DAY)
        for number in range(2):
            makers.dispute(of_user(rui), priya.provider, NOW + number * DAY)
        imported(payment("T-1", claim("S-1")))
        imported(payment("T-2", claim("S-2")), now=NOW + DAY)
        browser = browser_of(lead)
        up, down = (
            [row["id"] for row in browser.get(f"/api/v1/{path}?ordering={sign}{ascending}").json()["results"]]
            for sign in ("", "-")
        )
        assert len(up) == 2
        assert up == down[::-1]
        assert down == [row["id"] for row in browser.get(f"/api/v1/{path}").json()["results"]]
        assert browser.get(f"/api/v1/{path}?ordering=amount").status_code == 400


class TestDays:
    """An accounting system counts days in a zone of its own, and may say the day or leave it out."""

    LATE = dt.datetime(2026, 11, 20, 1, 0, tzinfo=dt.UTC)  # 20:00 in New York, on the 19th

    @pytest.fixture
    def proposed(self, rui: User, lead: User, priya: User) -> ProposedAdjustment:
        case: Case = makers.decided(rui, lead, priya, now=self.LATE - 5 * HOUR)
        (row,) = case.adjustments.all()
        assert row.created_at == self.LATE
        return row

    @pytest.mark.parametrize("day", [19, 20, 21])
    def test_posted_that_evening_with_the_day_of_any_zone(
        self, rui: User, proposed: ProposedAdjustment, day: int
    ) -> None:
        now = self.LATE + (HOUR if day < 21 else 12 * HOUR)
        posted(rui, proposed, now, on=dt.date(2026, 11, day))
        assert proposed.confirmations.get().on == dt.date(2026, 11, day)

    @pytest.mark.parametrize("day", [18, 21])
    def test_no_day_before_it_was_proposed_nor_to_come(self, rui: User, proposed: ProposedAdjustment, day: int) -> None:
        with pytest.raises(Refused, match="not before it was proposed, not in the future"):
            posted(rui, proposed, self.LATE + HOUR, on=dt.date(2026, 11, day))

    def test_without_a_day_it_is_the_networks_today(self, rui: User, proposed: ProposedAdjustment) -> None:
        posted(rui, proposed, self.LATE + HOUR)
        assert proposed.confirmations.get().on == dt.date(2026, 11, 19)
