"""The twelve promises, asked of the rows themselves. Each query counts what must not be."""

from __future__ import annotations

from typing import Any

from django.db import connection

from clawguard.events import chain
from tests.stateful import days
from tests.stateful.stage import LOCKED_WORD, SECRET_WORD, Overheard, Stage

WORDS = f"%{SECRET_WORD}%"
BROKEN = {
    "1 a network error that is not paid in full": """
        SELECT 1 FROM disputes_decision d JOIN disputes_case c ON c.id = d.case_id
        LEFT JOIN disputes_proposedadjustment a ON a.decision_id = d.id
        WHERE d.party = 'network' AND d.final_at IS NOT NULL
          AND (a.id IS NULL OR a.kind <> 'pay_contracted_rate' OR a.amount <> c.contracted_rate)""",
    "2 an adjustment without people's names": """
        SELECT 1 FROM disputes_proposedadjustment a WHERE jsonb_array_length(a.names) = 0
          OR EXISTS (SELECT FROM jsonb_array_elements(a.names) AS p WHERE coalesce(p ->> 'name', '') = '')""",
    "3 an adjustment before the provider was heard": """
        SELECT 1 FROM disputes_proposedadjustment a JOIN disputes_case c ON c.id = a.case_id
        WHERE c.notice_delivered_at IS NULL OR c.notice_delivered_at > a.created_at
          OR least(coalesce(c.answered_at, 'infinity'), coalesce(c.answer_lapsed_at, 'infinity')) > a.created_at""",
    "3 a provider error before the provider was heard": """
        SELECT 1 FROM disputes_decision d JOIN disputes_case c ON c.id = d.case_id WHERE d.party = 'provider'
          AND (c.notice_delivered_at IS NULL OR c.notice_delivered_at > d.proposed_at
          OR least(coalesce(c.answered_at, 'infinity'), coalesce(c.answer_lapsed_at, 'infinity')) > d.proposed_at)""",
    "4 a provider error by one person": """
        SELECT 1 FROM disputes_decision WHERE party = 'provider' AND final_at IS NOT NULL
          AND (second_by_id IS NULL OR second_by_id = proposed_by_id)""",
    "4 a recovery without two names": """
        SELECT 1 FROM disputes_proposedadjustment WHERE kind = 'recover' AND jsonb_array_length(names) < 2""",
    "5 a lapse before its time": """
        SELECT 1 FROM notes_notesrequest WHERE lapsed_at < due_at
        UNION ALL SELECT 1 FROM disputes_case WHERE answer_lapsed_at < answer_due_at
        UNION ALL SELECT 1 FROM disputes_dispute WHERE lapsed_at < due_at""",
    "5 a lapse told twice": """
        SELECT 1 FROM events_event WHERE name IN ('notes.lapsed', 'case.answer_lapsed', 'dispute.lapsed')
        GROUP BY name, subject_id HAVING count(*) > 1""",
    "6 a late note that is not marked": """
        SELECT 1 FROM notes_note n JOIN notes_notesrequest r ON r.id = n.request_id
        WHERE r.lapsed_at IS NOT NULL AND n.received_at >= coalesce(r.excused_until, r.due_at) AND NOT n.late""",
    "8 a revision screened twice": """
        SELECT 1 FROM therapy_sessions_screening
        GROUP BY session_id, revision, pack_id, note_version HAVING count(*) > 1""",
    "8 a finding written twice": """
        SELECT 1 FROM therapy_sessions_finding WHERE status IN ('new', 'confirmed')
        GROUP BY screening_id, check_id, service_line, evidence HAVING count(*) > 1""",
    "10 words in the log of events": "SELECT 1 FROM events_event WHERE payload::text LIKE %(words)s",
    "10 words in the outbox": "SELECT 1 FROM events_delivery WHERE last_error LIKE %(words)s",
    "10 words in a webhook": "SELECT 1 FROM webhooks_webhookdelivery WHERE body LIKE %(words)s OR body LIKE '%%C-1-%%'",
    "10 words in a mail": """
        SELECT 1 FROM events_sentmail WHERE subject LIKE %(words)s OR text LIKE %(words)s OR html LIKE %(words)s""",
    "12 process notes asked for": """
        SELECT 1 FROM notes_requestitem WHERE kind ~* 'process|psychotherapy'
          OR concat(label, enough) ~* 'process notes|psychotherapy notes'""",
    # a file that turns out to hold them once it was sent and read by the machine is locked away then, and stays named
    "12 process notes that reached a note": """
        SELECT 1 FROM notes_notefile l JOIN notes_storedfile f ON f.id = l.file_id JOIN notes_note n ON n.id = l.note_id
        WHERE f.quarantined_at <= n.received_at""",
    "an event without its place in the chain": """
        SELECT 1 FROM events_event e LEFT JOIN events_pendingseal p ON p.event_id = e.id
        LEFT JOIN events_eventseal s ON s.event_id = e.id WHERE p.event_id IS NULL AND s.event_id IS NULL""",
    "a case that ended without a final decision": """
        SELECT 1 FROM disputes_case c WHERE status IN ('decided', 'closed')
          AND NOT EXISTS (SELECT FROM disputes_decision d WHERE d.case_id = c.id AND d.final_at IS NOT NULL)""",
    "background work that was given up": "SELECT 1 FROM events_delivery WHERE parked_at IS NOT NULL",
}
ALL = " UNION ALL ".join(
    f"SELECT '{name.replace(chr(39), chr(39) * 2)}' WHERE EXISTS ({sql})" for name, sql in BROKEN.items()
)
# What never changes once it is there, by table; and of rows that do change, the columns that are written once.
KEPT = {
    "2": ("disputes_proposedadjustment", "t::text"),
    "2 payments": ("disputes_remittance", "(t.amount, t.trace, t.paid_on)::text"),
    "4": ("disputes_decision", "CASE WHEN t.final_at IS NULL THEN NULL ELSE t::text END"),
    "6": ("notes_notesrequest", "t.lapsed_at::text"),
    "6 cases": ("disputes_case", "t.answer_lapsed_at::text"),
    "11 events": ("events_event", "t::text"),
    "11 readings": ("events_accesslog", "t::text"),
    "11 notes": ("notes_note", "t::text"),
}


