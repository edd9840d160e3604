"""A fact of a case is taken back by a row of its own, which says why; what was stated stays."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("disputes", "0020_dates_of_standing_cases")]

    operations = [
        migrations.AddField(
            "casefact", "withdrawn_reason", models.CharField(max_length=300, blank=True, default="", db_default="")
        ),
        migrations.AlterField("casefact", "value", models.JSONField(null=True)),
        migrations.AddConstraint(
            "casefact",
            models.CheckConstraint(
                name="fact_states_or_takes_back",
                condition=Q(value__isnull=False, withdrawn_reason="") | Q(value__isnull=True) & ~Q(withdrawn_reason=""),
            ),
        ),
    ]
