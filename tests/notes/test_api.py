"""The REST door: programs ask and look, people answer; nobody's note text leaves without a record."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from clawguard.accounts.models import User
from clawguard.events.models import AccessLog, Event
from notes import services
from notes.models import Draft, Note, NotesRequest
from tests.notes.conftest import CANARY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
BASE = "/api/v1/notes-requests"


def key() -> dict[str, str]:
    return {"HTTP_IDEMPOTENCY_KEY": str(uuid4())}


def as_person(user: User) -> APIClient:
    client = APIClient(enforce_csrf_checks=False)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def ask(session: Any, **changes: Any) -> dict[str, Any]:
    return {
        "session_id": str(session.pk),
        "why": "The times are missing.",
        "items": [{"kind": "start_stop_times"}],
        **changes,
    }


def complete(**changes: Any) -> dict[str, Any]:
    return {"text": f"Progress note {CANARY}", "attested": True, "no_process_notes": True, "submit": True, **changes}


def test_a_program_asks_and_the_same_key_asks_once(session: Any, api_of: Any) -> None:
    client, same = api_of("notes:write"), key()
    made = [client.post(BASE, ask(session), **same) for _ in range(2)]
    assert [answer.status_code for answer in made] == [201, 201]
    assert made[0].json() == made[1].json()
    body = made[0].json()
    assert (body["status"], body["origin"], body["items"][0]["kind"]) == ("requested", "api", "start_stop_times")
    assert NotesRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "pointers"),
    [
        ({"items": [{"kind": "x"}]}, ["/items/0/kind"]),
        ({"items": []}, ["/items"]),
        ({"items": [{"kind": "explanation", "label": "x" * 121}]}, ["/items/0/label"]),
        ({"items": "x", "why": 3, "due_at": "2026-01-01"}, ["/due_at", "/items", "/why"]),
        ({"items": [{"kind": "explanation", "status": "accepted"}]}, ["/items/0/status"]),
        ({"session_id": "x"}, ["/session_id"]),
        ({"why": "a\0b"}, ["/why"]),
    ],
)
def test_every_bad_field_is_named(session: Any, api_of: Any, changes: Any, pointers: list[str]) -> None:
    answer = api_of("notes:write").post(BASE, ask(session, **changes), **key())
    assert answer.status_code in (400, 422)
    assert answer["Content-Type"] == "application/problem+json"
    assert sorted(error["pointer"] for error in answer.json()["errors"]) == pointers


def test_a_lone_surrogate_is_named_not_stored(session: Any, api_of: Any) -> None:
    raw = json.dumps(ask(session, why="?")).replace("?", "\\ud800")
    answer = api_of("notes:write").post(BASE, raw, content_type="application/json", **key())
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/why")


def test_scopes_and_reach(session: Any, opened: NotesRequest, api_of: Any, colleague: User) -> None:
    assert api_of("sessions:read").post(BASE, ask(session), **key()).status_code == 403
    assert api_of("notes:read").post(BASE, ask(session), **key()).status_code == 403
    assert api_of("sessions:read").get(f"{BASE}/{opened.pk}").status_code == 403
    assert as_person(colleague).get(f"{BASE}/{opened.pk}").status_code == 404
    assert APIClient().get(f"{BASE}/{opened.pk}").status_code == 401


def test_a_request_explains_its_deadline(opened: NotesRequest, api_of: Any) -> None:
    body = api_of("notes:read").get(f"{BASE}/{opened.pk}").json()
    assert body["due_at"] == "2026-11-24T05:00:00+00:00"
    assert body["deadline"]["due_date"] == "2026-11-23"
    assert [day["number"] for day in body["deadline"]["days"]] == [None, 1, 2, None, None, 3]
    assert (body["state"], body["state_label"]) == ("waiting_on_provider", "waiting on provider")
    assert body["allowed_actions"] == []


def test_lists_filter_and_refuse_what_they_do_not_know(opened: NotesRequest, api_of: Any) -> None:
    client = api_of("notes:read")
    assert len(client.get(BASE, {"status": "open", "session": str(opened.session_id)}).json()["results"]) == 1
    assert client.get(BASE, {"due_before": "2026-11-20T00:00:00Z"}).json()["results"] == []
    for wrong in ({"status": "gone"}, {"order": "password"}, {"session": "x"}, {"limit": "101"}):
        assert client.get(BASE, wrong).status_code == 400


def test_a_person_answers_and_a_program_never_does(opened: NotesRequest, priya: User, api_of: Any) -> None:
    for scope in ("notes:write", "admin"):
        assert api_of(scope).post(f"{BASE}/{opened.pk}/response", complete(), **key()).status_code == 403
    assert Note.objects.count() == 0
    sent = as_person(priya).post(f"{BASE}/{opened.pk}/response", complete())
    assert (sent.status_code, sent.json()["late"], sent.json()["submitted"]) == (201, False, True)
    assert CANARY not in str(sent.json())


def test_without_submit_it_is_a_draft(opened: NotesRequest, priya: User) -> None:
    saved = as_person(priya).post(f"{BASE}/{opened.pk}/response", complete(submit=False))
    assert (saved.status_code, saved.json()["submitted"]) == (200, False)
    assert (Note.objects.count(), Draft.objects.count()) == (0, 1)


def test_process_notes_are_answered_with_what_to_do(opened: NotesRequest, priya: User) -> None:
    answer = as_person(priya).post(f"{BASE}/{opened.pk}/response", complete(text="Process notes\nx"))
    assert (answer.status_code, answer.json()["quarantined"]) == (202, True)
    assert Note.objects.count() == 0


def test_extending_is_for_leads_and_never_for_programs(
    opened: NotesRequest, rui: User, lead: User, api_of: Any
) -> None:
    body = {"business_days": 2, "reason": "Ill"}
    assert api_of("admin").post(f"{BASE}/{opened.pk}/extend", body, **key()).status_code == 403
    assert as_person(rui).post(f"{BASE}/{opened.pk}/extend", body).status_code == 403
    given = as_person(lead).post(f"{BASE}/{opened.pk}/extend", body).json()
    assert (given["due_at"], given["due_changes"][0]["reason"]) == ("2026-11-26T05:00:00+00:00", "Ill")


def test_withdrawing_and_judging(opened: NotesRequest, send: Any, rui: User, now: dt.datetime, api_of: Any) -> None:
    send(opened, now)
    staff = as_person(rui)
    assert api_of("notes:write").post(f"{BASE}/{opened.pk}/items/1/accept", {}, **key()).status_code == 403
    assert staff.post(f"{BASE}/{opened.pk}/items/1/accept").json()["items"][0]["status"] == "accepted"
    assert staff.post(f"{BASE}/{opened.pk}/items/9/accept").status_code == 404
    assert staff.post(f"{BASE}/{opened.pk}/items/2/return", {}).status_code == 400
    assert staff.post(f"{BASE}/{opened.pk}/items/2/return", {"reason": "No stop time"}).status_code == 200
    follow_up = NotesRequest.objects.get(follows=opened)
    taken_back = api_of("notes:write").post(f"{BASE}/{follow_up.pk}/withdraw", {"reason": "Settled by phone"}, **key())
    assert taken_back.json()["status"] == "withdrawn"


def test_notes_show_metadata_and_their_text_only_on_record(
    opened: NotesRequest, send: Any, priya: User, now: dt.datetime, api_of: Any, administrator: User
) -> None:
    note = send(opened, now).note
    client = api_of("notes:read")
    listed = client.get("/api/v1/notes", {"session": str(opened.session_id)}).json()["results"]
    assert [row["sha256"] for row in listed] == [note.digest]
    assert (CANARY in str(listed), AccessLog.objects.count()) == (False, 0)
    content = f"/api/v1/notes/{note.pk}/content"
    assert client.get(content).status_code == 422
    assert CANARY in client.get(content, HTTP_ACCESS_REASON="Records request R-1").json()["text"]
    assert CANARY in as_person(priya).get(content).json()["text"]
    assert api_of("sessions:read").get(content, HTTP_ACCESS_REASON="x").status_code == 403
    assert as_person(administrator).get(content, HTTP_ACCESS_REASON="x").status_code == 404
    assert list(AccessLog.objects.order_by("pk").values_list("reason", "door")) == [
        ("Records request R-1", "api"),
        ("own note", "api"),
    ]


def test_a_provider_adds_a_note_to_an_own_session(make_session: Any, priya: User, colleague: User, api_of: Any) -> None:
    session = make_session()
    body = {"session_id": str(session.pk), "text": f"Note {CANARY}", "attested": True, "no_process_notes": True}
    assert api_of("notes:write").post("/api/v1/notes", body, **key()).status_code == 403
    assert as_person(colleague).post("/api/v1/notes", body).status_code == 404
    assert as_person(priya).post("/api/v1/notes", {**body, "attested": False}).status_code == 422
    assert as_person(priya).post("/api/v1/notes", body).status_code == 201


def test_state_changes_only_by_post(opened: NotesRequest, rui: User) -> None:
    for action in ("extend", "withdraw", "response", "items/1/accept", "items/1/return"):
        assert as_person(rui).get(f"{BASE}/{opened.pk}/{action}").status_code == 405
    assert services.lapse_due(opened.delivered_at) == 0


def test_a_program_reports_a_bounce_and_again_without_effect(opened: NotesRequest, api_of: Any) -> None:
    client = api_of("notes:write")
    told = [client.post(f"{BASE}/{opened.pk}/bounce", {}, **key()) for _ in range(2)]
    assert [answer.status_code for answer in told] == [200, 200]
    assert told[1].json()["status"] == "undeliverable"
    assert (told[1].json()["due_at"], told[1].json()["undeliverable_reason"]) == (None, "mail_bounced")
    assert Event.objects.filter(name="notes.undeliverable").count() == 1


def test_a_bounce_after_the_page_was_seen_is_noted_once(opened: NotesRequest, api_of: Any, priya: User) -> None:
    as_person(priya).get(f"/my/requests/{opened.pk}")
    client = api_of("notes:write")
    told = [client.post(f"{BASE}/{opened.pk}/bounce", {}, **key()) for _ in range(2)]
    assert [answer.json()["status"] for answer in told] == ["open", "open"]
    assert Event.objects.filter(name="notes.bounced").count() == 1


def test_a_key_that_may_only_read_reports_no_bounce(opened: NotesRequest, api_of: Any) -> None:
    assert api_of("notes:read").post(f"{BASE}/{opened.pk}/bounce", {}, **key()).status_code == 403
