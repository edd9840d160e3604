"""Files in pieces: what arrived stays, the rest goes on from there, and only the whole file becomes one."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import os
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from clawguard.domain.lifecycles import RequestState
from clawguard.events.errors import NotFound, Refused, TryLater
from notes import files, services
from notes.models import Note, NotesRequest, StoredFile, Upload, UploadPiece
from notes.services import grace
from tests.notes.conftest import CANARY

LONG = f"Progress note. {CANARY}\n".encode() * 100
SIZE, DIGEST = len(LONG), hashlib.sha256(LONG).hexdigest()
MINUTE = dt.timedelta(minutes=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def begin(priya: User, opened: NotesRequest) -> Callable[..., Upload]:
    def begin_upload(now: dt.datetime, **changes: Any) -> Upload:
        given = {"name": "scan.txt", "size": SIZE, "digest": DIGEST, **changes}
        return services.begin_upload(of_user(priya), opened.pk, now=now, **given)

    return begin_upload


def take(priya: User, upload: Upload, at: int, until: int, now: dt.datetime) -> Upload:
    return services.take_piece(of_user(priya), upload.pk, at, LONG[at:until], now)


def test_two_pieces_make_the_file_and_the_first_byte_dates_it(
    priya: User, begin: Callable[..., Upload], now: dt.datetime
) -> None:
    upload = begin(now)
    take(priya, upload, 0, 1000, now + MINUTE)
    upload = take(priya, upload, 1000, SIZE, now + 5 * MINUTE)
    row = services.finish_upload(of_user(priya), upload, now + 6 * MINUTE)
    assert (row.sha256, row.size) == (DIGEST, SIZE)
    assert (row.begun_at, row.uploaded_at) == (now + MINUTE, now + 6 * MINUTE)
    assert files.read(row.pk, row.stored_as) == LONG
    assert not Upload.objects.exists()
    assert not UploadPiece.objects.exists()


def test_pieces_wait_while_the_disk_takes_nothing(
    priya: User, begin: Callable[..., Upload], now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    upload = take(priya, begin(now), 0, SIZE, now)
    with monkeypatch.context() as patch, pytest.raises(TryLater):
        patch.setattr(os, "fsync", full)
        services.finish_upload(of_user(priya), upload, now)
    again = begin(now + MINUTE)
    assert (again.pk, again.received) == (upload.pk, SIZE)
    assert services.finish_upload(of_user(priya), again, now + MINUTE).sha256 == DIGEST


def test_the_same_file_goes_on_where_it_stopped(priya: User, begin: Callable[..., Upload], now: dt.datetime) -> None:
    """After a reload, a sign-out or on another device: whoever has the file has its digest."""
    first = begin(now)
    take(priya, first, 0, 1000, now)
    again = begin(now + MINUTE, name="renamed.txt")
    assert (again.pk, again.received) == (first.pk, 1000)
    assert begin(now, digest="c" * 64).received == 0


@pytest.mark.parametrize(("at", "until"), [(0, 1000), (999, 1500), (1001, 1500)], ids=["again", "before", "beyond"])
def test_a_piece_that_is_not_the_next_one_changes_nothing(
    priya: User, begin: Callable[..., Upload], now: dt.datetime, at: int, until: int
) -> None:
    upload = begin(now)
    take(priya, upload, 0, 1000, now)
    with pytest.raises(Refused) as refused:
        take(priya, upload, at, until, now)
    assert refused.value.code == "upload_offset"
    upload.refresh_from_db()
    assert upload.received == 1000


def test_more_than_was_announced_and_empty_pieces_are_refused(
    priya: User, begin: Callable[..., Upload], now: dt.datetime
) -> None:
    upload = begin(now)
    for content in (b"", LONG + b"x"):
        with pytest.raises(Refused) as refused:
            services.take_piece(of_user(priya), upload.pk, 0, content, now)
        assert refused.value.code == "upload_piece"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"size": 0}, "file_empty"),
        ({"size": 25 * 1024 * 1024 + 1}, "file_too_large"),
        ({"digest": "no digest"}, "digest_invalid"),
        ({"digest": "A" * 64}, "digest_invalid"),
    ],
)
def test_what_cannot_become_a_file_is_said_before_a_byte_is_sent(
    begin: Callable[..., Upload], now: dt.datetime, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        begin(now, **changes)
    assert refused.value.code == code
    assert not Upload.objects.exists()


def test_what_was_damaged_or_is_no_such_file_is_forgotten_and_may_be_chosen_anew(
    priya: User, begin: Callable[..., Upload], now: dt.datetime
) -> None:
    program = b"MZ\x90\x00" + bytes(100)
    for content, digest, code in ((LONG, "d" * 64, "upload_damaged"), (program, "e" * 64, "file_type")):
        upload = begin(now, digest=digest, size=len(content))
        upload = services.take_piece(of_user(priya), upload.pk, 0, content, now)
        with pytest.raises(Refused) as refused:
            services.finish_upload(of_user(priya), upload, now)
        assert refused.value.code == code
        assert not Upload.objects.exists()
        assert not StoredFile.objects.exists()


def test_pieces_lie_sealed(priya: User, begin: Callable[..., Upload], now: dt.datetime) -> None:
    content = f"Progress note. {CANARY}".encode()
    upload = begin(now, size=len(content) + 1)
    services.take_piece(of_user(priya), upload.pk, 0, content, now)
    assert CANARY.encode() not in bytes(UploadPiece.objects.get().sealed)
    assert services.rotate() == 0


def test_a_stranger_finds_no_upload_and_nobody_adds_to_what_staff_have_judged(
    priya: User, colleague: User, begin: Callable[..., Upload], opened: NotesRequest, now: dt.datetime
) -> None:
    upload = begin(now)
    with pytest.raises(NotFound):
        services.take_piece(of_user(colleague), upload.pk, 0, b"x", now)
    with pytest.raises(NotFound):
        services.cancel_upload(of_user(colleague), upload.pk)
    NotesRequest.objects.filter(pk=opened.pk).update(status=RequestState.WITHDRAWN)
    with pytest.raises(Refused, match="was withdrawn; you need not send anything"):
        take(priya, upload, 0, 10, now)


def test_files_on_their_way_count_and_end_with_the_answer(
    priya: User, begin: Callable[..., Upload], opened: NotesRequest, now: dt.datetime, send: Callable[..., Any]
) -> None:
    for number in range(20):
        begin(now, digest=f"{number:064x}")
    with pytest.raises(Refused) as refused:
        begin(now, digest="f" * 64)
    assert refused.value.code == "too_many_files"
    send(opened, now)
    assert not Upload.objects.exists()


def test_an_upload_nobody_goes_on_with_is_gone_after_a_week(begin: Callable[..., Upload], now: dt.datetime) -> None:
    begin(now)
    assert services.tidy(now + dt.timedelta(days=7)) == 0
    assert services.tidy(now + dt.timedelta(days=8, seconds=1)) == 1


def test_the_page_lists_what_stopped_halfway_and_its_address_goes_on(
    priya: User, browser_of: Any, opened: NotesRequest, frozen: Callable[[dt.datetime], None], now: dt.datetime
) -> None:
    browser = browser_of(priya)
    about = {"name": "scan.txt", "size": SIZE, "digest": DIGEST}
    where = browser.post(reverse("my-upload", args=[opened.pk]), about).json()
    first = browser.post(where["send_to"], LONG[:1000], content_type="application/octet-stream").json()
    assert first["offset"] == 1000
    assert b"choose the same file again to go on" in browser.get(reverse("my-request", args=[opened.pk])).content
    assert browser.post(where["send_to"], LONG[:1000], content_type="application/octet-stream").status_code == 409
    done = browser.post(first["send_to"], LONG[1000:], content_type="application/octet-stream")
    assert done.status_code == 201
    assert done.json()["name"] == "scan.txt"
    assert browser.post(reverse("my-upload", args=[opened.pk]), about).json()["offset"] == 0, "a new upload of a twin"


class TestGrace:
    """On its way when the answer time ended: whole within a quarter of an hour, it is in time."""

    @pytest.fixture
    def due(self, opened: NotesRequest) -> dt.datetime:
        assert opened.due_at is not None
        return opened.due_at

    def arrive(self, priya: User, begin: Callable[..., Upload], first: dt.datetime, last: dt.datetime) -> StoredFile:
        upload = begin(first)
        take(priya, upload, 0, 1000, first)
        upload = take(priya, upload, 1000, SIZE, last)
        return services.finish_upload(of_user(priya), upload, last)

    @pytest.mark.parametrize(
        ("first", "last", "sent", "late"),
        [
            (-MINUTE, 2 * MINUTE, 3 * MINUTE, False),
            (-MINUTE, 2 * MINUTE, 15 * MINUTE - dt.timedelta(microseconds=1), False),
            (-MINUTE, 2 * MINUTE, 15 * MINUTE, True),
            (dt.timedelta(), 2 * MINUTE, 3 * MINUTE, True),
            (-2 * MINUTE, -MINUTE, 3 * MINUTE, True),
        ],
        ids=["in flight", "just within", "a quarter of an hour", "begun too late", "was there, not sent"],
    )
    def test_whether_it_is_in_time(
        self,
        priya: User,
        begin: Callable[..., Upload],
        opened: NotesRequest,
        send: Callable[..., Any],
        due: dt.datetime,
        first: dt.timedelta,
        last: dt.timedelta,
        sent: dt.timedelta,
        late: bool,
    ) -> None:
        self.arrive(priya, begin, due + first, due + last)
        note = send(opened, due + sent, text="").note
        opened.refresh_from_db()
        assert note.late is late
        assert note.received_at == (due + sent if late else due + first)
        assert opened.status == (RequestState.ANSWERED_LATE if late else RequestState.ANSWERED)
        assert opened.answered_at == note.received_at

    def test_the_sweep_waits_for_it_and_for_nothing_else(
        self, priya: User, begin: Callable[..., Upload], due: dt.datetime, opened: NotesRequest
    ) -> None:
        upload = begin(due - MINUTE)
        take(priya, upload, 0, 1000, due - MINUTE)
        assert services.lapse_due(due + 14 * MINUTE) == 0
        assert services.lapse_due(due + grace.GRACE) == 1
        opened.refresh_from_db()
        assert opened.lapsed_at == due

    def test_a_place_without_a_byte_holds_nothing_up(
        self, begin: Callable[..., Upload], due: dt.datetime, opened: NotesRequest
    ) -> None:
        begin(due - MINUTE)
        assert services.lapse_due(due) == 1

    def test_once_lapsed_it_stays_late(
        self,
        priya: User,
        begin: Callable[..., Upload],
        send: Callable[..., Any],
        due: dt.datetime,
        opened: NotesRequest,
    ) -> None:
        assert services.lapse_due(due) == 1
        self.arrive(priya, begin, due - MINUTE, due + MINUTE)
        assert send(opened, due + 2 * MINUTE, text="").note.late
        assert Note.objects.count() == 1
