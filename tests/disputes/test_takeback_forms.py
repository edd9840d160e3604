"""The form that divides a takeback among many sessions, and what was said of the same reference before."""

from __future__ import annotations

import html
import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.domain.x12.remittance import RemitParty
from disputes.models import AccountMatch, AccountShare
from disputes.selectors import takebacks as selectors
from disputes.services import remittances
from disputes.services.remittances import Said
from disputes.views.takeback_form import SHOWN, DivideForm, divide_form
from sessions.models import TherapySession
from tests.builders import NOW
from tests.disputes import makers
from tests.disputes.remit_files import claim, imported, payment, plb

pytestmark = pytest.mark.django_db
WHY = "The payer's letter of 2 October."
MANY = 45


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path / "data"


def taken(*parts: Any, **changes: Any) -> None:
    imported(payment(*parts, **changes))
    makers.work(NOW)


def named(priya: User, count: int, start: int = 0) -> list[TherapySession]:
    """Sessions whose claims all have the payer's number PN-1."""
    sessions = []
    for place in range(start, start + count):
        sessions.append(makers.session(priya.provider, external_id=f"S-{place:03}"))
        taken(f"T-{place}", claim(f"S-{place:03}", payer_claim_id="PN-1"))
    return sessions


def withheld(amount: str, trace: str = "T-wo", reference: str = "PN-1") -> AccountMatch:
    taken(trace, plb("WO", amount, reference))
    return AccountMatch.objects.latest("id")


@pytest.fixture
def many(priya: User) -> AccountMatch:
    named(priya, MANY)
    return withheld("90.00")


def fields(page: str) -> list[tuple[str, str]]:
    """The rows a browser would send back, in the order of the page."""
    found = re.findall(r'<input[^>]* name="(session|amount)"[^>]* value="([^"]*)"', page)
    return list(zip([v for n, v in found if n == "session"], [v for n, v in found if n == "amount"], strict=True))


def hidden(page: str, name: str) -> str:
    found = re.findall(rf'<input type="hidden" name="{name}" value="([^"]*)"', page)
    return html.unescape(found[0]) if found else ""


class Filling:
    """Somebody who fills the form in a browser without scripts."""

    def __init__(self, browser: Client, match: AccountMatch) -> None:
        self.browser, self.match = browser, match
        self.page = browser.get(reverse("remittance-takeback", args=[match.pk])).content.decode()
        self.typed: dict[str, str] = {}

    def send(self, **more: str) -> Any:
        pairs = [(session, self.typed.get(session, amount)) for session, amount in fields(self.page)]
        form = {"session": [name for name, _ in pairs], "amount": [amount for _, amount in pairs], "reason": WHY}
        given = {"page": hidden(self.page, "page"), "found_by": hidden(self.page, "found_by")}
        given |= {"kept": hidden(self.page, "kept"), "find": ""} | more
        answer = self.browser.post(reverse("remittance-takeback-divide", args=[self.match.pk]), form | given)
        if answer.status_code != 302:
            self.page = answer.content.decode()
        return answer

    def shown(self) -> list[str]:
        hints = re.findall(r'id="session-\d+" name="session"[^>]* value="([^"]+)"', self.page)
        return [name for name in hints if name]


def test_every_session_is_reached_page_by_page_and_what_was_typed_goes_along(
    many: AccountMatch, rui: User, browser_of: Any
) -> None:
    form = Filling(browser_of(rui), many)
    assert form.shown() == [f"S-{place:03}" for place in range(SHOWN)]
    form.typed = {"S-001": "30.00", "S-025": "20.00", "S-044": "40.00"}
    assert form.send(step="next").status_code == 200
    assert form.shown() == [f"S-{place:03}" for place in range(SHOWN, 2 * SHOWN)]
    assert "Typed beside sessions that are not shown: S-001 (30.00)." in form.page
    form.send(step="next")
    assert form.shown() == [f"S-{place:03}" for place in range(2 * SHOWN, MANY)]
    told = re.sub(r"<[^>]+>", "", form.page)
    assert "Typed so far: $50.00 of $90.00" in told and "More sessions" not in told
    assert not AccountShare.objects.exists()
    assert form.send().status_code == 302
    said = {share.session.external_id: share.amount for share in selectors.shares_of(many)}
    assert said == {name: Decimal(amount) for name, amount in form.typed.items()}


def test_one_is_found_by_a_part_of_its_number(many: AccountMatch, rui: User, browser_of: Any) -> None:
    form = Filling(browser_of(rui), many)
    form.typed = {"S-001": "10.00", "S-044": "80.00"}
    form.send(step="find", find="-04")
    assert form.shown() == ["S-040", "S-041", "S-042", "S-043", "S-044"]
    assert form.send().status_code == 302
    assert AccountShare.objects.exclude(amount=0).count() == 2


def test_a_refusal_loses_nothing_of_any_page(many: AccountMatch, rui: User, browser_of: Any) -> None:
    form = Filling(browser_of(rui), many)
    form.typed = {"S-001": "10.00"}
    form.send(step="next")
    answer = form.send()
    assert answer.status_code == 422 and "The parts make $10.00" in form.page
    assert hidden(form.page, "kept") == '[["S-001", "10.00"]]'


def test_no_more_statements_with_more_sessions(priya: User, rui: User, browser_of: Any) -> None:
    counts = []
    for place, count in enumerate((3, 30)):
        named(priya, count, start=place * 3)
        match = withheld("90.00", f"T-wo-{place}")
        browser = browser_of(rui)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert browser.get(reverse("remittance-takeback", args=[match.pk])).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


