"""Evidence packs. A pack that was made is kept as it was made; only its bytes are taken away, once, when it expires."""

import django.db.models.deletion
from django.db import migrations, models

import clawguard.ids

KEPT = """
CREATE FUNCTION disputes_pack_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.case_id, NEW.audience, NEW.asked_at, NEW.asked_by_id, NEW.asked_by_name)
        IS DISTINCT FROM (OLD.case_id, OLD.audience, OLD.asked_at, OLD.asked_by_id, OLD.asked_by_name)
       OR (OLD.made_at IS NOT NULL
           AND (NEW.made_at, NEW.expires_at, NEW.size, NEW.files, NEW.sha256)
               IS DISTINCT FROM (OLD.made_at, OLD.expires_at, OLD.size, OLD.files, OLD.sha256))
       OR (OLD.made_at IS NOT NULL AND NEW.sealed IS NOT NULL
           AND (OLD.sealed IS NULL OR substring(NEW.sealed FROM 73) <> substring(OLD.sealed FROM 73))) THEN
        RAISE EXCEPTION 'an evidence pack is made once and then kept' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pack_kept BEFORE UPDATE ON disputes_evidencepack FOR EACH ROW EXECUTE FUNCTION disputes_pack_kept();
CREATE TRIGGER kept BEFORE DELETE ON disputes_evidencepack
    FOR EACH ROW EXECUTE FUNCTION clawguard_refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON disputes_evidencepack EXECUTE FUNCTION clawguard_refuse_change();
"""
GONE = """
DROP TRIGGER pack_kept ON disputes_evidencepack; DROP FUNCTION disputes_pack_kept();
DROP TRIGGER kept ON disputes_evidencepack; DROP TRIGGER never_emptied ON disputes_evidencepack;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("disputes", "0006_doubt_confirmation_evidence"),
        ("events", "0002_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="EvidencePack",
            fields=[
                (
                    "id",
                    models.UUIDField(default=clawguard.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("network", "For us: everything"),
                            ("provider", "For the provider: what they may see"),
                        ],
                        max_length=8,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("asked_by_id", models.UUIDField()),
                ("asked_by_name", models.CharField(max_length=120)),
                ("made_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField(null=True)),
                ("expired_at", models.DateTimeField(null=True)),
                ("sealed", models.BinaryField(null=True)),
                ("size", models.PositiveIntegerField(default=0)),
                ("files", models.PositiveSmallIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="packs", to="disputes.case"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["case", "-asked_at"], name="pack_by_case"),
                    models.Index(
                        condition=models.Q(("sealed__isnull", False)), fields=["expires_at"], name="pack_expires"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("made_at__isnull", True)),
                        fields=("case", "audience"),
                        name="one_pack_being_made",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("made_at__isnull", True), ("sealed__isnull", True)),
                            models.Q(("expires_at__isnull", False), ("made_at__isnull", False), ("sha256__gt", "")),
                            _connector="OR",
                        ),
                        name="pack_made_or_not",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEPT, GONE),
    ]
