"""The calendar that an answer time started with."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("disputes", "0004_outages"),
        ("notes", "0010_calendar_versions"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="calendar",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="notes.calendarversion"
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="calendar",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="notes.calendarversion"
            ),
        ),
    ]
