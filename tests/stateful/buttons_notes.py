"""Buttons of sessions, findings, notes requests and notes."""

from __future__ import annotations

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile

from notes.models import Note, NotesRequest, StoredFile
from sessions.models import Finding, TherapySession
from tests.stateful.play import PROVIDER, STAFF, Play, count
from tests.stateful.stage import LOCKED_WORD, SECRET_WORD
from tests.world import body

WORDS = f"I looked at it. {SECRET_WORD}"
LOCKED = f"PSYCHOTHERAPY NOTES\n\n{LOCKED_WORD}"
STEERING = {
    "withdraw": {"reason": "It came by mail."},
    "extend": {"business_days": 1, "reason": "They are away."},
    "bounce": {},
    "pause": {"reason": "our_answer"},
    "resume": {},
}


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
    verdict = play.one_of("dismiss", "confirm", "confirm", "restore")
    found = play.pick(Finding, status="dismissed" if verdict == "restore" else "new")
    if found is None:
        return play.missing(f"{verdict} finding")
    given = {"reason": "Times were corrected." if verdict == "dismiss" else "It holds."}
    play.api(f"{verdict} finding", play.whoever(*STAFF), "post", f"/findings/{found}/{verdict}", given)
    return None


def ask_for_notes(play: Play) -> None:
    session = str(play.pick(TherapySession))
    given = {"session_id": session, "items": [{"kind": "start_stop_times"}], "why": "The times are needed."}
    made = play.api("ask for notes", play.whoever(*STAFF, "key of everything"), "post", "/notes-requests", given)
    if made:
        play.stage.keep("notes_notesrequest", made["id"])


def steer_request(play: Play) -> None:
    paused = NotesRequest.objects.filter(paused_at__isnull=False).exists()
    what = "resume" if paused and play.dice.random() < 0.5 else play.one_of(*STEERING)
    wanted = {"paused_at__isnull": what != "resume"} | ({"status": "open"} if what != "resume" else {})
    asked = play.pick(NotesRequest, **wanted)
    if asked is None:
        return play.missing(f"{what} request")
    who = play.whoever("lead", "second lead", "billing", "key of everything")
    play.api(f"{what} request", who, "post", f"/notes-requests/{asked}/{what}", STEERING[what])
    return None


def answer_request(play: Play) -> None:
    asked = play.pick(NotesRequest, status__in=["open", "lapsed"])
    if asked is None:
        return play.missing("answer request")
    text = play.one_of(WORDS, WORDS, WORDS, LOCKED)
    submit = text == LOCKED or play.dice.random() < 0.7
    given = {"text": text, "attested": True, "no_process_notes": True, "submit": submit}
    name = "send locked notes" if text == LOCKED else "answer request" if submit else "draft answer"
    made = play.api(name, play.whoever(*PROVIDER), "post", f"/notes-requests/{asked}/response", given)
    if made and made.get("id"):
        assert text != LOCKED, "promise 12"
        play.stage.keep("notes_note", made["id"])
    return None


def review_item(play: Play) -> None:
    asked = play.pick(NotesRequest, status__in=["answered", "answered_late"], items__status="received")
    accept = play.dice.random() < 0.5
    name = "accept item" if accept else "return item"
    if asked is None:
        return play.missing(name)
    path = f"/notes-requests/{asked}/items/1/{'accept' if accept else 'return'}"
    play.api(name, play.whoever(*STAFF), "post", path, {} if accept else {"reason": "The end is missing."})
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
    play.tally.note("locked file stays shut", "nobody", "done")
    return None


BUTTONS = (
    (submit_session, 4),
    (correct_session, 2),
    (judge_finding, 4),
    (ask_for_notes, 3),
    (steer_request, 4),
    (answer_request, 8),
    (review_item, 5),
    (read_note, 3),
    (send_a_file, 3),
    (open_locked_file, 2),
)
