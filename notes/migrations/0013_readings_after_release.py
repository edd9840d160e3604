"""A note is read once more with a file of it that was locked away and let go on."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("notes", "0012_releases"),
    ]

    operations = [
        migrations.AddField("notereading", "releases", models.PositiveSmallIntegerField(default=0)),
        migrations.RemoveConstraint("notereading", "one_reading_per_note_reader_revision"),
        migrations.AddConstraint(
            "notereading",
            models.UniqueConstraint(
                fields=["note", "reader", "revision", "releases"], name="one_reading_per_note_reader_revision"
            ),
        ),
        migrations.RemoveConstraint("filereading", "one_reading_per_file_and_reader"),
        migrations.AddConstraint(
            "filereading",
            models.UniqueConstraint(
                fields=["file", "reader"],
                condition=~Q(outcome="quarantined"),
                name="one_reading_per_file_and_reader",
            ),
        ),
    ]
