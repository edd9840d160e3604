"""Every page of one world: no wider than the window, clean to axe, with a focus that can be seen.

Light or dark, on a phone or at a desk: ``make test`` looks at a page in one of the four ways, at the next page in the
next one, and at the parts of all pages in all four (``test_design_system``); ``make soak`` in the other three.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal, NamedTuple

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from clawguard import clock
from clawguard.accounts import sign_in
from clawguard.accounts.models import Delegation
from notes import services as notes
from tests import world
from tests.browser.conftest import Watched, context_of, move_clock, watch
from tests.browser.looking import assert_axe_clean, assert_no_sideways_scroll, press
from tests.builders import NOW
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PHONE = ViewportSize(width=360, height=740)
DESK = ViewportSize(width=1280, height=800)
WAYS: dict[str, tuple[Literal["light", "dark"], ViewportSize]] = {
    "light phone": ("light", PHONE),
    "dark desk": ("dark", DESK),
    "dark phone": ("dark", PHONE),
    "light desk": ("light", DESK),
}
FOCUS_SHOWS = """() => {
  const focused = document.activeElement;
  const styles = [getComputedStyle(focused), getComputedStyle(focused, '::after')]; // a row's link frames its whole row
  const outlined = style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  return focused.matches(':focus-visible') && styles.some(style => outlined(style) || style.boxShadow !== 'none');
}"""
TABS = 6


class Visit(NamedTuple):
    who: str  # of the world's users; "" for nobody
    path: Callable[[World], str]
    refusals: tuple[str, ...] = ()  # what the console may say about the page itself


def at(path: str, row: str = "") -> Callable[[World], str]:
    """The address, with the id of a row of the world in the place of ``{}``."""
    return lambda world: path.format(world.rows[row].pk if row else "")


INVITATION = "i" * 43


def invited(world: World) -> None:
    """Somebody whose invitation lies in their mailbox."""
    row = notes.invite_delegate(world.actor("provider"), "Nadia Test", "nadia@example.com", False, NOW)
    Delegation.objects.filter(pk=row.pk).update(digest=sign_in.digest(INVITATION))


def link(world: World) -> str:
    return f"/sign-in/link/{world.rows['link']}"


def session_of(row: str) -> Callable[[World], str]:
    return lambda world: f"/sessions/{world.rows[row].session_id}"


TRIAGE = ("late", "today", "answers", "silent", "second", "appeals", "findings", "disputes", "mine", "undeliverable")
REQUESTS = ("due", "answered", "lapsed", "undelivered", "done")
STAFF = {
    **{f"triage, {view}": Visit("billing", at(f"/triage?view={view}")) for view in (*TRIAGE, "all", "decided")},
    "remittances": Visit("billing", at("/remittances")),
    "remittances, nothing matches": Visit("billing", at("/remittances?trace=none")),
    "claims without a session": Visit("billing", at("/remittances/waiting")),
    "remittance": Visit("auditor", at("/remittances/{}", "remittance")),
    "remittance whose sums disagree": Visit("billing", at("/remittances/{}", "unbalanced remittance")),
    "claim of a remittance": Visit("billing", at("/remittances/claims/{}", "matched claim")),
    "claim without a session": Visit("billing", at("/remittances/claims/{}", "unmatched claim")),
    "takebacks without a session": Visit("billing", at("/remittances/takebacks")),
    "takeback without a session": Visit("billing", at("/remittances/takebacks/{}", "takeback")),
    "case in talk": Visit("billing", at("/cases/{}", "case in talk")),
    "case with an evidence pack": Visit("lead", at("/cases/{}", "closable case")),
    "case answered": Visit("billing", at("/cases/{}", "answered case")),
    "case at second look": Visit("lead", at("/cases/{}", "case at second look")),
    "case decided": Visit("auditor", at("/cases/{}", "decided case")),
    "case to be closed": Visit("lead", at("/cases/{}", "closable case")),
    "sessions": Visit("billing", at("/sessions")),
    "sessions, nothing found": Visit("billing", at("/sessions?external_id=none")),
    "session": Visit("billing", session_of("new finding")),
    "session with an answer": Visit("lead", session_of("answered request")),
    "imports": Visit("billing", at("/imports")),
    "import to be mapped": Visit("billing", at("/imports/{}", "unmapped import")),
    "import to be confirmed": Visit("billing", at("/imports/{}", "waiting import")),
    "import refused": Visit("billing", at("/imports/{}", "refused import")),
    "checks of a code": Visit("billing", at("/checks?code=90837")),
    "check": Visit("auditor", at("/checks/CG101")),
    "rule health": Visit("lead", at("/checks/health")),
    "findings of a check": Visit("billing", at("/checks/CG101/findings")),
    "judgement": Visit("billing", at("/judgements/{}", "judgement")),
    "check before submit": Visit("billing", at("/sessions/check")),
    **{f"requests, {view}": Visit("billing", at(f"/requests?view={view}")) for view in REQUESTS},
    "requests to be made": Visit("billing", at("/requests/ask")),
    "requests made": Visit("billing", at("/requests/asked/{}", "request batch")),
    "request open": Visit("billing", at("/requests/{}", "open request")),
    "request answered": Visit("lead", at("/requests/{}", "answered request")),
    "request not delivered": Visit("billing", at("/requests/{}", "undelivered request")),
    "request paused": Visit("lead", at("/requests/{}", "paused request")),
    "outages": Visit("lead", at("/outages")),
    "business days": Visit("lead", at("/calendar")),
    "business days of a region": Visit("lead", at("/calendar?region=CA")),
    "request to be made": Visit("billing", lambda world: f"/sessions/{world.rows['unasked session'].pk}/request-notes"),
    "policies": Visit("billing", at("/policies")),
    "policy to be started": Visit("lead", at("/policies/new")),
    "policy of a payer": Visit("auditor", at("/policies/{}", "policy scope")),
    "policy draft": Visit("lead", at("/policies/revisions/{}", "draft policy")),
    "policy proposed": Visit("lead", at("/policies/revisions/{}", "proposed policy")),
    "policy published": Visit("lead", at("/policies/revisions/{}", "published policy")),
    "rule packs": Visit("lead", at("/rule-packs")),
    "rule pack": Visit("auditor", at("/rule-packs/{}", "rule pack")),
    "screen again": Visit("lead", at("/rule-packs/screen-again?from=2026-01-01")),
    "screened again": Visit("lead", at("/rule-packs/screenings/{}", "rescreening")),
    "backtests": Visit("lead", at("/backtests")),
    "backtest": Visit("lead", at("/backtests/{}", "backtest")),
    "backtest running": Visit("auditor", at("/backtests/{}", "running backtest")),
    "backtest findings": Visit("lead", at("/backtests/{}/changes?change=new", "backtest")),
    "backtest sessions": Visit("lead", at("/backtests/{}/sessions", "backtest")),
    "dispute open": Visit("billing", at("/disputes/{}", "open dispute")),
    "dispute answered": Visit("billing", at("/disputes/{}", "answered dispute")),
    "dispute to be entered": Visit("billing", at("/disputes/new")),
    "library": Visit("billing", at("/library")),
    "wordings": Visit("billing", at("/message-templates")),
    "wording": Visit("lead", at("/message-templates/place_question")),
    "wording to be written": Visit("lead", at("/message-templates/new")),
    "wording draft": Visit("lead", at("/message-templates/versions/{}", "draft wording")),
    "wording proposed": Visit("lead", at("/message-templates/versions/{}", "proposed wording")),
    "adjustments": Visit("lead", at("/adjustments")),
    "mail": Visit("lead", at("/mail")),
    "webhooks": Visit("admin", at("/webhooks")),
    "webhook": Visit("admin", at("/webhooks/{}", "webhook")),
    "webhook paused, as an auditor reads it": Visit("auditor", at("/webhooks/{}", "paused webhook")),
    "deliveries": Visit("admin", at("/deliveries")),
    "password": Visit("billing", at("/account/password")),
    "agreement": Visit("lead", at("/notes/agreement")),
    "ways in": Visit("billing", at("/account/ways-in")),
    "not allowed": Visit("billing", at("/mail"), ("403 (Forbidden)",)),
    "not there": Visit("billing", at("/cases/00000000-0000-4000-8000-000000000000"), ("404 (Not Found)",)),
}
PROVIDER = {
    "check before submit, provider": Visit("provider", at("/sessions/check")),
    "home": Visit("provider", at("/my")),
    "home with nothing": Visit("other provider", at("/my")),
    "request": Visit("provider", at("/my/requests/{}", "open request")),
    "request paused": Visit("provider", at("/my/requests/{}", "paused request")),
    "request answered": Visit("provider", at("/my/requests/{}", "answered request")),
    "receipt": Visit("provider", at("/my/requests/{}/receipt", "answered request")),
    "history": Visit("provider", at("/my/history")),
    "delegates and absence": Visit("provider", at("/my/delegates")),
    "home of a delegate": Visit("delegate", at("/my")),
    "request of a delegate": Visit("delegate", at("/my/requests/{}", "open request")),
    "dispute of a delegate": Visit("delegate", at("/my/disputes/{}", "open dispute")),
    "case to answer": Visit("provider", at("/my/cases/{}", "case in talk")),
    "case answered": Visit("provider", at("/my/cases/{}", "answered case")),
    "case decided": Visit("provider", at("/my/cases/{}", "decided case")),
    "dispute to answer": Visit("provider", at("/my/disputes/{}", "open dispute")),
    "dispute answered": Visit("provider", at("/my/disputes/{}", "answered dispute")),
    "own library": Visit("provider", at("/library")),
    "session": Visit("provider", session_of("new finding")),
    "checks": Visit("provider", at("/checks")),
    "check": Visit("provider", at("/checks/CG101")),
    "adjustments": Visit("provider", at("/adjustments")),
    "not there": Visit("other provider", at("/my/cases/{}", "case in talk"), ("404 (Not Found)",)),
}
OUTSIDE = {
    "sign-in": Visit("", at("/sign-in")),
    "ask for a link": Visit("", at("/sign-in/link")),
    "link": Visit("", link),
    "invitation": Visit("", at(f"/delegates/invitation/{INVITATION}")),
    "invitation spent": Visit("", at("/delegates/invitation/cut-off"), ("410 (Gone)",)),
    "link spent": Visit("", at("/sign-in/link/cut-off"), ("410 (Gone)",)),
    "not there": Visit("", at("/nothing-here"), ("404 (Not Found)",)),
    "api reference": Visit("", at("/api/docs")),
}
VISITS = {
    f"{part}: {name}": visit
    for part, visits in (("staff", STAFF), ("provider", PROVIDER), ("outside", OUTSIDE))
    for name, visit in visits.items()
}


@pytest.fixture(scope="module")
def standing(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """One world for the whole module, committed so that the live server sees it, and emptied out at the end."""
    mail = "django.core.mail.backends.locmem.EmailBackend"
    folder = override_settings(DATA_DIR=tmp_path_factory.mktemp("pages"), EMAIL_BACKEND=mail)
    with django_db_blocker.unblock(), folder:
        assert connection.settings_dict["NAME"].startswith("test_"), "this module empties its database"
        try:
            with clock.pretend(NOW):
                made = world.build()
            made.rows["link"] = sign_in.issue_link(made.users["admin"], "/", NOW)
            invited(made)
            move_clock(NOW)
            yield made
        finally:
            call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(scope="module")
def pages(chromium: Browser, server: LiveServer, standing: World) -> Iterator[Callable[[str], Watched]]:
    """One page for everything that somebody visits: another one would read and compile axe and our scripts anew."""
    opened: dict[str, tuple[BrowserContext, Watched]] = {}

    def of(who: str) -> Watched:
        if who not in opened:
            signed_in = standing.cookies[who][settings.SESSION_COOKIE_NAME].value if who else ""
            context = context_of(chromium, server, signed_in, reduced_motion="reduce")
            opened[who] = context, watch(context.new_page())
        return opened[who][1]

    yield of
    for context, _ in opened.values():
        context.close()


def looks() -> Iterator[Any]:
    """Each page in each way; one of them now, the others at night."""
    for number, name in enumerate(VISITS):
        for turn, way in enumerate(WAYS):
            marks = () if number % len(WAYS) == turn else (pytest.mark.soak,)
            yield pytest.param(name, way, marks=marks, id=f"{name}, {way}")


@pytest.mark.parametrize(("name", "way"), list(looks()))
def test_the_page_can_be_read_and_used_by_everybody(
    pages: Callable[[str], Watched], standing: World, name: str, way: str
) -> None:
    visit, (scheme, size) = VISITS[name], WAYS[way]
    opened = pages(visit.who)
    opened.complaints.clear()
    opened.ignore[:] = visit.refusals
    page = opened.page
    page.set_viewport_size(PHONE if size is DESK else DESK)
    page.emulate_media(color_scheme=scheme)
    page.goto(visit.path(standing))
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("h1")).to_be_visible()
    assert_no_sideways_scroll(page)
    page.set_viewport_size(size)
    assert_no_sideways_scroll(page)
    assert_axe_clean(page)
    assert_the_focus_shows(page)
    assert opened.unexpected() == []


def assert_the_focus_shows(page: Page) -> None:
    """Tab leads somewhere, and wherever it leads can be seen."""
    for _ in range(TABS):
        press(page, "Tab")
        if page.evaluate("document.activeElement !== document.body"):
            where = page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
            assert page.evaluate(FOCUS_SHOWS), where
    assert page.evaluate("document.querySelectorAll('a[href], button, input, select, textarea').length") > 0
