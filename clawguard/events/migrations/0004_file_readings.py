"""An access record names the file that was opened, and what it is part of: files of cases and disputes have no note."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0003_mail_reports"),
    ]

    operations = [
        migrations.AlterField("accesslog", "note_id", models.UUIDField(null=True)),
        migrations.AlterField("accesslog", "session_id", models.UUIDField(null=True)),
        migrations.AddField("accesslog", "file_id", models.UUIDField(null=True)),
        migrations.AddField("accesslog", "about", models.CharField(blank=True, db_default="", max_length=60)),
        migrations.AddField("accesslog", "about_id", models.UUIDField(null=True)),
        migrations.AddIndex(
            "accesslog",
            models.Index("about_id", "at", name="access_by_subject", condition=Q(about_id__isnull=False)),
        ),
        migrations.AddConstraint(
            "accesslog",
            models.CheckConstraint(
                name="access_to_a_note_or_a_file", condition=Q(note_id__isnull=False) | Q(file_id__isnull=False)
            ),
        ),
    ]
