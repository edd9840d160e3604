"""Several sessions asked about at once, and until when nobody is written to."""

import django.db.models.deletion
from django.db import migrations, models

import clawguard.ids


class Migration(migrations.Migration):
    dependencies = [("notes", "0004_answers")]

    operations = [
        migrations.CreateModel(
            name="RequestBatch",
            fields=[
                (
                    "id",
                    models.UUIDField(default=clawguard.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("by_id", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("rows", models.JSONField()),
                ("undone_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField("notesrequest", "not_before", models.DateTimeField(null=True)),
        migrations.AddField(
            "notesrequest",
            "batch",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="requests",
                to="notes.requestbatch",
            ),
        ),
    ]
