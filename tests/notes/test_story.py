"""A request's page links the rules behind it and tells what happened about it, to each side what concerns it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from clawguard import clock
from clawguard.accounts import sign_in
from clawguard.accounts.actors import of_user
from clawguard.accounts.models import User
from notes import selectors_story, services
from notes.models import NotesRequest
from sessions.models import Finding

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def told(user: User, row: NotesRequest) -> list[tuple[str, str]]:
    return [(entry["name"], entry["detail"]) for entry in selectors_story.timeline(of_user(user), row, row.items.all())]


def test_a_bounce_stays_on_the_timeline_after_the_next_delivery(
    opened: NotesRequest, rui: User, priya: User, send: Any, now: dt.datetime
) -> None:
    services.report_bounce(of_user(rui), opened.pk, now + HOUR)
    services.deliver_again(of_user(rui), opened.pk, now + 2 * HOUR)
    services.mark_viewed(of_user(priya), opened.pk, now + 3 * HOUR)
    services.remind_due(now + 27 * HOUR)
    send(opened, now + 28 * HOUR)
    happened = [
        ("notes.requested", ""),
        ("notes.delivered", ""),
        ("notes.undeliverable", "the mail came back"),
        ("notes.delivered", ""),
        ("notes.viewed", ""),
        ("notes.reminder_due", ""),
        ("notes.received", ""),
        *[("notes.item_received", "")] * opened.items.count(),
    ]
    opened.refresh_from_db()
    assert told(rui, opened) == happened
    assert told(priya, opened) == [each for each in happened if each[0] != "notes.undeliverable"]


def test_nothing_of_another_request_is_told(
    make_session: Any, opened: NotesRequest, rui: User, now: dt.datetime
) -> None:
    before = told(rui, opened)
    services.open_for_findings([make_session().pk], now + HOUR)
    other = NotesRequest.objects.exclude(pk=opened.pk).get()
    services.withdraw(of_user(rui), other.pk, "not needed", now + 2 * HOUR)
    assert told(rui, opened) == before


def test_both_pages_tell_it_and_link_the_rule(
    opened: NotesRequest, rui: User, priya: User, browser_of: Any, frozen: Any
) -> None:
    found = Finding.objects.get(pk=opened.finding_ids[0])
    for user, name in ((priya, "my-request"), (rui, "request-page")):
        client = browser_of(user)
        page = client.get(reverse(name, args=[opened.pk])).content.decode()
        link = reverse("check-page", args=[found.check_id])
        assert f'<a href="{link}">{found.title}</a>' in page
        assert "The request for documents was delivered" in page
        assert client.get(link).status_code == 200


def test_who_came_by_a_link_reads_the_rule_too(opened: NotesRequest, priya: User, client: Any) -> None:
    token = sign_in.issue_link(priya, reverse("my-request", args=[opened.pk]), clock.now(), [opened.pk])
    client.post(f"/sign-in/link/{token}")
    rule = Finding.objects.get(pk=opened.finding_ids[0]).check_id
    assert client.get(reverse("check-page", args=[rule])).status_code == 200
    assert client.get(reverse("checks")).status_code == 403


def test_a_request_that_staff_opened_without_findings_names_no_rule(opened: NotesRequest) -> None:
    opened.finding_ids = []
    assert selectors_story.rules_behind(opened) == []
