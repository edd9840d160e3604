"""The reasons for a wording are as long as those for a payer policy: both are documents of two people."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("disputes", "0014_takebacks_divided")]

    operations = [
        migrations.AlterField("templateversion", "reason", models.CharField(blank=True, max_length=500)),
        migrations.AlterField("templateversion", "returned_reason", models.CharField(blank=True, max_length=500)),
    ]
