"""A calendar may be one region's, and may end it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notes", "0019_extension_declined"),
    ]

    operations = [
        migrations.AddField(
            model_name="calendarversion",
            name="active",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddField(
            model_name="calendarversion",
            name="region",
            field=models.CharField(blank=True, db_default="", max_length=2),
        ),
        migrations.AddConstraint(
            model_name="calendarversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("active", True), models.Q(("region", ""), _negated=True), _connector="OR"),
                name="network_calendar_goes_on",
            ),
        ),
    ]
