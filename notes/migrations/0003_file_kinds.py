"""Room for the names of further kinds of files."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notes", "0002_append_only")]

    operations = [
        migrations.AlterField("storedfile", "content_type", models.CharField(max_length=100)),
    ]