class TestForm:
    """The form by itself; sessions are only their numbers and days here."""

    @staticmethod
    def form(typed: str, offered: int = 0) -> DivideForm:
        day = NOW.date()
        shares = [
            selectors.Share(TherapySession(external_id=f"S-{place:03}", date_of_service=day), None)
            for place in range(offered)
        ]
        return divide_form(QueryDict(typed), shares, Decimal("-90.00"))

    def test_with_nothing_offered_one_row_holds_the_whole(self) -> None:
        assert [(row.session, row.amount) for row in self.form("").rows] == [("", "90.00"), ("", ""), ("", "")]

    def test_more_empty_rows_come_when_asked_for(self) -> None:
        assert len(self.form("session=&session=&amount=&amount=&step=rows").rows) == 4

    def test_what_is_named_twice_stays_as_it_was_typed(self) -> None:
        form = self.form("session=S-000&amount=1&session=S-000&amount=2", offered=3)
        assert [(row.session, row.amount) for row in form.rows if row.amount] == [("S-000", "1"), ("S-000", "2")]

    @pytest.mark.parametrize(
        ("typed", "page"),
        [
            ("", 1),
            ("page=2", 2),
            ("page=2&step=next", 3),
            ("page=3&step=next", 3),
            ("page=2&step=before", 1),
            ("page=0", 1),
            ("page=x", 1),
            ("page=99999", 1),
            ("page=3&find=S-00", 1),
            ("page=2&find=S&found_by=S", 2),
        ],
    )
    def test_the_page_that_is_shown(self, typed: str, page: int) -> None:
        assert self.form(typed, offered=MANY).page == page

    @pytest.mark.parametrize("kept", ["", "x", "{}", "[1]", '[["S-1"]]', '[["S-1", 2]]', "[[]]", "null"])
    def test_what_is_no_row_of_it_is_nothing(self, kept: str) -> None:
        assert self.form(f"session=&amount=&kept={kept}").together == 0

    def test_however_much_is_typed_the_form_can_be_sent(self, settings: Any) -> None:
        rows = "&".join(f"session=X-{place}&amount=1" for place in range(90))
        form = self.form(rows + "&step=rows", offered=MANY)
        assert 2 * len(form.rows) + 10 < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
        assert (len(form.kept), form.together) == (60, 90)

    def test_sums_take_what_is_money(self) -> None:
        assert self.form("session=A&amount=$1,000.50&session=B&amount=x&session=C&amount=NaN").together == Decimal(
            "1000.50"
        )


class TestSaidBefore:
    """A reference that was divided comes again: a suggestion, and nothing more."""

    @pytest.fixture
    def first(self, priya: User, rui: User) -> AccountMatch:
        sessions = named(priya, 2)
        match = withheld("90.00")
        shares = [Said(sessions[0].external_id, Decimal(60)), Said(sessions[1].external_id, Decimal(30))]
        remittances.divide(of_user(rui), match.pk, shares, WHY, NOW)
        return match

    def test_it_waits_and_the_form_holds_what_was_said(self, first: AccountMatch, rui: User, browser_of: Any) -> None:
        again = withheld("90.00", "T-wo-2")
        assert again.waits and again != first
        assert not AccountShare.objects.filter(match=again).exists()
        page = browser_of(rui).get(reverse("remittance-takeback", args=[again.pk])).content.decode()
        assert [pair for pair in fields(page) if pair[1]] == [("S-000", "60.00"), ("S-001", "30.00")]
        assert "Rui Test divided it" in page and f"As before: {WHY}".replace("'", "&#x27;") in page

    def test_of_another_sum_only_the_sessions_are_told(self, first: AccountMatch, rui: User, browser_of: Any) -> None:
        again = withheld("50.00", "T-wo-2")
        page = browser_of(rui).get(reverse("remittance-takeback", args=[again.pk])).content.decode()
        assert not [pair for pair in fields(page) if pair[1]]
        assert "it was another sum" in page

    def test_confirmed_it_counts(self, first: AccountMatch, rui: User, api_of: Any) -> None:
        again = withheld("90.00", "T-wo-2")
        client = api_of("remittances:write")
        address = reverse("api-remittance-takeback", args=[again.pk])
        suggested = client.get(address).json()["suggested"]
        assert (suggested["takeback"], suggested["by"]) == (str(first.pk), rui.name)
        body = {"shares": suggested["shares"], "reason": "As before."}
        answer = client.post(f"{address}/divide", body, format="json", HTTP_IDEMPOTENCY_KEY="d1")
        assert answer.status_code == 200 and answer.json()["suggested"] is None
        assert [share.amount for share in selectors.shares_of(again)] == [Decimal(60), Decimal(30)]

    def test_another_reference_or_payer_suggests_nothing(self, first: AccountMatch, rui: User) -> None:
        for place, match in enumerate([withheld("90.00", "T-else", "PN-2"), self._of_another_payer()]):
            assert selectors.said_before(of_user(rui), match) is None, place

    @staticmethod
    def _of_another_payer() -> AccountMatch:
        taken("T-other", plb("WO", "90.00", "PN-1"), payer=RemitParty("OTHER HEALTH", "XV", "70001"))
        return AccountMatch.objects.latest("id")

    def test_who_may_not_know_of_the_first_is_told_nothing(self, first: AccountMatch, faraway: User) -> None:
        again = withheld("90.00", "T-wo-2")
        assert selectors.said_before(of_user(faraway), again) is None
