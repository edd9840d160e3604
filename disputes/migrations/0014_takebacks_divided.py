"""Takebacks that name no claim of one session wait for people. Rows are never taken away."""

import django.db.models.deletion
from django.db import migrations, models

import clawguard.ids

TABLES = ("disputes_accountmatch", "disputes_accountshare")
KEPT = "".join(
    f"CREATE TRIGGER kept BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION clawguard_refuse_change();"
    f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} EXECUTE FUNCTION clawguard_refuse_change();"
    for table in TABLES
)
GONE = "".join(f"DROP TRIGGER kept ON {table}; DROP TRIGGER never_emptied ON {table};" for table in TABLES)
# Those of payments that were read before: whose they are nobody said yet, and no claim of one session tells.
WAITING = """
INSERT INTO disputes_accountmatch (id, adjustment_id, provider_id, how, by_name, reason)
SELECT gen_random_uuid(), a.id,
       (SELECT CASE WHEN count(DISTINCT m.provider_id) = 1 THEN min(m.provider_id::text)::uuid END
        FROM disputes_remittanceclaim c JOIN disputes_remittance o ON o.id = c.remittance_id
        JOIN disputes_claimmatch m ON m.claim_id = c.id
        WHERE o.payer_code = p.payer_code AND (c.claim_id = ANY (a.names) OR c.payer_claim_id = ANY (a.names))),
       '', '', ''
FROM disputes_accountadjustment a JOIN disputes_remittance p ON p.id = a.remittance_id
WHERE a.reason IN ('WO', 'WU', 'RA', 'OB', 'CS', 'J1') AND a.amount <> 0 AND NOT EXISTS (
    SELECT 1 FROM disputes_remittanceclaim c JOIN disputes_remittance o ON o.id = c.remittance_id
    JOIN disputes_claimmatch m ON m.claim_id = c.id
    WHERE o.payer_code = p.payer_code AND m.session_id IS NOT NULL
      AND (c.claim_id = ANY (a.names) OR c.payer_claim_id = ANY (a.names)))
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_where_signed_in"),
        ("disputes", "0013_sent_files"),
        ("therapy_sessions", "0016_named_never_emptied"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccountMatch",
            fields=[
                (
                    "id",
                    models.UUIDField(default=clawguard.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "how",
                    models.CharField(
                        blank=True,
                        choices=[(name, name) for name in ("name", "person", "program", "set_aside", "")],
                        max_length=10,
                    ),
                ),
                ("by_id", models.UUIDField(null=True)),
                ("by_name", models.CharField(blank=True, max_length=120)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(null=True)),
                (
                    "adjustment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="match",
                        to="disputes.accountadjustment",
                    ),
                ),
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
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("how", "")), fields=["id"], name="account_match_waiting"),
                    models.Index(fields=["provider", "id"], name="account_match_by_provider"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountShare",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("amount", models.DecimalField(decimal_places=4, max_digits=18)),
                (
                    "match",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shares",
                        to="disputes.accountmatch",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="account_shares",
                        to="therapy_sessions.therapysession",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("amount", 0), _negated=True), fields=["session"], name="share_by_session"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("match", "session"), name="one_share_per_session"),
                ],
            },
        ),
        migrations.RunSQL(KEPT, GONE),
        migrations.RunSQL(WAITING, migrations.RunSQL.noop),
    ]
