"""Our own pages are watched: an outage is recorded by itself, and nothing lapses while it lasts."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.db.models import Q
from django.urls import reverse

from clawguard import clock, installation
from clawguard.accounts.models import User
from clawguard.events.models import Event
from notes import page_watch, services
from notes.models import DueChange, NotesRequest, Outage, PageWatch
from notes.services import watching
from tests.notes.test_lapse import _many
from tests.notes.test_pauses import DUE

MINUTE, SECOND = dt.timedelta(minutes=1), dt.timedelta(seconds=1)


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch, settings: Any) -> dict[str, bool]:
    settings.WATCH_URL = "https://answers.example.com/healthz"
    state = {"answer": True}
    monkeypatch.setattr(watching, "pages_answer", lambda url: state["answer"])
    return state


def look(now: dt.datetime) -> int:
    """A round of the loop: the watch, then the lapses. How many lapsed."""
    services.watch(now)
    return services.sweep(now)


def looks(first: dt.datetime, minutes: int) -> list[int]:
    """A round every minute."""
    return [look(first + minute * MINUTE) for minute in range(minutes)]


@pytest.mark.django_db
def test_an_outage_over_the_due_moment_extends_every_request_and_none_lapses(
    make_session: Any, now: dt.datetime, pages: dict[str, bool]
) -> None:
    rows = _many(make_session, 500, now)
    services.watch(DUE - 40 * MINUTE)
    pages["answer"] = False
    assert sum(looks(DUE - 18 * MINUTE, 20)) == 0  # to a minute after they were due
    pages["answer"] = True
    assert sum(looks(DUE + 2 * MINUTE, 5)) == 0
    assert Outage.objects.values_list("started_at", "ended_at", "by_kind").get() == (
        DUE - 18 * MINUTE,
        DUE + 2 * MINUTE,
        "system",
    )
    later = {row.due_at for row in NotesRequest.objects.filter(pk__in=[row.pk for row in rows])}
    assert later == {DUE + dt.timedelta(days=2)}  # Monday and Tuesday were touched
    assert DueChange.objects.filter(kind="outage").count() == 500
    assert Event.objects.filter(name="notes.outage_counted").count() == 500


@pytest.mark.django_db
def test_a_restart_is_no_outage(opened: NotesRequest, pages: dict[str, bool]) -> None:
    services.watch(DUE - 40 * MINUTE)
    pages["answer"] = False
    looks(DUE - 20 * MINUTE, 14)
    pages["answer"] = True
    assert sum(looks(DUE - 6 * MINUTE, 9)) == 1
    assert not Outage.objects.exists()


def went_away(pages: dict[str, bool], at: dt.datetime) -> None:
    """The last look that found them was a quarter of a minute before the first that did not, ``at``."""
    look(at - 15 * SECOND)
    pages["answer"] = False
    look(at)


@pytest.mark.django_db
def test_what_comes_due_before_an_outage_is_known_waits_for_it(
    make_session: Any, now: dt.datetime, pages: dict[str, bool]
) -> None:
    """They were due in its first quarter of an hour, when nobody knew yet whether it was one."""
    rows = _many(make_session, 20, now)
    went_away(pages, DUE - MINUTE)
    assert sum(looks(DUE, 19)) == 0
    pages["answer"] = True
    assert look(DUE + 19 * MINUTE) == 0
    assert {row.due_at for row in NotesRequest.objects.all()} == {DUE + dt.timedelta(days=2)}
    assert Event.objects.filter(name="notes.outage_counted").count() == len(rows) == 20
    assert not Event.objects.filter(name="notes.lapsed").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("away", "is_outage"), [(14 * MINUTE + 59 * SECOND, False), (15 * MINUTE, True), (16 * MINUTE, True)]
)
def test_a_quarter_of_an_hour_is_an_outage_and_a_second_less_is_none(
    opened: NotesRequest, pages: dict[str, bool], away: dt.timedelta, is_outage: bool
) -> None:
    went_away(pages, DUE - MINUTE)
    assert look(DUE + MINUTE) == look(DUE + 9 * MINUTE) == look(DUE - MINUTE + away - SECOND) == 0
    pages["answer"] = True
    assert look(DUE - MINUTE + away) == (not is_outage)
    opened.refresh_from_db()
    assert Outage.objects.exists() is is_outage
    if is_outage:
        assert (opened.status, opened.due_at) == ("open", DUE + dt.timedelta(days=2))
        return
    assert (opened.status, opened.lapsed_at) == ("lapsed", DUE)
    told = Event.objects.get(name="notes.lapsed")
    assert (told.at, told.payload["noticed_at"]) == (DUE, (DUE - MINUTE + away).isoformat())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "lapses"), [(10 * SECOND, True), (dt.timedelta(0), True), (-dt.timedelta(microseconds=1), False)]
)
def test_only_what_came_due_after_the_pages_went_away_waits(
    opened: NotesRequest, pages: dict[str, bool], before: dt.timedelta, lapses: bool
) -> None:
    """``before`` the first look that missed them. The due moment is exclusive: an answer at it would have been late."""
    looked_at = DUE + before
    services.watch(looked_at - 15 * SECOND)
    pages["answer"] = False
    services.watch(looked_at)
    assert services.sweep(looked_at + 5 * SECOND) == lapses
    assert services.sweep(looked_at + 9 * MINUTE) == 0


@pytest.mark.django_db
def test_a_watch_that_fell_silent_knows_nothing_and_holds_nothing_up(
    opened: NotesRequest, pages: dict[str, bool]
) -> None:
    """No reading is no outage: beat goes on sweeping while the loop with the watch is dead."""
    services.watch(DUE - 60 * MINUTE)
    pages["answer"] = False
    looks(DUE - 25 * MINUTE, 26)  # the last look is at the due moment
    assert page_watch.away_since(DUE + page_watch.STALE) == DUE - 25 * MINUTE
    assert (
        "have not answered the watch since 2026-11-24 04:35 UTC; what came due since then waits"
        in page_watch.warning(DUE + page_watch.STALE)
    )
    assert services.sweep(DUE + page_watch.STALE) == 0
    assert page_watch.away_since(DUE + page_watch.STALE + SECOND) is None
    assert services.sweep(DUE + page_watch.STALE + SECOND) == 1
    pages["answer"] = True
    look(DUE + 20 * MINUTE)
    assert not Outage.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("gap", "is_outage"), [(page_watch.STALE, True), (page_watch.STALE + SECOND, False)])
def test_a_gap_between_two_looks_breaks_off_what_was_counted(
    opened: NotesRequest, pages: dict[str, bool], gap: dt.timedelta, is_outage: bool
) -> None:
    went_away(pages, DUE - 40 * MINUTE)
    look(DUE - 40 * MINUTE + gap)
    pages["answer"] = True
    look(DUE - 25 * MINUTE)
    assert Outage.objects.exists() is is_outage


@pytest.mark.django_db
def test_nobody_warns_of_what_may_be_a_restart(opened: NotesRequest, pages: dict[str, bool]) -> None:
    went_away(pages, DUE)
    looks(DUE, 15)
    assert page_watch.warning(DUE + 15 * MINUTE - SECOND) == ""
    assert page_watch.warning(DUE + 15 * MINUTE) != ""


@pytest.mark.django_db
class TestAWatchThatNeverFindsThePages:
    """The address is wrong, or a wall stands between: it may not stop the clockwork of the network."""

    FIRST = DUE - 5 * MINUTE
    BOUND = FIRST + page_watch.HOLDS_AT_MOST

    @pytest.fixture(autouse=True)
    def _missed_for_a_day(self, opened: NotesRequest, pages: dict[str, bool]) -> None:
        """A look every nine minutes, the first ever made among them."""
        pages["answer"] = False
        at = self.FIRST
        while at < self.BOUND - SECOND:
            services.watch(at)
            at += 9 * MINUTE
        services.watch(self.BOUND - SECOND)

    def test_it_holds_up_for_a_day_and_no_longer(self, opened: NotesRequest) -> None:
        assert services.lapse_due(self.BOUND - dt.timedelta(microseconds=1)) == 0
        assert services.lapse_due(self.BOUND) == 1
        opened.refresh_from_db()
        assert (opened.status, opened.lapsed_at) == ("lapsed", DUE)

    def test_what_comes_due_after_that_waits_no_moment(self) -> None:
        for later in (dt.timedelta(0), 9 * MINUTE, 18 * MINUTE):
            services.watch(self.BOUND + later)
            assert page_watch.may_lapse(self.BOUND + later) == Q()

    def test_people_are_told_before_and_after(self, lead: User, browser_of: Any) -> None:
        before, after = (page_watch.warning(moment) for moment in (self.BOUND - SECOND, self.BOUND))
        assert "what came due since then waits, for 24 hours at most" in before
        assert "nothing waits for it any more" in after and "WATCH_URL is wrong or closed to the watch" in after
        moment = clock.now()
        PageWatch.objects.update(checked_at=moment, down_since=moment - page_watch.HOLDS_AT_MOST)
        page = browser_of(lead).get(reverse("deliveries")).content.decode()
        assert "The watch does not find the answer pages" in page and "nothing waits for it any more" in page
        assert "All background work is done" not in page

    def test_once_they_answer_it_is_an_outage_as_ever_and_the_lapse_is_excused(
        self, opened: NotesRequest, pages: dict[str, bool]
    ) -> None:
        assert services.lapse_due(self.BOUND) == 1
        pages["answer"] = True
        assert services.watch(self.BOUND + MINUTE) == 1
        assert Outage.objects.get().started_at == self.FIRST
        opened.refresh_from_db()
        assert opened.status == "lapsed" and opened.excused_until is not None


@pytest.mark.django_db
def test_without_a_reading_nothing_waits(opened: NotesRequest) -> None:
    assert services.sweep(DUE + 5 * SECOND) == 1


@pytest.mark.django_db
def test_without_an_address_nothing_is_watched(settings: Any, now: dt.datetime) -> None:
    assert settings.WATCH_URL == ""
    assert services.watch(now) == 0
    assert page_watch.warning(now) == ""


class Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(503 if self.path == "/down" else 200)
        if self.path != "/other":
            self.send_header(installation.HEADER, installation.mark("former" if self.path == "/former" else None))
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Silence."""


@pytest.fixture
def somewhere() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_look_over_the_wire(somewhere: str, settings: Any) -> None:
    assert watching.pages_answer(f"{somewhere}/healthz")
    assert not watching.pages_answer(f"{somewhere}/down")
    assert not watching.pages_answer(f"{somewhere}/other")  # a success of somebody else
    assert not watching.pages_answer(f"{somewhere}/former")
    settings.SECRET_KEY_FALLBACKS = ["former"]  # which the web process may still have
    assert watching.pages_answer(f"{somewhere}/former")
    assert not watching.pages_answer("http://127.0.0.1:9/healthz")  # nobody listens on the discard port
