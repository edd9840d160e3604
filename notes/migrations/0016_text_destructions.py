"""Typed text that was locked away may be destroyed by two leads, as a file may: its words go, its note stays."""

import django.db.models.deletion
from django.db import migrations, models

# What 0002 lets through; beside it, that the words of a note are gone, once, where two leads agreed to it.
NOTE = """
CREATE FUNCTION notes_keep_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'sealed' = to_jsonb(OLD) - 'sealed'
       AND length(NEW.sealed) = length(OLD.sealed)
       AND substring(NEW.sealed FROM 73) = substring(OLD.sealed FROM 73) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND length(NEW.sealed) = 0 AND OLD.destroyed_at IS NULL AND NEW.destroyed_at IS NOT NULL
       AND to_jsonb(NEW) - '{sealed,destroyed_at}'::text[] = to_jsonb(OLD) - '{sealed,destroyed_at}'::text[]
       AND EXISTS (SELECT 1 FROM notes_textdestruction WHERE note_id = OLD.id AND agreed_at IS NOT NULL) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% of % is refused: what was said stays, a correction is added', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
DROP TRIGGER keep_note ON notes_note;
CREATE TRIGGER keep_note BEFORE UPDATE OR DELETE ON notes_note FOR EACH ROW EXECUTE FUNCTION notes_keep_note();
"""
NOTE_BEFORE = """
DROP TRIGGER keep_note ON notes_note;
CREATE TRIGGER keep_note BEFORE UPDATE OR DELETE ON notes_note FOR EACH ROW EXECUTE FUNCTION notes_keep_words();
DROP FUNCTION notes_keep_note();
"""
# An agreement is set once, about words that are locked away then; the rest of the row stays.
KEPT = """
CREATE FUNCTION notes_keep_text_destruction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.agreed_at IS NULL AND NEW.agreed_at IS NOT NULL
       AND to_jsonb(NEW) - '{agreed_at,agreed_by_id,agreed_by_name}'::text[]
         = to_jsonb(OLD) - '{agreed_at,agreed_by_id,agreed_by_name}'::text[]
       AND EXISTS (
           SELECT 1 FROM notes_notereading AS locked WHERE note_id = OLD.note_id AND outcome = 'quarantined'
           AND NOT EXISTS (
               SELECT 1 FROM notes_notereading AS since
               WHERE since.note_id = OLD.note_id AND since.releases > locked.releases
           )
       ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% of a destruction is refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER keep_destruction BEFORE UPDATE OR DELETE ON notes_textdestruction
    FOR EACH ROW EXECUTE FUNCTION notes_keep_text_destruction();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON notes_textdestruction EXECUTE FUNCTION clawguard_refuse_change();
"""
GONE = """
DROP TRIGGER never_emptied ON notes_textdestruction;
DROP TRIGGER keep_destruction ON notes_textdestruction;
DROP FUNCTION notes_keep_text_destruction();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("notes", "0015_files_beyond_notes"),
    ]

    operations = [
        migrations.AddField("note", "destroyed_at", models.DateTimeField(null=True)),
        migrations.CreateModel(
            name="TextDestruction",
            fields=[
                (
                    "note",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="destruction",
                        serialize=False,
                        to="notes.note",
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
                        condition=models.Q(("agreed_at", None), ("agreed_by_id", None))
                        | (
                            models.Q(("agreed_at__isnull", False), ("agreed_by_id__isnull", False))
                            & ~models.Q(("agreed_by_id", models.F("asked_by_id")))
                        ),
                        name="text_destruction_takes_two_people",
                    )
                ],
            },
        ),
        migrations.RunSQL(KEPT, GONE),
        migrations.RunSQL(NOTE, NOTE_BEFORE),
    ]
