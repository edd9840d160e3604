"""Which fields a reader is shown: a provider reads what was said to them, not what staff say among themselves."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader

from clawguard import clock
from disputes import services as disputes
from tests.builders import NOW
from tests.doors.asking import address, ask, is_api, outcome, undone
from tests.doors.matrix import ROWS, Row
from tests.doors.test_matrix import by_key
from tests.world import World

pytestmark = pytest.mark.django_db

# Money at risk, whose error it may be, who looks after it and by when, what was dismissed and why.
STAFF_FIELDS = {
    "amount_at_risk",
    "party_if_confirmed",
    "suggested_step",
    "related",
    "reason",
    "decided_by",
    "breach_at",
    "decide_by",
    "decision_doubted_at",
    "assignee",
    "proposed_by",
    "second_person",
    "returned_at",
    "returned_reason",
    "missing",
    "confidence",
    "needs_second_person",
}
# Why a day counts or not, an item was sent back, more time was given, a client disputes: it is said to the provider.
WITH_REASONS = (
    "api-notes-requests",
    "api-notes-request",
    "api-case",
    "api-disputes",
    "api-dispute",
    "api-deadline-preview",
)
SAID_TO_PROVIDERS = {name: {"reason"} for name in WITH_REASONS}
ALOUD, AMONG_STAFF = "Please tell us about the times.", "Between us: compare with the other sessions."
SHOWN = [row for row in ROWS if row.method == "GET" and row.expected["provider"] == "Y"]
# Open to everybody who is signed in: the rules and how they judge, which are no secret.
PUBLIC = {"api-checks", "api-check", "checks", "check-page", "check-documentation", "api-docs", "openapi", "style"}

# What answers with a file has no fields; its words are asked about further down.
FILES = {"api-letter", "api-case-file", "api-note-file"}
WITH_FIELDS = [row for row in SHOWN if is_api(row) and row.name not in PUBLIC | FILES]


def keys(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from part
        for value in part.values():
            yield from keys(value)
    elif isinstance(part, list):
        for value in part:
            yield from keys(value)


def words_of(answer: Any) -> str:
    """The text of a page, of JSON or of a PDF."""
    if answer.headers["Content-Type"] == "application/pdf":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    return str(answer.content.decode())


@pytest.fixture
def talked(world: World) -> World:
    """Staff wrote in the thread and among themselves, and a decision was sent back by the second person."""
    rui, case = world.actor("billing"), world.rows["answered case"].pk
    with clock.pretend(NOW):
        disputes.post_message(rui, case, ALOUD, NOW)
        disputes.post_message(rui, case, AMONG_STAFF, NOW, internal=True)
        disputes.send_back(world.actor("lead"), world.rows["case at second look"].pk, AMONG_STAFF, NOW)
    return world


@pytest.mark.parametrize("row", WITH_FIELDS, ids=by_key)
def test_no_field_of_staff_reaches_a_provider(talked: World, row: Row) -> None:
    answer = ask(talked, row, "provider")
    assert answer.status_code == 200
    shown = set(keys(answer.json()))
    assert shown
    assert shown & STAFF_FIELDS <= SAID_TO_PROVIDERS.get(row.name, set())


@pytest.mark.parametrize("row", [row for row in SHOWN if row.name not in PUBLIC], ids=by_key)
def test_what_staff_say_among_themselves_is_shown_to_staff_alone(talked: World, row: Row) -> None:
    told = [{"case_id": talked.rows[case].pk} for case in ("answered case", "case at second look")]
    for ids in told if "case_id" in row.args else [{}]:
        answer = ask(talked, row, "provider", address(talked, row, **ids))
        assert outcome(row, answer) == "Y"
        assert AMONG_STAFF not in words_of(answer)


def test_and_staff_do_read_it(talked: World) -> None:
    for name in ("case", "api-case"):
        (row,) = [row for row in ROWS if row.name == name and row.method == "GET"]
        text = ask(talked, row, "lead").content.decode()
        assert AMONG_STAFF in text
        assert ALOUD in text
    (mine,) = [row for row in ROWS if row.name == "my-case" and row.method == "GET"]
    path = address(talked, mine, case_id=talked.rows["answered case"].pk)
    assert ALOUD in ask(talked, mine, "provider", path).content.decode()


def test_a_case_is_not_told_to_its_provider_before_its_notice(world: World) -> None:
    """Nor is a request or a dispute before it was delivered."""
    unheard = str(world.rows["case without notice"].pk)
    for row in SHOWN:
        with undone():
            assert unheard not in words_of(ask(world, row, "provider")), row.key
