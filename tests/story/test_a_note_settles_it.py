"""A short session is imported, its note is asked for, arrives in time and is found enough."""

from __future__ import annotations

from uuid import uuid4

from django.core import mail

from clawguard.events.models import AccessLog, Event
from tests import world
from tests.story.telling import DAY, HOUR, Telling

WORDS = "Session from 10:02 to 10:49; the plan was reviewed."


def test_a_note_settles_it(told: Telling) -> None:
    session = imported(told)
    assert [finding["check"] for finding in session["findings"] if finding["severity"] == "error"] == ["CG101"]
    request = asked(told)
    note = answered(told, request)
    accepted(told, request, note)
    told.later(10 * DAY)  # nothing lapses, reminds or opens after the end
    final = told.program("get", f"/notes-requests/{request['id']}", scopes="notes:read")
    assert (final["status"], final["lapsed_at"]) == ("accepted", None)
    assert told.program("get", "/cases", scopes="cases:read")["results"] == []
    names = Event.objects.filter(subject_id=request["id"]).order_by("id").values_list("name", flat=True)
    assert [name for name in names if name != "notes.viewed"] == [
        "notes.requested",
        "notes.delivered",
        "notes.received",
        "notes.accepted",
    ]


def imported(told: Telling) -> dict[str, object]:
    """Two sessions in one file: an innocent one and one of 47 minutes."""
    file = world.rows_file(world.body(1, minutes=55), world.body(2))
    batch = told.program("post", "/imports?kind=sessions_ndjson", file, scopes="sessions:write", status=202)
    told.work()
    found = told.program("get", "/sessions?status=open", scopes="sessions:read")["results"]
    assert [row["external_id"] for row in found] == ["S-1-2"]
    assert "S-1-2" in told.sees("billing", "/sessions?state=open")
    assert batch["status"] == "received"
    return found[0]


def asked(told: Telling) -> dict[str, object]:
    """Priya hears of it by mail and on her home page, with the day it is due, and so does who answers for her; a
    stranger does not."""
    (request,) = told.program("get", "/notes-requests", scopes="notes:read")["results"]
    assert request["deadline"]["due_date"] == "2026-11-23"
    assert [message.to for message in mail.outbox] == [["priya.test@example.com"], ["delegate.test@example.com"]]
    address = f"/my/requests/{request['id']}"
    assert address in told.sees("provider", "/my")
    assert "Mon 23 Nov, end of day" in told.sees("provider", address)
    assert "You answer for <strong>Provider 1</strong>" in told.sees("delegate", address)
    for stranger in ("other provider", "other delegate"):
        assert told.browser(stranger).get(address).status_code == 404
    return request


def answered(told: Telling, request: dict[str, object]) -> str:
    told.later(5 * HOUR)
    form = {"submission": str(uuid4()), "seen": "0", "text": WORDS, "attested": "1", "no_process_notes": "1"}
    receipt = told.sends("provider", f"/my/requests/{request['id']}/answer", **form)
    assert "on time" in receipt
    told.work()
    (note,) = told.program("get", "/notes", scopes="notes:read")["results"]
    assert note["sha256"][:16] in receipt
    return note["id"]


def accepted(told: Telling, request: dict[str, object], note: str) -> None:
    """Rui finds the answer in his list, reads it, which is recorded and told, and accepts each item."""
    told.later(HOUR)
    page = f"/requests/{request['id']}"
    assert page in told.sees("billing", "/requests?view=answered")
    assert WORDS in told.sends("billing", f"{page}/notes/{note}", reason="")
    for item in request["items"]:
        told.sends("billing", f"{page}/items/{item['number']}/accept")
    told.work()
    assert AccessLog.objects.get().actor_name == "Rui Test"
    assert "Rui Test" in told.sees("provider", f"/my/requests/{request['id']}/receipt")
