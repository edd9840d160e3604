"""The database itself keeps what was received and what was promised (promises 5, 6 and 11).

Notes, their files' links, changes of a due moment and messages only grow. Two narrow doors stay open: a data key may be
wrapped anew (the first 72 bytes of the seal), and a file that is part of no note may be marked removed.
"""

from django.db import migrations

APPEND_ONLY = ("notes_notefile", "notes_duechange")
# 72 bytes of a seal come before its nonce prefix; see clawguard/sealing.py.

FUNCTIONS = """
CREATE FUNCTION notes_keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'sealed' = to_jsonb(OLD) - 'sealed'
       AND length(NEW.sealed) = length(OLD.sealed)
       AND substring(NEW.sealed FROM 73) = substring(OLD.sealed FROM 73) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% of % is refused: what was said stays, a correction is added', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION notes_keep_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'removed_at' = to_jsonb(OLD) - 'removed_at' AND OLD.removed_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM notes_notefile WHERE file_id = OLD.id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% of a stored file is refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION notes_keep_lapse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.lapsed_at IS NOT NULL AND (NEW.lapsed_at, NEW.due_at, NEW.delivered_at)
       IS DISTINCT FROM (OLD.lapsed_at, OLD.due_at, OLD.delivered_at) THEN
        RAISE EXCEPTION 'a lapse stays in the history as it was' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.delivered_at = OLD.delivered_at AND NEW.due_at < OLD.due_at THEN
        RAISE EXCEPTION 'a due moment moves only later' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""

TRIGGERS = """
CREATE TRIGGER keep_note BEFORE UPDATE OR DELETE ON notes_note FOR EACH ROW EXECUTE FUNCTION notes_keep_words();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON notes_note EXECUTE FUNCTION clawguard_refuse_change();
CREATE TRIGGER keep_message BEFORE UPDATE OR DELETE ON notes_requestmessage
    FOR EACH ROW EXECUTE FUNCTION notes_keep_words();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON notes_requestmessage EXECUTE FUNCTION clawguard_refuse_change();
CREATE TRIGGER keep_file BEFORE UPDATE OR DELETE ON notes_storedfile FOR EACH ROW EXECUTE FUNCTION notes_keep_file();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON notes_storedfile EXECUTE FUNCTION clawguard_refuse_change();
CREATE TRIGGER keep_lapse BEFORE UPDATE ON notes_notesrequest FOR EACH ROW EXECUTE FUNCTION notes_keep_lapse();
"""

UNDO = """
DROP TRIGGER keep_lapse ON notes_notesrequest;
DROP TRIGGER never_emptied ON notes_storedfile;
DROP TRIGGER keep_file ON notes_storedfile;
DROP TRIGGER never_emptied ON notes_requestmessage;
DROP TRIGGER keep_message ON notes_requestmessage;
DROP TRIGGER never_emptied ON notes_note;
DROP TRIGGER keep_note ON notes_note;
DROP FUNCTION notes_keep_lapse();
DROP FUNCTION notes_keep_file();
DROP FUNCTION notes_keep_words();
"""


def append_only(table: str) -> migrations.RunSQL:
    # Row triggers do not see TRUNCATE; it needs a statement trigger of its own.
    return migrations.RunSQL(
        f"CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION clawguard_refuse_change();"
        f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} EXECUTE FUNCTION clawguard_refuse_change();",
        f"DROP TRIGGER only_grows ON {table}; DROP TRIGGER never_emptied ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("notes", "0001_initial"), ("events", "0002_append_only")]

    operations = [
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGERS, UNDO),
        *[append_only(table) for table in APPEND_ONLY],
    ]
