"""What endpoints are owed: one message per event they chose, written with the event, with ids and nothing else."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from django.db import transaction

from clawguard.accounts.actors import SYSTEM, of_user
from clawguard.accounts.models import User
from clawguard.domain.lifecycles import LIFECYCLES
from clawguard.events.services import publish
from clawguard.webhooks import services, topics
from clawguard.webhooks.models import WebhookDelivery
from disputes import services as disputes
from notes import services as notes
from notes.models import NotesRequest
from tests import builders, world
from tests.builders import NOW
from tests.disputes import makers as cases
from tests.webhooks import makers

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
SAID_IN_PAYLOADS = {"type", "timestamp", "data"}
IDS = {"case", "request", "dispute", "session", "decision", "adjustment", "replaces", "follows"}
FACTS = {"origin", "due_at", "party", "clause", "outcome", "amount", "currency", "kind", "done", "item"}


def test_a_case_from_its_opening_to_the_money_is_told_in_order(
    administrator: User, rui: User, priya: User, lead: User
) -> None:
    endpoint = makers.endpoint(administrator)
    case = cases.answered(rui, priya)
    disputes.decide(of_user(rui), case.pk, cases.verdict("provider"), NOW + 2 * HOUR)
    disputes.approve(of_user(lead), case.pk, NOW + 3 * HOUR)
    about = {"case": str(case.pk), "session": str(case.session_id)}
    found = makers.told(endpoint)
    assert [topic for topic, _data in found if topic != "attribution.proposed"] == [
        "case.opened",
        "answer.received",
        "attribution.final",
        "adjustment.proposed",
    ]
    assert all(about.items() <= data.items() for _topic, data in found)
    final, money = found[-2][1], found[-1][1]
    adjustment = case.adjustments.get()
    assert (final["party"], final["decision"]) == ("provider", str(adjustment.decision_id))
    assert money["adjustment"] == str(adjustment.pk)
    assert (money["kind"], money["amount"], money["currency"]) == (adjustment.kind, str(adjustment.amount), "USD")
    assert {row.thread for row in makers.owed(endpoint)} == {str(case.session_id)}


def test_a_request_from_its_sending_to_its_answer_is_told(administrator: User, priya: User) -> None:
    endpoint = makers.endpoint(administrator)
    request = world.delivered()
    due = request.due_at
    notes.remind_due(due - dt.timedelta(hours=8))
    notes.submit_answer(of_user(priya), request.pk, world.answer(), due - 2 * HOUR)
    about = {"request": str(request.pk), "session": str(request.session_id)}
    assert makers.told(endpoint) == [
        ("request.sent", {**about, "due_at": due.isoformat()}),
        ("request.due_soon", about),
        ("answer.received", about),
    ]


def asking_for(rui: User, *kinds: str) -> NotesRequest:
    asked = [notes.Asked(kind, "We look at the time.") for kind in kinds]
    request = notes.open_request(of_user(rui), world.screened().pk, asked, "Please send what is asked for.", NOW)
    notes.deliver(request.pk, SYSTEM, NOW)
    return request


def test_what_staff_make_of_an_answer_is_told_item_by_item_and_as_a_whole(
    administrator: User, rui: User, priya: User
) -> None:
    endpoint = makers.endpoint(administrator, "answer.accepted", "answer.returned", "item.accepted", "item.returned")
    request = asking_for(rui, "progress_note", "treatment_plan")
    notes.submit_answer(of_user(priya), request.pk, world.answer(), NOW + HOUR)
    notes.accept_item(of_user(rui), request.pk, 1, NOW + 2 * HOUR)
    notes.return_item(of_user(rui), request.pk, 2, "The end time of Ms. Doe's visit is missing.", NOW + 3 * HOUR)
    about = {"request": str(request.pk), "session": str(request.session_id)}
    assert makers.told(endpoint) == [
        ("item.accepted", {**about, "item": 1, "kind": "progress_note"}),
        ("item.returned", {**about, "item": 2, "kind": "treatment_plan"}),
        ("answer.returned", about),
    ]
    assert {row.thread for row in makers.owed(endpoint)} == {str(request.session_id)}
    assert not any("Doe" in row.body or "end time" in row.body for row in makers.owed(endpoint))


def test_an_accepted_answer_is_told_and_a_request_that_asks_again_names_the_one_it_follows(
    administrator: User, rui: User, priya: User
) -> None:
    request = asking_for(rui, "progress_note")
    notes.submit_answer(of_user(priya), request.pk, world.answer(), NOW + HOUR)
    notes.return_item(of_user(rui), request.pk, 1, "The end time is missing.", NOW + 2 * HOUR)
    endpoint = makers.endpoint(administrator, "request.sent", "answer.accepted")
    again = request.followed_by.get()
    notes.deliver(again.pk, SYSTEM, NOW + 3 * HOUR)
    notes.submit_answer(of_user(priya), again.pk, world.answer(), NOW + 4 * HOUR)
    notes.accept_item(of_user(rui), again.pk, 1, NOW + 5 * HOUR)
    about = {"request": str(again.pk), "session": str(request.session_id), "follows": str(request.pk)}
    again.refresh_from_db()
    assert makers.told(endpoint) == [
        ("request.sent", {**about, "due_at": again.due_at.isoformat()}),
        ("answer.accepted", about),
    ]


def test_a_request_without_answer_is_told_and_its_last_reminder_is_not_called_due_soon(
    administrator: User, priya: User
) -> None:
    endpoint = makers.endpoint(administrator, "request.lapsed", "request.due_soon")
    request = world.delivered()
    later = request.due_at + dt.timedelta(hours=14)
    notes.sweep(later)
    notes.tell_of_lapse(request.pk, later)
    notes.remind_due(later)
    assert [topic for topic, _data in makers.told(endpoint)] == ["request.lapsed"]


def test_each_hears_of_what_it_chose_and_nobody_of_anything_else(administrator: User, rui: User, priya: User) -> None:
    all_of_it, opened = makers.endpoint(administrator), makers.endpoint(administrator, "case.opened")
    retired = makers.endpoint(administrator)
    services.retire_endpoint(of_user(administrator), retired.pk, NOW)
    cases.answered(rui, priya)
    assert len(makers.owed(all_of_it)) > 1
    assert [topic for topic, _data in makers.told(opened)] == ["case.opened"]
    assert makers.owed(retired) == []


def test_a_paused_endpoint_is_owed_what_happens_meanwhile(administrator: User, rui: User, priya: User) -> None:
    endpoint = makers.endpoint(administrator, "case.opened")
    services.pause_endpoint(of_user(administrator), endpoint.pk, NOW)
    cases.answered(rui, priya)
    assert len(makers.owed(endpoint)) == 1


def test_what_was_rolled_back_is_owed_to_nobody(administrator: User, rui: User, priya: User) -> None:
    endpoint = makers.endpoint(administrator)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        cases.answered(rui, priya)
        raise ZeroDivisionError
    assert makers.owed(endpoint) == []


def test_an_event_nobody_can_choose_is_told_to_nobody(administrator: User) -> None:
    endpoint = makers.endpoint(administrator)
    publish("session.submitted", builders.provider(9), SYSTEM, NOW)
    assert makers.owed(endpoint) == []


def test_a_body_holds_ids_and_facts_of_our_own_and_no_word_of_anybody(
    administrator: User, rui: User, priya: User
) -> None:
    """Promise 10: the keys are counted, so that a new one is looked at by a person first."""
    endpoint = makers.endpoint(administrator)
    case = cases.answered(rui, priya)
    disputes.decide(of_user(rui), case.pk, cases.verdict("none"), NOW + 2 * HOUR)
    row = cases.dispute(of_user(rui), priya.provider)
    disputes.deliver(row.pk, NOW)
    disputes.answer(of_user(priya), row.pk, disputes.Said("contest", "We agreed on the fee."), NOW)
    for message in makers.owed(endpoint):
        body = json.loads(message.body)
        assert set(body) == SAID_IN_PAYLOADS
        assert set(body["data"]) <= IDS | FACTS
        assert "agreed" not in message.body and "Priya" not in message.body
    kept = {name for topic in topics.TOPICS for name in topic.keeps}
    assert kept <= IDS | FACTS


def test_every_topic_comes_of_events_that_happen() -> None:
    moved = {event for moves in LIFECYCLES.values() for event in moves.values()}
    root = Path(__file__).resolve().parents[2]
    code = "".join(path.read_text() for app in ("notes", "disputes") for path in (root / app).rglob("*.py"))
    for topic in topics.TOPICS:
        assert topic.events and all(event in moved or f'"{event}"' in code for event in topic.events), topic.name
    assert len(topics.BY_EVENT) == sum(len(topic.events) for topic in topics.TOPICS)
    assert {"case.opened", "request.sent", "request.due_soon", "answer.received"} <= set(topics.BY_NAME)
    assert {"attribution.proposed", "attribution.final", "adjustment.proposed"} <= set(topics.BY_NAME)


def test_a_test_message_goes_out_whatever_was_chosen(administrator: User) -> None:
    endpoint = makers.endpoint(administrator, "case.opened")
    services.send_test(of_user(administrator), endpoint.pk, NOW)
    assert makers.told(endpoint) == [(topics.TEST, {"endpoint": str(endpoint.pk)})]
    assert WebhookDelivery.objects.get().event is None
