"""How long it takes to find the notes that are like a given one, whatever the number of notes beside them."""

from __future__ import annotations

from django.db import connection

from clawguard.bench import rows
from clawguard.bench.figures import Figure, timed
from notes.models import NotePrint
from notes.services.likenesses import like

ASKED, ROUNDS = 50, 25
# Every hundredth note is a copy of the one before it by the same provider; all others have words of their own.
NOTES = """
INSERT INTO notes_note (id, session_id, version, kind, sealed, digest, characters, received_at, late, attested_at,
    attested_by_id, attested_by_name, submission)
SELECT gen_random_uuid(), s.id, 1, 'typed', '', '', 1200, now(), false, now(), s.provider_id, 'Bulk', gen_random_uuid()
FROM therapy_sessions_therapysession s
"""
PRINTS = """
INSERT INTO notes_noteprint (note_id, session_id, provider_id, client_id, reader, values, bands)
SELECT n.id, s.id, s.provider_id, s.client_id, 'bench', v.values, b.bands
FROM notes_note n JOIN therapy_sessions_therapysession s ON s.id = n.session_id
CROSS JOIN LATERAL (SELECT array_agg((random() * 4294967295)::bigint) AS bands FROM generate_series(1, 32)
                    WHERE n.id IS NOT NULL) AS b
CROSS JOIN LATERAL (SELECT ARRAY[200::bigint] || array_agg((random() * 4294967295)::bigint) AS values
                    FROM generate_series(1, 128) WHERE n.id IS NOT NULL) AS v
"""
COPIES = """
WITH ordered AS (SELECT note_id, lag(bands) OVER w AS bands_before, lag(values) OVER w AS values_before,
                        row_number() OVER w AS place
                 FROM notes_noteprint WINDOW w AS (PARTITION BY provider_id ORDER BY note_id))
SELECT note_id, bands_before, values_before FROM ordered WHERE place % 100 = 2 AND bands_before IS NOT NULL
"""
COPIED = """
CREATE TEMP TABLE copied AS {copies};
DELETE FROM notes_noteprint p USING copied c WHERE c.note_id = p.note_id;
INSERT INTO notes_noteprint (note_id, session_id, provider_id, client_id, reader, values, bands)
SELECT n.id, s.id, s.provider_id, s.client_id, 'bench', c.values_before, c.bands_before
FROM copied c JOIN notes_note n ON n.id = c.note_id JOIN therapy_sessions_therapysession s ON s.id = n.session_id
"""


def measure(size: int) -> list[Figure]:
    """``size`` notes of fifty providers; per round the likes of fifty of them are asked for at once."""
    with connection.cursor() as cursor:
        rows.sessions(cursor, size, "S-clone-")
        cursor.execute(NOTES)
        with rows.without_ballast(cursor, "notes_noteprint"):
            cursor.execute(PRINTS)
            cursor.execute("SET session_replication_role = replica")  # a print is never deleted but here
            cursor.execute(COPIED.format(copies=COPIES))
            cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE notes_noteprint")
        cursor.execute("SELECT note_id FROM copied ORDER BY note_id LIMIT %s", [ASKED // 2])
        asked = [row[0] for row in cursor.fetchall()]
    copies = len(asked)
    asked += NotePrint.objects.exclude(pk__in=asked).values_list("pk", flat=True)[: ASKED - copies]
    taken: list[float] = []
    like(asked)  # pages of the index that nobody has touched yet come from disk once
    for _ in range(ROUNDS):
        seconds, found = timed(lambda: like(asked))
        if sum(bool(likes) for likes in found.values()) < copies:
            raise RuntimeError("a copy was not found")
        taken.append(seconds / len(asked) * 1000)
    return [Figure(f"notes like one note among {size:,}", "ms", tuple(taken), note=f"{copies} of {ASKED} are copies")]
