"""Uploads: by content, by name, by size; sealed on disk; served to whom, and lost never."""

from __future__ import annotations

import datetime as dt
import errno
import os
from pathlib import Path
from typing import Any

import pytest

from clawguard import note_keys, sealing
from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.events.errors import NotFound, Refused, TryLater
from notes import files, process_notes, sandbox, selectors, services
from notes.extraction import kinds
from notes.models import NotesRequest, StoredFile
from tests.notes.conftest import CANARY, PDF
from tests.notes.intake import making


@pytest.mark.parametrize(
    ("name", "content", "kind", "shown"),
    [
        ("note.pdf", PDF, kinds.PDF, "note.pdf"),
        ("IMG_0417.HEIC", making.heic(), kinds.HEIC, "IMG_0417.heic"),
        ("note.docx", making.docx(), kinds.DOCX, "note.docx"),
        ("note.md", b"90837 < 53 minutes & more", kinds.TEXT, "note.txt"),
    ],
)
def test_what_can_be_read_is_taken_under_a_fitting_name(name: str, content: bytes, kind: str, shown: str) -> None:
    received = files.receive(name, [content])
    assert (received.content_type, received.display_name) == (kind, shown)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("note.pdf", b"", "file_empty"),
        ("photo.jpg", PDF, "file_type_differs"),
        ("note.pdf", making.locked_pdf(), "file_locked"),
        ("photo.jpg", making.jpeg()[:-2000], "file_broken"),
        ("note.pdf", making.cyclic_pages(), "file_broken"),
        ("note.pdf", making.stacked_flate(), "file_too_complex"),
    ],
)
def test_the_rest_is_refused_with_what_to_do(name: str, content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        files.receive(name, [content])
    assert (refused.value.code, refused.value.pointer) == (code, "/file")
    assert len(refused.value.message) > 20


@pytest.mark.parametrize("reason", ["busy", "unstarted"])
def test_where_nobody_can_look_just_now_the_file_is_taken(reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def look(*_: object) -> None:
        raise sandbox.Stopped(reason)

    monkeypatch.setattr(sandbox, "look", look)
    assert files.receive("note.pdf", [PDF]).opening == ""


def test_size_is_limited_while_the_pieces_come_in(settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 3000
    assert files.receive("a.txt", [b"x" * 1000] * 3)
    with pytest.raises(Refused, match="larger"):
        files.receive("a.txt", [b"x" * 1000] * 3 + [b"x"])


def test_reading_stops_with_the_piece_that_is_too_much(settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 10
    taken = []
    with pytest.raises(Refused):
        files.receive("a.txt", (taken.append(1) or b"x" * 8 for _ in range(1000)))
    assert len(taken) == 2


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\scans\\note.pdf", "note.pdf"),
        ("a\u202efdp.exe", "afdp.pdf"),
        (".hidden", "hidden.pdf"),
        ("...", "file.pdf"),
        ("", "file.pdf"),
        ("x" * 4000 + ".pdf", "x" * 116 + ".pdf"),
        ('no"te\r\nX: y%00.pdf', "noteX y00.pdf"),
        ("re\u0301sume\u0301.pdf", "résumé.pdf"),
    ],
)
def test_names_are_made_fit_to_be_shown(given: str, shown: str) -> None:
    assert files.clean_name(given, kinds.PDF) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Psychotherapy Notes",
        "\n\n  PROCESS NOTES — private\n",
        "# My process note",
        "Confidential psychotherapy notes:",
    ],
)
def test_titles_that_say_process_notes_are_seen(text: str) -> None:
    assert process_notes.names_itself_process_notes(text + "\nThe client dreamt of …")


@pytest.mark.parametrize(
    "text",
    [
        "Progress note 16 Sep 2026\nNo psychotherapy notes were kept.",
        "Psychotherapy session, 50 minutes\nS: …",
        "SOAP note",
        "Psychotherapy notes: none",
        "Process of grief noted. Plan: …",
        "Psychotherapy note about the session of Wednesday, in which we went on with the plan",
    ],
)
def test_progress_notes_that_mention_them_are_taken(text: str) -> None:
    assert not process_notes.names_itself_process_notes(text)


