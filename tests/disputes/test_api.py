"""The REST door of cases, disputes and previews: shapes, scopes, refusals, and what only people may do."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from rest_framework.test import APIClient

from clawguard import clock
from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from disputes import services
from disputes.models import Case, Dispute
from tests.builders import NOW
from tests.disputes import makers

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(hours=5)
API = "/api/v1"

# The worked examples of the rules: delivered (local), zone, due date, the first instant that is too late (UTC).
EXAMPLES = [
    ("2026-11-16T10:00-05:00", "America/New_York", "2026-11-19", "2026-11-20T05:00:00Z"),
    ("2026-11-13T16:59-05:00", "America/New_York", "2026-11-18", "2026-11-19T05:00:00Z"),
    ("2026-11-13T22:30-05:00", "America/New_York", "2026-11-18", "2026-11-19T05:00:00Z"),
    ("2026-11-14T10:00-06:00", "America/Chicago", "2026-11-18", "2026-11-19T06:00:00Z"),
    ("2026-11-10T11:00-07:00", "America/Denver", "2026-11-16", "2026-11-17T07:00:00Z"),
    ("2026-11-24T13:00-05:00", "America/New_York", "2026-11-30", "2026-12-01T05:00:00Z"),
    ("2026-11-26T12:00-05:00", "America/New_York", "2026-12-01", "2026-12-02T05:00:00Z"),
    ("2026-07-02T11:00-04:00", "America/New_York", "2026-07-08", "2026-07-09T04:00:00Z"),
    ("2027-07-02T11:00-04:00", "America/New_York", "2027-07-08", "2027-07-09T04:00:00Z"),
    ("2027-06-17T11:00-04:00", "America/New_York", "2027-06-23", "2027-06-24T04:00:00Z"),
    ("2026-12-23T10:00-05:00", "America/New_York", "2026-12-29", "2026-12-30T05:00:00Z"),
    ("2027-12-29T10:00-05:00", "America/New_York", "2028-01-04", "2028-01-05T05:00:00Z"),
    ("2027-03-11T13:00-05:00", "America/New_York", "2027-03-16", "2027-03-17T04:00:00Z"),
    ("2026-10-29T14:00-04:00", "America/New_York", "2026-11-03", "2026-11-04T05:00:00Z"),
    ("2027-03-11T11:00-07:00", "America/Phoenix", "2027-03-16", "2027-03-17T07:00:00Z"),
    ("2027-01-15T10:00-10:00", "Pacific/Honolulu", "2027-01-21", "2027-01-22T10:00:00Z"),
]


def post(client: APIClient, path: str, body: dict[str, Any] | None = None, key: str = "") -> Any:
    return client.post(f"{API}{path}", body or {}, format="json", HTTP_IDEMPOTENCY_KEY=key or str(uuid.uuid4()))


class TestDeadlinePreview:
    def test_it_agrees_with_every_worked_example(self, api_of: Any) -> None:
        client = api_of("cases:read")
        for delivered, zone, due, lapses in EXAMPLES:
            asked = {"delivered_at": delivered, "time_zone": zone}
            for answer in (client.get(f"{API}/deadlines/preview", asked), post(client, "/deadlines/preview", asked)):
                found = answer.json()
                assert (answer.status_code, found["due_date"], found["lapses_at"]["utc"]) == (200, due, lapses)
                counted = [day for day in found["days"] if day["counted"]]
                assert [day["number"] for day in counted] == [1, 2, 3]

    def test_other_numbers_of_days_count_too(self, api_of: Any) -> None:
        asked = {"delivered_at": "2026-11-16T10:00-05:00", "time_zone": "America/New_York", "business_days": 1}
        assert post(api_of("cases:read"), "/deadlines/preview", asked).json()["due_date"] == "2026-11-17"

    @pytest.mark.parametrize(
        ("asked", "pointers"),
        [
            ({}, {"/delivered_at", "/time_zone"}),
            ({"delivered_at": "2026-11-16T10:00", "time_zone": "America/New_York"}, {"/delivered_at"}),
            ({"delivered_at": "2026-11-16T10:00-05:00", "time_zone": "Mars"}, {"/time_zone"}),
            ({"delivered_at": "2026-11-16T10:00-05:00", "time_zone": "UTC", "business_days": 0}, {"/business_days"}),
            ({"delivered_at": "2026-11-16T10:00-05:00", "time_zone": "UTC", "due_at": "x"}, {"/due_at"}),
        ],
    )
    def test_what_cannot_be_counted_is_named(self, api_of: Any, asked: dict[str, Any], pointers: set[str]) -> None:
        answer = post(api_of("cases:read"), "/deadlines/preview", asked)
        assert answer.status_code == 400
        assert answer["Content-Type"] == "application/problem+json"
        assert {error["pointer"] for error in answer.json()["errors"]} == pointers


class TestAttributionPreview:
    def test_a_network_error_is_guaranteed(self, api_of: Any) -> None:
        facts = {
            "contracted_rate": "142.50",
            "eligibility_shown": {"value": "active", "checked_at": "2026-09-10T10:00:00-04:00"},
            "eligibility_actual": {"value": "inactive"},
        }
        found = post(api_of("cases:read"), "/attribution/preview", facts).json()
        assert (found["party"], found["clause"]) == ("network", "network.eligibility_not_caught")
        assert found["guarantee"] == {"applies": True, "amount": "142.50"}
        assert found["needs_second_person"] is False
        assert not Case.objects.exists()

    def test_every_mistake_is_named_at_once(self, api_of: Any) -> None:
        answer = post(api_of("cases:read"), "/attribution/preview", {"carc": 27, "weather": "rain", "retroactive": "x"})
        assert answer.status_code == 400
        assert {error["pointer"] for error in answer.json()["errors"]} == {"/carc", "/weather", "/retroactive"}


class TestCases:
    def test_a_program_opens_states_facts_and_reads(self, api_of: Any, priya: User) -> None:
        client, about = api_of("cases:read", "cases:write"), makers.session(priya.provider)
        opened = post(client, "/cases", {"session": str(about.pk)})
        assert opened.status_code == 201
        case = opened.json()["id"]
        assert post(client, "/cases", {"session": str(about.pk)}).json()["id"] == case
        stated = post(client, f"/cases/{case}/facts", {"facts": {"carc": ["27"], "eligibility_shown": "active"}})
        assert (stated.status_code, len(stated.json()["results"])) == (201, 2)
        makers.work(NOW)
        found = client.get(f"{API}/cases/{case}").json()
        assert {"carc", "eligibility_shown", "date_of_service"} <= {fact["fact"] for fact in found["facts"]}
        assert found["contracted_rate"] == "142.50"
        assert found["attribution"]["party"] == "network"
        assert found["clocks"][0]["owed_by"] == "provider"
        assert [message["kind"] for message in found["conversation"]] == ["notice"]
        assert "case.notice_delivered" in [entry["event"] for entry in found["timeline"]]

    @pytest.mark.parametrize("length", [200, 201])
    def test_where_a_fact_comes_from_is_kept_whole_or_refused(
        self, api_of: Any, rui: User, priya: User, length: int
    ) -> None:
        case = makers.in_conversation(rui, priya)
        client = api_of("cases:read", "cases:write")
        said = {"value": ["27"], "source": "x" * length}
        answer = post(client, f"/cases/{case.pk}/facts", {"facts": {"carc": said, "eligibility_shown": "active"}})
        if length == 200:
            assert answer.status_code == 201
            assert case.added_facts.get(name="carc").source == said["source"]
            shown = {fact["fact"]: fact["source"] for fact in client.get(f"{API}/cases/{case.pk}").json()["facts"]}
            assert shown["carc"] == said["source"], "whole; there is no room for who said it"
            return
        assert answer.status_code == 422
        error = answer.json()["errors"][0]
        assert (error["code"], error["pointer"]) == ("invalid_text", "/facts/carc/source")
        assert not case.added_facts.exists()

    def test_a_retry_with_the_same_key_acts_once(self, api_of: Any, rui: User, priya: User) -> None:
        case = makers.in_conversation(rui, priya)
        client = api_of("cases:read", "cases:write")
        answers = [post(client, f"/cases/{case.pk}/messages", {"text": "Hello"}, key="one") for _ in range(2)]
        assert [answer.status_code for answer in answers] == [201, 201]
        assert answers[0].json() == answers[1].json()
        assert case.messages.filter(kind="message").count() == 1

    def test_what_only_people_may_do_is_refused_to_programs(
        self, api_of: Any, rui: User, lead: User, priya: User
    ) -> None:
        case = makers.decided(rui, lead, priya)
        client = api_of("admin")
        for verb in ("decision", "approve", "appeal", "close"):
            assert post(client, f"/cases/{case.pk}/{verb}").status_code == 403
        assert post(client, f"/cases/{case.pk}/messages", {"text": "x", "internal": True}).status_code == 403

    def test_scopes_are_needed(self, api_of: Any, rui: User, priya: User) -> None:
        case = makers.in_conversation(rui, priya)
        reader, other = api_of("cases:read"), api_of("sessions:read")
        assert post(reader, f"/cases/{case.pk}/facts", {"facts": {"carc": ["27"]}}).status_code == 403
        assert post(reader, f"/cases/{case.pk}/messages", {"text": "x"}).status_code == 403
        assert post(reader, "/cases", {"session": str(case.session_id)}).status_code == 403
        for path in ("/cases", f"/cases/{case.pk}", "/disputes", "/proposed-adjustments"):
            assert other.get(f"{API}{path}").status_code == 403

    @pytest.mark.parametrize("given", [{}, {"text": " "}, {"text": "x" * 10_001}])
    def test_a_message_without_words_or_with_too_many_names_the_field(
        self, api_of: Any, rui: User, priya: User, given: dict[str, str]
    ) -> None:
        case = makers.in_conversation(rui, priya)
        answer = post(api_of("cases:read", "cases:write"), f"/cases/{case.pk}/messages", given)
        assert answer.status_code in (400, 422)
        assert [error["pointer"] for error in answer.json()["errors"]] == ["/text"]

    def test_people_decide_and_approve_through_it(self, browser_of: Any, rui: User, lead: User, priya: User) -> None:
        case = makers.answered(rui, priya)
        verdict = {
            "party": "provider",
            "clause": "provider.coding",
            "outcome": "recover",
            "amount": "40.00",
            "explanation": "47 minutes.",
            "evidence": ["date_of_service"],
        }
        sent = {"content_type": "application/json"}
        proposed = browser_of(rui).post(f"{API}/cases/{case.pk}/decision", verdict, **sent)
        assert (proposed.status_code, proposed.json()["final_at"]) == (201, None)
        own = browser_of(rui).post(f"{API}/cases/{case.pk}/approve", {"agree": True}, **sent)
        assert own.status_code == 403
        agreed = browser_of(lead).post(f"{API}/cases/{case.pk}/approve", {"agree": True}, **sent)
        assert agreed.json()["second_person"]["name"] == "Lead Test"
        listed = browser_of(rui).get(f"{API}/proposed-adjustments").json()["results"]
        assert [(row["kind"], row["amount"]) for row in listed] == [("recover", "40.00")]

    def test_a_refused_decision_names_the_field(self, browser_of: Any, rui: User, priya: User) -> None:
        case = makers.answered(rui, priya)
        body = {"party": "provider", "clause": "x", "outcome": "recover", "explanation": "x", "evidence": ["carc"]}
        answer = browser_of(rui).post(f"{API}/cases/{case.pk}/decision", body, content_type="application/json")
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/clause")

    def test_a_provider_reads_their_own_and_nothing_internal(
        self, browser_of: Any, rui: User, priya: User, colleague: User
    ) -> None:
        case = makers.in_conversation(rui, priya)
        services.post_message(of_user(rui), case.pk, "Between us.", LATER, internal=True)
        found = browser_of(priya).get(f"{API}/cases/{case.pk}")
        assert "Between us." not in found.content.decode()
        assert not {"amount_at_risk", "assignee", "party"} & set(found.json())
        assert "explanation_staff" not in found.json()["attribution"]
        assert browser_of(colleague).get(f"{API}/cases/{case.pk}").status_code == 404
        assert browser_of(colleague).get(f"{API}/cases").json()["results"] == []

    def test_administrators_see_no_case(self, browser_of: Any, administrator: User, rui: User, priya: User) -> None:
        case = makers.in_conversation(rui, priya)
        assert browser_of(administrator).get(f"{API}/cases").status_code == 403
        assert browser_of(administrator).get(f"{API}/cases/{case.pk}").status_code == 404

    def test_unknown_fields_and_parameters_are_named(self, api_of: Any, rui: User, priya: User) -> None:
        case = makers.in_conversation(rui, priya)
        client = api_of("cases:read", "cases:write")
        answer = post(client, f"/cases/{case.pk}/messages", {"text": "x", "status": "decided"})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/status")
        assert client.get(f"{API}/cases?colour=red").status_code == 400

    def test_lists_filter_and_page(self, api_of: Any, rui: User, priya: User) -> None:
        for _ in range(3):
            makers.in_conversation(rui, priya)
        client = api_of("cases:read")
        first = client.get(f"{API}/cases?limit=2&ordering=breach_at").json()
        second = client.get(first["next"]).json()
        assert len({row["id"] for row in first["results"] + second["results"]}) == 3
        assert client.get(f"{API}/cases?status=decided").json()["results"] == []


class TestDisputes:
    NEW = {"kind": "cancellation_fee", "amount": "75.00", "statement": "I cancelled in time.", "external_id": "D-1"}

    def test_opened_once_delivered_drafted_and_answered(self, api_of: Any, browser_of: Any, priya: User) -> None:
        client = api_of("cases:read", "cases:write")
        new = {**self.NEW, "provider": priya.provider.npi, "service_date": "2026-11-10"}
        row = post(client, "/disputes", new).json()
        assert post(client, "/disputes", new).json()["id"] == row["id"]
        makers.work(NOW)
        mine, sent = browser_of(priya), {"content_type": "application/json"}
        said = {"text": "They came late."}
        with clock.pretend(NOW):
            draft = mine.post(f"{API}/disputes/{row['id']}/response", said, **sent)
            final = mine.post(f"{API}/disputes/{row['id']}/response", {**said, "submit": True}, **sent)
        assert (draft.json()["status"], draft.json()["draft"]) == ("open", "They came late.")
        assert (final.json()["status"], final.json()["response"]) == ("answered", "They came late.")
        assert "draft" not in client.get(f"{API}/disputes/{row['id']}").json()

    def test_programs_neither_answer_nor_decide(self, api_of: Any, rui: User, priya: User) -> None:
        row = makers.dispute(of_user(rui), priya.provider)
        services.deliver(row.pk, NOW)
        for verb in ("response", "concede", "decide"):
            assert post(api_of("admin"), f"/disputes/{row.pk}/{verb}").status_code == 403

    def test_staff_decide_what_was_answered(self, browser_of: Any, rui: User, priya: User) -> None:
        row = makers.dispute(of_user(rui), priya.provider)
        services.deliver(row.pk, NOW)
        sent = {"content_type": "application/json"}
        early = browser_of(rui).post(f"{API}/disputes/{row.pk}/decide", {"outcome": "waived", "reason": "x"}, **sent)
        assert early.status_code == 409
        services.concede(of_user(priya), row.pk, NOW)
        done = browser_of(rui).post(
            f"{API}/disputes/{row.pk}/decide", {"outcome": "waived", "reason": "Let go."}, **sent
        )
        assert (done.json()["status"], done.json()["outcome_amount"]) == ("decided", "0.00")

    def test_everything_missing_is_named_at_once(self, api_of: Any) -> None:
        answer = post(api_of("cases:write"), "/disputes", {"amount": 75})
        assert {error["pointer"] for error in answer.json()["errors"]} == {"/kind", "/amount", "/statement"}
        assert not Dispute.objects.exists()
