"""The virus scanner: asked as files come in and again where it was silent; without one, the product says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clawguard import checks
from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.domain.lifecycles import RequestState
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import Event
from notes import files, readings, scanner, selectors, services, unscanned
from notes.models import FileScan, NotesRequest, StoredFile
from notes.models.reading import ScanVerdict
from tests.notes.intake import clamd, making

NOTE = making.pdf(["A note of some length, typed"])
HARM = NOTE + making.EICAR  # BI-28


@pytest.fixture
def listening(settings: Any) -> Iterator[clamd.Clamd]:
    with clamd.running() as server:
        settings.CLAMAV_URL = server.url
        yield server


class TestTheProtocol:
    @pytest.mark.parametrize(
        ("content", "verdict"),
        [(b"", "clean"), (b"a note", "clean"), (b"x" * 700_000, "clean"), (b"x" + making.EICAR, "infected")],
    )
    def test_verdicts(self, listening: clamd.Clamd, content: bytes, verdict: str) -> None:
        assert scanner.scan(content).verdict == verdict

    def test_what_is_beyond_its_limits_was_not_scanned(self, listening: clamd.Clamd) -> None:  # BI-30
        listening.limit = 10
        assert scanner.scan(b"x" * 11).verdict == "unscannable"

    @pytest.mark.parametrize("size", [1025, 400_000, 25 * 1024 * 1024])
    def test_what_it_hangs_up_on_was_not_scanned(self, listening: clamd.Clamd, size: int) -> None:
        listening.stream_limit = 1024
        assert scanner.scan(bytes(size)) == scanner.Scanned(ScanVerdict.UNSCANNABLE, "size limit")

    @pytest.mark.parametrize("answer", ["-", "stream: Can't allocate memory ERROR", "nonsense"])
    def test_silence_and_errors_are_no_verdict(self, listening: clamd.Clamd, answer: str) -> None:
        listening.answer = answer
        with pytest.raises(scanner.ScannerDown):
            scanner.scan(b"x")
        assert scanner.is_there()

    def test_nobody_there(self, settings: Any) -> None:
        settings.CLAMAV_URL = clamd.nobody_there()
        assert not scanner.is_there()
        with pytest.raises(scanner.ScannerDown):
            scanner.scan(b"x")


@pytest.mark.django_db
class TestFiles:
    @pytest.fixture
    def add(self, priya: User, opened: NotesRequest, now: dt.datetime) -> Callable[..., StoredFile]:
        return lambda content=NOTE, name="note.pdf": services.add_file(of_user(priya), opened.pk, name, [content], now)

    @pytest.mark.parametrize(
        ("name", "content"),
        [("a.txt", making.EICAR), ("a.pdf", HARM), ("a.docx", making.docx(extra={"x": making.EICAR}))],
    )
    def test_a_harmful_file_is_locked_away_and_its_provider_told(
        self, name: str, content: bytes, priya: User, opened: NotesRequest, browser_of: Any, settings: Any
    ) -> None:
        with clamd.running(answer=f"stream: {clamd.SIGNATURE} FOUND") as server:
            settings.CLAMAV_URL = server.url
            chosen = SimpleUploadedFile(name, content)
            answer = browser_of(priya).post(
                f"/my/requests/{opened.pk}/files", {"file": chosen}, HTTP_ACCEPT="application/json"
            )
        assert (answer.status_code, answer.json()["code"]) == (422, "file_infected")
        row = StoredFile.objects.get()
        assert row.quarantine_reason == "infected"
        assert FileScan.objects.get().signature == clamd.SIGNATURE
        assert Event.objects.filter(name="notes.file_quarantined", subject_id=str(row.pk)).exists()
        opened.refresh_from_db()
        assert opened.status == RequestState.OPEN  # the clock runs on

    @pytest.mark.parametrize("limits", [{"limit": 100}, {"stream_limit": 100}])
    def test_one_beyond_the_scanner_s_limits_is_locked_away_as_not_scanned(  # BI-30
        self, priya: User, opened: NotesRequest, browser_of: Any, settings: Any, limits: dict[str, int]
    ) -> None:
        with clamd.running(**limits) as server:
            settings.CLAMAV_URL = server.url
            answer = browser_of(priya).post(
                f"/my/requests/{opened.pk}/files",
                {"file": SimpleUploadedFile("a.pdf", NOTE)},
                HTTP_ACCEPT="application/json",
            )
        assert (answer.status_code, answer.json()["code"]) == (422, "file_unscannable")
        assert "smaller PDF" in answer.json()["detail"]
        assert StoredFile.objects.get().quarantine_reason == "unscannable"
        assert FileScan.objects.get().verdict == ScanVerdict.UNSCANNABLE

    def test_a_clean_one_says_so(self, listening: clamd.Clamd, add: Any) -> None:
        row = add()
        assert "Scanned: nothing found" in readings.states_of([row])[row.pk].words

    def test_without_a_scanner_it_is_said_plainly(self, add: Any) -> None:
        row = add()
        assert "Not scanned: this network has no virus scanner" in readings.states_of([row])[row.pk].words
        assert FileScan.objects.count() == 0

    def test_a_silent_scanner_leaves_the_file_waiting_unopened(  # BI-29
        self, settings: Any, add: Any, send: Any, opened: NotesRequest, rui: User, now: dt.datetime
    ) -> None:
        settings.CLAMAV_URL = clamd.nobody_there()
        row = add()
        note = send(opened, now, text="").note
        assert note.received_at == now
        with pytest.raises(Refused, match="has not looked"):
            selectors.read_file(of_user(rui), row.pk, door="page", reason="review", now=now)
        assert services.scan_waiting(now) == 0
        with clamd.running() as server:
            settings.CLAMAV_URL = server.url
            assert services.scan_waiting(now) == 1
            assert services.scan_waiting(now) == 0
            assert server.seen == 1
            assert selectors.read_file(of_user(rui), row.pk, door="page", reason="review", now=now)

    def test_a_file_that_cannot_be_read_keeps_no_later_one_waiting(
        self,
        settings: Any,
        add: Any,
        now: dt.datetime,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        settings.CLAMAV_URL = clamd.nobody_there()
        monkeypatch.setattr("notes.services.scanning.BATCH", 2)
        missing, broken, *others = [add(f"Progress note {n}".encode(), "note.txt") for n in range(5)]
        files.destroy(missing.stored_as)
        (files.folder() / broken.stored_as).write_bytes(b"not what was stored")
        with clamd.running() as server:
            settings.CLAMAV_URL = server.url
            assert [services.scan_waiting(now) for _ in range(3)] == [2, 1, 0]
        assert set(FileScan.objects.values_list("file", flat=True)) == {row.pk for row in others}
        assert {str(missing.pk), str(broken.pk)} == {
            record.file for record in caplog.records if record.levelname == "ERROR"
        }

    def test_a_file_the_scanner_has_no_answer_for_keeps_no_later_one_waiting(
        self, settings: Any, add: Any, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.CLAMAV_URL = clamd.nobody_there()
        first, second = add(b"Progress note 1", "note.txt"), add(b"Progress note 2", "note.txt")
        with clamd.running() as server:
            settings.CLAMAV_URL = server.url
            monkeypatch.setattr(
                clamd._Handler, "_verdict", lambda _self, content: "?" if b"1" in content else "stream: OK"
            )
            assert [services.scan_waiting(now) for _ in range(2)] == [1, 0]
        assert list(FileScan.objects.values_list("file", flat=True)) == [second.pk]
        assert unscanned.waits_for_scan(first)

    def test_harm_that_is_found_later_is_locked_away_and_asked_for_again(
        self, settings: Any, add: Any, send: Any, opened: NotesRequest, rui: User, now: dt.datetime
    ) -> None:
        settings.CLAMAV_URL = clamd.nobody_there()
        row = add(HARM)
        send(opened, now, text="")
        with clamd.running() as server:
            settings.CLAMAV_URL = server.url
            assert services.scan_waiting(now) == 1
        row.refresh_from_db()
        assert row.quarantine_reason == "infected"
        assert "virus scanner" in NotesRequest.objects.get(follows=opened).why
        with pytest.raises(NotFound):
            selectors.read_file(of_user(rui), row.pk, door="page", reason="review", now=now)


@pytest.mark.parametrize(
    ("url", "ids"),
    [
        ("", {"clawguard.W001"}),
        ("unix:///run/clamav/clamd.ctl", set()),
        ("tcp://clamd:3310", set()),
        ("tcp://127.0.0.1:3310", set()),
        ("tcp://scanner.example.com:3310", {"clawguard.E013"}),
    ],
)
def test_production_says_what_is_unsafe(settings: Any, url: str, ids: set[str]) -> None:
    settings.PRODUCTION, settings.CLAMAV_URL = True, url
    found = [*checks.unsafe_production(), *checks.no_scanner()]
    assert {each.id for each in found} & {"clawguard.W001", "clawguard.E013"} == ids
