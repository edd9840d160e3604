"""How a finding lives on: what people said of it, for which reason and until when; several judged at once."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import clawguard.domain.lifecycles
import clawguard.ids


class Migration(migrations.Migration):
    dependencies = [
        ("therapy_sessions", "0003_payer_plan"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Judgement",
            fields=[
                (
                    "id",
                    models.UUIDField(default=clawguard.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("check_id", models.CharField(max_length=8)),
                ("verdict", models.CharField(max_length=10)),
                ("reason_code", models.CharField(blank=True, max_length=24)),
                ("dismissed_until", models.DateTimeField(null=True)),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                ("rows", models.JSONField()),
            ],
        ),
        migrations.AddField(
            model_name="finding",
            name="dismissed_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="finding",
            name="reason_code",
            field=models.CharField(blank=True, db_default="", max_length=24),
        ),
        migrations.AddField(
            model_name="finding",
            name="verdict",
            field=models.CharField(blank=True, db_default="", max_length=10),
        ),
        migrations.AlterField(
            model_name="finding",
            name="status",
            field=models.CharField(
                choices=[
                    (clawguard.domain.lifecycles.FindingState["NEW"], clawguard.domain.lifecycles.FindingState["NEW"]),
                    (
                        clawguard.domain.lifecycles.FindingState["CONFIRMED"],
                        clawguard.domain.lifecycles.FindingState["CONFIRMED"],
                    ),
                    (
                        clawguard.domain.lifecycles.FindingState["DISMISSED"],
                        clawguard.domain.lifecycles.FindingState["DISMISSED"],
                    ),
                    (
                        clawguard.domain.lifecycles.FindingState["CLEARED"],
                        clawguard.domain.lifecycles.FindingState["CLEARED"],
                    ),
                    (
                        clawguard.domain.lifecycles.FindingState["OVERTURNED"],
                        clawguard.domain.lifecycles.FindingState["OVERTURNED"],
                    ),
                ],
                default=clawguard.domain.lifecycles.FindingState["NEW"],
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(
                condition=models.Q(("status", "dismissed")), fields=["dismissed_until"], name="finding_dismissal_ends"
            ),
        ),
        migrations.AddField(
            model_name="judgement",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.RunSQL(
            "UPDATE therapy_sessions_finding SET verdict = status,"
            " reason_code = CASE status WHEN 'dismissed' THEN 'other' ELSE '' END"
            " WHERE status IN ('confirmed', 'dismissed')",
            migrations.RunSQL.noop,
        ),
    ]
