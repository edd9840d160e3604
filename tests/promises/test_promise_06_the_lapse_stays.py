"""Promise 6: a late answer is kept, marked late and weighed; the lapse stays in the history."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from clawguard.events.models import Event
from tests import world
from tests.story.telling import HOUR, Telling

KEYS = "sessions:write notes:read cases:read"


def late_answer(told: Telling) -> str:
    """A request that lapsed and was answered an hour later."""
    told.program("post", "/sessions", world.body(1), scopes=KEYS, status=201)
    told.work()
    (request,) = told.program("get", "/notes-requests", scopes=KEYS)["results"]
    told.until(request["due_at"])
    told.later(HOUR)
    form = {"submission": str(uuid4()), "seen": "0", "text": "Note.", "attested": "1", "no_process_notes": "1"}
    assert "late" in told.sends("provider", f"/my/requests/{request['id']}/answer", **form)
    told.work()
    return str(request["id"])


def test_promise_06_a_late_answer_is_kept_and_weighed_and_the_lapse_stays(told: Telling) -> None:
    request = told.program("get", f"/notes-requests/{late_answer(told)}", scopes=KEYS)
    assert request["status"] == "answered_late"
    assert request["lapsed_at"] == request["due_at"]
    assert request["responded_at"] > request["lapsed_at"]
    (note,) = told.program("get", "/notes", scopes=KEYS)["results"]
    assert note["late"]
    (case,) = told.program("get", "/cases", scopes=KEYS)["results"]
    facts = told.program("get", f"/cases/{case['id']}/facts", scopes=KEYS)["results"]
    assert {"note_request.notes_received_at", "note_request.due_at"} <= {fact["fact"] for fact in facts}
    names = list(Event.objects.filter(subject_id=request["id"]).order_by("id").values_list("name", flat=True))
    assert names.index("notes.lapsed") < names.index("notes.received")


@pytest.mark.parametrize(
    "change",
    [
        "lapsed_at = NULL, status = 'answered'",
        "lapsed_at = lapsed_at + interval '1 hour'",
        "due_at = due_at + interval '3 days'",
        "due_at = due_at - interval '1 hour'",
        "delivered_at = delivered_at - interval '1 day'",
    ],
)
def test_promise_06_the_database_keeps_the_lapse(told: Telling, change: str) -> None:
    request = late_answer(told)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE notes_notesrequest SET {change} WHERE id = %s", [request])  # noqa: S608
