"""A file is looked at before the transaction of its key opens; a retried upload still acts once."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from clawguard.accounts import api_keys
from clawguard.accounts.models import IdempotencyRecord, User
from clawguard.clock import now as read_clock
from disputes.models import Attachment, Case
from notes import services as notes
from notes.models import StoredFile
from notes.services import drafting
from tests.disputes import makers

pytestmark = pytest.mark.django_db(transaction=True)
BYTES = b"The join log of that day."


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def case(rui: User, priya: User) -> Case:
    return makers.in_conversation(rui, priya)


@pytest.fixture
def secret() -> str:
    return api_keys.create("test program", {"cases:write"}, read_clock())[1]


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each look at a file, whether a transaction was open."""
    seen: list[bool] = []

    def look_at(name: str, pieces: Any) -> Any:
        seen.append(connection.in_atomic_block)
        return drafting.look_at(name, pieces)

    monkeypatch.setattr(notes, "look_at", look_at)
    return seen


def sent(secret: str, case: Case, key: str = "k", content: bytes = BYTES, **fields: str) -> Any:
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": key}
    given = {"file": SimpleUploadedFile("log.txt", content), **fields}
    client = Client(raise_request_exception=False)
    return client.post(f"/api/v1/cases/{case.pk}/files", given, headers=headers)


def stored() -> tuple[int, int, int]:
    return Attachment.objects.count(), StoredFile.objects.count(), IdempotencyRecord.objects.count()


def test_it_is_looked_at_outside_every_transaction_and_a_retry_is_answered_without_a_look(
    secret: str, case: Case, looks: list[bool]
) -> None:
    first, again = sent(secret, case), sent(secret, case)
    assert (first.status_code, again.status_code) == (201, 201), first.content
    assert first.json() == again.json()
    assert again["Idempotency-Replayed"] == "true"
    assert looks == [False]
    assert stored() == (1, 1, 1)


def test_a_person_at_a_browser_needs_no_key_and_holds_nothing_meanwhile(
    priya: User, case: Case, looks: list[bool], browser_of: Any
) -> None:
    given = {"file": SimpleUploadedFile("log.txt", BYTES)}
    assert browser_of(priya).post(f"/api/v1/cases/{case.pk}/files", given).status_code == 201
    assert looks == [False]


def test_a_crash_after_the_look_loses_nothing_and_leaves_nothing(
    secret: str, case: Case, looks: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: Any, **__: Any) -> None:
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr("disputes.services.keep_for_case", crash)
        assert sent(secret, case).status_code == 500
    assert stored() == (0, 0, 0)
    with monkeypatch.context() as broken:  # the effect is there, its answer is not: neither is kept
        broken.setattr("clawguard.access.idempotency._remember", crash)
        assert sent(secret, case).status_code == 500
    assert stored() == (0, 0, 0)
    assert sent(secret, case).status_code == 201
    assert stored() == (1, 1, 1)


def test_another_file_under_the_same_key_is_refused_without_a_look(secret: str, case: Case, looks: list[bool]) -> None:
    sent(secret, case)
    answer = sent(secret, case, content=b"Another log.")
    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_key_reused")
    assert len(looks) == 1


def test_what_may_not_be_sent_is_not_looked_at(
    secret: str, case: Case, rui: User, priya: User, looks: list[bool]
) -> None:
    assert sent(secret, case, more="x").status_code == 400
    assert priya.provider is not None
    untold = makers.opened(rui, makers.session(priya.provider, client="C-9"))
    answer = sent(secret, untold)
    assert (answer.status_code, answer.json()["code"]) == (409, "no_conversation")
    assert looks == []
    assert stored() == (0, 0, 0)


def test_of_two_at_once_under_one_key_the_later_is_answered_from_the_record(
    secret: str, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the first looks at its file, the same request comes in once more and is done."""
    answers: list[Any] = []

    def ask() -> None:
        answers.append(sent(secret, case))
        connection.close()

    def look_at(name: str, pieces: Any) -> Any:
        looked = drafting.look_at(name, pieces)
        if threading.current_thread() is threading.main_thread():
            other = threading.Thread(target=ask)
            other.start()
            other.join()
        return looked

    monkeypatch.setattr(notes, "look_at", look_at)
    answers.append(sent(secret, case))
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert answers[1]["Idempotency-Replayed"] == "true"
    assert stored() == (1, 1, 1)
