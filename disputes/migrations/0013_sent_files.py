"""Files of conversations and documents behind evidence. What was sent is kept, and so is what it is part of."""

import django.db.models.deletion
from django.db import migrations, models

import clawguard.ids

KEPT = """
CREATE FUNCTION disputes_keep_attachment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.sent_at IS NOT NULL
       OR to_jsonb(NEW) - '{message_id,sent_at}'::text[] <> to_jsonb(OLD) - '{message_id,sent_at}'::text[] THEN
        RAISE EXCEPTION 'a file that was sent stays with what it was sent with' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_attachment BEFORE UPDATE ON disputes_attachment
    FOR EACH ROW EXECUTE FUNCTION disputes_keep_attachment();
CREATE TRIGGER kept BEFORE DELETE ON disputes_attachment FOR EACH ROW EXECUTE FUNCTION clawguard_refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON disputes_attachment EXECUTE FUNCTION clawguard_refuse_change();

CREATE FUNCTION disputes_keep_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.file_id IS DISTINCT FROM OLD.file_id THEN
        RAISE EXCEPTION 'a document is kept with what it was added to' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_document BEFORE UPDATE ON disputes_disputeevidence
    FOR EACH ROW EXECUTE FUNCTION disputes_keep_document();
CREATE TRIGGER keep_document BEFORE UPDATE ON disputes_libraryitem
    FOR EACH ROW EXECUTE FUNCTION disputes_keep_document();

CREATE FUNCTION disputes_keep_sent_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM disputes_attachment WHERE file_id = OLD.id AND sent_at IS NOT NULL)
       OR EXISTS (SELECT FROM disputes_disputeevidence WHERE file_id = OLD.id)
       OR EXISTS (SELECT FROM disputes_libraryitem WHERE file_id = OLD.id) THEN
        RAISE EXCEPTION 'a file that was sent is not taken out again' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_sent_file BEFORE UPDATE ON notes_storedfile
    FOR EACH ROW WHEN (NEW.removed_at IS DISTINCT FROM OLD.removed_at) EXECUTE FUNCTION disputes_keep_sent_file();
"""
GONE = """
DROP TRIGGER keep_sent_file ON notes_storedfile; DROP FUNCTION disputes_keep_sent_file();
DROP TRIGGER keep_document ON disputes_libraryitem; DROP TRIGGER keep_document ON disputes_disputeevidence;
DROP FUNCTION disputes_keep_document();
DROP TRIGGER never_emptied ON disputes_attachment; DROP TRIGGER kept ON disputes_attachment;
DROP TRIGGER keep_attachment ON disputes_attachment; DROP FUNCTION disputes_keep_attachment();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("disputes", "0012_lines_matched"),
        ("notes", "0015_files_beyond_notes"),
    ]

    operations = [
        migrations.AddField(
            model_name="disputeevidence",
            name="file",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="shows", to="notes.storedfile"
            ),
        ),
        migrations.AddField(
            model_name="libraryitem",
            name="file",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="library_item",
                to="notes.storedfile",
            ),
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.UUIDField(default=clawguard.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(blank=True, max_length=40)),
                ("internal", models.BooleanField(default=False)),
                ("from_provider", models.BooleanField(default=False)),
                ("chosen_at", models.DateTimeField()),
                ("chosen_by_id", models.UUIDField()),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="disputes.case",
                    ),
                ),
                (
                    "dispute",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="disputes.dispute",
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attachment", to="notes.storedfile"
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="disputes.message",
                    ),
                ),
            ],
            options={
                "ordering": ["chosen_at", "id"],
                "indexes": [
                    models.Index(fields=["case", "sent_at"], name="attachment_by_case"),
                    models.Index(fields=["dispute", "sent_at"], name="attachment_by_dispute"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("case__isnull", False), ("dispute__isnull", True)),
                            models.Q(("case__isnull", True), ("dispute__isnull", False)),
                            _connector="OR",
                        ),
                        name="attachment_of_a_case_or_a_dispute",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_provider", True), ("internal", True), _negated=True),
                        name="attachment_internal_is_staff_only",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("message__isnull", True), ("sent_at__isnull", False), _connector="OR"),
                        name="attachment_of_a_message_was_sent",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEPT, GONE),
    ]
