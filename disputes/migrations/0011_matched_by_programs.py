"""A claim may be matched by a program, too, by the API."""

from django.db import migrations, models

WAYS = ("remembered", "claim_id", "payer_claim_id", "line_ref", "likeness", "person", "program", "set_aside", "")


class Migration(migrations.Migration):
    dependencies = [("disputes", "0010_appeal_counts")]

    operations = [
        migrations.AlterField(
            "claimmatch",
            "how",
            models.CharField(blank=True, choices=[(name, name) for name in WAYS], max_length=14),
        ),
    ]
