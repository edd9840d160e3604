"""Buttons of sessions, findings, notes requests and notes."""

from __future__ import annotations

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile

from notes.models import Note, NotesRequest, RequestItem, StoredFile
from sessions.models import Finding, TherapySession
from tests.stateful.play import PROVIDER, STAFF, Play, count
from tests.stateful.stage import LOCKED_WORD, SECRET_WORD
from tests.world import body

WORDS = f"I looked at it. {SECRET_WORD}"
LOCKED = f"PSYCHOTHERAPY NOTES\n\n{LOCKED_WORD}"
RUNNING = {"status": "open", "paused_at": None}
# What is sent, and the requests that it is meant for.
STEERING: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    "withdraw request": ({"reason": "It came by mail."}, {"status": "open"}),
    "extend request": ({"business_days": 1, "reason": "They are away."}, RUNNING),
    "pause request": ({"reason": "our_answer"}, RUNNING),
    "resume request": ({}, {"paused_at__isnull": False}),
    "bounce request": ({}, {"status__in": ["open", "lapsed"], "viewed_at": None, "undeliverable_reason": ""}),
}
LEADS = ("lead", "second lead")


def submit_session(play: Play) -> None:
    given = body(100 + next(play.stage.numbers), minutes=play.one_of(47, 47, 55))
    who = play.whoever("key of everything", "key of sessions and notes", "billing")
    made = play.api("submit session", who, "post", "/sessions", given)
    if made:
        play.stage.keep("therapy_sessions_therapysession", made["id"])


def correct_session(play: Play) -> None:
    row = TherapySession.objects.get(pk=play.pick(TherapySession))
    end = (row.start + dt.timedelta(minutes=play.one_of(47, 50, 55))).isoformat()  # type: ignore[operator]
    who = play.whoever("key of everything", "billing")
    play.api("correct session", who, "patch", f"/sessions/{row.pk}", {"end": end}, **{"If-Match": "*"})


def judge_finding(play: Play) -> None:
    name = play.rule("dismiss finding", "confirm finding", "confirm finding", "restore finding")
    verdict = name.partition(" ")[0]
    found = play.pick(Finding, status="dismissed" if verdict == "restore" else "new")
    if found is None:
        return play.missing(name)
    given = {"reason": "Times were corrected." if verdict == "dismiss" else "It holds."}
    play.api(name, play.whoever(*STAFF), "post", f"/findings/{found}/{verdict}", given)
    return None


def ask_for_notes(play: Play) -> None:
    session = str(play.pick(TherapySession))
    given = {"session_id": session, "items": [{"kind": "start_stop_times"}], "why": "The times are needed."}
    made = play.api("ask for notes", play.whoever(*STAFF, "key of everything"), "post", "/notes-requests", given)
    if made:
        play.stage.keep("notes_notesrequest", made["id"])


def steer_request(play: Play) -> None:
    meant = [name for name, (_, wanted) in STEERING.items() if NotesRequest.objects.filter(**wanted).exists()]
    name = play.rule(*(meant or STEERING))
    given, wanted = STEERING[name]
    asked = play.pick(NotesRequest, **wanted)
    if asked is None:
        return play.missing(name)
    who = play.whoever(*LEADS) if play.in_earnest else play.whoever(*LEADS, "billing", "key of everything")
    play.api(name, who, "post", f"/notes-requests/{asked}/{name.partition(' ')[0]}", given)
    return None


def deliver_again(play: Play) -> None:
    """The clock of what came back starts anew. The API has no such door; the page does."""
    asked = play.pick(NotesRequest, status="undeliverable")
    if asked is None:
        return play.missing("deliver request again")
    play.stage.ask("deliver request again", play.whoever(*STAFF), "post", f"/requests/{asked}/deliver", {})
    return None


def record_outage(play: Play) -> None:
    """Our pages were down for some of the last hours: every clock that ran then is recounted."""
    ended = play.stage.now - dt.timedelta(hours=play.one_of(1, 5, 30))
    began = ended - dt.timedelta(hours=play.one_of(1, 3, 30))
    given = {"from": began.isoformat(), "to": ended.isoformat(), "reason": "The servers were unreachable."}
    play.api("record outage", play.whoever(*LEADS), "post", "/outages", given)


