"""What is out of reach is told like what does not exist; looking writes nothing; forms need a token."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from tests.doors.asking import address, ask, headers_of, is_api, send, undone
from tests.doors.matrix import ROWS, Row
from tests.doors.test_matrix import by_key
from tests.world import World

pytestmark = pytest.mark.django_db

NOBODY = UUID("0190f5b0-0000-7000-8000-00000000dead")
STRANGERS = ("other provider", "other billing", "admin")
ABOUT_ROWS = [row for row in ROWS if any(name.endswith("_id") and name != "check_id" for name in row.args)]
READING = [row for row in ROWS if row.method == "GET"]
FORMS = [row for row in ROWS if row.method == "POST" and not is_api(row)]
# What differs from one drawing of the same page to the next.
FRESH = re.compile(rb'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": ?"[^"]*"|hx-headers=\S+')


def said(response: HttpResponse) -> tuple[int, bytes]:
    return response.status_code, FRESH.sub(b"", response.content)


def missing(world: World, row: Row) -> str:
    """The row's address with an id that nothing has, for each id of a row of ours."""
    fakes = {
        name: NOBODY if isinstance(row.kwargs(world)[name], UUID) else 99_999_999
        for name in row.args
        if name.endswith("_id")
    }
    return address(world, row, **fakes)


def may_do(row: Row) -> str:
    """Somebody for whom the row says Y; the lead where they are among them."""
    able = [caller for caller, word in row.expected.items() if word == "Y"]
    return "lead" if "lead" in able else able[0]


@pytest.mark.parametrize("row", ABOUT_ROWS, ids=by_key)
def test_out_of_reach_and_not_there_are_the_same_answer(world: World, row: Row) -> None:
    """A key without the scope is a stranger too where looking is what it lacks the scope for."""
    blind = ["key without scope"] if row.method == "GET" and row.scope else []
    for caller in [*STRANGERS, *blind]:
        if row.expected[caller] == "Y":
            continue
        with undone():
            there = said(ask(world, row, caller))
        with undone():
            gone = said(ask(world, row, caller, missing(world, row)))
        assert there == gone, caller


@pytest.mark.parametrize("row", [row for row in ABOUT_ROWS if "Y" in row.expected.values()], ids=by_key)
def test_who_may_do_it_is_told_404_of_what_does_not_exist(world: World, row: Row) -> None:
    with undone():
        assert ask(world, row, may_do(row), missing(world, row)).status_code == 404


def written_rows() -> dict[str, int]:
    """How many rows each table of ours was ever given, changed or lost, as this transaction counted them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
        return dict(cursor.fetchall())


# The sign-in session and a key's own bookkeeping; the first opening of a request or a dispute is recorded, because a
# mail that comes back later takes no clock back that somebody saw run.
BOOKKEEPING = {"accounts_signedin", "accounts_apikey", "accounts_keyuse"}
DOCUMENTED = {
    "my-request": {"notes_notesrequest", "events_event", "events_pendingseal"},
    "my-dispute": {"disputes_dispute", "events_event", "events_pendingseal"},
    "api-note-content": {"events_accesslog", "events_event", "events_pendingseal"},
    "api-note-file": {"events_accesslog", "events_event", "events_pendingseal"},
    "api-case-file": {"events_accesslog", "events_event", "events_pendingseal"},  # whoever opens one is written down
    "evidence-pack": {"events_event", "events_pendingseal"},  # each time one is taken is recorded
    "api-evidence-pack": {"events_event", "events_pendingseal"},
}


@pytest.mark.parametrize("row", READING, ids=by_key)
def test_looking_writes_nothing(world: World, row: Row) -> None:
    for caller in [caller for caller, word in row.expected.items() if word == "Y"]:
        with undone():
            before = written_rows()
            ask(world, row, caller)
            after = written_rows()
        touched = {table for table, count in after.items() if count != before.get(table, 0)}
        assert touched - BOOKKEEPING <= DOCUMENTED.get(row.name, set()), caller


@pytest.mark.parametrize("row", FORMS, ids=by_key)
def test_a_form_without_its_token_does_nothing(world: World, row: Row) -> None:
    caller = may_do(row)
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.cookies = world.browser(caller).cookies
    with undone():
        before = written_rows()
        assert send(strict, world, row, address(world, row)).status_code == 403
        touched = {table for table, count in written_rows().items() if count != before.get(table, 0)}
    assert touched <= {"accounts_signedin"}


BY_SIGN_IN = [row for row in ROWS if is_api(row) and row.method != "GET" and "webhook-signature" not in row.headers]


@pytest.mark.parametrize("row", BY_SIGN_IN, ids=by_key)
def test_the_api_takes_no_browser_write_without_its_token(world: World, row: Row) -> None:
    caller = may_do(row)
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.cookies = world.browser(caller).cookies
    with undone():
        assert send(strict, world, row, address(world, row), headers_of(world, row, caller)).status_code == 403
