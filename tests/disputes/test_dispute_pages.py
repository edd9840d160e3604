"""What the pages of a dispute say to its client, its provider and staff, while it is open and once it is over."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from clawguard import clock
from clawguard.accounts.actors import of_user
from clawguard.accounts.models import Provider, User
from disputes import services
from disputes.models import Dispute
from disputes.selectors.evidence import pieces_of
from disputes.wording import clock as clock_words
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(rui: User, priya: User) -> Dispute:
    """Delivered to Priya, who works in Los Angeles."""
    Provider.objects.filter(pk=priya.provider_id).update(time_zone="America/Los_Angeles")
    made = makers.dispute(of_user(rui), Provider.objects.get(pk=priya.provider_id), reason="late_notice")
    services.deliver(made.pk, NOW)
    return made


def text(browser: Any, path: str) -> str:
    with clock.pretend(NOW):
        answer = browser.get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("America/Los_Angeles", "Pacific time"),
        ("America/Puerto_Rico", "Atlantic time"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires time"),
        ("UTC", "UTC time"),
    ],
)
def test_a_zone_is_called_as_people_call_it(zone: str, said: str) -> None:
    assert clock_words(zone) == said


class TestTheClient:
    def test_is_told_the_clock_in_words_and_asked_what_a_client_knows(self, rui: User, row: Dispute) -> None:
        path = services.issue_client_link(of_user(rui), row.pk, NOW)[1].partition("/client/")[2]
        page = text(Client(), f"/client/{path}")
        assert "times are Pacific time" in page
        assert "Los_Angeles" not in page
        assert "emergency.details" in page
        assert "emergency.proof_seen" not in page

    @pytest.mark.parametrize("by", ["client", "provider"])
    def test_says_who_cancelled_and_that_is_what_is_kept(self, rui: User, row: Dispute, by: str) -> None:
        path = services.issue_client_link(of_user(rui), row.pk, NOW)[1].partition("/client/")[2]
        told = {
            "reason": "provider_cancelled",
            "text": "She moved it.",
            "cancellation.cancelled_at": "2026-11-09T10:00",
        }
        with clock.pretend(NOW):
            unsaid = Client().post(f"/client/{path}", told)
            said = Client().post(f"/client/{path}", {**told, "cancellation.by": by})
        assert (unsaid.status_code, said.status_code) == (422, 200)
        assert "Cancellation: By is needed." in unsaid.content.decode()
        (kept,) = [piece.value for piece in pieces_of(row) if piece.row.kind == "cancellation"]
        assert kept == {"cancelled_at": "2026-11-09T10:00:00-08:00", "by": by}


class TestOneMoment:
    """The client is in Denver, the provider in Los Angeles, staff in New York, and the client canceled once."""

    CANCELED = dt.datetime(2026, 11, 9, 17, 0, tzinfo=dt.UTC)
    OTHER_CLOCK = re.compile(r"\d{1,2}:\d{2} [A-Z]{2,4}\b")

    @pytest.fixture
    def shown(self, browser_of: Any, rui: User, row: Dispute) -> Callable[[User, str], str]:
        Dispute.objects.filter(pk=row.pk).update(
            cancelled_at=self.CANCELED,
            starts_at=self.CANCELED + dt.timedelta(hours=20),
            client_time_zone="America/Denver",
        )
        told: tuple[tuple[str, dict[str, Any]], ...] = (
            ("policy", {"version": "2026", "notice_hours": 24, "fee": "75.00"}),
            ("cancellation", {"cancelled_at": self.CANCELED.isoformat(), "by": "client"}),
        )
        for kind, value in told:
            services.add_evidence(of_user(rui), row.pk, kind, value, NOW, source="Portal log")
        return lambda user, path: text(browser_of(user), path)

    def test_has_one_form_on_the_page_of_staff(self, shown: Any, rui: User, row: Dispute) -> None:
        page = shown(rui, f"/disputes/{row.pk}")
        assert page.count("9 Nov 2026, 12:00") == 3  # the notice, the timeline, the evidence
        assert "Read on the client's clock, Mountain time; shown here on yours." in page
        assert not self.OTHER_CLOCK.findall(page)

    def test_has_one_form_on_the_page_of_the_provider(self, shown: Any, priya: User, row: Dispute) -> None:
        page = shown(priya, f"/my/disputes/{row.pk}")
        assert page.count("9 Nov 2026, 09:00") >= 2
        assert not self.OTHER_CLOCK.findall(page)


class TestWhatIsOver:
    WAITS = ("If we hear nothing", "needed to decide")

    def test_a_withdrawn_one_says_so_and_why(self, browser_of: Any, rui: User, priya: User, row: Dispute) -> None:
        mine = f"/my/disputes/{row.pk}"
        assert all(words in text(browser_of(priya), mine) for words in ("If we hear nothing",))
        services.withdraw(of_user(rui), row.pk, "They settled it between them.", NOW)
        for user, path, heading in (
            (priya, mine, "The client withdrew it"),
            (rui, f"/disputes/{row.pk}", "Withdrawn"),
        ):
            page = text(browser_of(user), path)
            assert f">{heading}</h2>" in page
            assert "They settled it between them." in page
            assert not [words for words in self.WAITS if words in page]

    def test_a_decided_one_waits_for_nothing(self, browser_of: Any, rui: User, priya: User, row: Dispute) -> None:
        services.answer(of_user(priya), row.pk, services.Said(text="We agreed."), NOW)
        assert "needed to decide" in text(browser_of(rui), f"/disputes/{row.pk}")
        services.decide_dispute(of_user(rui), row.pk, "upheld", None, "The notice was short.", NOW)
        for user, path in ((priya, f"/my/disputes/{row.pk}"), (rui, f"/disputes/{row.pk}")):
            page = text(browser_of(user), path)
            assert "The notice was short." in page
            assert not [words for words in self.WAITS if words in page]


def test_what_was_given_up_needs_no_evidence(browser_of: Any, rui: User, priya: User, row: Dispute) -> None:
    missing = "Not everything needed is there"
    services.answer(of_user(priya), row.pk, services.Said("waive"), NOW)
    page = text(browser_of(rui), f"/disputes/{row.pk}")
    assert missing not in page
    assert "needed to decide" not in page
    receipt = text(browser_of(priya), f"/my/disputes/{row.pk}/receipt")
    assert "the client will owe nothing" in receipt
    assert "needed to decide" not in receipt
    other = makers.dispute(of_user(rui), priya.provider, reason="late_notice")  # type: ignore[arg-type]
    services.deliver(other.pk, NOW)
    services.answer(of_user(priya), other.pk, services.Said(text="We agreed."), NOW)
    assert missing in text(browser_of(rui), f"/disputes/{other.pk}")


def test_a_day_in_the_timeline_has_no_time_of_day(browser_of: Any, rui: User, row: Dispute) -> None:
    waived = {"count": 1, "last_on": "2026-11-03"}
    services.add_evidence(of_user(rui), row.pk, "earlier_waivers", waived, NOW)
    page = text(browser_of(rui), f"/disputes/{row.pk}")
    before, _, after = page.partition("Earlier waivers: last time")
    assert before
    assert "Tue 3 Nov 2026</span>" in after[:200]
