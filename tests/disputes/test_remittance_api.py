"""Claims without a session at the API's door: listed, shown with what they may be about, matched and set aside."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clawguard.accounts.models import User
from clawguard.events.models import Event
from disputes.models import Case, ClaimMatch, RememberedMatch, Remittance
from sessions.models import TherapySession
from tests.builders import NOW, npi
from tests.disputes import makers
from tests.disputes.remit_files import DAY, claim, imported, payment, plb

pytestmark = pytest.mark.django_db
ELSEWHEN = DAY + dt.timedelta(days=30)
WAITING = "/api/v1/remittances/waiting"


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path / "data"


@pytest.fixture
def about(priya: User) -> TherapySession:
    return makers.session(priya.provider, external_id="S-1")


def waiting_claim(**changes: Any) -> ClaimMatch:
    """A claim with the number of the session on a day on which there was none."""
    imported(payment("T-1", claim("S-1", date=ELSEWHEN, **changes)))
    return ClaimMatch.objects.get()


def post(client: Any, path: str, body: dict[str, str], key: str = "k") -> Any:
    return client.post(path, body, format="json", headers={"Idempotency-Key": key})


def test_the_work_list_and_what_a_claim_may_be_about(api_of: Any, about: TherapySession) -> None:
    match = waiting_claim()
    client = api_of("remittances:write")
    [row] = client.get(WAITING).json()["results"]
    assert (row["id"], row["claim_id"], row["trace"], row["candidates"]) == (str(match.pk), "S-1", "T-1", 1)
    assert client.get(f"{WAITING}?provider={npi(1)}").json()["results"] == [row]
    assert client.get(f"{WAITING}?payer=other").json()["results"] == []
    shown = client.get(f"/api/v1/remittances/claims/{match.pk}").json()
    [candidate] = shown["candidates"]
    assert (candidate["session"], candidate["external_id"], candidate["score"]) == (str(about.pk), "S-1", 50)
    assert (shown["remittance"], shown["match"]["waits"]) == (row["remittance"], True)


def test_a_program_matches_once_however_often_it_asks(api_of: Any, about: TherapySession) -> None:
    match = waiting_claim()
    client, path = api_of("remittances:write"), f"/api/v1/remittances/claims/{match.pk}/match"
    body = {"session": "S-1", "reason": "Our ledger has the payer's slip."}
    first, again = post(client, path, body), post(client, path, body)
    assert (first.status_code, first.json()) == (200, again.json())
    said = first.json()
    assert (said["session"], said["matched_by"], said["match"]["by"]) == (str(about.pk), "program", "test program")
    assert (said["match"]["label"], said["match"]["reason"]) == ("by a program", body["reason"])
    assert Event.objects.filter(name="remittance.claim_matched", payload__how="program").count() == 1
    assert RememberedMatch.objects.count() == 2
    assert client.get(WAITING).json()["results"] == []


def test_a_reversal_that_a_program_matched_opens_its_case(api_of: Any, about: TherapySession) -> None:
    match = waiting_claim(paid="-142.50", status="22")
    body = {"session": "S-1", "reason": "The day is the payer's slip."}
    assert post(api_of("remittances:write"), f"/api/v1/remittances/claims/{match.pk}/match", body).status_code == 200
    makers.work(NOW)
    assert Case.objects.get().session == about


def test_setting_aside_and_what_cannot_be_said(api_of: Any, about: TherapySession) -> None:
    match = waiting_claim()
    client, path = api_of("remittances:write"), f"/api/v1/remittances/claims/{match.pk}"
    for body, code in (
        ({"session": "S-404", "reason": "x"}, "session_unknown"),
        ({"session": "S-1", "reason": " "}, "required"),
    ):
        refused = post(client, f"{path}/match", body)
        assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert post(client, f"{path}/match", {"reason": "x"}).json()["errors"][0]["pointer"] == "/session"
    aside = post(client, f"{path}/set-aside", {"reason": "Seen outside the network."}, "k2").json()
    assert (aside["matched_by"], aside["match"]["waits"], aside["match"]["by"]) == ("set_aside", False, "test program")
    taken = post(client, f"{path}/match", {"session": "S-1", "reason": "After all."}, "k3").json()
    assert taken["session"] == str(about.pk)
    assert post(client, f"{path}/set-aside", {"reason": "No."}, "k4").status_code == 409


def test_only_a_person_accepts_sums_that_disagree(
    api_of: Any, browser_of: Any, rui: User, about: TherapySession
) -> None:
    imported(payment("T-1", claim("S-1"), amount="100.00"))
    row = Remittance.objects.get()
    path = f"/api/v1/remittances/{row.pk}/accept"
    assert post(api_of("remittances:write"), path, {"reason": "Fine."}).status_code == 403
    accepted = browser_of(rui).post(path, {"reason": "The payer confirmed it."}, content_type="application/json")
    assert accepted.status_code == 200
    assert accepted.json()["balance"]["accepted"]["by"] == "Rui Test"


def test_a_payment_says_at_this_door_what_its_page_says(api_of: Any) -> None:
    first = payment("T-1", claim("S-1", "-142.50", "22", "CO:97:-37.50"), plb("FB", "-142.50", "T-1"))
    second = payment("T-2", claim("S-2", "200.00", "1", "CO:45:-20.00"), plb("FB", "142.50", "T-1"))
    imported(first, second)
    client = api_of("remittances:write")
    [row] = client.get("/api/v1/remittances?takebacks=true").json()["results"]
    assert row["trace"] == "T-1"
    found = client.get(f"/api/v1/remittances/{row['id']}").json()
    [claimed], [account] = found["claims"], found["provider_adjustments"]
    assert (claimed["status_label"], claimed["lines"][0]["first_day"]) == ("reversal of an earlier payment", str(DAY))
    assert account["effect"] == "carried forward to a later payment"
    there = Remittance.objects.get(trace="T-2")
    assert account["elsewhere"] == [{"remittance": str(there.pk), "trace": "T-2", "amount": "142.50"}]
    assert (found["method_label"], found["balance"]["expected"]) == ("transfer (ACH)", "0.00")