@pytest.mark.django_db
class TestStored:
    def add(self, priya: User, opened: NotesRequest, now: dt.datetime, content: bytes = PDF) -> StoredFile:
        return services.add_file(of_user(priya), opened.pk, "note.pdf", [content], now)

    def test_the_bytes_on_disk_are_sealed_under_a_random_name(
        self, priya: User, opened: NotesRequest, now: dt.datetime, tmp_path: Path
    ) -> None:
        row = services.add_file(of_user(priya), opened.pk, "n.txt", [f"Progress {CANARY}".encode()], now)
        (stored,) = (tmp_path / "files").iterdir()
        assert stored.name == row.stored_as
        assert "n.txt" not in stored.name
        assert CANARY.encode() not in stored.read_bytes()
        assert stored.stat().st_mode & 0o077 == 0
        assert files.read(row.pk, row.stored_as) == f"Progress {CANARY}".encode()

    def test_bytes_that_were_tampered_with_or_swapped_do_not_open(
        self, priya: User, opened: NotesRequest, now: dt.datetime, tmp_path: Path
    ) -> None:
        row, other = self.add(priya, opened, now), self.add(priya, opened, now, PDF + b"\n%%EOF\n")
        with pytest.raises(sealing.SealBroken):
            files.read(row.pk, other.stored_as)
        path = tmp_path / "files" / row.stored_as
        content = bytearray(path.read_bytes())
        content[-1] ^= 1
        path.write_bytes(content)
        with pytest.raises(sealing.SealBroken):
            files.read(row.pk, row.stored_as)

    def test_the_same_file_twice_is_one(self, priya: User, opened: NotesRequest, now: dt.datetime) -> None:
        assert self.add(priya, opened, now) == self.add(priya, opened, now)
        assert StoredFile.objects.count() == 1

    def test_a_full_disk_records_nothing_and_says_so(
        self, priya: User, opened: NotesRequest, now: dt.datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(handle: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(TryLater) as refused:
            self.add(priya, opened, now)
        assert refused.value.code == "storage_full"
        assert StoredFile.objects.count() == 0
        assert list((tmp_path / "files").iterdir()) == []

    def test_a_disk_that_became_read_only_says_so_too(
        self, priya: User, opened: NotesRequest, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def read_only(*_given: Any, **_more: Any) -> None:
            raise OSError(errno.EROFS, "Read-only file system")  # of unlink as well: even where there is nothing

        monkeypatch.setattr(os, "fdopen", read_only)
        monkeypatch.setattr(Path, "unlink", read_only)
        with pytest.raises(TryLater) as refused:
            self.add(priya, opened, now)
        assert refused.value.code == "storage_full"
        assert StoredFile.objects.count() == 0

    def test_promise_7_bytes_are_on_disk_before_their_row_is_written(
        self, priya: User, opened: NotesRequest, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        files.folder()
        steps: list[str] = []
        sync, create = os.fsync, StoredFile.objects.create
        monkeypatch.setattr(os, "fsync", lambda handle: (steps.append("fsync"), sync(handle))[1])
        monkeypatch.setattr(StoredFile.objects, "create", lambda **row: (steps.append("row"), create(**row))[1])
        self.add(priya, opened, now)
        assert steps == ["fsync", "fsync", "row"]  # the file, its folder, then the row

    def test_a_file_that_was_sent_cannot_be_taken_out(
        self, priya: User, opened: NotesRequest, send: Any, now: dt.datetime
    ) -> None:
        row = self.add(priya, opened, now)
        send(opened, now, text="")
        with pytest.raises(Refused, match="stays with it"):
            services.remove_file(of_user(priya), row.pk, now)

    def test_strangers_neither_add_nor_remove_nor_read(
        self, priya: User, colleague: User, opened: NotesRequest, send: Any, now: dt.datetime
    ) -> None:
        row = self.add(priya, opened, now)
        with pytest.raises(NotFound):
            services.add_file(of_user(colleague), opened.pk, "a.pdf", [PDF], now)
        with pytest.raises(NotFound):
            services.remove_file(of_user(colleague), row.pk, now)
        send(opened, now, text="")
        with pytest.raises(NotFound):
            selectors.read_file(of_user(colleague), row.pk, door="page", reason="curious", now=now)

    def test_bytes_without_a_row_are_swept_after_a_week_and_no_others(
        self, priya: User, opened: NotesRequest, now: dt.datetime, tmp_path: Path
    ) -> None:
        row = self.add(priya, opened, now)
        old, young = tmp_path / "files" / "old.sealed", tmp_path / "files" / "young.sealed"
        for path in (old, young):
            path.write_bytes(b"x")
        today = dt.datetime.now(dt.UTC)
        long_ago = (today - dt.timedelta(days=8)).timestamp()
        for path in (old, tmp_path / "files" / row.stored_as):
            os.utime(path, (long_ago, long_ago))
        assert services.remove_orphans(today) == 1
        assert not old.exists()
        assert young.exists()
        assert files.read(row.pk, row.stored_as) == PDF


class TestSealing:
    BOUND = sealing.binding("note", "one", 1)

    @pytest.mark.parametrize("size", [0, 1, sealing.FRAME - 1, sealing.FRAME, sealing.FRAME + 1, 3 * sealing.FRAME])
    def test_what_is_sealed_opens_again(self, size: int) -> None:
        plain = os.urandom(size)
        assert sealing.unseal(sealing.seal(plain, self.BOUND), self.BOUND) == plain

    def test_it_opens_for_the_same_row_and_version_only(self) -> None:
        sealed = sealing.seal(b"text", self.BOUND)
        for other in (
            sealing.binding("note", "two", 1),
            sealing.binding("note", "one", 2),
            sealing.binding("file", "one", 1),
        ):
            with pytest.raises(sealing.SealBroken):
                sealing.unseal(sealed, other)

    def test_every_single_byte_matters(self) -> None:
        sealed = sealing.seal(b"text", self.BOUND)
        for place in range(len(sealed)):
            changed = bytearray(sealed)
            changed[place] ^= 1
            with pytest.raises(sealing.SealBroken):
                sealing.unseal(bytes(changed), self.BOUND)

    def test_frames_cannot_be_dropped_repeated_or_swapped(self) -> None:
        sealed = sealing.seal(os.urandom(3 * sealing.FRAME), self.BOUND)
        size = sealing.FRAME + sealing.TAG
        head, body = sealed[: sealing.HEADER], sealed[sealing.HEADER :]
        one, two, three = body[:size], body[size : 2 * size], body[2 * size :]
        for parts in ((one, two), (one, three), (two, one, three), (one, two, two, three), (one, two, three[:-1]), ()):
            with pytest.raises(sealing.SealBroken):
                sealing.unseal(head + b"".join(parts), self.BOUND)

    def test_equal_texts_never_look_equal(self) -> None:
        assert sealing.seal(b"text", self.BOUND) != sealing.seal(b"text", self.BOUND)

    def test_keys_rotate_by_wrapping_the_data_key_anew(self, settings: Any) -> None:
        old, new = note_keys.make(), note_keys.make()
        settings.NOTE_KEYS = [old]
        sealed = sealing.seal(b"text", self.BOUND)
        settings.NOTE_KEYS = [new, old]
        assert not sealing.is_newest(sealed)
        rotated = sealing.rewrap(sealed, self.BOUND)
        assert (sealing.is_newest(rotated), rotated[72:] == sealed[72:]) == (True, True)
        settings.NOTE_KEYS = [new]
        assert sealing.unseal(rotated, self.BOUND) == b"text"
        with pytest.raises(sealing.SealBroken):
            sealing.unseal(sealed, self.BOUND)
