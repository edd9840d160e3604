"""The database itself refuses to change the log (promise 11), and queues every event for the audit chain."""

from django.db import migrations

APPEND_ONLY = ("events_event", "events_eventseal", "events_accesslog")

REFUSE = """
CREATE FUNCTION clawguard_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: this table only grows', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""

QUEUE = """
CREATE FUNCTION clawguard_queue_for_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO events_pendingseal (event_id) SELECT id FROM added;
    RETURN NULL;
END $$;
CREATE TRIGGER queue_for_seal AFTER INSERT ON events_event
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION clawguard_queue_for_seal();
"""


def append_only(table: str) -> migrations.RunSQL:
    # Row triggers do not see TRUNCATE; it needs a statement trigger of its own.
    return migrations.RunSQL(
        f"CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION clawguard_refuse_change();"
        f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} EXECUTE FUNCTION clawguard_refuse_change();",
        f"DROP TRIGGER only_grows ON {table}; DROP TRIGGER never_emptied ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]

    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION clawguard_refuse_change();"),
        migrations.RunSQL(
            QUEUE, "DROP TRIGGER queue_for_seal ON events_event; DROP FUNCTION clawguard_queue_for_seal();"
        ),
        *[append_only(table) for table in APPEND_ONLY],
    ]
