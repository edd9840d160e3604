"""Is my note enough? The reader over words and files that leave no trace, for providers and for programs."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clawguard.accounts.models import User
from notes.models import Draft, Note, NotePrint, NoteReading, StoredFile
from sessions.models import TherapySession
from tests import builders
from tests.notes.conftest import CANARY
from tests.notes.intake import clamd, making
from tests.notes.test_reading_flow import NOTE

pytestmark = pytest.mark.django_db
PAGE, API = "/note-check", "/api/v1/notes/check"


def kept() -> int:
    return sum(model.objects.count() for model in (Note, NoteReading, NotePrint, StoredFile, Draft))


class TestThePage:
    def test_a_pasted_note_is_answered_element_by_element(
        self, priya: User, session: TherapySession, browser_of: Any
    ) -> None:
        page = browser_of(priya).post(PAGE, {"session": str(session.pk), "text": NOTE}).content.decode()
        assert "to look at" in page
        assert " found</summary>" in page
        found, _, by_record = page.partition("that the session's record holds</summary>")
        assert "Birth date on every page" not in found, "a typed note does not say so"
        assert "Birth date on every page" in by_record
        assert "Only you see this" in page

    def test_nothing_is_kept_and_nothing_is_written(
        self, priya: User, session: TherapySession, browser_of: Any, tmp_path: Any, caplog: Any
    ) -> None:
        browser = browser_of(priya)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            browser.post(PAGE, {"session": str(session.pk), "text": f"{NOTE} {CANARY}"})
        writes = [query["sql"] for query in asked if query["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
        assert [sql for sql in writes if "accounts_signedin" not in sql] == []
        assert kept() == 0
        assert CANARY not in caplog.text
        assert not (tmp_path / "files").exists()

    @pytest.mark.parametrize(
        ("name", "content"),
        [("note.pdf", making.pdf([NOTE])), ("note.docx", making.docx()), ("note.xml", making.ccda())],
    )
    def test_a_file_is_read_and_forgotten(
        self, name: str, content: bytes, priya: User, session: TherapySession, browser_of: Any, tmp_path: Any
    ) -> None:
        sent = {"session": str(session.pk), "file": SimpleUploadedFile(name, content)}
        page = browser_of(priya).post(PAGE, sent).content.decode()
        assert "to look at" in page
        assert kept() == 0
        assert not (tmp_path / "files").exists()

    def test_a_session_that_is_not_here_yet_is_described(self, priya: User, browser_of: Any) -> None:
        day = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=2)
        described = {
            "session": "",
            "text": NOTE,
            "date_of_service": f"{day}",
            "begins": "10:00",
            "ends": "10:55",
            "telehealth": "none",
            "place_of_service": "11",
            "diagnoses": "F41.1",
            "payer": "other",
            "code-1": "90837",
        }
        answer = browser_of(priya).post(PAGE, described)
        assert answer.status_code == 200
        assert "to look at" in answer.content.decode()
        missing = browser_of(priya).post(PAGE, {**described, "code-1": ""})
        assert missing.status_code == 422

    @pytest.mark.parametrize(
        ("sent", "said"),
        [
            ({"text": ""}, "Paste the note, or choose its file"),
            ({"file": making.locked_pdf()}, "locked with a password"),
            ({"file": b"MZ\x90\x00" * 9}, "This kind of file cannot be taken"),
        ],
    )
    def test_what_cannot_be_read_says_why(
        self, sent: dict[str, Any], said: str, priya: User, session: TherapySession, browser_of: Any
    ) -> None:
        if "file" in sent:
            sent = {"file": SimpleUploadedFile("note.pdf", sent["file"])}
        answer = browser_of(priya).post(PAGE, {"session": str(session.pk), **sent})
        assert answer.status_code == 422
        assert said in answer.content.decode()

    def test_a_text_that_calls_itself_process_notes_is_told_so(
        self, priya: User, session: TherapySession, browser_of: Any
    ) -> None:
        sent = {"session": str(session.pk), "text": "Psychotherapy Notes\nMy own thoughts on what was said."}
        assert "Please do not send this" in browser_of(priya).post(PAGE, sent).content.decode()

    def test_a_harmful_file_is_not_read(
        self, priya: User, session: TherapySession, browser_of: Any, settings: Any
    ) -> None:
        with clamd.running() as server:
            settings.CLAMAV_URL = server.url
            sent = {"session": str(session.pk), "file": SimpleUploadedFile("a.txt", making.EICAR)}
            answer = browser_of(priya).post(PAGE, sent)
        assert answer.status_code == 422
        assert "virus scanner" in answer.content.decode()

    def test_somebody_else_s_session_is_not_there(
        self, colleague: User, session: TherapySession, browser_of: Any
    ) -> None:
        assert browser_of(colleague).post(PAGE, {"session": str(session.pk), "text": NOTE}).status_code == 404


class TestTheApi:
    def test_elements_with_places_and_what_to_add(self, session: TherapySession, api_of: Any) -> None:
        answer = api_of("notes:write").post(API, {"text": NOTE, "session_id": str(session.pk)})
        body = answer.json()
        assert answer.status_code == 200
        assert body["language"] == "en"
        assert {"element", "verdict", "confidence", "spans", "provider"} <= set(body["elements"][0])
        assert "Cognitive restructuring" not in answer.content.decode()
        assert kept() == 0

    def test_a_session_that_is_described(self, db: None, api_of: Any) -> None:
        answer = api_of("notes:write").post(API, {"text": NOTE, "session": builders.session_body()})
        assert answer.status_code == 200
        bad = api_of("notes:write").post(API, {"text": NOTE, "session": {**builders.session_body(), "diagnoses": "F"}})
        assert (bad.status_code, bad.json()["errors"][0]["pointer"]) == (400, "/session/diagnoses")

    @pytest.mark.parametrize("given", [{}, {"session": {}, "session_id": "0190f5b0-0000-7000-8000-000000000001"}])
    def test_one_session_and_no_more(self, given: dict[str, Any], db: None, api_of: Any) -> None:
        answer = api_of("notes:write").post(API, {"text": NOTE, **given})
        assert (answer.status_code, answer.json()["code"]) == (422, "one_session")
