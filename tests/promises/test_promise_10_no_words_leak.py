"""Promise 10: note text and client identity reach no log, mail, address, task, event payload or error report."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clawguard.events import nudge
from clawguard.events.models import Delivery, Event, SentMail
from sessions.models import Backtest, PolicyRevision, Rescreening
from tests import builders, world
from tests.promises import canaries
from tests.promises.canaries import SAID
from tests.story.telling import HOUR, Telling

KEYS = "sessions:read sessions:write cases:read cases:write notes:read notes:write"
CLIENT = {"external_id": canaries.CLIENT, "birth_date": canaries.BIRTH_DATE, "sex": "F", "state": "NY"}


@pytest.fixture
def told_to_broker(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Every word that goes to the broker with a task."""
    sent: list[dict[str, Any]] = []

    def send(deliveries: list[Delivery]) -> None:
        sent.extend({"task": row.task, "args": [row.pk], "queue": row.queue} for row in deliveries)

    monkeypatch.setattr(nudge, "_send", send)
    return sent


def test_promise_10_no_words_leak(
    told: Telling,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    told_to_broker: list[dict[str, Any]],
    django_capture_on_commit_callbacks: Any,
) -> None:
    caplog.set_level(logging.DEBUG)
    with django_capture_on_commit_callbacks(execute=True):
        session = submitted(told)
        request = told.program("get", "/notes-requests", scopes=KEYS)["results"][0]
        answered(told, f"/my/requests/{request['id']}")
        reviewed(told, request["id"])
        case_told(told, session)
        dispute_told(told)
        rules_changed(told)
        refusals(told, request["id"])
    told.work()
    standard = capfd.readouterr()
    everywhere = {
        "logs": caplog.text + standard.out + standard.err,
        "mails": canaries.mails(),
        "addresses": canaries.addresses(told.answers),
        "tasks": canaries.as_text(told_to_broker) + canaries.as_text(list(Delivery.objects.values())),
        "events": canaries.as_text(list(Event.objects.values())),
        "sent mail": canaries.as_text(list(SentMail.objects.values())),
        "refusals": "\n".join(answer.content.decode() for answer in told.answers if answer.status_code >= 400),
    }
    assert all(everywhere.values())  # nothing is proved by an empty place
    assert [(place, word) for word in canaries.ALL for place, text in everywhere.items() if word in text] == []
    assert {word: found for word in canaries.ALL if (found := canaries.tables_holding(word))} == canaries.PLACES
    assert [path for word in canaries.ALL for path in canaries.files_holding(word)] == []


def submitted(told: Telling) -> dict[str, Any]:
    """By file and by itself, with a client whom every later step is about."""
    file = world.rows_file(world.body(1, client=CLIENT))
    told.program("post", "/imports?kind=sessions_ndjson", file, scopes=KEYS, status=202)
    told.work()
    (session,) = told.program("get", "/sessions", scopes=KEYS)["results"]
    told.program("post", "/sessions/check", world.body(3, client=CLIENT), scopes=KEYS)
    told.sends("billing", "/sessions/client", client=canaries.CLIENT)
    return session


def answered(told: Telling, page: str) -> None:
    form = {"submission": str(uuid4()), "seen": "0", "attested": "1", "no_process_notes": "1"}
    told.sends("provider", f"{page}/draft", text=SAID["draft"], explanation="", draft_version="0", **form)
    told.sends("provider", f"{page}/question", text=SAID["question"])
    told.sends("provider", f"{page}/extension", reason=SAID["extension"])
    file = SimpleUploadedFile(f"{SAID['file name']}.txt", SAID["file content"].encode(), "text/plain")
    told.sends("provider", f"{page}/files", file=file)
    told.sends("provider", f"{page}/answer", text=SAID["note"], explanation=SAID["explanation"], **form)
    told.work()


def reviewed(told: Telling, request: str) -> None:
    (note,) = told.program("get", "/notes", scopes=KEYS)["results"]
    told.sends("billing", f"/requests/{request}/reply", text=SAID["reply"])
    shown = told.sends("auditor", f"/requests/{request}/notes/{note['id']}", reason=SAID["access reason"])
    assert SAID["note"] in shown  # the reader does read it
    told.program("get", f"/notes/{note['id']}/content", scopes=KEYS, **{"Access-Reason": SAID["access reason"]})
    told.work()


