"""Wordings for messages in versions, and which one a message began with; what is agreed to is kept as it is."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import clawguard.domain.lifecycles
import clawguard.ids

KEPT = """
CREATE FUNCTION disputes_template_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.template_id, NEW.number, NEW.author_id, NEW.created_at, NEW.reverts_id)
        IS DISTINCT FROM (OLD.template_id, OLD.number, OLD.author_id, OLD.created_at, OLD.reverts_id)
       OR (OLD.status <> 'draft' AND (NEW.title, NEW.used_when, NEW.parts, NEW.reason)
           IS DISTINCT FROM (OLD.title, OLD.used_when, OLD.parts, OLD.reason)) THEN
        RAISE EXCEPTION 'a version that was laid before a second person is kept as it was'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER template_kept BEFORE UPDATE ON disputes_templateversion
    FOR EACH ROW EXECUTE FUNCTION disputes_template_kept();
CREATE TRIGGER kept BEFORE DELETE ON disputes_templateversion
    FOR EACH ROW EXECUTE FUNCTION clawguard_refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON disputes_templateversion EXECUTE FUNCTION clawguard_refuse_change();
CREATE TRIGGER wording_once BEFORE UPDATE ON disputes_message
    FOR EACH ROW EXECUTE FUNCTION disputes_set_once('template', 'template_version', 'reworded');
"""
GONE = """
DROP TRIGGER wording_once ON disputes_message;
DROP TRIGGER never_emptied ON disputes_templateversion; DROP TRIGGER kept ON disputes_templateversion;
DROP TRIGGER template_kept ON disputes_templateversion; DROP FUNCTION disputes_template_kept();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("disputes", "0007_evidence_packs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MessageTemplate",
            fields=[
                ("name", models.SlugField(max_length=40, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="message",
            name="reworded",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="message",
            name="template",
            field=models.CharField(blank=True, db_default="", max_length=40),
        ),
        migrations.AddField(
            model_name="message",
            name="template_version",
            field=models.CharField(blank=True, db_default="", max_length=40),
        ),
        migrations.CreateModel(
            name="TemplateVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(default=clawguard.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            (
                                clawguard.domain.lifecycles.DocumentState["DRAFT"],
                                clawguard.domain.lifecycles.DocumentState["DRAFT"],
                            ),
                            (
                                clawguard.domain.lifecycles.DocumentState["PROPOSED"],
                                clawguard.domain.lifecycles.DocumentState["PROPOSED"],
                            ),
                            (
                                clawguard.domain.lifecycles.DocumentState["PUBLISHED"],
                                clawguard.domain.lifecycles.DocumentState["PUBLISHED"],
                            ),
                            (
                                clawguard.domain.lifecycles.DocumentState["SUPERSEDED"],
                                clawguard.domain.lifecycles.DocumentState["SUPERSEDED"],
                            ),
                            (
                                clawguard.domain.lifecycles.DocumentState["REVERTED"],
                                clawguard.domain.lifecycles.DocumentState["REVERTED"],
                            ),
                            (
                                clawguard.domain.lifecycles.DocumentState["DISCARDED"],
                                clawguard.domain.lifecycles.DocumentState["DISCARDED"],
                            ),
                        ],
                        default=clawguard.domain.lifecycles.DocumentState["DRAFT"],
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=80)),
                ("used_when", models.CharField(blank=True, max_length=200)),
                ("parts", models.JSONField(default=dict)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                ("proposed_at", models.DateTimeField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("returned_reason", models.CharField(blank=True, max_length=300)),
                (
                    "approved_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reverts",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reverted_by",
                        to="disputes.templateversion",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="disputes.messagetemplate",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("template", "number"), name="one_template_version_per_number"),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("reverts__isnull", True),
                            ("status", clawguard.domain.lifecycles.DocumentState["PUBLISHED"]),
                        ),
                        fields=("template",),
                        name="one_wording_offered_per_template",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    clawguard.domain.lifecycles.DocumentState["DRAFT"],
                                    clawguard.domain.lifecycles.DocumentState["PROPOSED"],
                                    clawguard.domain.lifecycles.DocumentState["DISCARDED"],
                                ],
                            ),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                                models.Q(("approved_by", models.F("author")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="template_needs_second_person",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEPT, GONE),
    ]
