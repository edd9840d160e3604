"""A wrong WATCH_URL is no outage of our pages; pages that answered at their address before and do not now are away."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from clawguard import installation
from clawguard.accounts.models import User
from notes import page_watch, services
from notes.models import NotesRequest, Outage
from notes.services import watching
from tests.notes.test_pauses import DUE

MINUTE, HOUR, DAY = (dt.timedelta(**{unit: 1}) for unit in ("minutes", "hours", "days"))
OURS, MOVED = "https://answers.example.com/healthz", "https://answers2.example.com/healthz"
WRONG, WORSE = "https://answer.example.com/healthz", "https://answerz.example.com/healthz"
BEGIN = DUE - 5 * MINUTE


class Net:
    """Which addresses answer as ours, and which one the watch looks at."""

    def __init__(self, settings: Any) -> None:
        self.settings, self.answering = settings, {OURS, MOVED}

    def watch(self, address: str, first: dt.datetime, last: dt.datetime) -> int:
        """A look every five minutes and at the end; how many outages were recorded."""
        self.settings.WATCH_URL = address
        moments = [first + step * 5 * MINUTE for step in range((last - first) // (5 * MINUTE) + 1)]
        return sum(services.watch(moment) for moment in sorted({*moments, last}))


@pytest.fixture
def net(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Net:
    made = Net(settings)
    monkeypatch.setattr(watching, "pages_answer", lambda url: url in made.answering)
    return made


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("lasting", [HOUR, 13 * DAY])
def test_a_wrong_address_that_is_put_right_is_no_outage(opened: NotesRequest, net: Net, lasting: dt.timedelta) -> None:
    net.watch(OURS, BEGIN - HOUR, BEGIN - MINUTE)
    net.watch(WRONG, BEGIN, BEGIN + lasting)
    assert net.watch(OURS, BEGIN + lasting + MINUTE, BEGIN + lasting + HOUR) == 0
    assert not Outage.objects.exists()
    opened.refresh_from_db()
    assert opened.due_at == DUE


def test_while_the_watch_cannot_look_nothing_waits_and_people_are_told(
    opened: NotesRequest, net: Net, lead: User, browser_of: Any, frozen: Any
) -> None:
    net.watch(OURS, BEGIN - HOUR, BEGIN - MINUTE)
    net.watch(WRONG, BEGIN, DUE + 15 * MINUTE)
    assert page_watch.away_since(DUE) is None and page_watch.may_lapse(DUE) == Q()
    assert page_watch.warning(BEGIN + 15 * MINUTE - dt.timedelta(seconds=1)) == ""
    said = page_watch.warning(BEGIN + 15 * MINUTE)
    assert "cannot look: since 2026-11-24 04:55 UTC" in said and "Correct WATCH_URL" in said
    assert services.lapse_due(DUE + 5 * MINUTE) == 1


@pytest.mark.parametrize("put_right_at", [OURS, MOVED])
def test_pages_that_answered_before_are_away_until_any_address_finds_them(
    opened: NotesRequest, net: Net, put_right_at: str
) -> None:
    net.watch(OURS, BEGIN - HOUR, BEGIN - MINUTE)
    net.answering = set()
    net.watch(OURS, BEGIN, BEGIN + HOUR)
    assert services.lapse_due(DUE + MINUTE) == 0
    net.watch(WRONG, BEGIN + HOUR + MINUTE, BEGIN + 2 * HOUR)  # changed in the middle of it
    net.answering = {OURS, MOVED}
    assert net.watch(put_right_at, BEGIN + 2 * HOUR + MINUTE, BEGIN + 2 * HOUR + MINUTE) == 1
    outage = Outage.objects.get()
    assert (outage.started_at, outage.ended_at) == (BEGIN, BEGIN + 2 * HOUR + MINUTE)


def test_what_is_missed_at_our_address_after_a_wrong_one_counts_from_then_on(opened: NotesRequest, net: Net) -> None:
    net.watch(OURS, BEGIN - HOUR, BEGIN - MINUTE)
    net.watch(WRONG, BEGIN, BEGIN + HOUR)
    net.answering, back = set(), BEGIN + HOUR + MINUTE
    net.watch(OURS, back, back + 20 * MINUTE)
    net.answering = {OURS}
    assert net.watch(OURS, back + 21 * MINUTE, back + 21 * MINUTE) == 1
    assert Outage.objects.get().started_at == back


def test_a_new_address_that_answers_later_says_nothing_of_before(opened: NotesRequest, net: Net) -> None:
    """Its name was not known everywhere yet: it had never answered, so nobody knows whether the pages were away."""
    net.watch(OURS, BEGIN - HOUR, BEGIN - MINUTE)
    net.answering = set()
    net.watch(MOVED, BEGIN, BEGIN + HOUR)
    net.answering = {MOVED}
    assert net.watch(MOVED, BEGIN + HOUR + MINUTE, BEGIN + 2 * HOUR) == 0
    net.answering = set()  # it is an address of ours now
    net.watch(MOVED, BEGIN + 2 * HOUR + MINUTE, BEGIN + 3 * HOUR)
    net.answering = {MOVED}
    assert net.watch(MOVED, BEGIN + 3 * HOUR + MINUTE, BEGIN + 3 * HOUR + MINUTE) == 1


class TestAFirstStart:
    """No address ever answered."""

    def test_the_same_address_that_answers_at_last_ends_an_outage(self, opened: NotesRequest, net: Net) -> None:
        net.answering = set()
        net.watch(OURS, BEGIN, BEGIN + HOUR)
        assert services.lapse_due(DUE + MINUTE) == 0
        net.answering = {OURS}
        assert net.watch(OURS, BEGIN + HOUR + MINUTE, BEGIN + HOUR + MINUTE) == 1

    def test_a_wrong_address_that_is_put_right_ends_none(self, opened: NotesRequest, net: Net) -> None:
        net.watch(WRONG, BEGIN, BEGIN + HOUR)
        assert page_watch.away_since(BEGIN + HOUR) == BEGIN
        assert net.watch(OURS, BEGIN + HOUR + MINUTE, BEGIN + 2 * HOUR) == 0

    def test_nothing_waits_once_the_address_was_changed(self, opened: NotesRequest, net: Net) -> None:
        net.watch(WRONG, BEGIN, BEGIN + MINUTE)
        net.watch(WORSE, BEGIN + 2 * MINUTE, DUE + 15 * MINUTE)
        assert page_watch.away_since(DUE + 15 * MINUTE) is None
        assert net.watch(OURS, DUE + 16 * MINUTE, DUE + 20 * MINUTE) == 0


def test_every_answer_of_ours_carries_the_mark_and_nobody_else_can_make_it(client: Client, settings: Any) -> None:
    for path in ("/healthz", reverse("sign-in"), "/nowhere"):
        assert installation.is_ours(client.get(path)[installation.HEADER])
    settings.SECURE_SSL_REDIRECT = True
    moved = Client().get(reverse("sign-in"))
    assert moved.status_code == 301 and installation.is_ours(moved[installation.HEADER])
    assert not installation.is_ours("") and not installation.is_ours(installation.mark("another network's"))