def case_told(told: Telling, session: dict[str, Any]) -> None:
    case = told.program("post", "/cases", {"session": session["id"]}, scopes=KEYS, status=201)
    told.work()
    page = f"/cases/{case['id']}"
    told.later(HOUR)
    told.sends("billing", f"{page}/message", text=SAID["internal note"], internal="yes")
    told.sends("provider", f"/my{page}/message", text=SAID["message"], kind="answer")
    verdict = {
        "party": "none",
        "clause": "none.no_error",
        "outcome": "no_issue",
        "explanation": "The session is billed as it was held.",
        "evidence": ["date_of_service"],
    }
    told.sends("billing", f"{page}/decide", **verdict)
    told.work()
    told.sends("provider", f"/my{page}/appeal", reason=SAID["appeal"])
    told.work()


def dispute_told(told: Telling) -> None:
    body = {"kind": "billing", "amount": "75.00", "provider": builders.npi(1), "service_date": "2026-11-10"}
    body["statement"] = SAID["statement"]
    dispute = told.program("post", "/disputes", body, scopes=KEYS, status=201)
    told.work()
    told.sends("provider", f"/my/disputes/{dispute['id']}/answer", text=SAID["dispute answer"])
    told.work()


def rules_changed(told: Telling) -> None:
    """A policy is tried and published, and the session is screened again under it."""
    told.sends("lead", "/policies/new", payer_id="60054", first_day="2026-01-01")
    revision = PolicyRevision.objects.get()
    page, mode, value = f"/policies/revisions/{revision.pk}", "mode-blocked_codes", "value-blocked_codes"
    told.sends("lead", page, first_day="2026-01-01", last_day="", reason="Page 12.", **{mode: "here", value: "90837"})
    told.sends("lead", f"{page}/try")
    told.work()
    assert Backtest.objects.get().new > 0
    told.sees("lead", f"/backtests/{Backtest.objects.get().pk}/changes")
    told.sends("lead", f"{page}/propose")
    told.sends("second lead", f"{page}/publish")
    told.sends("lead", "/rule-packs/screen-again", **{"from": "2026-01-01", "to": "2026-12-31"})
    told.work()
    assert Rescreening.objects.get().done > 0


def refusals(told: Telling, request: str) -> None:
    """Whatever is refused, the answer does not repeat what was sent."""
    broken = {**world.body(4, client={**CLIENT, "birth_date": "1967-02-30"}), "note": SAID["note"]}
    told.program("post", "/sessions", broken, scopes=KEYS, status=400)
    told.program("post", "/sessions", {SAID["note"][:9]: 1}, scopes=KEYS, status=400)
    told.program("post", f"/notes-requests/{request}/withdraw", {"reason": SAID["withdrawal"]}, scopes=KEYS, status=409)
    told.program("get", f"/sessions?client_id={canaries.BIRTH_DATE}"[:21], scopes=KEYS, status=400)


def test_a_page_that_breaks_tells_nobody_what_was_on_it(
    told: Telling, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from notes import services

    def broken(*_given: object) -> None:
        raise RuntimeError(f"could not keep {SAID['note']} of {canaries.CLIENT}")

    monkeypatch.setattr(services, "submit_answer", broken)
    told.program("post", "/sessions", world.body(1, client=CLIENT), scopes=KEYS, status=201)
    told.work()
    (request,) = told.program("get", "/notes-requests", scopes=KEYS)["results"]
    browser = world.World(cookies={"provider": told.browser("provider").cookies}).browser("provider")
    form = {"submission": str(uuid4()), "text": SAID["note"], "attested": "1", "no_process_notes": "1"}
    page = browser.post(f"/my/requests/{request['id']}/answer", form)
    assert page.status_code == 500
    standard = capfd.readouterr()
    for word in (SAID["note"], canaries.CLIENT):
        assert word not in page.content.decode()
        assert word not in standard.out + standard.err
    assert "/my/requests/" in standard.err + caplog.text  # it was reported, without its words


def test_the_reader_of_this_test_can_see_that_it_would_notice(told: Telling, tmp_path: Path) -> None:
    """The search itself finds what is there."""
    told.program("post", "/sessions", world.body(1, client=CLIENT), scopes=KEYS, status=201)
    assert canaries.tables_holding(canaries.CLIENT) == {"therapy_sessions_client"}
    (tmp_path / "kept.txt").write_text(canaries.CLIENT)
    assert canaries.files_holding(canaries.CLIENT) == [tmp_path / "kept.txt"]