class Watch:
    """What was there after the step before."""

    def __init__(self, stage: Stage, overheard: Overheard) -> None:
        self.stage, self.overheard = stage, overheard
        self.before: dict[str, dict[str, str]] = {name: {} for name in KEPT}

    def check(self) -> None:
        """Raises AssertionError naming the promise."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what a commit would find is found now
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute(ALL, {"words": WORDS})
            assert [row[0] for row in cursor.fetchall()] == []
            for name, (table, shown) in KEPT.items():
                self._kept(cursor, name, table, shown)
            self._acknowledged(cursor)
        assert days.miscounted() == [], "promise 5"
        self._strangers()
        assert not [said for said in self.overheard.said if SECRET_WORD in said or LOCKED_WORD in said], "promise 10"
        self.overheard.said.clear()

    def _kept(self, cursor: Any, name: str, table: str, shown: str) -> None:
        cursor.execute(f"SELECT t.id::text, md5({shown}) FROM {table} t")  # noqa: S608 - names of this module
        now = dict(cursor.fetchall())
        lost = {key for key, value in self.before[name].items() if value is not None and now.get(key) != value}
        assert not lost, f"promise {name}: {table} {sorted(lost)[:3]}"
        self.before[name] = now

    def _acknowledged(self, cursor: Any) -> None:
        """Promise 7: what somebody was told is saved is there."""
        for table, ids in self.stage.acknowledged.items():
            cursor.execute(f"SELECT count(*) FROM {table} WHERE id::text = ANY(%s)", [list(ids)])  # noqa: S608
            assert cursor.fetchone()[0] == len(ids), f"promise 7: {table}"

    def _strangers(self) -> None:
        """Promise 9: whoever is not of Priya's side was shown none of her rows in this step."""
        if not self.stage.answers:
            return
        ids: list[str] | None = None
        for who, text in self.stage.answers:
            if who in STRANGERS:
                ids = _ids_of(self.stage) if ids is None else ids
                assert not [each for each in ids if each in text], f"promise 9: {who}"
            if who not in PRIYAS_READERS:
                assert SECRET_WORD not in text, f"promises 9 and 10: {who}"
        self.stage.answers.clear()

    def at_the_end(self) -> None:
        chain.seal()
        count, broken = chain.verify()
        assert broken is None and count > 0, "promise 11"


STRANGERS = frozenset({"other provider", "other delegate", "other billing", "admin", "key of webhooks", "stranger"})
PRIYAS_READERS = frozenset(
    {"provider", "delegate", "billing", "lead", "second lead", "auditor"}
    | {"key of everything", "key of cases", "key of sessions and notes"}
)


def _ids_of(stage: Stage) -> list[str]:
    """Ids of everything that belongs to Priya: nobody else made any rows here."""
    tables = (
        "therapy_sessions_therapysession",
        "notes_notesrequest",
        "disputes_case",
        "disputes_dispute",
        "notes_note",
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT id::text FROM {table}" for table in tables))  # noqa: S608
        return [row[0] for row in cursor.fetchall()]
