"""The table of modifiers among those of our own."""

from django.db import migrations, models

KINDS = ("ptp", "mue", "add_on", "procedures", "places", "modifiers", "core_pairs")


class Migration(migrations.Migration):
    dependencies = [("therapy_sessions", "0017_our_tables")]

    operations = [
        migrations.AlterField(
            "codetable", "kind", models.CharField(choices=[(kind, kind) for kind in KINDS], max_length=12)
        ),
    ]
