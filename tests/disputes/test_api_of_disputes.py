"""What people do with disputes on pages, programs and scripts do by the API: through the same services."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from clawguard import clock
from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from disputes import services
from disputes.models import ClientLink, Dispute, LibraryItem
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db
API = "/api/v1"
POLICY = {"version": "2026", "notice_hours": 24}
KEPT = {"kind": "policy", "title": "Policy of 2026", "value": POLICY, "effective_from": "2026-01-01"}


@pytest.fixture
def row(rui: User, priya: User) -> Dispute:
    """Delivered to Priya."""
    made = makers.dispute(of_user(rui), priya.provider, reason="late_notice")  # type: ignore[arg-type]
    services.deliver(made.pk, NOW)
    return made


def post(client: Any, path: str, given: Any = None, key: str = "1") -> Any:
    with clock.pretend(NOW):
        return client.post(
            f"{API}{path}", given or {}, headers={"Idempotency-Key": f"{path} {key}"}, content_type="application/json"
        )


def program(client: Any, path: str, given: Any = None, key: str = "1") -> Any:
    with clock.pretend(NOW):
        return client.post(f"{API}{path}", given or {}, format="json", HTTP_IDEMPOTENCY_KEY=f"{path} {key}")


@pytest.mark.parametrize(
    ("given", "status", "pointer"),
    [({"statement": "Half a \ud800 character"}, 400, "/statement"), ({"session": None}, 422, "/provider")],
)
def test_what_cannot_be_entered_is_named(api_of: Any, given: dict[str, Any], status: int, pointer: str) -> None:
    body = {"kind": "billing", "amount": "75.00", "statement": "Not what was agreed.", "session": "S-1"} | given
    answer = api_of("cases:read", "cases:write").post(
        f"{API}/disputes", json.dumps(body), content_type="application/json", HTTP_IDEMPOTENCY_KEY=pointer
    )
    assert (answer.status_code, [error["pointer"] for error in answer.json()["errors"]]) == (status, [pointer])
    assert not Dispute.objects.exists()


def test_the_reason_is_put_right(api_of: Any, row: Dispute) -> None:
    client = api_of("cases:read", "cases:write")
    assert program(client, f"/disputes/{row.pk}/reason", {"reason": "emergency"}).json()["reason"] == "emergency"
    wrong = program(client, f"/disputes/{row.pk}/reason", {"reason": "duplicate"}, "2")
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/reason")


def test_the_clients_link_is_told_once_and_ends(api_of: Any, row: Dispute) -> None:
    client = api_of("cases:write")
    made = program(client, f"/disputes/{row.pk}/client-link")
    assert made.status_code == 201
    token = made.json()["address"].rsplit("/", 1)[-1]
    assert services.peek_client_link(token, NOW).dispute == row
    again = program(client, f"/disputes/{row.pk}/client-link")
    assert (again.json()["id"], again.json()["address"]) == (made.json()["id"], None)
    assert ClientLink.objects.count() == 1
    assert program(client, f"/disputes/{row.pk}/client-link/end").json() == {"ended": 1}
    assert program(client, f"/disputes/{row.pk}/client-link/end", key="2").json() == {"ended": 0}


def test_a_dispute_is_withdrawn_by_people_before_its_answer(
    browser_of: Any, rui: User, priya: User, row: Dispute
) -> None:
    missing = post(browser_of(rui), f"/disputes/{row.pk}/withdraw")
    assert [error["pointer"] for error in missing.json()["errors"]] == ["/reason"]
    other = makers.dispute(of_user(rui), priya.provider)  # type: ignore[arg-type]
    services.deliver(other.pk, NOW)
    services.answer(of_user(priya), other.pk, services.Said(text="We agreed."), NOW)
    assert post(browser_of(rui), f"/disputes/{other.pk}/withdraw", {"reason": "They settled."}).status_code == 409
    done = post(browser_of(rui), f"/disputes/{row.pk}/withdraw", {"reason": "They settled."}).json()
    assert (done["status"], done["outcome_reason"]) == ("withdrawn", "They settled.")


def test_what_reached_nobody_is_delivered_again(browser_of: Any, rui: User, priya: User) -> None:
    User.objects.filter(pk=priya.pk).update(is_active=False)
    row = makers.dispute(of_user(rui), priya.provider)  # type: ignore[arg-type]
    services.deliver(row.pk, NOW)
    shown = browser_of(rui).get(f"{API}/disputes/{row.pk}").json()
    assert (shown["status"], "deliver" in shown["allowed_actions"]) == ("undeliverable", True)
    assert post(browser_of(rui), f"/disputes/{row.pk}/deliver").json()["code"] == "still_undeliverable"
    User.objects.filter(pk=priya.pk).update(is_active=True)
    done = post(browser_of(rui), f"/disputes/{row.pk}/deliver").json()
    assert (done["status"], "deliver" in done["allowed_actions"]) == ("open", False)


def test_a_case_is_given_to_a_colleague_and_to_nobody(browser_of: Any, rui: User, lead: User, priya: User) -> None:
    case = makers.in_conversation(rui, priya)
    address = f"/cases/{case.pk}/assign"
    assert post(browser_of(rui), address, {"assignee": str(lead.pk)}).json()["assignee"] == str(lead.pk)
    unknown = post(browser_of(rui), address, {"assignee": str(priya.pk)})
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "/assignee")
    assert post(browser_of(rui), address).json()["assignee"] is None


class TestTheLibrary:
    def test_it_is_kept_listed_and_retired(self, api_of: Any, priya: User) -> None:
        client, npi = api_of("cases:read", "cases:write"), priya.provider.npi  # type: ignore[union-attr]
        networks = program(client, "/library", KEPT).json()
        own = program(client, "/library", {**KEPT, "provider": npi, "effective_to": "2026-12-31"}, "2").json()
        assert (networks["provider"], own["provider"]["npi"]) == (None, npi)
        listed = client.get(f"{API}/library?provider={npi}&kind=policy").json()["results"]
        assert [(item["id"], item["value"], item["effective_to"]) for item in listed] == [
            (own["id"], POLICY, "2026-12-31")
        ]
        assert len(client.get(f"{API}/library").json()["results"]) == 2
        done = program(client, f"/library/{networks['id']}/retire").json()
        assert (done["retired_at"] is not None, done["allowed_actions"]) == (True, [])
        assert LibraryItem.objects.get(retired_at=None).pk.hex == own["id"].replace("-", "")

    def test_a_provider_keeps_and_may_retire_their_own(self, browser_of: Any, rui: User, priya: User) -> None:
        services.keep_item(of_user(rui), services.NewItem("policy", "Theirs", POLICY, dt.date(2026, 1, 1)), NOW)
        own = post(browser_of(priya), "/library", KEPT).json()
        assert own["provider"]["npi"] == priya.provider.npi  # type: ignore[union-attr]
        listed = browser_of(priya).get(f"{API}/library").json()["results"]
        assert {item["title"]: item["allowed_actions"] for item in listed} == {
            "Policy of 2026": ["retire"],
            "Theirs": [],
        }

    def test_a_key_that_reads_keeps_nothing(self, api_of: Any) -> None:
        assert program(api_of("cases:read"), "/library", KEPT).status_code == 403
        assert api_of("cases:write").get(f"{API}/library").status_code == 403

    def test_what_is_wrong_is_named(self, api_of: Any) -> None:
        client = api_of("cases:write")
        answer = program(client, "/library", {"title": "Policy", "effective_from": "soon"})
        assert {error["pointer"] for error in answer.json()["errors"]} == {"/kind", "/value", "/effective_from"}
        for changes, pointer in (
            ({"kind": "messages"}, "/kind"),
            ({"effective_to": "2025-01-01"}, "/effective_to"),
            ({"provider": "1999999999"}, "/provider"),
        ):
            answer = program(client, "/library", {**KEPT, **changes}, pointer)
            assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)
