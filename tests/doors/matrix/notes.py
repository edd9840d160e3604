"""Notes requests, answers, note text and files."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.builders import NOW
from tests.doors.matrix.row import Row, fixed
from tests.world import PDF, World

READ, WRITE = "notes:read", "notes:write"
FORM = "0190f5b0-0000-7000-8000-000000000001"
ANSWER = {"submission": FORM, "seen": "0", "text": "Progress note.", "attested": "1", "no_process_notes": "1"}
RESPONSE = {"text": "Progress note.", "attested": True, "no_process_notes": True, "submit": True}

OPEN, ANSWERED, UNREAD = (
    {"request_id": "open request"},
    {"request_id": "answered request"},
    {"request_id": "unread request"},
)
BOUNCED, NOTE, ITEM = (
    {"request_id": "undelivered request"},
    {"note_id": "note"},
    {"request_id": "answered request", "item": 1},
)
API_ITEM = {"request_id": "answered request", "number": 1}

PROPOSED = {"version_id": "proposed calendar"}
PAUSED = {"request_id": "paused request"}
LOCKED_TEXT = {"request_id": "request of locked text", "note_id": "locked text"}
UNWANTED_TEXT = {"request_id": "request of text to destroy", "note_id": "text to destroy"}
COPIED = {"request_id": "request of copied note", "note_id": "copied note"}
BATCH = {"batch_id": "request batch"}

PROVIDER = "Y 404 403 404 403 403 404 in in in"
PROVIDER_DOES = "Y 404 403 403 403 403 403 in in in"
SCRIPT = "Y 404 403 403 403 403 403 401 401 401"
READS = "403 403 Y 404 Y Y 403 in in in"
WORKS = "403 403 Y 404 Y 403 403 in in in"
LEADS = "403 403 403 403 Y 403 403 in in in"
API_WORKS = "403 403 Y 404 Y 403 403 403 403 401"
API_LEADS = "403 403 403 403 Y 403 403 403 403 401"
QUESTION = fixed({"text": "Is the plan needed, too?"})
REASON = fixed({"reason": "The notes arrived by another way."})
WHY = fixed({"reason": "Review of the session."})


def upload(world: World) -> dict[str, object]:
    return {"file": SimpleUploadedFile("scan.pdf", PDF + b"%", "application/pdf")}


def own_note(world: World) -> dict[str, object]:
    return {"session": str(world.rows["unasked session"].pk), "text": "Progress note."}


def ask(world: World) -> dict[str, object]:
    session = world.rows["unasked session"]
    return {"session_id": str(session.pk), "items": [{"kind": "start_stop_times"}], "why": "The times are needed."}


def outage(world: World) -> dict[str, object]:
    began, ended = NOW - timedelta(days=2), NOW - timedelta(days=2, hours=-1)
    return {"from": began.isoformat(), "to": ended.isoformat(), "reason": "The web servers were unreachable."}


def several(world: World) -> dict[str, object]:
    return {"session": [str(world.rows["unasked session"].pk)]}


def several_ids(world: World) -> dict[str, object]:
    return {"session_ids": several(world)["session"], "dry_run": False}


HANDED = lambda world: {"delegation": str(world.rows["delegation"].pk)}  # noqa: E731
DELEGATION, ABSENCE = {"delegation_id": "delegation"}, {"absence_id": "absence"}
OWN = "Y 404 403 403 403 403 403 in in in"  # the provider in person

API_OWN = "Y 404 403 403 403 403 403 403 403 401"
INVITED = {"name": "Nadia Test", "email": "nadia@example.com"}


def away(world: World) -> dict[str, object]:
    npi = world.users["provider"].provider.npi
    return {"first_day": "2026-11-25", "last_day": "2026-11-27", "provider": npi}


PAGES = (
    Row("my-delegates", "GET", "Y Y 403 403 403 403 403 in in in"),
    Row(
        "my-delegate-invite",
        "POST",
        "Y Y 403 403 403 403 403 in in in",
        body=fixed({"name": "Nadia Test", "email": "nadia@example.com"}),
    ),
    Row("my-delegate-end", "POST", OWN, DELEGATION, delegates="403 403"),
    Row("my-delegate-sees", "POST", OWN, DELEGATION, fixed({"everything": "0"}), delegates="403 403"),
    Row(
        "my-absence",
        "POST",
        "Y Y 403 403 403 403 403 in in in",
        body=fixed({"first_day": "2026-11-25", "last_day": "2026-11-27"}),
    ),
    Row("my-absence-undo", "POST", OWN, ABSENCE, delegates="403 403"),
    Row("my-hand-over", "POST", OWN, OPEN, HANDED, delegates="403 403"),
    Row("my-take-back", "POST", OWN, OPEN, delegates="403 403"),
    Row("invitation", "GET", "Y Y Y Y Y Y Y Y Y Y", {"token": "unknown"}, also=(410,)),
    Row("invitation", "POST", "Y Y Y Y Y Y Y Y Y Y", {"token": "unknown"}, also=(410,)),
    Row("requests", "GET", "Y Y 403 403 403 403 403 in in in", delegates="Y Y"),
    Row("my-request", "GET", PROVIDER, OPEN, delegates="Y 404"),
    Row("my-answer", "POST", PROVIDER_DOES, OPEN, fixed(ANSWER), delegates="Y 404"),
    Row("my-draft", "POST", SCRIPT, OPEN, fixed({**ANSWER, "draft_version": "0"}), delegates="Y 404"),
    Row("my-found", "POST", SCRIPT, OPEN, fixed({"text": "Progress note."}), delegates="Y 404"),
    Row("my-note-form", "POST", "Y Y 403 403 403 403 403 401 401 401", body=fixed({"form": "soap"}), delegates="Y Y"),
    Row("my-files", "POST", SCRIPT, OPEN, upload, delegates="Y 404"),
    Row("my-files-found", "GET", PROVIDER_DOES, OPEN, delegates="Y 404"),
    Row("my-file-remove", "POST", SCRIPT, {"file_id": "chosen file"}, delegates="Y 404"),
    Row(
        "my-upload",
        "POST",
        SCRIPT,
        OPEN,
        fixed({"name": "long.pdf", "size": "9", "digest": "b" * 64}),
        delegates="Y 404",
    ),
    Row("my-upload-piece", "POST", SCRIPT, {"upload_id": "upload", "offset": 0}, fixed(b"%PDF-1.4"), delegates="Y 404"),
    Row("my-upload-cancel", "POST", SCRIPT, {"upload_id": "upload"}, delegates="Y 404"),
    Row("my-extension", "POST", PROVIDER_DOES, OPEN, fixed({"reason": "I am away until Monday."}), delegates="Y 404"),
    Row("my-question", "POST", PROVIDER_DOES, OPEN, fixed({"text": "Is the plan needed too?"}), delegates="Y 404"),
    Row("my-receipt", "GET", PROVIDER, ANSWERED, delegates="Y 404"),
    Row("my-receipt-pdf", "GET", PROVIDER, ANSWERED, delegates="Y 404"),
    Row("my-history", "GET", "Y Y 403 403 403 403 403 in in in"),
    Row("my-note", "POST", PROVIDER_DOES, NOTE),
    Row("precheck", "GET", "Y Y 403 403 403 403 403 in in in"),
    Row("precheck", "POST", "Y 404 403 403 403 403 403 in in in", body=own_note, delegates="403 403"),
    Row("request-list", "GET", "403 403 Y Y Y Y 403 in in in"),
    Row("request-choose", "GET", "403 403 Y Y Y 403 403 in in in"),
    Row("request-look", "POST", WORKS, body=several),
    Row("request-send", "POST", WORKS, body=several),
    Row("request-batch", "GET", "403 403 Y 404 404 403 403 in in in", BATCH),
    Row("request-batch-undo", "POST", "403 403 Y 404 404 403 403 in in in", BATCH),
    Row("request-page", "GET", READS, ANSWERED),
    Row("request-read-note", "POST", "403 404 Y 404 Y Y 404 in in in", {**ANSWERED, **NOTE}, WHY),
    Row("note-file", "POST", "Y 404 Y 404 Y Y 404 in in in", {"file_id": "file"}, WHY),
    Row("note-file-view", "POST", "Y 404 Y 404 Y Y 404 in in in", {"file_id": "file"}, WHY),
    # opened by a ticket that its reader gets with the page around it: see tests/notes/test_file_pages.py
    Row("note-file-page", "GET", "404 404 404 404 404 404 404 in in in", {"file_id": "file", "number": 1}),
    Row("request-beside", "POST", WORKS, ANSWERED),
    Row("request-beside-earlier", "POST", WORKS, COPIED),
    Row("request-judge-item", "POST", WORKS, ITEM, fixed({"accept": "1"})),
    Row("request-judge-element", "POST", WORKS, {**ANSWERED, **NOTE, "element": "N18"}, fixed({"verdict": "met"})),
    Row("note-agreement", "GET", "403 403 403 403 Y Y 403 in in in"),
    Row("request-accept-item", "POST", WORKS, ITEM),
    Row("request-return-item", "POST", WORKS, ITEM, REASON),
    Row("request-withdraw", "POST", WORKS, OPEN, REASON),
    Row("request-extend", "POST", LEADS, OPEN, fixed({"business_days": "2", "reason": "The office was flooded."})),
    Row("request-pause", "POST", LEADS, OPEN, fixed({"reason": "our_answer"})),
    Row("request-resume", "POST", LEADS, PAUSED),
    Row("outages", "GET", "403 403 Y Y Y Y 403 in in in"),
    Row("outages", "POST", LEADS, body=outage),
    Row("calendar", "GET", "403 403 Y Y Y Y Y in in in"),
    Row("calendar", "POST", LEADS, body=fixed({"add": "2026-12-31 Year's end", "why": "The office is closed."})),
    Row("calendar-publish", "POST", "403 403 403 403 Y 403 Y in in in", PROPOSED),
    Row("calendar-discard", "POST", "403 403 403 403 Y 403 Y in in in", PROPOSED),
    Row("request-deliver", "POST", WORKS, BOUNCED),
    Row("request-bounce", "POST", WORKS, UNREAD),
    Row("request-release", "POST", LEADS, {**OPEN, "file_id": "locked file"}, REASON),
    Row("request-destroy", "POST", LEADS, {**OPEN, "file_id": "locked file"}, REASON),
    Row("request-destroy-agree", "POST", LEADS, {**OPEN, "file_id": "file to destroy"}),
    Row("request-destroy-text", "POST", LEADS, LOCKED_TEXT, REASON),
    Row("request-destroy-text-agree", "POST", LEADS, UNWANTED_TEXT),
    Row("request-release-agree", "POST", LEADS, {**OPEN, "file_id": "file asked to be released"}),
    Row("request-reply", "POST", WORKS, OPEN, fixed({"text": "The plan is not needed."})),
    Row("request-new", "GET", WORKS, {"session_id": "unasked session"}),
    Row(
        "request-new",
        "POST",
        WORKS,
        {"session_id": "unasked session"},
        fixed({"item": "start_stop_times", "why": "Please."}),
    ),
    Row("mail", "GET", "403 403 403 403 Y 403 Y in in in"),
    Row("confirm-clock", "POST", "403 403 403 403 Y 403 Y in in in"),
)

API = (
    Row("api-notes-requests", "GET", "Y Y Y Y Y Y 403 Y 403 401", scope=READ, delegates="Y Y"),
    Row("api-notes-requests", "POST", "403 403 Y 404 Y 403 403 Y 403 401", body=ask, scope=WRITE),
    Row("api-notes-requests-bulk", "POST", "403 403 Y 404 Y 403 403 Y 403 401", body=several_ids, scope=WRITE),
    Row("api-notes-request", "GET", "Y 404 Y 404 Y Y 404 Y 403 401", OPEN, scope=READ, delegates="Y 404"),
    Row(
        "api-notes-request-extend",
        "POST",
        "403 403 403 403 Y 403 403 403 403 401",
        OPEN,
        fixed({"business_days": 2, "reason": "Flood."}),
    ),
    Row("api-notes-request-pause", "POST", API_LEADS, OPEN, fixed({"reason": "our_answer"})),
    Row("api-notes-request-resume", "POST", API_LEADS, PAUSED, fixed({})),
    Row("api-calendar", "GET", "403 403 Y Y Y Y Y Y 403 401", scope=READ),
    Row("api-outages", "GET", "403 403 Y Y Y Y 403 Y 403 401", scope=READ),
    Row("api-outages", "POST", API_LEADS, body=outage),
    Row("api-notes-request-withdraw", "POST", "403 403 Y 404 Y 403 403 Y 403 401", OPEN, REASON, scope=WRITE),
    Row("api-notes-request-hand-over", "POST", API_OWN, OPEN, HANDED, delegates="403 403"),
    Row("api-notes-request-take-back", "POST", API_OWN, OPEN, delegates="403 403"),
    Row("api-delegations", "GET", "Y Y Y Y Y Y 403 Y 403 401", scope=READ),
    Row("api-delegations", "POST", "Y Y 403 403 403 403 403 403 403 401", body=fixed(INVITED)),
    Row("api-delegation-end", "POST", API_OWN, DELEGATION, delegates="403 403"),
    Row("api-delegation-sees", "POST", API_OWN, DELEGATION, fixed({"everything": False}), delegates="403 403"),
    Row("api-absences", "GET", "Y Y Y Y Y Y 403 Y 403 401", scope=READ),
    Row("api-absences", "POST", "Y 404 403 403 403 403 403 Y 403 401", body=away, scope=WRITE, delegates="403 403"),
    Row("api-absence-undo", "POST", "Y 404 403 403 403 403 403 Y 403 401", ABSENCE, scope=WRITE, delegates="403 403"),
    Row("api-notes-request-bounce", "POST", "403 403 Y 404 Y 403 403 Y 403 401", UNREAD, fixed({}), scope=WRITE),
    Row(
        "api-notes-request-response",
        "POST",
        "Y 404 403 403 403 403 403 403 403 401",
        OPEN,
        fixed(RESPONSE),
        delegates="Y 404",
    ),
    Row("api-notes-request-files", "POST", API_OWN, OPEN, upload, delegates="Y 404"),
    Row("api-notes-request-ask-extension", "POST", API_OWN, OPEN, REASON, delegates="Y 404"),
    Row("api-notes-request-ask-question", "POST", API_OWN, OPEN, QUESTION, delegates="Y 404"),
    Row("api-notes-request-reply", "POST", API_WORKS, OPEN, QUESTION),
    Row("api-notes-request-deliver", "POST", API_WORKS, BOUNCED),
    Row("api-notes-request-accept", "POST", "403 403 Y 404 Y 403 403 403 403 401", API_ITEM, fixed({})),
    Row("api-notes-request-return", "POST", "403 403 Y 404 Y 403 403 403 403 401", API_ITEM, REASON),
    Row(
        "api-note-check",
        "POST",
        "Y 404 Y 404 Y 403 403 Y 403 401",
        body=lambda w: {"text": "Progress note.", "session_id": str(w.rows["unasked session"].pk)},
        scope=WRITE,
        delegates="403 403",
    ),
    Row("api-notes", "GET", "Y Y Y Y Y Y 403 Y 403 401", scope=READ, delegates="Y Y"),
    Row(
        "api-notes",
        "POST",
        "Y 404 403 403 403 403 403 403 403 401",
        body=lambda w: (
            {k: v for k, v in RESPONSE.items() if k != "submit"} | {"session_id": str(w.rows["unasked session"].pk)}
        ),
        delegates="403 403",
    ),
    Row(
        "api-note-content",
        "GET",
        "Y 404 Y 404 Y Y 404 Y 403 401",
        NOTE,
        headers={"Access-Reason": "Review."},
        scope=READ,
    ),
    Row(
        "api-note-file",
        "GET",
        "Y 404 Y 404 Y Y 404 Y 403 401",
        {"file_id": "file"},
        headers={"Access-Reason": "Review."},
        scope=READ,
    ),
)

ROWS = PAGES + API
