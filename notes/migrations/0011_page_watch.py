"""What the watch of our own pages saw last."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notes", "0010_calendar_versions"),
    ]

    operations = [
        migrations.CreateModel(
            name="PageWatch",
            fields=[
                ("name", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("checked_at", models.DateTimeField()),
                ("down_since", models.DateTimeField(null=True)),
            ],
        ),
    ]
