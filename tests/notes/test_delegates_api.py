"""Delegates and absences by the API: the provider in person, programs as far as a calendar goes, readers to read."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import Absence, Delegation, User
from clawguard.events.models import Event
from notes import selectors
from notes.models import NotesRequest
from tests import builders

pytestmark = pytest.mark.django_db
DAYS = {"first_day": "2026-12-24", "last_day": "2026-12-31"}


@pytest.fixture(autouse=True)
def _now(frozen: Any) -> None:
    """The doors read the moment of these tests."""


@pytest.fixture
def dana(priya: User) -> User:
    person = builders.delegate(priya.provider, "Dana Test")
    Delegation.objects.filter(delegate=person).update(everything=False)
    return person


def post(client: Client, path: str, body: dict[str, Any] | None = None, **more: Any) -> Any:
    return client.post(f"/api/v1/{path}", body or {}, content_type="application/json", **more)


def key() -> dict[str, str]:
    return {"HTTP_IDEMPOTENCY_KEY": str(uuid4())}


def test_a_provider_invites_widens_and_ends(priya: User, browser_of: Any) -> None:
    client = browser_of(priya)
    made = post(client, "delegations", {"name": "Nadia Test", "email": "Nadia@example.com"})
    assert (made.status_code, made.json()["email"], made.json()["everything"]) == (201, "nadia@example.com", False)
    assert post(client, "delegations", {"name": "Nadia Test", "email": "nadia@example.com"}).status_code == 422
    address = f"delegations/{made.json()['id']}"
    assert post(client, f"{address}/sees", {"everything": True}).json()["everything"] is True
    assert post(client, f"{address}/end").json()["ended_at"]
    assert post(client, f"{address}/end").status_code == 404
    assert [row["name"] for row in client.get("/api/v1/delegations").json()["results"]] == ["Nadia Test"]


def test_an_address_is_told_to_nobody_else(priya: User, dana: User, rui: User, browser_of: Any, api_of: Any) -> None:
    for client in (browser_of(rui), api_of("notes:read")):
        (row,) = client.get(f"/api/v1/delegations?provider={priya.provider.npi}").json()["results"]
        assert (row["name"], "email" in row) == ("Dana Test", False)


def test_a_provider_enters_an_absence_and_takes_it_back(priya: User, dana: User, browser_of: Any) -> None:
    client, stands = browser_of(priya), str(Delegation.objects.get(delegate=dana).pk)
    made = post(client, "absences", {**DAYS, "delegation": stands, "only_delegate": True})
    assert (made.status_code, made.json()["delegation"], made.json()["only_delegate"]) == (201, stands, True)
    again = post(client, "absences", DAYS)
    assert (again.status_code, again.json()["errors"][0]["pointer"]) == (422, "/first_day")
    assert post(client, f"absences/{made.json()['id']}/undo").json()["undone_at"]
    listed = client.get("/api/v1/absences?on_or_after=2026-12-31").json()["results"]
    assert [row["id"] for row in listed] == [made.json()["id"]]
    assert client.get("/api/v1/absences?on_or_after=2027-01-01").json()["results"] == []


def test_a_program_that_keeps_a_calendar_enters_days_and_nothing_more(priya: User, dana: User, api_of: Any) -> None:
    client, npi = api_of("notes:write"), {"provider": priya.provider.npi}
    once = key()
    made = [client.post("/api/v1/absences", {**DAYS, **npi}, **once) for _ in range(2)]
    assert [answer.status_code for answer in made] == [201, 201]
    assert made[0].json() == made[1].json()
    assert Event.objects.get(name="absence.entered").actor_kind == "api"
    for more in ({"only_delegate": True}, {"delegation": str(Delegation.objects.get(delegate=dana).pk)}):
        refused = client.post("/api/v1/absences", {**DAYS, **npi, **more}, **key())
        assert (refused.status_code, refused.json()["code"]) == (422, "in_person")
    unknown = client.post("/api/v1/absences", {**DAYS, "provider": "1999999984"}, **key())
    assert (unknown.status_code, unknown.json()["code"]) == (422, "unknown_provider")
    address = f"/api/v1/absences/{made[0].json()['id']}/undo"
    Absence.objects.update(
        delegation=Delegation.objects.get(delegate=dana)
    )  # by now the provider arranged it otherwise
    assert client.post(address, {}, **key()).status_code == 404
    Absence.objects.update(delegation=None)
    assert client.post(address, {}, **key()).status_code == 200


@pytest.mark.parametrize("days", [{"first_day": "24 Dec", "last_day": "2026-12-31"}, {"first_day": "2026-12-24"}, {}])
def test_days_that_cannot_be_read_are_named(priya: User, browser_of: Any, days: dict[str, str]) -> None:
    answer = post(browser_of(priya), "absences", days)
    assert answer.status_code == 400
    assert answer.json()["errors"]


def test_one_request_is_handed_over_and_taken_back(
    priya: User, dana: User, opened: NotesRequest, browser_of: Any
) -> None:
    client, stands = browser_of(priya), Delegation.objects.get(delegate=dana)
    address = f"notes-requests/{opened.pk}"
    assert post(client, f"{address}/hand-over", {"delegation": str(stands.pk)}).status_code == 200
    assert list(selectors.visible_requests(of_user(dana))) == [opened]
    assert post(client, f"{address}/hand-over", {"delegation": str(uuid4())}).status_code == 404
    assert post(client, f"{address}/take-back").status_code == 200
    assert not selectors.visible_requests(of_user(dana)).exists()


def test_the_first_day_is_the_practices_own(priya: User, browser_of: Any, frozen: Any, now: dt.datetime) -> None:
    frozen(now.replace(hour=3) + dt.timedelta(days=1))  # the next day in UTC, the evening before in New York
    made = post(browser_of(priya), "absences", {"first_day": "2026-11-19", "last_day": "2026-11-20"})
    assert (made.status_code, made.json()["begun_at"]) == (201, None)
