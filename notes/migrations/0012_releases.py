"""A file that was locked away may be released by two leads, and by nobody else (promise 12)."""

import django.db.models.deletion
from django.db import migrations, models

# What 0006 lets through, and: a lock is taken off where two leads agreed to it.
KEEP_FILE = """
CREATE OR REPLACE FUNCTION notes_keep_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'removed_at' = to_jsonb(OLD) - 'removed_at' AND OLD.removed_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM notes_notefile WHERE file_id = OLD.id) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - '{quarantined_at,quarantine_reason}'::text[]
         = to_jsonb(OLD) - '{quarantined_at,quarantine_reason}'::text[] THEN
        IF OLD.quarantined_at IS NULL AND NEW.quarantined_at IS NOT NULL THEN
            RETURN NEW;
        END IF;
        IF OLD.quarantined_at IS NOT NULL AND NEW.quarantined_at IS NULL AND NEW.quarantine_reason = ''
           AND EXISTS (SELECT 1 FROM notes_filerelease WHERE file_id = OLD.id AND agreed_at IS NOT NULL) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% of a stored file is refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""
KEEP_FILE_BEFORE = """
CREATE OR REPLACE FUNCTION notes_keep_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'removed_at' = to_jsonb(OLD) - 'removed_at' AND OLD.removed_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM notes_notefile WHERE file_id = OLD.id) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.quarantined_at IS NULL AND NEW.quarantined_at IS NOT NULL
       AND to_jsonb(NEW) - '{quarantined_at,quarantine_reason}'::text[]
         = to_jsonb(OLD) - '{quarantined_at,quarantine_reason}'::text[] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% of a stored file is refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""
# An agreement is set once; the rest of the row stays.
KEPT = """
CREATE FUNCTION notes_keep_release() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.agreed_at IS NULL AND NEW.agreed_at IS NOT NULL
       AND to_jsonb(NEW) - '{agreed_at,agreed_by_id,agreed_by_name}'::text[]
         = to_jsonb(OLD) - '{agreed_at,agreed_by_id,agreed_by_name}'::text[] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% of a release is refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER keep_release BEFORE UPDATE OR DELETE ON notes_filerelease
    FOR EACH ROW EXECUTE FUNCTION notes_keep_release();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON notes_filerelease EXECUTE FUNCTION clawguard_refuse_change();
"""
UNDO = """
DROP TRIGGER never_emptied ON notes_filerelease;
DROP TRIGGER keep_release ON notes_filerelease;
DROP FUNCTION notes_keep_release();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("notes", "0011_page_watch"),
    ]

    operations = [
        migrations.CreateModel(
            name="FileRelease",
            fields=[
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="release",
                        serialize=False,
                        to="notes.storedfile",
                    ),
                ),
                ("was_locked_for", models.CharField(max_length=40)),
                ("reason", models.CharField(max_length=300)),
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
                        name="release_takes_two_people",
                    )
                ],
            },
        ),
        migrations.RunSQL(KEPT, UNDO),
        migrations.RunSQL(KEEP_FILE, KEEP_FILE_BEFORE),
    ]
