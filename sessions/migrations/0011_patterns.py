"""Patterns across sessions, and the triggers that mark a provider's day whenever a session of it comes or changes."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import clawguard.domain.lifecycles
import clawguard.ids

# The marks come in the transaction of the change itself, whatever door it came through, so that none is forgotten.
MARKS = """
CREATE FUNCTION therapy_sessions_mark_days() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        INSERT INTO therapy_sessions_patternmark (provider_id, day)
        SELECT provider_id, date_of_service FROM added UNION SELECT provider_id, date_of_service FROM removed;
    ELSE
        INSERT INTO therapy_sessions_patternmark (provider_id, day)
        SELECT DISTINCT provider_id, date_of_service FROM added;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER mark_new_days AFTER INSERT ON therapy_sessions_therapysession
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION therapy_sessions_mark_days();
CREATE TRIGGER mark_changed_days AFTER UPDATE ON therapy_sessions_therapysession
    REFERENCING NEW TABLE AS added OLD TABLE AS removed
    FOR EACH STATEMENT EXECUTE FUNCTION therapy_sessions_mark_days();
INSERT INTO therapy_sessions_patternmark (provider_id, day)
SELECT DISTINCT provider_id, date_of_service FROM therapy_sessions_therapysession;
"""
NO_MARKS = """
DROP TRIGGER mark_new_days ON therapy_sessions_therapysession;
DROP TRIGGER mark_changed_days ON therapy_sessions_therapysession;
DROP FUNCTION therapy_sessions_mark_days();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("therapy_sessions", "0010_stated_facts"),
    ]

    operations = [
        migrations.CreateModel(
            name="PeerMark",
            fields=[
                ("month", models.DateField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="PatternMark",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("provider_id", models.UUIDField()),
                ("day", models.DateField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "indexes": [models.Index(fields=["provider_id", "day"], name="therapy_ses_provide_7fdbb7_idx")],
            },
        ),
        migrations.CreateModel(
            name="PatternFinding",
            fields=[
                (
                    "id",
                    models.UUIDField(default=clawguard.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("pattern", models.CharField(max_length=8)),
                ("version", models.PositiveSmallIntegerField()),
                ("pack", models.CharField(max_length=16)),
                ("month", models.DateField()),
                ("topic", models.CharField(blank=True, max_length=20)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("severity", models.CharField(max_length=8)),
                ("title", models.CharField(max_length=120)),
                ("message", models.TextField()),
                ("evidence", models.JSONField()),
                ("code", models.CharField(blank=True, max_length=10)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            (
                                clawguard.domain.lifecycles.PatternState["NEW"],
                                clawguard.domain.lifecycles.PatternState["NEW"],
                            ),
                            (
                                clawguard.domain.lifecycles.PatternState["CONFIRMED"],
                                clawguard.domain.lifecycles.PatternState["CONFIRMED"],
                            ),
                            (
                                clawguard.domain.lifecycles.PatternState["DISMISSED"],
                                clawguard.domain.lifecycles.PatternState["DISMISSED"],
                            ),
                            (
                                clawguard.domain.lifecycles.PatternState["CLEARED"],
                                clawguard.domain.lifecycles.PatternState["CLEARED"],
                            ),
                        ],
                        default=clawguard.domain.lifecycles.PatternState["NEW"],
                        max_length=10,
                    ),
                ),
                ("decision_reason", models.CharField(blank=True, max_length=300)),
                ("decided_by_name", models.CharField(blank=True, max_length=120)),
                ("decided_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                (
                    "client",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="therapy_sessions.client",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.provider",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-month", "-id"], name="therapy_ses_month_3a8539_idx"),
                    models.Index(fields=["pattern", "-month"], name="therapy_ses_pattern_cdd370_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "cleared"), _negated=True),
                        fields=("provider", "pattern", "month", "client", "topic"),
                        name="one_standing_pattern_finding",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProviderDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("facts", models.JSONField()),
                (
                    "provider",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.provider",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("provider", "day"), name="one_row_per_provider_and_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="ProviderShare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField()),
                ("license_kind", models.CharField(blank=True, max_length=20)),
                ("payer_kind", models.CharField(max_length=12)),
                ("long", models.PositiveIntegerField()),
                ("whole", models.PositiveIntegerField()),
                (
                    "provider",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.provider",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["month"], name="therapy_ses_month_9baa43_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("provider", "month", "payer_kind"), name="one_share_per_provider_month_payer"
                    )
                ],
            },
        ),
        migrations.RunSQL(MARKS, NO_MARKS),
    ]
