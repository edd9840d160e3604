"""Many valid rows in one statement each: open notes requests with due moments spread over a stretch of time.

Written in SQL because a million of them are needed; every constraint and trigger of the tables applies all the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

PROVIDERS = 50
# Ids that grow with the row's number, as those of the product grow with time: where a row stands in an index matters.
_GROWING = (
    "(lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint + {number}), 12, '0') || '7'"
    " || left(md5({number}::text), 3) || '8' || right(md5({number}::text), 15))::uuid"
)

_PARTIES = """
INSERT INTO accounts_provider (id, npi, name, license, time_zone, email, created_at)
SELECT gen_random_uuid(), (1999000000 + n)::text, 'Provider ' || n, 'LCSW', 'America/New_York',
       'provider' || n || '@example.com', now()
FROM generate_series(1, %(providers)s) AS n ON CONFLICT DO NOTHING;
INSERT INTO accounts_user (id, password, email, name, role, provider_id, is_active, note_form, created_at)
SELECT gen_random_uuid(), '', p.email, p.name, 'provider', p.id, true, '', now()
FROM accounts_provider p WHERE p.email <> '' ON CONFLICT DO NOTHING;
INSERT INTO therapy_sessions_client (id, external_id)
SELECT gen_random_uuid(), 'C-bulk-' || n FROM generate_series(1, %(providers)s * 5) AS n ON CONFLICT DO NOTHING;
INSERT INTO therapy_sessions_payer (id, payer_id, name, kind)
VALUES (gen_random_uuid(), '60054', 'Example Health', 'commercial') ON CONFLICT DO NOTHING;
"""

_SESSIONS = """
WITH p AS (SELECT id, row_number() OVER (ORDER BY npi) - 1 AS n FROM accounts_provider),
     c AS (SELECT id, row_number() OVER (ORDER BY external_id) - 1 AS n FROM therapy_sessions_client)
INSERT INTO therapy_sessions_therapysession (id, external_id, revision, provider_id, provider_license,
    provider_time_zone, client_id, client_sex, client_state, payer_id, payer_kind, date_of_service, place_of_service,
    telehealth, service_lines, codes, diagnoses, client_location, documented, contracted_rate, digest, created_at,
    updated_at)
SELECT NEW_ID, %(prefix)s || g, 1, p.id, 'LCSW', 'America/New_York', c.id, '', '', y.id, 'commercial',
    current_date - 20 - (g %% 300)::int, '10', 'video',
    '[{"code": "90837", "modifiers": ["95"], "units": 1, "charge": "180.00", "diagnosis_pointers": [1], "start": null,
       "end": null, "minutes": null, "em_basis": null}]', '{90837}', '{F331}', 'home', '{}', 142.50, md5(g::text),
    now(), now()
FROM generate_series(1, %(count)s) AS g
JOIN p ON p.n = g %% (SELECT count(*) FROM p)
JOIN c ON c.n = g %% (SELECT count(*) FROM c)
CROSS JOIN therapy_sessions_payer y WHERE y.payer_id = '60054'
""".replace("NEW_ID", _GROWING.format(number="g"))

_REQUESTS = """
INSERT INTO notes_notesrequest (id, session_id, provider_id, status, origin, why, finding_ids, opened_at,
    opened_by_kind, opened_by_name, business_days, delivered_at, due_at, time_zone, calendar_version, deadline,
    undeliverable_reason, extension_reason, reminders_sent, updated_at)
SELECT NEW_ID, s.id, s.provider_id, 'open', 'policy', 'Start and stop times are needed.', '{}',
    d.due_at - interval '4 days', 'system', 'Clawguard', 3, d.due_at - interval '3 days', d.due_at, 'America/New_York',
    'bulk', '{"days": []}', '', '', 0, now()
FROM (SELECT id, provider_id, row_number() OVER (ORDER BY arrival) - 1 AS n FROM therapy_sessions_therapysession
      WHERE external_id LIKE %(prefix)s || '%%') AS s
CROSS JOIN LATERAL (SELECT %(first)s::timestamptz + %(spread)s * (s.n::float / %(count)s) AS due_at) AS d
""".replace("NEW_ID", _GROWING.format(number="s.n"))

_ITEMS = """
INSERT INTO notes_requestitem (request_id, number, kind, label, why, enough, status, reason)
SELECT r.id, 1, 'progress_note', 'Progress note', r.why, 'The note of that day.', 'asked', ''
FROM notes_notesrequest r LEFT JOIN notes_requestitem i ON i.request_id = r.id WHERE i.id IS NULL
"""

_MAKE_DUE = """
UPDATE notes_notesrequest SET due_at = now() - interval '1 minute', delivered_at = now() - interval '3 days'
WHERE id IN (
    SELECT id FROM notes_notesrequest WHERE status = 'open' AND due_at > %(after)s ORDER BY due_at LIMIT %(count)s
)
"""

_BALLAST = """
SELECT format('ALTER TABLE %%I DROP CONSTRAINT %%I', %(table)s, conname),
       format('ALTER TABLE %%I ADD CONSTRAINT %%I %%s', %(table)s, conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE conrelid = %(table)s::regclass AND contype = 'f'
UNION ALL
SELECT format('DROP INDEX %%I', c.relname), pg_get_indexdef(i.indexrelid)
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid = %(table)s::regclass AND NOT i.indisunique
"""
CHECK_NOW = "SET CONSTRAINTS ALL IMMEDIATE"  # inside a transaction no table with waiting checks can be altered


@contextmanager
def without_ballast(cursor: Any, table: str) -> Iterator[None]:
    """Foreign keys and plain indexes of ``table`` come back after the block: a million rows are soon written then."""
    cursor.execute(_BALLAST, {"table": table})
    statements = cursor.fetchall()
    cursor.execute(CHECK_NOW)
    for drop, _ in statements:
        cursor.execute(drop)
    yield
    cursor.execute(CHECK_NOW)
    for _, restore in statements:
        cursor.execute(restore)


def open_requests(
    cursor: Any, count: int, first: dt.datetime, spread: dt.timedelta, *, items: bool = True, prefix: str = "S-bulk-"
) -> None:
    """``count`` delivered requests, each of its own session, due evenly from ``first`` over ``spread``."""
    sessions(cursor, count, prefix)
    values = {"count": count, "first": first, "spread": spread, "prefix": prefix}
    with without_ballast(cursor, "notes_notesrequest"):
        cursor.execute(_REQUESTS, values)
    if items:
        cursor.execute(_ITEMS)
    cursor.execute("ANALYZE")


def sessions(cursor: Any, count: int, prefix: str, providers: int = PROVIDERS) -> None:
    """``count`` sessions of the invented providers with five clients each, on three hundred days."""
    values = {"count": count, "prefix": prefix, "providers": providers}
    cursor.execute(_PARTIES, values)
    with without_ballast(cursor, "therapy_sessions_therapysession"):
        cursor.execute(_SESSIONS, values)


def make_due(cursor: Any, count: int, after: dt.datetime) -> None:
    """Let ``count`` of the open requests that are due ``after`` then have come due in the last minute instead."""
    cursor.execute(_MAKE_DUE, {"count": count, "after": after})
