"""What was said of a number is known with the claim of which it was said: numbers are used again."""

import django.db.models.deletion
from django.db import migrations, models

# Whoever judged a claim wrote both rows at the same moment, and gave a reason; claims that followed have none.
OF_CLAIM = """
UPDATE disputes_rememberedmatch r SET claim_id = c.id
FROM disputes_remittanceclaim c JOIN disputes_remittance p ON p.id = c.remittance_id
JOIN disputes_claimmatch m ON m.claim_id = c.id
WHERE m.at = r.at AND m.reason <> '' AND p.payer_code = r.payer_code
  AND r.value = CASE r.kind WHEN 'claim_id' THEN c.claim_id ELSE c.payer_claim_id END
"""


class Migration(migrations.Migration):
    dependencies = [("disputes", "0016_names_of_several_sessions")]

    operations = [
        migrations.AddField(
            "rememberedmatch",
            "claim",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="disputes.remittanceclaim",
            ),
        ),
        migrations.RunSQL(OF_CLAIM, migrations.RunSQL.noop),
    ]
