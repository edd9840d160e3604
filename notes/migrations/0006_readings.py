"""What was read of files and notes; and a file may be locked away after it was sent (promise 12), never let out again."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import clawguard.ids

ONLY_GROW = ("notes_filescan", "notes_filereading", "notes_elementverdict", "notes_noteprint")
WORDS = ("notes_filepage", "notes_notereading")  # their data keys may be wrapped anew, as those of notes

KEEP_FILE = """
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
KEEP_FILE_BEFORE = """
CREATE OR REPLACE FUNCTION notes_keep_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'removed_at' = to_jsonb(OLD) - 'removed_at' AND OLD.removed_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM notes_notefile WHERE file_id = OLD.id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% of a stored file is refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""


def kept(table: str, trigger: str, function: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {trigger} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}();"
        f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} EXECUTE FUNCTION clawguard_refuse_change();",
        f"DROP TRIGGER {trigger} ON {table}; DROP TRIGGER never_emptied ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("notes", "0005_batches"),
        ("therapy_sessions", "0012_reading_place"),
    ]

    operations = [
        migrations.CreateModel(
            name="NoteReading",
            fields=[
                (
                    "id",
                    models.UUIDField(default=clawguard.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("reader", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("read", "Read"),
                            ("person", "A person reads this note"),
                            ("quarantined", "Locked away unread"),
                        ],
                        max_length=11,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("form", models.CharField(blank=True, max_length=12)),
                ("language", models.CharField(blank=True, max_length=8)),
                ("sealed", models.BinaryField()),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="readings", to="notes.note"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ElementVerdict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("element", models.CharField(max_length=8)),
                ("verdict", models.CharField(max_length=14)),
                ("confidence", models.CharField(max_length=6)),
                ("reason", models.CharField(blank=True, max_length=60)),
                ("numbers", models.JSONField(default=dict)),
                (
                    "reading",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="verdicts", to="notes.notereading"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FilePage",
            fields=[
                (
                    "id",
                    models.UUIDField(default=clawguard.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("reader", models.CharField(max_length=20)),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("text", "Text of the file"),
                            ("ocr", "Recognized from a picture"),
                            ("none", "Only a person can read it"),
                        ],
                        max_length=4,
                    ),
                ),
                ("legibility", models.FloatField(null=True)),
                ("characters", models.PositiveIntegerField()),
                ("sealed", models.BinaryField()),
                ("picture", models.CharField(blank=True, max_length=80)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pages", to="notes.storedfile"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("file", "reader", "number"), name="one_page_per_file_and_reader")
                ],
            },
        ),
        migrations.CreateModel(
            name="FileReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reader", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("read", "Read"),
                            ("person", "A person reads this file"),
                            ("quarantined", "Locked away unread"),
                        ],
                        max_length=11,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("pages", models.PositiveSmallIntegerField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="readings", to="notes.storedfile"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("file", "reader"), name="one_reading_per_file_and_reader")
                ],
            },
        ),
        migrations.CreateModel(
            name="FileScan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("clean", "Scanned: nothing found"),
                            ("infected", "Scanned: harmful"),
                            ("unscannable", "Could not be scanned whole"),
                        ],
                        max_length=12,
                    ),
                ),
                ("signature", models.CharField(blank=True, max_length=120)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scans", to="notes.storedfile"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["file", "-at"], name="notes_files_file_id_23eb23_idx")],
            },
        ),
        migrations.CreateModel(
            name="NotePrint",
            fields=[
                (
                    "note",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="print",
                        serialize=False,
                        to="notes.note",
                    ),
                ),
                ("reader", models.CharField(max_length=20)),
                ("values", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("bands", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="therapy_sessions.client"
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.provider"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="therapy_sessions.therapysession",
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["bands"], name="note_print_bands"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="notereading",
            constraint=models.UniqueConstraint(fields=("note", "reader"), name="one_reading_per_note_and_reader"),
        ),
        migrations.AddIndex(
            model_name="elementverdict",
            index=models.Index(fields=["element", "verdict"], name="notes_eleme_element_0169ed_idx"),
        ),
        migrations.AddConstraint(
            model_name="elementverdict",
            constraint=models.UniqueConstraint(fields=("reading", "element"), name="one_verdict_per_element"),
        ),
        migrations.RunSQL(KEEP_FILE, KEEP_FILE_BEFORE),
        *[kept(table, "only_grows", "clawguard_refuse_change") for table in ONLY_GROW],
        *[kept(table, "keep_words", "notes_keep_words") for table in WORDS],
    ]
