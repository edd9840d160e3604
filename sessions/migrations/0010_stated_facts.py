"""Facts stated beside sessions. Both tables only grow: a statement is withdrawn by a row of its own."""

import django.db.models.deletion
from django.db import migrations, models

import clawguard.ids

TABLES = ("therapy_sessions_statedfact", "therapy_sessions_factwithdrawal")


def only_grows(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION clawguard_refuse_change();"
        f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} EXECUTE FUNCTION clawguard_refuse_change();",
        f"DROP TRIGGER only_grows ON {table}; DROP TRIGGER never_emptied ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0002_append_only"),
        ("accounts", "0001_initial"),
        ("therapy_sessions", "0009_backtests_of_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="StatedFact",
            fields=[
                (
                    "id",
                    models.UUIDField(default=clawguard.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(max_length=20)),
                ("session_ref", models.CharField(blank=True, max_length=80)),
                ("first_day", models.DateField(null=True)),
                ("last_day", models.DateField(null=True)),
                ("values", models.JSONField()),
                ("source", models.CharField(max_length=120)),
                ("digest", models.CharField(db_index=True, max_length=64)),
                ("stated_at", models.DateTimeField()),
                ("stated_by_kind", models.CharField(max_length=10)),
                ("stated_by_id", models.UUIDField(null=True)),
                ("stated_by_name", models.CharField(blank=True, max_length=120)),
                (
                    "client",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stated_facts",
                        to="therapy_sessions.client",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stated_facts",
                        to="accounts.provider",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="intakechunk",
            name="again",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name="FactWithdrawal",
            fields=[
                (
                    "fact",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="withdrawal",
                        serialize=False,
                        to="therapy_sessions.statedfact",
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                ("withdrawn_at", models.DateTimeField()),
                ("withdrawn_by_kind", models.CharField(max_length=10)),
                ("withdrawn_by_id", models.UUIDField(null=True)),
                ("withdrawn_by_name", models.CharField(blank=True, max_length=120)),
            ],
        ),
        migrations.AddIndex(
            model_name="statedfact",
            index=models.Index(
                condition=models.Q(("session_ref", ""), _negated=True), fields=["session_ref"], name="stated_of_session"
            ),
        ),
        migrations.AddIndex(
            model_name="statedfact",
            index=models.Index(fields=["-stated_at", "-id"], name="therapy_ses_stated__b025ae_idx"),
        ),
        migrations.AddConstraint(
            model_name="statedfact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("client__isnull", False), ("provider__isnull", True), ("session_ref", "")),
                    models.Q(("client__isnull", True), ("provider__isnull", False), ("session_ref", "")),
                    models.Q(
                        ("client__isnull", True),
                        ("provider__isnull", True),
                        models.Q(("session_ref", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="stated_about_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="statedfact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("first_day__isnull", True),
                    ("last_day__isnull", True),
                    ("last_day__gte", models.F("first_day")),
                    _connector="OR",
                ),
                name="stated_period_in_order",
            ),
        ),
        *[only_grows(table) for table in TABLES],
    ]
