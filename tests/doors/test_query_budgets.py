"""How many questions each page and list asks the database: as many for a dozen rows as for three, within a budget."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clawguard import clock
from clawguard.accounts.models import ApiKey
from disputes import services as disputes
from disputes.models import Remittance
from disputes.services import remittances
from tests import builders, world_rules, world_webhooks
from tests import world as making
from tests.builders import NOW
from tests.disputes import makers, remit_files
from tests.doors.asking import undone
from tests.world import HOUR, World

pytestmark = pytest.mark.django_db

# Address (and query), who asks, and the most it may ask. Signing in, the session row and the moment are among them.
LISTS = (
    ("sessions", "", "billing", 9),
    ("triage", "view=all", "billing", 9),
    ("triage", "view=findings", "billing", 10),
    ("triage", "view=disputes", "billing", 9),
    ("triage", "view=decided", "billing", 9),
    ("request-list", "view=due", "billing", 8),
    ("request-list", "view=answered", "billing", 8),
    ("request-choose", "", "billing", 7),
    ("imports", "", "billing", 7),
    ("code-tables", "", "lead", 10),
    ("api-code-tables", "", "lead", 8),
    ("adjustments", "", "billing", 7),
    ("adjustments", "", "provider", 8),
    ("remittances", "", "billing", 9),
    ("remittances-takebacks", "", "billing", 6),
    ("api-remittances-takebacks", "", "billing", 6),
    ("templates", "", "lead", 8),
    ("api-message-templates", "", "billing", 6),
    ("remittances-waiting", "", "billing", 8),
    ("api-remittances", "", "billing", 7),
    ("api-remittances-waiting", "", "billing", 7),
    ("requests", "", "provider", 13),
    ("mail", "", "lead", 7),
    ("webhooks", "", "admin", 6),
    ("api-webhooks", "", "admin", 6),
    ("checks", "", "provider", 9),
    ("payer-policies", "", "lead", 10),
    ("rule-packs", "", "lead", 11),
    ("backtests", "", "lead", 7),
    ("api-backtests", "", "lead", 6),
    ("api-policies", "", "billing", 7),
    ("api-rule-packs", "", "billing", 9),
    ("check-before-submit", "", "provider", 9),
    ("check-health", "", "billing", 9),
    ("check-health-csv", "", "lead", 7),
    ("api-sessions", "", "billing", 8),
    ("api-findings", "", "billing", 7),
    ("api-stated-facts", "", "billing", 7),
    ("patterns", "", "billing", 6),
    ("api-patterns", "", "billing", 7),
    ("api-imports", "", "billing", 7),
    ("api-notes-requests", "", "billing", 9),
    ("api-notes", "", "billing", 9),
    ("api-cases", "", "billing", 7),
    ("api-disputes", "", "billing", 7),
    ("library", "", "billing", 8),
    ("api-library", "", "billing", 7),
    ("api-proposed-adjustments", "", "billing", 7),
)
DETAILS = (
    ("session-page", "session", "billing", 18),
    ("session-facts", "session", "billing", 9),
    ("pattern", "pattern", "billing", 9),
    ("request-page", "answered request", "billing", 23),
    ("my-request", "open request", "provider", 24),  # one for the policies in force: what an ask gets at once
    ("my-files-found", "open request", "provider", 9),
    ("my-receipt", "answered request", "provider", 15),
    ("case", "decided case", "billing", 31),
    ("template-version", "draft wording", "lead", 7),
    ("my-case", "decided case", "provider", 16),
    ("dispute", "answered dispute", "billing", 9),
    ("my-dispute", "open dispute", "provider", 13),  # the first opening is kept
    ("import-page", "waiting import", "billing", 8),
    ("remittance", "remittance", "billing", 16),
    ("remittance-claim", "unmatched claim", "billing", 11),
    ("remittance-takeback", "takeback", "billing", 11),
    ("api-remittance-takeback", "takeback", "billing", 10),
    ("webhook", "webhook", "admin", 7),
    ("api-remittance", "remittance", "billing", 14),
    ("api-remittance-claim", "unmatched claim", "billing", 11),
    ("code-table", "loaded table", "lead", 10),
    ("code-table", "own table", "lead", 10),
    ("policy-scope", "policy scope", "billing", 9),
    ("policy-revision", "draft policy", "lead", 16),
    ("policy-revision", "proposed policy", "lead", 14),
    ("rule-pack", "rule pack", "billing", 12),
    ("backtest", "backtest", "lead", 11),
    ("api-backtest", "backtest", "lead", 10),
    ("api-backtest-changes", "backtest", "lead", 7),
    ("backtest-changes", "backtest", "lead", 8),
    ("backtest-sessions", "backtest", "lead", 8),
    ("api-session", "session", "billing", 14),
    ("api-notes-request", "open request", "billing", 10),
    ("api-case", "decided case", "billing", 27),
    ("api-dispute", "open dispute", "billing", 7),
    ("api-proposed-adjustment", "adjustment", "billing", 7),
    ("api-import", "waiting import", "billing", 7),
)


def asked(world: World, caller: str, path: str) -> int:
    """The questions of one opening, the second one: the first may fill what is kept for good."""
    for _ in range(2):
        browser = world.browser(caller)
        with undone(), clock.pretend(NOW), CaptureQueriesContext(connection) as queries:
            answer = browser.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
    return len([query for query in queries if "SAVEPOINT" not in query["sql"]])


def grow(world: World, rows: int) -> None:
    """``rows`` more of everything that lists show, each with what hangs on it."""
    sessions = iter(making.screened_together(4 * rows))
    priya, rui = world.actor("provider"), world.actor("billing")
    for number in range(rows):
        builders.pattern(month=dt.date(2020 + number // 12 - rows, number % 12 + 1, 1))
        making.delivered(next(sessions))
        request = making.delivered(next(sessions))
        making.notes.add_file(priya, request.pk, f"scan-{number}.pdf", [making.PDF], NOW)
        making.notes.submit_answer(priya, request.pk, making.answer(), NOW)
        making.in_talk(world, NOW - HOUR, next(sessions))
        making.decided(world, "provider", NOW - 6 * HOUR, next(sessions))
        dispute = makers.dispute(rui, world.users["provider"].provider)
        disputes.deliver(dispute.pk, NOW)
        policy = disputes.NewItem(
            "policy", f"Policy {number}", {"version": "1", "notice_hours": 24}, dt.date(2026, 1, 1)
        )
        disputes.keep_item(priya if number % 2 else rui, policy, NOW)
        making.received(rui, [making.rows_file(making.body(5000 + number))], hold=True)
        odd = remit_files.claim(f"odd-{rows}-{number}", member_id="C-nobody", date=dt.date(2025, 1, 6))
        taken = remit_files.plb("WO", "1.00", odd.claim_id)
        remit_files.imported(remit_files.payment(f"T-{rows}-{number}", odd, taken))
        remittances.open_for_takebacks(Remittance.objects.latest("id").pk, NOW)
        waiting = world_rules.policy(world, "lead", {"largest_group": 9}, payer_id=f"P-{uuid4()}")
        world_rules.tried(world, "lead", waiting)
        world_webhooks.another(world)


Counted = dict[tuple[str, str, str], tuple[int, int]]


class TestLists:
    @pytest.fixture(scope="class")
    @staticmethod
    def counted(world: World) -> Iterator[Counted]:
        """What each list asked with three rows of each kind, and with twelve."""
        before = {}
        with undone():
            with clock.pretend(NOW):
                grow(world, 3)
            for name, query, caller, _ in LISTS:
                before[name, query, caller] = asked(world, caller, f"{reverse(name)}?{query}")
            with clock.pretend(NOW):
                grow(world, 9)
            yield {key: (few, asked(world, key[2], f"{reverse(key[0])}?{key[1]}")) for key, few in before.items()}

    @pytest.mark.parametrize(("name", "query", "caller", "most"), LISTS)
    def test_twelve_rows_ask_no_more_than_three(
        self, counted: Counted, name: str, query: str, caller: str, most: int
    ) -> None:
        few, many = counted[name, query, caller]
        assert many == few
        assert many <= most


@pytest.mark.parametrize(("name", "row", "caller", "most"), DETAILS)
def test_one_row_is_shown_within_its_budget(world: World, name: str, row: str, caller: str, most: int) -> None:
    assert asked(world, caller, reverse(name, args=[world.rows[row].pk])) <= most


def test_a_program_asks_for_little_more_than_a_person(world: World) -> None:
    secret = {"Authorization": f"Bearer {world.secret(only='sessions:read')}"}
    with undone(), clock.pretend(NOW):
        world.browser().get("/api/v1/sessions", headers=secret)
        with CaptureQueriesContext(connection) as queries:
            assert world.browser().get("/api/v1/sessions", headers=secret).status_code == 200
        assert ApiKey.objects.exists()
    assert len(queries) <= 8
