"""After a correction of its session a note is read once more, beside the new facts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notes", "0008_pauses"),
    ]

    operations = [
        migrations.AddField(
            model_name="notereading",
            name="revision",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.RemoveConstraint(
            model_name="notereading",
            name="one_reading_per_note_and_reader",
        ),
        migrations.AddConstraint(
            model_name="notereading",
            constraint=models.UniqueConstraint(
                fields=("note", "reader", "revision"), name="one_reading_per_note_reader_revision"
            ),
        ),
    ]
