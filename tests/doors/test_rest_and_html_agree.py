"""The same person sees the same rows and may do the same things, whether a page or the API is asked."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from clawguard import clock
from tests.builders import NOW
from tests.doors.asking import undone
from tests.doors.matrix import ROWS
from tests.world import World

pytestmark = pytest.mark.django_db

PEOPLE = ("provider", "other provider", "billing", "other billing", "lead", "auditor", "admin")
ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
# A list page with all its rows, the address its rows link to, and the API's list of the same rows.
STAFF_LISTS = (
    (("/sessions",), rf"/sessions/({ID})", "/api/v1/sessions"),
    (
        tuple(f"/requests?view={view}" for view in ("due", "answered", "lapsed", "undelivered", "done")),
        rf"/requests/({ID})",
        "/api/v1/notes-requests",
    ),
    (tuple(f"/triage?view={view}" for view in ("all", "decided")), rf"/cases/({ID})", "/api/v1/cases"),
    (("/triage?view=disputes",), rf"/disputes/({ID})", "/api/v1/disputes"),
    (("/imports",), rf"/imports/({ID})", "/api/v1/imports"),
    (("/remittances",), rf"/remittances/({ID})", "/api/v1/remittances"),
    (("/remittances/takebacks",), rf"/remittances/takebacks/({ID})", "/api/v1/remittances/takebacks"),
    (("/remittances/waiting",), rf"/remittances/claims/({ID})", "/api/v1/remittances/waiting"),
)
# The same deed at both doors, by the names of their addresses.
DEEDS = (
    ("POST finding-confirm", "POST api-finding-confirm"),
    ("POST finding-dismiss", "POST api-finding-dismiss"),
    ("POST finding-restore", "POST api-finding-restore"),
    ("POST check-findings-judge", "POST api-findings-judge"),
    ("POST judgement-undo", "POST api-judgement-undo"),
    ("GET check-health", "GET api-check-health"),
    ("GET session-page", "GET api-session"),
    ("POST import-start", "POST api-import-start"),
    ("POST import-cancel", "POST api-import-cancel"),
    ("GET import-page", "GET api-import"),
    ("GET import-errors", "GET api-import-errors"),
    ("GET imports", "GET api-imports"),
    ("POST imports", "POST api-imports"),
    ("POST request-accept-item", "POST api-notes-request-accept"),
    ("POST request-return-item", "POST api-notes-request-return"),
    ("POST request-extend", "POST api-notes-request-extend"),
    ("POST request-withdraw", "POST api-notes-request-withdraw"),
    ("POST request-new", "POST api-notes-requests"),
    ("POST my-answer", "POST api-notes-request-response"),
    ("POST my-extension", "POST api-notes-request-ask-extension"),
    ("POST my-question", "POST api-notes-request-ask-question"),
    ("POST my-files", "POST api-notes-request-files"),
    ("POST request-reply", "POST api-notes-request-reply"),
    ("POST request-deliver", "POST api-notes-request-deliver"),
    ("POST note-file", "GET api-note-file"),
    ("POST request-read-note POST my-note", "GET api-note-content"),
    ("POST case-decide", "POST api-case-decision"),
    ("POST case-approve", "POST api-case-approve"),
    ("POST case-withdraw-proposal", "POST api-case-withdraw-proposal"),
    ("POST case-close", "POST api-case-close"),
    ("POST case-facts", "POST api-case-facts"),
    ("POST case-fact-withdraw", "POST api-case-fact-withdraw"),
    ("POST dispute-decide", "POST api-dispute-decide"),
    ("POST dispute-new", "POST api-disputes"),
    ("POST dispute-withdraw", "POST api-dispute-withdraw"),
    ("POST dispute-reason", "POST api-dispute-reason"),
    ("POST dispute-deliver", "POST api-dispute-deliver"),
    ("POST dispute-client-link", "POST api-dispute-client-link"),
    ("POST dispute-client-link-end", "POST api-dispute-client-link-end"),
    ("POST case-assign", "POST api-case-assign"),
    ("GET library", "GET api-library"),
    ("POST library", "POST api-library"),
    ("POST library-retire", "POST api-library-retire"),
    ("POST session-open-case", "POST api-cases"),
    ("POST my-case-appeal", "POST api-case-appeal"),
    ("POST my-dispute-answer", "POST api-dispute-response"),
    ("POST my-dispute-answer", "POST api-dispute-concede"),
    ("POST dispute-evidence", "POST api-dispute-evidence"),
    ("GET letter-pdf", "GET api-letter"),
    ("POST case-pack", "POST api-case-pack"),
    ("GET evidence-pack", "GET api-evidence-pack"),
    ("GET adjustments", "GET api-proposed-adjustments"),
    ("POST adjustment-confirm", "POST api-adjustment-confirmation"),
    ("GET remittances", "GET api-remittances"),
    ("GET remittance", "GET api-remittance"),
    ("POST remittance-accept", "POST api-remittance-accept"),
    ("GET remittances-waiting", "GET api-remittances-waiting"),
    ("GET remittances-takebacks", "GET api-remittances-takebacks"),
    ("GET remittance-takeback", "GET api-remittance-takeback"),
    ("POST remittance-takeback-divide", "POST api-remittance-takeback-divide"),
    ("POST remittance-takeback-aside", "POST api-remittance-takeback-aside"),
    ("GET remittance-claim", "GET api-remittance-claim"),
    ("POST remittance-claim-match", "POST api-remittance-claim-match"),
    ("POST remittance-claim-aside", "POST api-remittance-claim-aside"),
)
BY_KEY = {row.key: row for row in ROWS}


@pytest.mark.parametrize(("page", "api"), DEEDS)
def test_whoever_may_do_it_at_one_door_may_do_it_at_the_other(page: str, api: str) -> None:
    """Some deeds have a page for each side; the API has one address for both."""
    pages = [BY_KEY[key] for key in re.findall(r"[A-Z]+ [a-z-]+", page)]
    allowed = {who for who in PEOPLE for row in pages if row.expected[who] == "Y"}
    assert allowed == {who for who in PEOPLE if BY_KEY[api].expected[who] == "Y"}


def shown(world: World, who: str, path: str) -> Any:
    with undone(), clock.pretend(NOW):
        return world.browser(who).get(path)


def rows_of_api(world: World, who: str, path: str) -> set[str]:
    found, following = set(), f"{path}?limit=100"
    while following:
        body = shown(world, who, following).json()
        found |= {row["id"] for row in body["results"]}
        following = body["next"]
    return found


@pytest.mark.parametrize("who", ["billing", "other billing", "lead", "auditor"])
@pytest.mark.parametrize(("pages", "link", "api"), STAFF_LISTS, ids=lambda value: str(value)[:40])
def test_a_page_lists_what_the_api_lists(world: World, who: str, pages: tuple[str, ...], link: str, api: str) -> None:
    linked: set[str] = set()
    for page in pages:
        answer = shown(world, who, page)
        assert answer.status_code == 200
        linked |= set(re.findall(rf'href="{link}"', answer.content.decode()))
    assert linked == rows_of_api(world, who, api)
    assert linked or who == "other billing"


def test_a_providers_home_lists_what_the_api_says_they_owe(world: World) -> None:
    home = shown(world, "provider", "/my").content.decode()
    for name, link in (("notes-requests", "requests"), ("cases", "cases"), ("disputes", "disputes")):
        rows = shown(world, "provider", f"/api/v1/{name}?limit=100").json()["results"]
        owed = {row["id"] for row in rows if row["status"] in {"open", "lapsed", "in_conversation", "answer_lapsed"}}
        assert owed <= set(re.findall(rf'href="/my/{link}/({ID})', home)), name
        assert owed


# The words of the API for what may be done, and the address of the form that does it.
FORMS = {
    "case": {
        "decision": "case-decide",
        "approve": "case-approve",
        "withdraw_proposal": "case-withdraw-proposal",
        "close": "case-close",
        "facts": "case-facts",
    },
    "request": {
        "withdraw": "request-withdraw",
        "extend": "request-extend",
        "deliver": "request-deliver",
        "report_bounce": "request-bounce",
    },
}
CASES = ("case in talk", "answered case", "case at second look", "decided case", "closable case", "case without notice")
REQUESTS = ("open request", "unread request", "undelivered request", "answered request")


@pytest.mark.parametrize("who", ["billing", "lead", "auditor"])
@pytest.mark.parametrize("name", [*CASES, *REQUESTS])
def test_a_page_offers_what_the_api_allows(world: World, who: str, name: str) -> None:
    kind = "case" if name in CASES else "request"
    row = world.rows[name]
    api = reverse(f"api-{'case' if kind == 'case' else 'notes-request'}", args=[row.pk])
    allowed = shown(world, who, api).json()["allowed_actions"]
    page = shown(world, who, reverse("case" if kind == "case" else "request-page", args=[row.pk])).content.decode()
    offered = [action for action, form in FORMS[kind].items() if f'"{reverse(form, args=[row.pk])}"' in page]
    assert offered == [action for action in FORMS[kind] if action in allowed]
