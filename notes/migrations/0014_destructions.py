"""A file that was locked away may be destroyed by two leads: its words go, its row and digest stay (promise 12)."""

import django.db.models.deletion
from django.db import migrations, models

# What 0012 lets through; beside it, that the bytes of a locked file are gone, once, where two leads agreed to it. From
# then on no lock is taken off.
DESTROYED = """
    IF TG_OP = 'UPDATE' AND OLD.destroyed_at IS NULL AND NEW.destroyed_at IS NOT NULL AND OLD.quarantined_at IS NOT NULL
       AND to_jsonb(NEW) - 'destroyed_at' = to_jsonb(OLD) - 'destroyed_at'
       AND EXISTS (SELECT 1 FROM notes_filedestruction WHERE file_id = OLD.id AND agreed_at IS NOT NULL) THEN
        RETURN NEW;
    END IF;
"""
NO_MORE = " AND NOT EXISTS (SELECT 1 FROM notes_filedestruction WHERE file_id = OLD.id AND agreed_at IS NOT NULL)"


def keep_file(destroyed: str, no_more: str) -> str:
    return f"""
CREATE OR REPLACE FUNCTION notes_keep_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'removed_at' = to_jsonb(OLD) - 'removed_at' AND OLD.removed_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM notes_notefile WHERE file_id = OLD.id) THEN
        RETURN NEW;
    END IF;{destroyed}
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - '{{quarantined_at,quarantine_reason}}'::text[]
         = to_jsonb(OLD) - '{{quarantined_at,quarantine_reason}}'::text[] THEN
        IF OLD.quarantined_at IS NULL AND NEW.quarantined_at IS NOT NULL THEN
            RETURN NEW;
        END IF;
        IF OLD.quarantined_at IS NOT NULL AND NEW.quarantined_at IS NULL AND NEW.quarantine_reason = ''
           AND EXISTS (SELECT 1 FROM notes_filerelease WHERE file_id = OLD.id AND agreed_at IS NOT NULL){no_more} THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% of a stored file is refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""  # noqa: S608 - our own words


# An agreement is set once; the rest of the row stays.
KEPT = """
CREATE FUNCTION notes_keep_destruction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.agreed_at IS NULL AND NEW.agreed_at IS NOT NULL
       AND to_jsonb(NEW) - '{agreed_at,agreed_by_id,agreed_by_name}'::text[]
         = to_jsonb(OLD) - '{agreed_at,agreed_by_id,agreed_by_name}'::text[]
       AND EXISTS (SELECT 1 FROM notes_storedfile WHERE id = OLD.file_id AND quarantined_at IS NOT NULL) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% of a destruction is refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER keep_destruction BEFORE UPDATE OR DELETE ON notes_filedestruction
    FOR EACH ROW EXECUTE FUNCTION notes_keep_destruction();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON notes_filedestruction EXECUTE FUNCTION clawguard_refuse_change();
"""
GONE = """
DROP TRIGGER never_emptied ON notes_filedestruction;
DROP TRIGGER keep_destruction ON notes_filedestruction;
DROP FUNCTION notes_keep_destruction();
"""
# Pages of a file are words like others, and go with the file.
PAGES = """
CREATE FUNCTION notes_keep_page() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'sealed' = to_jsonb(OLD) - 'sealed'
       AND length(NEW.sealed) = length(OLD.sealed)
       AND substring(NEW.sealed FROM 73) = substring(OLD.sealed FROM 73) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND length(NEW.sealed) = 0 AND NEW.picture = ''
       AND to_jsonb(NEW) - '{sealed,picture}'::text[] = to_jsonb(OLD) - '{sealed,picture}'::text[]
       AND EXISTS (SELECT 1 FROM notes_filedestruction WHERE file_id = OLD.file_id AND agreed_at IS NOT NULL) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% of % is refused: what was said stays, a correction is added', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
DROP TRIGGER keep_words ON notes_filepage;
CREATE TRIGGER keep_words BEFORE UPDATE OR DELETE ON notes_filepage FOR EACH ROW EXECUTE FUNCTION notes_keep_page();
"""
PAGES_BEFORE = """
DROP TRIGGER keep_words ON notes_filepage;
CREATE TRIGGER keep_words BEFORE UPDATE OR DELETE ON notes_filepage FOR EACH ROW EXECUTE FUNCTION notes_keep_words();
DROP FUNCTION notes_keep_page();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("notes", "0013_readings_after_release"),
    ]

    operations = [
        migrations.AddField("storedfile", "destroyed_at", models.DateTimeField(null=True)),
        migrations.CreateModel(
            name="FileDestruction",
            fields=[
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="destruction",
                        serialize=False,
                        to="notes.storedfile",
                    ),
                ),
                ("was_locked_for", models.CharField(max_length=40)),
                ("reason", models.CharField(max_length=300)),
                ("instead", models.CharField(blank=True, max_length=300)),
                ("asked_at", models.DateTimeField()),
                ("asked_by_id", models.UUIDField()),
                ("asked_by_name", models.CharField(max_length=120)),
                ("agreed_at", models.DateTimeField(null=True)),
                ("agreed_by_id", models.UUIDField(null=True)),
                ("agreed_by_name", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreed_at", None),
                            ("agreed_by_id", None),
                        )
                        | (
                            models.Q(("agreed_at__isnull", False), ("agreed_by_id__isnull", False))
                            & ~models.Q(("agreed_by_id", models.F("asked_by_id")))
                        ),
                        name="destruction_takes_two_people",
                    )
                ],
            },
        ),
        migrations.RunSQL(KEPT, GONE),
        migrations.RunSQL(keep_file(DESTROYED, NO_MORE), keep_file("", "")),
        migrations.RunSQL(PAGES, PAGES_BEFORE),
    ]
