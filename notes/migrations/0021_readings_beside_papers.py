"""A note is read once more when consent, an interpreter or a programme of its client was stated."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notes", "0020_regional_calendars"),
    ]

    operations = [
        migrations.AddField("notereading", "papers", models.PositiveIntegerField(db_default=0, default=0)),
        migrations.RemoveConstraint("notereading", "one_reading_per_note_reader_revision"),
        migrations.AddConstraint(
            "notereading",
            models.UniqueConstraint(
                fields=["note", "reader", "revision", "releases", "papers"],
                name="one_reading_per_note_reader_revision",
            ),
        ),
    ]
