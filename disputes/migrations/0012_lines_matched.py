"""A claim of several days may be about several sessions: which line about which. Rows are never taken away."""

import django.db.models.deletion
from django.db import migrations, models

WAYS = (
    "remembered", "claim_id", "payer_claim_id", "line_ref", "likeness", "lines", "person", "program", "set_aside", "",
)  # fmt: skip
TABLE = "disputes_linematch"


class Migration(migrations.Migration):
    dependencies = [
        ("disputes", "0011_matched_by_programs"),
        ("therapy_sessions", "0016_named_never_emptied"),
    ]

    operations = [
        migrations.AlterField(
            "claimmatch",
            "how",
            models.CharField(blank=True, choices=[(name, name) for name in WAYS], max_length=14),
        ),
        migrations.RemoveIndex("claimmatch", "match_waits"),
        migrations.AddIndex(
            "claimmatch",
            models.Index(condition=models.Q(("how", "")), fields=["tried_at"], name="match_waiting"),
        ),
        migrations.CreateModel(
            name="LineMatch",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "claim",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="line_matches",
                        to="disputes.remittanceclaim",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="line_matches",
                        to="therapy_sessions.therapysession",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("session__isnull", False)), fields=["session"], name="line_by_session"
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("claim", "number"), name="one_match_per_line")],
            },
        ),
        migrations.RunSQL(
            f"CREATE TRIGGER kept BEFORE DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION clawguard_refuse_change();"
            f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {TABLE} EXECUTE FUNCTION clawguard_refuse_change();",
            f"DROP TRIGGER kept ON {TABLE}; DROP TRIGGER never_emptied ON {TABLE};",
        ),
    ]
