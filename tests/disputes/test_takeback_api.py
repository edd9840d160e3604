"""Takebacks that wait, over the API and on their page: what is said is kept, and what cannot be read is named."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from clawguard.accounts.models import User
from disputes.models import AccountMatch, AccountShare, Case
from tests.builders import NOW
from tests.disputes import makers
from tests.disputes.test_claims_of_several_days import Two, two
from tests.disputes.test_takebacks_divided import of_two

pytestmark = pytest.mark.django_db
__all__ = ["of_two", "two"]  # fixtures that are shared
BASE = "/api/v1/remittances/takebacks"


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path / "data"


def post(client: Any, path: str, body: dict[str, Any], key: str) -> Any:
    return client.post(path, body, format="json", headers={"Idempotency-Key": key})


def test_a_program_reads_and_divides_one(two: Two, of_two: AccountMatch, api_of: Any) -> None:
    client = api_of("remittances:write")
    (row,) = client.get(BASE).json()["results"]
    assert (row["id"], row["amount"], row["reason"], row["waits"]) == (str(of_two.pk), "200.00", "WO", True)
    assert client.get(f"{BASE}?payer=else").json()["results"] == []
    detail = client.get(f"{BASE}/{of_two.pk}").json()
    assert detail["candidates"] == [{"session": each.external_id, "paid": "142.50"} for each in two]
    shares = [{"session": each.external_id, "amount": "100.00"} for each in two]
    body = {"shares": shares, "reason": "The payer's letter."}
    said = post(client, f"{BASE}/{of_two.pk}/divide", body, "k1").json()
    assert (said["shares"], said["matched_by"], said["by"]) == (shares, "program", "test program")
    assert post(client, f"{BASE}/{of_two.pk}/divide", body, "k1").json() == said
    makers.work(NOW)
    assert Case.objects.count() == 2
    assert client.get(BASE).json()["results"] == []


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ("S-1", "a list of at most"),
        ([{"session": "S-1"}], "Number 0 of the list: give an object of session and amount"),
        ([{"session": "S-1", "amount": 5}], "Number 0 of the list: Give an amount as text"),
        ([{"session": 1, "amount": "5.00"}], "Number 0 of the list: Give one line"),
        ([{"session": "S-1", "amount": "-5.00"}], "Number 0 of the list: Give an amount as text"),
    ],
)
def test_what_cannot_be_read_is_named(of_two: AccountMatch, api_of: Any, shares: Any, words: str) -> None:
    answer = post(api_of("remittances:write"), f"{BASE}/{of_two.pk}/divide", {"shares": shares, "reason": "Why."}, "k1")
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["pointer"] == "/shares"
    assert words in error["message"]
    assert not AccountShare.objects.exists()


class TestPage:
    def test_what_is_offered_is_divided(self, two: Two, of_two: AccountMatch, rui: User, browser_of: Any) -> None:
        browser = browser_of(rui)
        address = reverse("remittance-takeback", args=[of_two.pk])
        assert address in browser.get(reverse("remittances-takebacks")).content.decode()
        page = browser.get(address).content.decode()
        assert all(f'value="{each.external_id}"' in page for each in two)
        form = {"session": [*(s.external_id for s in two), ""], "amount": ["$150.00", "50", "7"], "reason": "Letter."}
        answer = browser.post(f"{address}/divide", form)
        assert (answer.status_code, answer["Location"]) == (302, address)
        amounts = AccountShare.objects.order_by("pk").values_list("amount", flat=True)
        assert [f"{amount:.2f}" for amount in amounts] == ["150.00", "50.00"]

    @pytest.mark.parametrize(
        ("amount", "words"), [("much", "in dollars, such as"), ("1.005", "and cents"), ("150", "must make $200.00")]
    )
    def test_what_is_refused_keeps_what_was_typed(
        self, two: Two, of_two: AccountMatch, rui: User, browser_of: Any, amount: str, words: str
    ) -> None:
        form = {"session": [two[0].external_id], "amount": [amount], "reason": "The payer's <letter>."}
        answer = browser_of(rui).post(reverse("remittance-takeback-divide", args=[of_two.pk]), form)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert words in page
        assert f'value="{amount}"' in page
        assert "The payer&#x27;s &lt;letter&gt;." in page
