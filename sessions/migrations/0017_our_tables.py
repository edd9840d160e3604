"""Code tables of our own, which have neither variant nor quarter."""

from django.db import migrations, models

KINDS = ("ptp", "mue", "add_on", "procedures", "places", "core_pairs")
VARIANTS = ("medicare", "medicaid")


class Migration(migrations.Migration):
    dependencies = [("therapy_sessions", "0016_named_never_emptied")]

    operations = [
        migrations.AlterField(
            "codetable", "kind", models.CharField(choices=[(kind, kind) for kind in KINDS], max_length=12)
        ),
        migrations.AlterField("codetable", "quarter", models.CharField(blank=True, max_length=6)),
        migrations.AlterField(
            "codetable",
            "variant",
            models.CharField(blank=True, choices=[(each, each) for each in VARIANTS], max_length=10),
        ),
    ]
