"""Asking about many sessions at once: what is told before is what happens; while it can be undone nobody is mailed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clawguard.accounts.actors import SYSTEM, NotAllowed, of_user
from clawguard.accounts.models import User
from clawguard.events.errors import NotFound, Refused
from clawguard.events.handling import NotYet
from clawguard.events.models import Event
from notes import selectors_asking, services
from notes.models import NotesRequest
from notes.services.bulk import TIME_TO_UNDO
from sessions.models import TherapySession

pytestmark = pytest.mark.django_db
Make = Callable[..., TherapySession]


@pytest.fixture
def three(make_session: Make) -> list[TherapySession]:
    mail.outbox.clear()
    return [make_session() for _ in range(3)]


def keys(sessions: list[TherapySession]) -> list[Any]:
    return [row.pk for row in sessions]


def test_what_is_previewed_is_what_is_asked(three: list[TherapySession], rui: User, now: dt.datetime) -> None:
    services.open_for_findings([three[0].pk], now)
    rows = services.preview_many(of_user(rui), keys(three), now)
    assert [row.obstacle for row in rows] == ["a request stands already", "", ""]
    assert NotesRequest.objects.count() == 1  # nothing was asked yet
    batch = services.ask_about_many(of_user(rui), keys(three), now)
    assert [row["result"] for row in batch.rows] == ["a request stands already", "asked", "asked"]
    for row in rows[1:]:
        request = NotesRequest.objects.get(session=row.session)
        assert [item.kind for item in request.items.all()] == [item.kind for item in row.items]
        services.deliver(request.pk, SYSTEM, now + TIME_TO_UNDO)
        request.refresh_from_db()
        assert row.deadline is not None
        assert request.due_at == row.deadline.lapses_at


def test_nobody_is_written_to_while_it_can_be_taken_back(
    three: list[TherapySession], rui: User, now: dt.datetime
) -> None:
    services.ask_about_many(of_user(rui), keys(three), now)
    first = NotesRequest.objects.order_by("pk")[0]
    early = now + TIME_TO_UNDO - dt.timedelta(microseconds=1)
    with pytest.raises(NotYet) as waits:
        services.deliver(first.pk, SYSTEM, early)
    assert waits.value.until == now + TIME_TO_UNDO
    assert mail.outbox == []
    services.deliver(first.pk, SYSTEM, now + TIME_TO_UNDO)
    assert [sent.subject for sent in mail.outbox] == ["3 sessions need a document, the first by Mon 23 Nov"]


def test_what_was_asked_alone_does_not_take_a_batch_along(
    three: list[TherapySession], rui: User, now: dt.datetime
) -> None:
    services.open_for_findings([three[0].pk], now)
    services.ask_about_many(of_user(rui), keys(three[1:]), now)
    services.deliver(NotesRequest.objects.get(session=three[0]).pk, SYSTEM, now)
    assert sorted(NotesRequest.objects.values_list("status", flat=True)) == ["open", "requested", "requested"]


def test_taken_back_it_was_never_asked(three: list[TherapySession], rui: User, now: dt.datetime) -> None:
    batch = services.ask_about_many(of_user(rui), keys(three), now)
    taken = services.undo_batch(of_user(rui), batch.pk, now + TIME_TO_UNDO)
    assert [row["result"] for row in taken.rows] == ["taken back"] * 3
    assert set(NotesRequest.objects.values_list("status", flat=True)) == {"withdrawn"}
    assert {event.payload["was_delivered"] for event in Event.objects.filter(name="notes.withdrawn")} == {False}
    for request in NotesRequest.objects.all():
        assert services.deliver(request.pk, SYSTEM, now + TIME_TO_UNDO) is None
    assert mail.outbox == []
    with pytest.raises(Refused, match="already"):
        services.undo_batch(of_user(rui), batch.pk, now + TIME_TO_UNDO)


def test_after_half_a_minute_each_is_withdrawn_by_itself(
    three: list[TherapySession], rui: User, now: dt.datetime
) -> None:
    batch = services.ask_about_many(of_user(rui), keys(three), now)
    with pytest.raises(Refused, match="half minute is over"):
        services.undo_batch(of_user(rui), batch.pk, now + TIME_TO_UNDO + dt.timedelta(microseconds=1))


def test_a_batch_is_its_makers_alone(
    three: list[TherapySession], rui: User, lead: User, priya: User, now: dt.datetime
) -> None:
    batch = services.ask_about_many(of_user(rui), keys(three), now)
    with pytest.raises(NotFound):
        services.undo_batch(of_user(lead), batch.pk, now)
    with pytest.raises(NotAllowed):
        services.ask_about_many(of_user(priya), keys(three), now)


def test_one_out_of_reach_asks_about_none(
    three: list[TherapySession], faraway: User, rui: User, now: dt.datetime
) -> None:
    for action in (services.preview_many, services.ask_about_many):
        with pytest.raises(NotFound):
            action(of_user(faraway), keys(three), now)
        with pytest.raises(Refused, match="Tick"):
            action(of_user(rui), [], now)
        with pytest.raises(Refused, match="at most"):
            action(of_user(rui), keys(three) * 80, now)
    assert not NotesRequest.objects.exists()


def test_what_was_settled_is_not_asked_again(three: list[TherapySession], rui: User, now: dt.datetime) -> None:
    (batch_row, *_rest) = services.ask_about_many(of_user(rui), keys(three[:1]), now).rows
    services.withdraw(of_user(rui), batch_row["request"], "Not needed", now)
    (row,) = services.preview_many(of_user(rui), keys(three[:1]), now)
    assert row.obstacle == "it was asked for before"


def test_the_list_shows_who_was_not_asked(three: list[TherapySession], rui: User, now: dt.datetime) -> None:
    shown = selectors_asking.sessions_to_ask_about(of_user(rui), "", 200)
    assert {row.session.pk for row in shown} == set(keys(three))
    assert selectors_asking.sessions_to_ask_about(of_user(rui), "CG999", 200) == []
    services.ask_about_many(of_user(rui), keys(three[:2]), now)
    (left,) = selectors_asking.sessions_to_ask_about(of_user(rui), "CG101", 200)
    assert (left.session, left.labels) == (three[2], ["Progress note of this session", "Start and stop times"])


def test_many_providers_cost_no_more_questions(
    three: list[TherapySession], colleague: User, rui: User, now: dt.datetime
) -> None:
    with CaptureQueriesContext(connection) as one:
        services.preview_many(of_user(rui), keys(three), now)
    TherapySession.objects.filter(pk=three[0].pk).update(provider=colleague.provider)
    colleague.provider.team = rui.team
    colleague.provider.save()
    with CaptureQueriesContext(connection) as two:
        rows = services.preview_many(of_user(rui), keys(three), now)
    assert len({row.session.provider_id for row in rows if not row.obstacle}) == 2
    assert len(two) == len(one)


def test_nobody_to_write_to_is_said_before(three: list[TherapySession], rui: User, priya: User, now: Any) -> None:
    User.objects.filter(pk=priya.pk).update(is_active=False)
    rows = services.preview_many(of_user(rui), keys(three), now)
    assert {row.obstacle for row in rows} == {"nobody signs in for this provider"}


def test_a_program_asks_and_looks_first(three: list[TherapySession], api_of: Any) -> None:
    client = api_of("notes:write")
    body = {"session_ids": [str(row.pk) for row in three], "dry_run": True}
    url = "/api/v1/notes-requests/bulk"
    looked = client.post(url, body, format="json", headers={"Idempotency-Key": "look"})
    assert looked.status_code == 200, looked.content
    assert {(row["result"], row["request_id"]) for row in looked.json()["results"]} == {("asked", None)}
    assert not NotesRequest.objects.exists()
    asked = client.post(url, {**body, "dry_run": False}, format="json", headers={"Idempotency-Key": "ask"})
    ids = {row["request_id"] for row in asked.json()["results"]}
    assert ids == {str(row.pk) for row in NotesRequest.objects.all()}
    assert set(NotesRequest.objects.values_list("origin", "not_before")) == {("api", None)}