def answer_request(play: Play) -> None:
    asked = play.pick(NotesRequest, status__in=["open", "lapsed"])
    if asked is None:
        return play.missing("answer request")
    name = play.rule(*["answer request"] * 5, *["draft answer"] * 2, *["send locked notes"] * 2)
    text = LOCKED if name == "send locked notes" else WORDS
    given = {"text": text, "attested": True, "no_process_notes": True, "submit": name != "draft answer"}
    made = play.api(name, play.whoever(*PROVIDER), "post", f"/notes-requests/{asked}/response", given)
    if made and made.get("id"):
        assert text != LOCKED, "promise 12"
        play.stage.keep("notes_note", made["id"])
    return None


def review_item(play: Play) -> None:
    waits = NotesRequest.objects.filter(status__in=["requested", "undeliverable", "open"]).values("session")
    answers = NotesRequest.objects.filter(status__in=["answered", "answered_late"]).exclude(session__in=waits)
    row = play.pick(RequestItem, status="received", request__in=answers)  # what is returned is asked for once more
    name = play.rule("accept item", "return item")
    if row is None:
        return play.missing(name)
    item, verdict = RequestItem.objects.get(pk=row), name.partition(" ")[0]
    path = f"/notes-requests/{item.request_id}/items/{item.number}/{verdict}"
    given = {} if verdict == "accept" else {"reason": "The end is missing."}
    play.api(name, play.whoever(*STAFF), "post", path, given)
    return None


def read_note(play: Play) -> None:
    """Whoever is shown the words is written down."""
    note = play.pick(Note)
    if note is None:
        return play.missing("read note")
    before, who = count("events_accesslog"), play.whoever(*STAFF, "auditor", "key of everything")
    shown = play.api("read note", who, "get", f"/notes/{note}/content", **{"Access-Reason": "Review"})
    assert count("events_accesslog") == before + (1 if shown else 0), "promise 11"
    return None


def send_a_file(play: Play) -> None:
    """A file of process notes is locked away as it arrives."""
    asked = play.pick(NotesRequest, status__in=["open", "lapsed"])
    if asked is None:
        return play.missing("send a file")
    words = play.one_of(WORDS, LOCKED)
    chosen = SimpleUploadedFile("note.txt", words.encode())
    play.stage.ask("send a file", play.whoever(*PROVIDER), "post", f"/my/requests/{asked}/files", {"file": chosen})
    return None


def open_locked_file(play: Play) -> None:
    """Nobody opens it, whoever asks; that the words stay away is the success of this button."""
    locked = play.pick(StoredFile, quarantined_at__isnull=False)
    if locked is None:
        return play.missing("locked file stays shut")
    address, who = f"/notes/files/{locked}", play.whoever("lead", "auditor")
    answer = play.stage.ask("try a locked file", who, "post", address, {"reason": "Review"})
    words = b"".join(answer) if answer.streaming else answer.content  # type: ignore[arg-type]
    assert LOCKED_WORD.encode() not in words, "promise 12"
    play.stage.note("locked file stays shut", "nobody", "done")
    return None


def go_on_with_a_request(play: Play) -> None:
    """What comes next for some request: chance alone seldom finds one that waits."""
    there = set(NotesRequest.objects.values_list("status", flat=True))
    steps = [deliver_again] * ("undeliverable" in there) + [steer_request, answer_request] * ("open" in there)
    play.one_of(*(steps or [ask_for_notes]))(play.at_work())


BUTTONS = (
    (go_on_with_a_request, 8, ()),
    (submit_session, 4, ("submit session",)),
    (correct_session, 2, ("correct session",)),
    (judge_finding, 4, ("dismiss finding", "confirm finding", "restore finding")),
    (ask_for_notes, 3, ("ask for notes",)),
    (steer_request, 6, tuple(STEERING)),
    (deliver_again, 2, ("deliver request again",)),
    (record_outage, 1, ("record outage",)),
    (answer_request, 8, ("answer request", "draft answer", "send locked notes")),
    (review_item, 5, ("accept item", "return item")),
    (read_note, 3, ("read note",)),
    (send_a_file, 3, ("send a file",)),
    (open_locked_file, 2, ("locked file stays shut",)),
)
