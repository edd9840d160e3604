"""The count behind the time to appeal is kept, so that an outage of our pages gives days of it back."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("disputes", "0009_bounces"), ("notes", "0010_calendar_versions")]

    operations = [
        migrations.AddField("case", "appeal_deadline", models.JSONField(null=True)),
        migrations.AddField(
            "case",
            "appeal_calendar",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="notes.calendarversion",
            ),
        ),
    ]
