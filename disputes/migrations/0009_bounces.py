"""A clock whose mail came back unseen is taken back; nothing else takes one back.

When a clock started, its due moment and its lapse are kept. They may now be emptied together, while nobody answered and
once every mail that started the clock is known to have come back. A due moment still moves only later, for an outage.
"""

from django.db import migrations, models
from django.db.models import Q

BEFORE = {
    "disputes_case": ("notice_delivered_at", "answer_lapsed_at", "answered_at", "opened_at"),
    "disputes_dispute": ("opened_at", "delivered_at", "answered_at", "lapsed_at", "decided_at"),
}
ONCE = {
    "disputes_case": ("answered_at", "opened_at"),
    "disputes_dispute": ("opened_at", "seen_at", "answered_at", "decided_at"),
}
# When a clock started, its due moment, when it lapsed; the state without a clock; the mail that starts it.
CLOCKS = {
    "disputes_case": ("notice_delivered_at", "answer_due_at", "answer_lapsed_at", "open", "disputes.case", "case_notice"),
    "disputes_dispute": (
        "delivered_at", "due_at", "lapsed_at", "undeliverable", "disputes.dispute", "dispute_asked",
    ),
}  # fmt: skip
MESSAGE_BEFORE = (
    "case_id", "kind", "internal", "from_provider", "at", "author_kind", "author_id", "author_name", "late",
    "delivered_at", "read_at",
)  # fmt: skip


def once(table: str, fields: tuple[str, ...]) -> str:
    named = ", ".join(f"'{field}'" for field in fields)
    return (
        f"DROP TRIGGER set_once ON {table};"
        f"CREATE TRIGGER set_once BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION disputes_set_once({named});"
    )


def clock_kept(table: str, started: str, due: str, lapsed: str, without: str, about: str, mail: str) -> str:
    where = f"about = '{about}' AND about_id = OLD.id::text AND template = '{mail}'"
    return f"""
CREATE OR REPLACE FUNCTION {table}_due_only_later() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.{started} IS NOT NULL AND NEW.{started} IS NULL AND NEW.{due} IS NULL AND NEW.{lapsed} IS NULL
       AND NEW.status = '{without}' AND OLD.answered_at IS NULL AND NEW.answered_at IS NULL
       AND EXISTS (SELECT FROM events_sentmail WHERE {where} AND bounced_at IS NOT NULL)
       AND NOT EXISTS (SELECT FROM events_sentmail WHERE {where} AND bounced_at IS NULL) THEN
        RETURN NEW;
    END IF;
    IF (OLD.{started} IS NOT NULL AND NEW.{started} IS DISTINCT FROM OLD.{started})
       OR (OLD.{lapsed} IS NOT NULL AND NEW.{lapsed} IS DISTINCT FROM OLD.{lapsed}) THEN
        RAISE EXCEPTION 'when a clock of {table} started and lapsed is set once and then kept, unless its mail came back'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.{due} IS NOT NULL AND NEW.{due} IS DISTINCT FROM OLD.{due}
       AND (NEW.{due} IS NULL OR NEW.{due} < OLD.{due} OR OLD.{lapsed} IS NOT NULL OR OLD.answered_at IS NOT NULL
            OR NOT EXISTS (SELECT FROM notes_outage WHERE ended_at > OLD.{started} AND started_at < OLD.{due})) THEN
        RAISE EXCEPTION 'a due moment is set once; only an outage in its time moves it, and only later'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""  # noqa: S608 - our own names


def only_later(table: str, started: str, due: str, lapsed: str, *_: str) -> str:
    """What stood before, of 0004."""
    return f"""
CREATE OR REPLACE FUNCTION {table}_due_only_later() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.{due} IS NOT NULL AND NEW.{due} IS DISTINCT FROM OLD.{due}
       AND (NEW.{due} IS NULL OR NEW.{due} < OLD.{due} OR OLD.{lapsed} IS NOT NULL OR OLD.answered_at IS NOT NULL
            OR NOT EXISTS (SELECT FROM notes_outage WHERE ended_at > OLD.{started} AND started_at < OLD.{due})) THEN
        RAISE EXCEPTION 'a due moment is set once; only an outage in its time moves it, and only later'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("disputes", "0008_message_templates"), ("events", "0003_mail_reports")]

    operations = [
        migrations.AddField("dispute", "seen_at", models.DateTimeField(null=True)),
        migrations.AddField("case", "letter_came_back_at", models.DateTimeField(null=True)),
        migrations.AddField("message", "came_back_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["letter_came_back_at"],
                name="case_letter_came_back",
                condition=Q(letter_came_back_at__isnull=False),
            ),
        ),
        migrations.RemoveConstraint("message", "one_notice_per_case"),
        migrations.AddConstraint(
            "message",
            models.UniqueConstraint(
                fields=["case"], condition=Q(kind="notice", came_back_at__isnull=True), name="one_notice_per_case"
            ),
        ),
        migrations.RunSQL(
            once("disputes_message", (*MESSAGE_BEFORE, "came_back_at")), once("disputes_message", MESSAGE_BEFORE)
        ),
        *[migrations.RunSQL(once(table, fields), once(table, BEFORE[table])) for table, fields in ONCE.items()],
        *[
            migrations.RunSQL(clock_kept(table, *columns), only_later(table, *columns))
            for table, columns in CLOCKS.items()
        ],
    ]
