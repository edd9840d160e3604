"""What people begin messages with, and the files that go with messages and evidence."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.doors.matrix.row import Row, fixed
from tests.world import World

READ, WRITE = "cases:read", "cases:write"
ANSWERED = {"case_id": "answered case"}
SEES, LEAD = "403 403 Y Y Y Y 403 in in in", "403 403 403 403 Y 403 403 in in in"
SHIPPED, DRAFT = {"name": "times_needed"}, {"version_id": "draft wording"}
PROPOSED, OFFERED = {"version_id": "proposed wording"}, {"version_id": "offered wording"}
REASON = fixed({"reason": "Name the source."})
WORDS = fixed(
    {
        "title": "Wording",
        "used_when": "When it fits.",
        "seen": "1",
        "source": "2",
        "ask": "3",
        "by": "4",
        "otherwise": "5",
    }
)
CHOSEN = fixed({"template": "answer_waits"})
TALK, OPEN = {"case_id": "case in talk"}, {"dispute_id": "open dispute"}
SENT, OWN, SHOWN = {"file_id": "case file"}, {"file_id": "case file not sent"}, {"file_id": "case file", "number": 1}
BOTH = "Y 404 Y 404 Y Y 404 in in in"


def a_file(_world: World) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("log.txt", b"The join log of that day.")}


def of_a_kind(world: World) -> dict[str, Any]:
    return {**a_file(world), "kind": "policy"}


ROWS = (
    Row("case-wording", "POST", "403 404 Y 404 Y 403 404 in in in", ANSWERED, CHOSEN),
    Row("case-file-add", "POST", "Y 404 Y 404 Y 403 404 401 401 401", TALK, a_file),
    Row("case-internal-file-add", "POST", "403 404 Y 404 Y 403 404 401 401 401", TALK, a_file),
    Row("my-case-file-add", "POST", "Y 404 Y 404 Y 403 404 401 401 401", TALK, a_file),
    Row(
        "my-dispute-file-add",
        "POST",
        "Y 404 Y 404 Y 403 403 401 401 401",
        {**OPEN, "kind": "policy"},
        a_file,
        delegates="Y 404",
    ),
    Row("case-file-remove", "POST", "Y 404 404 404 404 404 404 401 401 401", OWN),
    Row("case-file", "POST", BOTH, SENT),
    Row("case-file-view", "POST", BOTH, SENT),
    Row("case-file-destroy", "POST", LEAD, {"file_id": "locked case file"}, REASON),
    Row("case-file-destroy-agree", "POST", LEAD, {"file_id": "case file to destroy"}),
    Row("case-file-page", "GET", "404 404 404 404 404 404 404 in in in", SHOWN),
    Row("api-case-files", "POST", "Y 404 Y 404 Y 403 404 Y 403 401", TALK, a_file, scope=WRITE),
    Row(
        "api-dispute-files", "POST", "Y 404 Y 404 Y 403 403 Y 403 401", OPEN, of_a_kind, scope=WRITE, delegates="Y 404"
    ),
    Row("api-case-file", "GET", "Y 404 Y 404 Y Y 404 Y 403 401", SENT, scope=READ),
    Row("templates", "GET", SEES),
    Row("template-new", "GET", LEAD),
    Row("template-new", "POST", LEAD, body=WORDS),
    Row("template", "GET", SEES, SHIPPED),
    Row("template-edit", "POST", LEAD, SHIPPED),
    Row("template-version", "GET", SEES, DRAFT),
    Row("template-version", "POST", LEAD, DRAFT, WORDS),
    Row("template-propose", "POST", LEAD, DRAFT),
    Row("template-publish", "POST", LEAD, PROPOSED),
    Row("template-return", "POST", LEAD, PROPOSED, REASON),
    Row("template-discard", "POST", LEAD, DRAFT),
    Row("template-take-back", "POST", LEAD, OFFERED, REASON),
    Row("api-message-templates", "GET", "403 403 Y Y Y Y 403 Y 403 401", scope=READ),
    Row("api-message-preview", "POST", "403 403 Y 404 Y Y 403 Y 403 401", ANSWERED, CHOSEN, scope=READ),
)
