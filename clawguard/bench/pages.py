"""Server time of the pages that staff live in, signed in, at two sizes of the network."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import connection
from django.test import Client

from clawguard.accounts.actors import SYSTEM
from clawguard.accounts.models import Role, User
from clawguard.bench import reviewing, rows
from clawguard.bench.figures import Figure
from clawguard.bench.visiting import page
from clawguard.clock import now as read_clock
from disputes import services
from sessions.models import TherapySession

CASE_SHARE = 10  # one case for so many sessions
BACKEND = "django.contrib.auth.backends.ModelBackend"
_CASES = """
INSERT INTO disputes_case (id, provider_id, session_id, origin, title, status, opened_at, updated_at, amount_at_risk,
    contracted_rate, party, clause, answer_late, decide_by, breach_at)
SELECT gen_random_uuid(), s.provider_id, s.id, 'findings', '90837 on ' || s.date_of_service,
    (ARRAY['open', 'second_look', 'open', 'closed'])[1 + s.arrival %% 4], now(), now(), 142.50, 142.50,
    'provider', 'provider.coding', false, now() + interval '5 days', now() + (s.arrival %% 1000) * interval '10 minutes'
FROM therapy_sessions_therapysession s WHERE s.arrival %% %(share)s = 0
"""


def measure(size: int) -> list[Figure]:
    """``size`` sessions, a tenth of them with a case; one case was worked through by the services."""
    now = read_clock()
    with connection.cursor() as cursor:
        rows.sessions(cursor, size, "S-bulk-")
        cursor.execute(_CASES, {"share": CASE_SHARE})
        cursor.execute("VACUUM ANALYZE")
    case_id = _worked_case(now)
    lead = User.objects.create_user("lead@example.com", name="Lead Test", role=Role.LEAD, created_at=now)
    browser = Client()
    browser.force_login(lead, backend=BACKEND)
    return [
        page(browser, "/triage?view=all", f"triage list at {size:,} sessions"),
        page(browser, f"/cases/{case_id}", f"case page at {size:,} sessions"),
        *reviewing.measure(browser, size, now),
    ]


def _worked_case(now: dt.datetime) -> UUID:
    """A case in conversation, made as in life: opened, weighed, its notice delivered."""
    session = TherapySession.objects.filter(cases=None).order_by("arrival")[0]
    case = services.open_by_hand(SYSTEM, session.pk, now)
    services.attribute(case.pk, now)
    services.open_conversation(case.pk, now)
    return case.pk
