"""Promise 9: a provider sees only their own sessions, requests, cases. What single addresses answer is the matrix's
(``tests/doors``); here nothing that strangers are shown anywhere names a row of somebody else's."""

from __future__ import annotations

import pytest

from tests.doors.asking import ask, undone
from tests.doors.conftest import world
from tests.doors.matrix import ROWS, Row
from tests.world import World

__all__ = ["world"]

pytestmark = pytest.mark.django_db

# What may name rows of everybody: ids of background work, for leads and administrators, and addresses of mails.
OPERATORS = {"deliveries", "mail"}
# The rules of the whole network are nobody's own: whoever works under them may read them.
EVERYBODYS = {"rule pack", "policy scope", "library item"}  # the last one is the network's own policy
EVERYBODYS |= {"draft wording", "proposed wording", "offered wording"}  # the network's own words
EVERYBODYS |= {"webhook", "paused webhook"}  # the installation's, run by administrators
LISTS = [row for row in ROWS if row.method == "GET" and not row.args and row.name not in OPERATORS]


@pytest.mark.parametrize("row", LISTS, ids=lambda row: row.key)
def test_promise_09_no_list_names_a_row_of_somebody_else(world: World, row: Row) -> None:
    ids = {
        str(thing.pk): name
        for name, thing in world.rows.items()
        if not isinstance(thing.pk, int) and name not in EVERYBODYS
    }
    for caller in ("other provider", "other billing", "admin"):
        with undone():
            answer = ask(world, row, caller)
        text = answer.content.decode()
        assert [name for pk, name in ids.items() if pk in text] == [], caller
        assert world.users["provider"].provider.npi not in text, caller


FULL = {
    "sessions",
    "imports",
    "request-list",
    "adjustments",
    "api-sessions",
    "api-findings",
    "api-imports",
    "api-notes-requests",
    "api-notes",
    "api-cases",
    "api-disputes",
    "api-proposed-adjustments",
}
SHOW_ROWS = [row for row in LISTS if row.name in FULL]


@pytest.mark.parametrize("row", SHOW_ROWS, ids=lambda row: row.key)
def test_promise_09_the_same_lists_do_show_them_to_who_may_see_them(world: World, row: Row) -> None:
    """Otherwise the test above would be satisfied by lists that are always empty."""
    ids = [str(thing.pk) for thing in world.rows.values()]
    with undone():
        text = ask(world, row, "lead").content.decode()
    assert any(pk in text for pk in ids)
