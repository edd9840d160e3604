"""Payments and claims of 835 files. What a file said is kept as read: these tables only grow."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import clawguard.ids

GROWS = (
    "disputes_remittanceclaim",
    "disputes_remittanceline",
    "disputes_claimadjustment",
    "disputes_accountadjustment",
)
KEPT = ("disputes_remittance", "disputes_claimmatch")
ONCE = (
    "batch_id", "number", "position", "interchange", "transaction", "identity", "digest", "payer_code", "payer_name",
    "payee_code", "originator", "trace", "paid_on", "produced_on", "method", "amount", "claims_count",
    "reversals_count", "claims_paid", "adjusted", "difference", "imbalances", "remarks", "created_at", "accepted_at",
    "accepted_by_id",
)  # fmt: skip


def refused(table: str, operations: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER kept BEFORE {operations} ON {table} FOR EACH ROW EXECUTE FUNCTION clawguard_refuse_change();"
        f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} EXECUTE FUNCTION clawguard_refuse_change();",
        f"DROP TRIGGER kept ON {table}; DROP TRIGGER never_emptied ON {table};",
    )


def once(table: str, fields: tuple[str, ...]) -> migrations.RunSQL:
    named = ", ".join(f"'{field}'" for field in fields)
    return migrations.RunSQL(
        f"CREATE TRIGGER set_once BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION disputes_set_once({named});",
        f"DROP TRIGGER set_once ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_ways_in"),
        ("disputes", "0002_promises"),
        ("therapy_sessions", "0016_named_never_emptied"),
    ]

    operations = [
        migrations.CreateModel(
            name="Remittance",
            fields=[
                (
                    "id",
                    models.UUIDField(default=clawguard.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveIntegerField()),
                ("position", models.PositiveIntegerField()),
                ("interchange", models.CharField(blank=True, max_length=20)),
                ("transaction", models.CharField(blank=True, max_length=20)),
                ("identity", models.CharField(max_length=64, unique=True)),
                ("digest", models.CharField(max_length=64)),
                ("payer_code", models.CharField(blank=True, max_length=80)),
                ("payer_name", models.CharField(max_length=120)),
                ("payee_code", models.CharField(blank=True, max_length=80)),
                ("originator", models.CharField(blank=True, max_length=50)),
                ("trace", models.CharField(max_length=50)),
                ("paid_on", models.DateField(null=True)),
                ("produced_on", models.DateField(null=True)),
                ("method", models.CharField(blank=True, max_length=3)),
                ("amount", models.DecimalField(decimal_places=4, max_digits=18)),
                ("claims_count", models.PositiveIntegerField()),
                ("reversals_count", models.PositiveIntegerField()),
                ("claims_paid", models.DecimalField(decimal_places=4, max_digits=18)),
                ("adjusted", models.DecimalField(decimal_places=4, max_digits=18)),
                ("difference", models.DecimalField(decimal_places=4, max_digits=18)),
                ("imbalances", models.JSONField(default=list)),
                ("remarks", models.JSONField(default=list)),
                ("created_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("accepted_by_id", models.UUIDField(null=True)),
                ("accepted_by_name", models.CharField(blank=True, max_length=120)),
                ("accepted_reason", models.CharField(blank=True, max_length=300)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remittances",
                        to="therapy_sessions.importbatch",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RemittanceClaim",
            fields=[
                (
                    "id",
                    models.UUIDField(default=clawguard.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveIntegerField()),
                ("position", models.PositiveIntegerField()),
                ("claim_id", models.CharField(max_length=80)),
                ("claim_status", models.CharField(max_length=2)),
                ("charge", models.DecimalField(decimal_places=4, max_digits=18)),
                ("paid", models.DecimalField(decimal_places=4, max_digits=18)),
                ("patient_responsibility", models.DecimalField(decimal_places=4, max_digits=18, null=True)),
                ("filing", models.CharField(blank=True, max_length=2)),
                ("payer_claim_id", models.CharField(blank=True, max_length=80)),
                ("frequency", models.CharField(blank=True, max_length=1)),
                ("client_ref", models.CharField(blank=True, max_length=80)),
                ("rendering_npi", models.CharField(blank=True, max_length=10)),
                ("first_day", models.DateField(null=True)),
                ("last_day", models.DateField(null=True)),
                ("received_on", models.DateField(null=True)),
                (
                    "remarks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), default=list, size=None
                    ),
                ),
                (
                    "remittance",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="disputes.remittance",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AccountAdjustment",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("position", models.PositiveIntegerField()),
                ("provider_code", models.CharField(blank=True, max_length=80)),
                ("reason", models.CharField(max_length=4)),
                ("amount", models.DecimalField(decimal_places=4, max_digits=18)),
                ("reference", models.CharField(blank=True, max_length=80)),
                (
                    "names",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), default=list, size=None
                    ),
                ),
                ("period_end", models.DateField(null=True)),
                (
                    "remittance",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="account_adjustments",
                        to="disputes.remittance",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RemittanceLine",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("position", models.PositiveIntegerField()),
                ("code", models.CharField(max_length=48)),
                ("billed_code", models.CharField(blank=True, max_length=48)),
                (
                    "modifiers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), default=list, size=None
                    ),
                ),
                ("charge", models.DecimalField(decimal_places=4, max_digits=18)),
                ("paid", models.DecimalField(decimal_places=4, max_digits=18)),
                ("units", models.DecimalField(decimal_places=4, max_digits=18, null=True)),
                ("first_day", models.DateField(null=True)),
                ("last_day", models.DateField(null=True)),
                ("line_ref", models.CharField(blank=True, max_length=50)),
                (
                    "remarks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), default=list, size=None
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="disputes.remittanceclaim",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ClaimMatch",
            fields=[
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="match",
                        serialize=False,
                        to="disputes.remittanceclaim",
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("remembered", "remembered"),
                            ("claim_id", "claim_id"),
                            ("payer_claim_id", "payer_claim_id"),
                            ("line_ref", "line_ref"),
                            ("likeness", "likeness"),
                            ("person", "person"),
                            ("set_aside", "set_aside"),
                            ("", ""),
                        ],
                        max_length=14,
                    ),
                ),
                ("score", models.PositiveSmallIntegerField(default=0)),
                ("candidates", models.JSONField(default=list)),
                ("tried_at", models.DateTimeField()),
                ("by_id", models.UUIDField(null=True)),
                ("by_name", models.CharField(blank=True, max_length=120)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(null=True)),
                (
                    "provider",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.provider",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remittance_matches",
                        to="therapy_sessions.therapysession",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ClaimAdjustment",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("line", models.PositiveIntegerField(null=True)),
                ("group", models.CharField(max_length=2)),
                ("carc", models.CharField(max_length=5)),
                ("amount", models.DecimalField(decimal_places=4, max_digits=18)),
                ("quantity", models.DecimalField(decimal_places=4, max_digits=18, null=True)),
                (
                    "claim",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adjustments",
                        to="disputes.remittanceclaim",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("claim", "number"), name="one_adjustment_per_claim_number")
                ],
            },
        ),
        migrations.CreateModel(
            name="RememberedMatch",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("payer_code", models.CharField(blank=True, max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[("claim_id", "claim_id"), ("payer_claim_id", "payer_claim_id")], max_length=14
                    ),
                ),
                ("value", models.CharField(max_length=80)),
                ("by_name", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
                (
                    "session",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="therapy_sessions.therapysession",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("payer_code", "kind", "value"), name="one_meaning_per_number")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="remittanceclaim",
            index=models.Index(fields=["claim_id"], name="claim_by_id"),
        ),
        migrations.AddIndex(
            model_name="remittanceclaim",
            index=models.Index(
                condition=models.Q(("payer_claim_id", ""), _negated=True),
                fields=["payer_claim_id"],
                name="claim_by_payer_id",
            ),
        ),
        migrations.AddConstraint(
            model_name="remittanceclaim",
            constraint=models.UniqueConstraint(fields=("remittance", "number"), name="one_claim_per_number"),
        ),
        migrations.AddIndex(
            model_name="remittance",
            index=models.Index(fields=["-created_at", "-id"], name="remittance_newest"),
        ),
        migrations.AddIndex(
            model_name="remittance",
            index=models.Index(fields=["trace"], name="remittance_by_trace"),
        ),
        migrations.AddIndex(
            model_name="remittance",
            index=models.Index(fields=["payer_code", "-created_at"], name="remittance_by_payer"),
        ),
        migrations.AddIndex(
            model_name="accountadjustment",
            index=django.contrib.postgres.indexes.GinIndex(fields=["names"], name="account_adjustment_names"),
        ),
        migrations.AddConstraint(
            model_name="accountadjustment",
            constraint=models.UniqueConstraint(
                fields=("remittance", "number"), name="one_account_adjustment_per_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="remittanceline",
            constraint=models.UniqueConstraint(fields=("claim", "number"), name="one_line_per_number"),
        ),
        migrations.AddIndex(
            model_name="claimmatch",
            index=models.Index(
                condition=models.Q(("session__isnull", False)), fields=["session"], name="match_by_session"
            ),
        ),
        migrations.AddIndex(
            model_name="claimmatch",
            index=models.Index(fields=["provider", "claim"], name="match_by_provider"),
        ),
        migrations.AddIndex(
            model_name="claimmatch",
            index=models.Index(
                condition=models.Q(("session__isnull", True), models.Q(("how", "set_aside"), _negated=True)),
                fields=["tried_at"],
                name="match_waits",
            ),
        ),
        *[refused(table, "UPDATE OR DELETE") for table in GROWS],
        *[refused(table, "DELETE") for table in KEPT],
        once("disputes_remittance", ONCE),
    ]
