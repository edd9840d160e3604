"""What a payer says it allows for a service line; not known of payments that were kept before it was read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("disputes", "0021_facts_taken_back")]

    operations = [
        migrations.AddField(
            "remittanceline", "allowed", models.DecimalField(decimal_places=4, max_digits=18, null=True)
        ),
    ]
