"""Webhooks by API and by page: made, shown once, changed, rolled, looked at and sent again."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from clawguard.accounts.models import IdempotencyRecord, User
from clawguard.webhooks.models import Endpoint, WebhookDelivery
from clawguard.webhooks.secrets import live
from tests.builders import NOW
from tests.webhooks import makers
from tests.webhooks.server import Receiver
from tests.webhooks.test_addresses import BAD

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/webhooks"
NEW = {"name": "Accounting", "url": makers.URL, "topics": ["adjustment.proposed", "case.opened"]}


@pytest.fixture
def program(api_of: Any) -> Any:
    return api_of("webhooks:manage")


def post(program: Any, address: str, body: dict[str, Any] | None = None, key: str = "") -> Any:
    return program.post(address, body or {}, format="json", headers={"Idempotency-Key": key or str(uuid4())})


def test_a_program_adds_an_endpoint_and_sees_its_secret_once(program: Any) -> None:
    made = post(program, ADDRESS, NEW, "key-1")
    assert made.status_code == 201
    endpoint = Endpoint.objects.get()
    assert live(endpoint, NOW) == [made.json()["secret"]]
    again = post(program, ADDRESS, NEW, "key-1")
    assert (again.status_code, again.json()) == (201, {**made.json(), "secret": None})
    assert Endpoint.objects.count() == 1
    assert made.json()["secret"] not in str(IdempotencyRecord.objects.values())
    one = program.get(f"{ADDRESS}/{endpoint.pk}").json()
    assert "secret" not in one and "secret" not in program.get(ADDRESS).json()["results"][0]
    assert (one["status"], one["topics"]) == ("active", ["case.opened", "adjustment.proposed"])


@pytest.mark.parametrize("url", [url for url in BAD if url.isascii()])
def test_an_address_that_may_not_be_called_is_refused_by_name(program: Any, url: str) -> None:
    answer = post(program, ADDRESS, {**NEW, "url": url})
    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/url"]
    assert not Endpoint.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("topics", []), ("topics", ["note.read"]), ("topics", "case.opened"), ("name", ""), ("name", "a" * 81), ("x", 1)],
)
def test_what_cannot_be_read_is_named(program: Any, field: str, value: object) -> None:
    answer = post(program, ADDRESS, {**NEW, field: value})
    assert answer.status_code in (400, 422)
    assert [error["pointer"] for error in answer.json()["errors"]] == [f"/{field}"]


def test_a_change_is_made_to_the_version_that_was_seen(program: Any, administrator: User) -> None:
    address = f"{ADDRESS}/{makers.endpoint(administrator).pk}"
    seen = program.get(address)["ETag"]
    changed = program.patch(address, {"name": "Ledger"}, format="json", headers={"If-Match": seen})
    assert (changed.status_code, changed.json()["name"], changed.json()["url"]) == (200, "Ledger", makers.URL)
    assert program.patch(address, {"name": "B"}, format="json", headers={"If-Match": seen}).status_code == 412
    assert program.patch(address, {"name": "B"}, format="json").status_code == 428


def test_pausing_resuming_and_retiring_follow_each_other(program: Any, administrator: User) -> None:
    address = f"{ADDRESS}/{makers.endpoint(administrator).pk}"
    assert post(program, f"{address}/resume").status_code == 409
    assert post(program, f"{address}/pause").json()["status"] == "paused"
    assert post(program, f"{address}/resume").json()["status"] == "active"
    assert program.delete(address).json()["status"] == "retired"
    assert post(program, f"{address}/test").status_code == 409
    assert program.get(ADDRESS).json()["results"] == []


def test_a_test_message_is_sent_and_its_call_is_in_the_log(
    program: Any, administrator: User, reachable: Receiver
) -> None:
    address = f"{ADDRESS}/{makers.endpoint(administrator).pk}"
    message = post(program, f"{address}/test").json()
    reachable.answers = [b"HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n"]
    makers.send(WebhookDelivery.objects.get().run_after)
    [logged] = program.get(f"{address}/deliveries?state=waiting").json()["results"]
    assert logged["id"] == message["id"] == reachable.calls[0].headers["webhook-id"]
    assert [(call["status"], call["result"]) for call in logged["calls"]] == [(503, "refused")]
    assert program.get(f"{address}/deliveries?state=taken").json()["results"] == []
    assert program.get(f"{address}/deliveries?state=lost").status_code == 400


def test_one_message_or_a_period_is_sent_again(program: Any, administrator: User) -> None:
    address = f"{ADDRESS}/{makers.endpoint(administrator).pk}"
    message = post(program, f"{address}/test").json()["id"]
    assert post(program, f"{address}/replay", {"message": message}).status_code == 409  # it waits anyway
    WebhookDelivery.objects.update(parked_at=NOW)
    assert post(program, f"{address}/replay", {"message": message}).json() == {"messages": 1}
    assert WebhookDelivery.objects.get().parked_at is None
    WebhookDelivery.objects.update(done_at=NOW, created_at=NOW)
    period = {"from": NOW.isoformat(), "to": NOW.replace(hour=16).isoformat()}
    assert post(program, f"{address}/replay", {**period, "given_up_only": True}).json() == {"messages": 0}
    assert post(program, f"{address}/replay", period).json() == {"messages": 1}
    assert post(program, f"{address}/replay", {"from": period["to"], "to": period["from"]}).status_code == 422
    assert post(program, f"{address}/replay", {"from": period["from"]}).status_code == 400
    assert post(program, f"{address}/replay", {"message": str(uuid4())}).status_code == 404


def test_a_message_of_another_endpoint_is_not_found(program: Any, administrator: User) -> None:
    one, other = (f"{ADDRESS}/{makers.endpoint(administrator).pk}" for _ in range(2))
    message = post(program, f"{one}/test").json()["id"]
    assert post(program, f"{other}/replay", {"message": message}).status_code == 404


def test_an_administrator_adds_one_and_the_form_makes_it_once(administrator: User, browser_of: Any) -> None:
    browser = browser_of(administrator)
    form = {**NEW, "form": str(uuid4())}
    page = browser.post("/webhooks", form)
    endpoint = Endpoint.objects.get()
    assert page.status_code == 201 and live(endpoint, NOW)[0] in page.text
    assert "no-store" in page["Cache-Control"]
    again = browser.post("/webhooks", form)
    assert again.status_code == 422 and "made its endpoint already" in again.text
    assert live(endpoint, NOW)[0] not in browser.get(f"/webhooks/{endpoint.pk}").text


def test_a_form_that_cannot_be_taken_keeps_what_was_typed(administrator: User, browser_of: Any) -> None:
    page = browser_of(administrator).post("/webhooks", {**NEW, "url": "http://10.0.0.1/", "form": str(uuid4())})
    assert page.status_code == 422
    assert "begins with https://" in page.text and "http://10.0.0.1/" in page.text and 'value="Accounting"' in page.text


def test_rolling_on_a_page_that_was_sent_twice_rolls_once(administrator: User, browser_of: Any) -> None:
    endpoint, browser = makers.endpoint(administrator), browser_of(administrator)
    address = f"/webhooks/{endpoint.pk}/secret"
    assert browser.post(address, {"number": "1"}).status_code == 200
    assert browser.post(address, {"number": "1"}).status_code == 409
    assert browser.post(address, {"number": "x"}).status_code == 409
    endpoint.refresh_from_db()
    assert endpoint.secret_number == 2


def test_the_log_shows_calls_and_sends_days_again(administrator: User, browser_of: Any, reachable: Receiver) -> None:
    endpoint, browser = makers.endpoint(administrator), browser_of(administrator)
    makers.happened(administrator, endpoint)
    reachable.answers = [b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"]
    makers.send(NOW)
    page = browser.get(f"/webhooks/{endpoint.pk}")
    assert "Answered with an error" in page.text and "500" in page.text and "webhook.test" in page.text
    assert "No such message" in browser.get(f"/webhooks/{endpoint.pk}?state=taken").text
    WebhookDelivery.objects.update(parked_at=NOW)
    days = {"from": f"{NOW:%Y-%m-%d}", "to": f"{NOW:%Y-%m-%d}", "given_up_only": "1"}
    assert browser.post(f"/webhooks/{endpoint.pk}/replay", days).status_code == 302
    assert WebhookDelivery.objects.get().parked_at is None
    assert browser.post(f"/webhooks/{endpoint.pk}/replay", {**days, "to": "soon"}).status_code == 422


def test_who_pauses_by_itself_is_a_task_for_people(
    administrator: User, lead: User, browser_of: Any, reachable: Receiver
) -> None:
    endpoint = makers.endpoint(administrator)
    makers.happened(administrator, endpoint)
    reachable.answers = [b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n"]
    makers.send(NOW)
    work = browser_of(administrator).get("/deliveries").text
    assert f'href="/webhooks/{endpoint.pk}"' in work and "it answered that it is gone" in work
    work = browser_of(lead).get("/deliveries").text
    assert "Accounting" in work and f"/webhooks/{endpoint.pk}" not in work
    assert "webhook endpoint was paused" in str(browser_of(lead).get("/readyz").json()["warnings"])


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2101-01-01", "1999-12-31", "31.12.2026", ""])
def test_a_day_that_cannot_be_meant_is_refused(administrator: User, browser_of: Any, day: str) -> None:
    address = f"/webhooks/{makers.endpoint(administrator).pk}"
    for period in ({"from": day, "to": "2026-11-24"}, {"from": "2026-11-24", "to": day}):
        assert browser_of(administrator).post(f"{address}/replay", period).status_code == 422
