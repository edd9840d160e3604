"""What was added to a case is taken back with a reason: the history stays, and the case is weighed again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from clawguard.accounts.actors import NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import Event
from disputes import services
from disputes.fact_history import added_facts
from disputes.facts import evidence, gather
from disputes.models import Case, CaseFact
from disputes.selectors.proposals import proposals_of
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
ENDED = {
    "eligibility_shown": {"value": "active", "source": "Our check"},
    "eligibility_actual": {"value": "inactive", "ended_on": "2026-08-31", "source": "Payer portal"},
}
WHY = "It was the coverage of another client."


@pytest.fixture
def case(rui: User, priya: User) -> Case:
    row = makers.answered(rui, priya)
    added(row, rui, ENDED, NOW + 3 * HOUR)
    return row


def added(case: Case, by: User, facts: dict[str, Any], at: dt.datetime) -> None:
    services.add_facts(of_user(by), case.pk, facts, at)
    services.attribute(case.pk, at)
    case.refresh_from_db()


def taken_back(case: Case, by: User, name: str, at: dt.datetime) -> CaseFact:
    row = services.withdraw_fact(of_user(by), case.pk, name, WHY, at)
    services.attribute(case.pk, at)
    case.refresh_from_db()
    return row


def stated(case: Case) -> dict[str, Any]:
    return {fact["fact"]: fact["value"] for fact in evidence(case) if fact["fact"] not in ("date_of_service",)}


def test_nobody_stands_by_it_any_more_and_the_case_is_weighed_again(case: Case, rui: User) -> None:
    assert case.clause == "network.eligibility_not_caught"
    row = taken_back(case, rui, "eligibility_actual", NOW + 4 * HOUR)
    assert case.clause == "open.facts_missing"
    assert not stated(case).keys() & {"eligibility_actual", "ended_on"}
    assert stated(case)["eligibility_shown"] == "active"
    event = Event.objects.get(name="case.fact_withdrawn")
    assert event.payload == {"name": "eligibility_actual", "fact": str(row.pk)}  # codes only: no words of people
    newest = proposals_of(case)[0]
    assert [(fact.name, fact.withdrawn_reason) for fact in newest["facts"]] == [("eligibility_actual", WHY)]


def test_the_task_that_hears_of_it_weighs(case: Case, rui: User) -> None:
    services.withdraw_fact(of_user(rui), case.pk, "eligibility_actual", WHY, NOW + 4 * HOUR)
    makers.work(NOW + 5 * HOUR)
    case.refresh_from_db()
    assert case.clause == "open.facts_missing"


def test_every_statement_stays_readable_and_cannot_be_changed(case: Case, rui: User) -> None:
    taken_back(case, rui, "eligibility_actual", NOW + 4 * HOUR)
    told = [(entry["label"], entry["words"], entry["stands"]) for entry in added_facts(case)]
    assert told == [
        ("Coverage in fact", "", False),
        ("Coverage in fact", "Coverage in fact: inactive; Coverage ended on: Mon 31 Aug 2026", False),
        ("Coverage our system showed", "Coverage our system showed: active", True),
    ]
    with pytest.raises(DatabaseError, match="is refused"), transaction.atomic():
        CaseFact.objects.filter(case=case).update(withdrawn_reason="")


def test_what_it_had_replaced_does_not_come_back_and_it_may_be_stated_anew(case: Case, rui: User) -> None:
    added(case, rui, {"eligibility_actual": "active"}, NOW + 4 * HOUR)
    taken_back(case, rui, "eligibility_actual", NOW + 5 * HOUR)
    assert gather(case).eligibility_actual is None
    added(case, rui, {"eligibility_actual": "inactive"}, NOW + 6 * HOUR)
    assert case.clause == "network.eligibility_not_caught"


def test_a_part_that_was_told_beside_a_fact_is_taken_back_alone(case: Case, rui: User) -> None:
    taken_back(case, rui, "ended_on", NOW + 4 * HOUR)
    known = gather(case)
    assert (known.eligibility_actual, known.ended_on) == ("inactive", None)


def test_what_the_system_recorded_shows_through_again(case: Case, rui: User) -> None:
    added(case, rui, {"contracted_rate": "150.00"}, NOW + 4 * HOUR)
    assert gather(case).conflicts == ("contracted_rate",)
    taken_back(case, rui, "contracted_rate", NOW + 5 * HOUR)
    assert gather(case).conflicts == ()
    assert stated(case)["contracted_rate"] == "142.50"


@pytest.mark.parametrize("name", ["date_of_service", "carc", "no_such_fact", "value"])
def test_what_nobody_added_cannot_be_taken_back(case: Case, rui: User, name: str) -> None:
    with pytest.raises(Refused) as said:
        services.withdraw_fact(of_user(rui), case.pk, name, WHY, NOW + 4 * HOUR)
    assert said.value.code == "not_added"


def test_not_twice_not_without_a_reason_and_not_in_a_closed_case(case: Case, rui: User) -> None:
    with pytest.raises(Refused) as said:
        services.withdraw_fact(of_user(rui), case.pk, "eligibility_actual", "  ", NOW + 4 * HOUR)
    assert said.value.pointer == "/reason"
    taken_back(case, rui, "eligibility_actual", NOW + 4 * HOUR)
    with pytest.raises(Refused):
        services.withdraw_fact(of_user(rui), case.pk, "eligibility_actual", WHY, NOW + 5 * HOUR)
    Case.objects.filter(pk=case.pk).update(contracted_rate=case.contracted_rate)
    services.decide(of_user(rui), case.pk, makers.verdict("none"), NOW + 5 * HOUR)
    makers.work(NOW + 6 * HOUR)
    case.refresh_from_db()
    assert case.appeal_until is not None
    services.close(of_user(rui), case.pk, case.appeal_until)
    with pytest.raises(Refused) as closed:
        services.withdraw_fact(of_user(rui), case.pk, "eligibility_shown", WHY, case.appeal_until)
    assert closed.value.code == "closed"


def test_a_decision_that_rested_on_it_is_pointed_out(case: Case, rui: User) -> None:
    services.decide(of_user(rui), case.pk, makers.verdict("network"), NOW + 4 * HOUR)
    taken_back(case, rui, "eligibility_actual", NOW + 5 * HOUR)
    assert (case.status, case.decision_doubted_at) == ("decided", NOW + 5 * HOUR)


def test_strangers_and_providers_take_nothing_back(case: Case, priya: User, colleague: User) -> None:
    for actor in (of_user(priya), of_user(colleague)):
        with pytest.raises((NotAllowed, NotFound)):
            services.withdraw_fact(actor, case.pk, "eligibility_actual", WHY, NOW + 4 * HOUR)


def test_the_page_takes_it_back_and_says_why(case: Case, rui: User, browser_of: Any) -> None:
    browser, page = browser_of(rui), f"/cases/{case.pk}"
    form = f"{page}/facts/eligibility_actual/withdraw"
    assert f'action="{form}"' in browser.get(page).content.decode()
    refused = browser.post(form, {"reason": "", "fact": "eligibility_actual"})
    assert refused.status_code == 422
    assert b"Say why it does not hold." in refused.content
    assert browser.post(form, {"reason": WHY}).status_code == 302
    shown = browser.get(page).content.decode()
    assert WHY in shown
    assert f'action="{form}"' not in shown


def test_the_api_takes_it_back_and_lists_the_history(case: Case, api_of: Any) -> None:
    client, path = api_of("cases:read", "cases:write"), f"/api/v1/cases/{case.pk}/facts"
    sent = client.post(
        f"{path}/eligibility_actual/withdraw", {"reason": WHY}, format="json", headers={"Idempotency-Key": "1"}
    )
    assert (sent.status_code, sent.json()["withdrawn_reason"]) == (201, WHY)
    body = client.get(path).json()
    assert [row["fact"] for row in body["history"]] == ["eligibility_shown", "eligibility_actual", "eligibility_actual"]
    assert "eligibility_actual" not in {row["fact"] for row in body["results"]}
