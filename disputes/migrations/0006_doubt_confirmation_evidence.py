"""When a decision no longer fits, what accounting did, and typed evidence of disputes; with what is refused."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import clawguard.ids

EVIDENCE = (
    "dispute_id", "kind", "side", "source", "late", "library_item_id", "added_at", "added_by_kind", "added_by_id",
    "added_by_name",
)  # fmt: skip
ITEM = ("provider_id", "kind", "title", "effective_from", "added_at", "added_by_id", "added_by_name", "retired_at")
LINK = ("dispute_id", "digest", "created_at", "created_by_id", "created_by_name", "expires_at", "revoked_at", "used_at")


def refused(table, *operations):
    rows = " OR ".join(operations)
    return migrations.RunSQL(
        f"CREATE TRIGGER kept BEFORE {rows} ON {table} FOR EACH ROW EXECUTE FUNCTION clawguard_refuse_change();"
        f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} EXECUTE FUNCTION clawguard_refuse_change();",
        f"DROP TRIGGER kept ON {table}; DROP TRIGGER never_emptied ON {table};",
    )


def once(table, fields, kind="set"):
    named = ", ".join(f"'{field}'" for field in fields)
    return migrations.RunSQL(
        f"CREATE TRIGGER {kind}_once BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION disputes_{kind}_once({named});",
        f"DROP TRIGGER {kind}_once ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_ways_in"),
        ("disputes", "0005_calendar_versions"),
        ("therapy_sessions", "0016_named_never_emptied"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AdjustmentConfirmation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=clawguard.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("done", models.CharField(choices=[("posted", "Posted"), ("declined", "Not posted")], max_length=10)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=10, null=True)),
                ("reference", models.CharField(blank=True, max_length=80)),
                ("on", models.DateField()),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("by_kind", models.CharField(max_length=10)),
                ("by_id", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name="ClientLink",
            fields=[
                (
                    "id",
                    models.UUIDField(default=clawguard.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField()),
                ("created_by_id", models.UUIDField(null=True)),
                ("created_by_name", models.CharField(max_length=120)),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("used_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="DisputeEvidence",
            fields=[
                (
                    "id",
                    models.UUIDField(default=clawguard.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(max_length=40)),
                (
                    "side",
                    models.CharField(
                        choices=[("provider", "Provider"), ("client", "Client"), ("network", "Network")], max_length=10
                    ),
                ),
                ("value", models.BinaryField()),
                ("source", models.CharField(max_length=200)),
                ("late", models.BooleanField(default=False)),
                ("added_at", models.DateTimeField()),
                ("added_by_kind", models.CharField(max_length=10)),
                ("added_by_id", models.UUIDField(null=True)),
                ("added_by_name", models.CharField(max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name="LibraryItem",
            fields=[
                (
                    "id",
                    models.UUIDField(default=clawguard.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=120)),
                ("value", models.BinaryField()),
                ("effective_from", models.DateField()),
                ("effective_to", models.DateField(null=True)),
                ("added_at", models.DateTimeField()),
                ("added_by_id", models.UUIDField(null=True)),
                ("added_by_name", models.CharField(max_length=120)),
                ("retired_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="case",
            name="decision_doubted_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="dispute",
            name="answer",
            field=models.CharField(
                blank=True,
                choices=[("contest", "Contested"), ("concede", "Conceded"), ("waive", "Waived by the provider")],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="client_time_zone",
            field=models.CharField(blank=True, max_length=50),
        ),
        migrations.AddField(
            model_name="dispute",
            name="reason",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="dispute",
            name="starts_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("decision_doubted_at__isnull", False)), fields=["breach_at"], name="case_doubted"
            ),
        ),
        migrations.AddField(
            model_name="adjustmentconfirmation",
            name="adjustment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="confirmations",
                to="disputes.proposedadjustment",
            ),
        ),
        migrations.AddField(
            model_name="clientlink",
            name="dispute",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="client_links", to="disputes.dispute"
            ),
        ),
        migrations.AddField(
            model_name="disputeevidence",
            name="dispute",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="disputes.dispute"
            ),
        ),
        migrations.AddField(
            model_name="libraryitem",
            name="provider",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="library", to="accounts.provider"
            ),
        ),
        migrations.AddField(
            model_name="disputeevidence",
            name="library_item",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="used_in",
                to="disputes.libraryitem",
            ),
        ),
        migrations.AddIndex(
            model_name="adjustmentconfirmation",
            index=models.Index(fields=["adjustment", "at"], name="disputes_ad_adjustm_277785_idx"),
        ),
        migrations.AddConstraint(
            model_name="adjustmentconfirmation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("amount__gte", 0),
                        ("amount__isnull", False),
                        ("done", "posted"),
                        models.Q(("reference", ""), _negated=True),
                    ),
                    models.Q(("amount__isnull", True), ("done", "declined"), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="confirmation_says_what",
            ),
        ),
        migrations.AddIndex(
            model_name="clientlink",
            index=models.Index(fields=["dispute", "-created_at"], name="disputes_cl_dispute_3a5b1a_idx"),
        ),
        migrations.AddConstraint(
            model_name="clientlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("created_at"))), name="client_link_expires_later"
            ),
        ),
        migrations.AddIndex(
            model_name="libraryitem",
            index=models.Index(fields=["provider", "kind", "-effective_from"], name="disputes_li_provide_d8a540_idx"),
        ),
        migrations.AddConstraint(
            model_name="libraryitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("effective_to__isnull", True), ("effective_to__gte", models.F("effective_from")), _connector="OR"
                ),
                name="library_ends_after_it_begins",
            ),
        ),
        migrations.AddIndex(
            model_name="disputeevidence",
            index=models.Index(fields=["dispute", "added_at"], name="disputes_di_dispute_ba31ff_idx"),
        ),
        refused("disputes_adjustmentconfirmation", "UPDATE", "DELETE"),
        refused("disputes_disputeevidence", "DELETE"),
        refused("disputes_libraryitem", "DELETE"),
        refused("disputes_clientlink", "DELETE"),
        once("disputes_disputeevidence", EVIDENCE),
        once("disputes_disputeevidence", ("value",), "sealed"),
        once("disputes_libraryitem", ITEM),
        once("disputes_libraryitem", ("value",), "sealed"),
        once("disputes_clientlink", LINK),
    ]
