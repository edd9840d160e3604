"""A retried POST acts once. The answer is stored with its effect, under the key and for that request only."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from clawguard.access import idempotency
from clawguard.accounts import api_keys
from clawguard.accounts.models import ApiKey, IdempotencyRecord
from clawguard.clock import now as read_clock
from clawguard.events.models import Event
from sessions.models import TherapySession
from tests import world

ADDRESS = "/api/v1/sessions"


def program() -> str:
    return api_keys.create("test program", {"sessions:write"}, read_clock())[1]


def sent(secret: str, key: str | None, body: Any, path: str = ADDRESS) -> Any:
    headers = {"Authorization": f"Bearer {secret}", **({} if key is None else {"Idempotency-Key": key})}
    return Client().post(path, body, content_type="application/json", headers=headers)


@pytest.mark.django_db
class TestOneAfterTheOther:
    def test_the_same_again_is_answered_the_same_and_done_once(self) -> None:
        secret, body = program(), world.body(1)
        first, again = sent(secret, "k", body), sent(secret, "k", body)
        assert (first.status_code, again.status_code) == (201, 201)
        assert first.json() == again.json()
        assert "Idempotency-Replayed" not in first
        assert again["Idempotency-Replayed"] == "true"
        assert TherapySession.objects.count() == Event.objects.filter(name="session.submitted").count() == 1

    def test_another_body_or_address_under_the_same_key_is_refused(self) -> None:
        secret = program()
        sent(secret, "k", world.body(1))
        for answer in (
            sent(secret, "k", world.body(2)),
            sent(secret, "k", world.body(1), f"{ADDRESS}?x=1"),
            sent(secret, "k", {"kind": "billing"}, "/api/v1/disputes"),
        ):
            assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_key_reused")
        assert TherapySession.objects.count() == 1

    def test_keys_of_another_program_are_its_own(self) -> None:
        assert sent(program(), "k", world.body(1)).status_code == 201
        assert sent(program(), "k", world.body(2)).status_code == 201

    def test_a_refusal_is_not_stored(self) -> None:
        secret = program()
        assert sent(secret, "k", {**world.body(1), "diagnoses": "F33.1"}).status_code == 400
        assert not IdempotencyRecord.objects.exists()
        assert sent(secret, "k", world.body(1)).status_code == 201

    @pytest.mark.parametrize(
        ("key", "code"),
        [
            (None, "idempotency_key_missing"),
            ("", "idempotency_key_missing"),
            ("k" * 256, "idempotency_key_invalid"),
            ("k\x07", "idempotency_key_invalid"),
        ],
    )
    def test_a_key_is_needed_and_must_be_usable(self, key: str | None, code: str) -> None:
        answer = sent(program(), key, world.body(1))
        assert (answer.status_code, answer.json()["code"]) == (400, code)
        assert not TherapySession.objects.exists()

    def test_the_longest_key_will_do(self) -> None:
        assert sent(program(), "k" * 255, world.body(1)).status_code == 201


@pytest.mark.django_db(transaction=True)
class TestAtTheSameTime:
    def test_a_key_whose_request_still_runs_is_told_so(self) -> None:
        """Another connection holds the key's turn, as a request that still runs does."""
        secret, body = program(), world.body(1)
        holding, done = threading.Event(), threading.Event()
        api_key = ApiKey.objects.get()

        def hold() -> None:
            from django.db import transaction

            with transaction.atomic():
                idempotency._take_turn(api_key, "k")
                holding.set()
                done.wait(10)
            connection.close()

        other = threading.Thread(target=hold)
        other.start()
        try:
            assert holding.wait(10)
            answer = sent(secret, "k", body)
        finally:
            done.set()
            other.join()
        assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_key_running")
        assert sent(secret, "k", body).status_code == 201

    def test_many_at_once_have_one_effect(self) -> None:
        secret, body = program(), world.body(1)
        statuses: list[int] = []

        def ask() -> None:
            statuses.append(sent(secret, "k", body).status_code)
            connection.close()

        threads = [threading.Thread(target=ask) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert set(statuses) <= {201, 409}
        assert 201 in statuses
        assert TherapySession.objects.count() == Event.objects.filter(name="session.submitted").count() == 1
