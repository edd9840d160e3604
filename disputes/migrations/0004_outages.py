"""An outage of our pages moves an answer time later while it runs, and excuses a lapse that it would have put off.

An answer time is set once; now a recorded outage may move it later, while it runs, and nothing else may.
"""

from django.db import migrations, models

SET_ONCE = {
    "disputes_case": ("notice_delivered_at", "answer_lapsed_at", "answered_at", "opened_at"),
    "disputes_dispute": ("opened_at", "delivered_at", "answered_at", "lapsed_at", "decided_at"),
}
SET_ONCE_BEFORE = {
    "disputes_case": ("notice_delivered_at", "answer_due_at", "answer_lapsed_at", "answered_at", "opened_at"),
    "disputes_dispute": ("opened_at", "delivered_at", "due_at", "answered_at", "lapsed_at", "decided_at"),
}
# When a clock started, its due moment, and when it lapsed.
CLOCKS = {
    "disputes_case": ("notice_delivered_at", "answer_due_at", "answer_lapsed_at"),
    "disputes_dispute": ("delivered_at", "due_at", "lapsed_at"),
}


def once(table: str, fields: tuple[str, ...]) -> str:
    named = ", ".join(f"'{field}'" for field in fields)
    return (
        f"DROP TRIGGER set_once ON {table};"
        f"CREATE TRIGGER set_once BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION disputes_set_once({named});"
    )


def only_later(table: str, started: str, due: str, lapsed: str) -> str:
    return f"""
CREATE FUNCTION {table}_due_only_later() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.{due} IS NOT NULL AND NEW.{due} IS DISTINCT FROM OLD.{due}
       AND (NEW.{due} IS NULL OR NEW.{due} < OLD.{due} OR OLD.{lapsed} IS NOT NULL OR OLD.answered_at IS NOT NULL
            OR NOT EXISTS (SELECT FROM notes_outage WHERE ended_at > OLD.{started} AND started_at < OLD.{due})) THEN
        RAISE EXCEPTION 'a due moment is set once; only an outage in its time moves it, and only later'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER due_only_later BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_due_only_later();
"""


class Migration(migrations.Migration):
    dependencies = [("disputes", "0003_remittances"), ("notes", "0008_pauses")]

    operations = [
        migrations.AddField("case", "answer_excused_until", models.DateTimeField(null=True)),
        migrations.AddField("dispute", "excused_until", models.DateTimeField(null=True)),
        *[
            migrations.RunSQL(once(table, fields), once(table, SET_ONCE_BEFORE[table]))
            for table, fields in SET_ONCE.items()
        ],
        *[
            migrations.RunSQL(
                only_later(table, *columns),
                f"DROP TRIGGER due_only_later ON {table}; DROP FUNCTION {table}_due_only_later();",
            )
            for table, columns in CLOCKS.items()
        ],
    ]
