"""Files are read in slices; one whose reading was under way is read from its beginning."""

import django.db.models.deletion
from django.db import migrations, models

# What was sealed of such a file is sealed anew, piece by piece, under the same names.
FROM_THE_BEGINNING = """
DELETE FROM therapy_sessions_importproblem p USING therapy_sessions_importbatch b
WHERE b.id = p.batch_id AND b.status = 'received';
UPDATE therapy_sessions_importbatch
SET place = '{}', pieces = 0, rows_read = 0, rows_good = 0, rows_refused = 0, rows_unchanged = 0,
    summary = summary - 'counts' - 'findings'
WHERE status = 'received';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("therapy_sessions", "0012_reading_place"),
    ]

    operations = [
        migrations.RunSQL(FROM_THE_BEGINNING, migrations.RunSQL.noop),
        migrations.CreateModel(
            name="ImportSlice",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("place", models.JSONField()),
                ("again", models.BooleanField(default=False)),
                ("read_at", models.DateTimeField(null=True)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("good", models.PositiveIntegerField(default=0)),
                ("refused", models.PositiveIntegerField(default=0)),
                ("unchanged", models.PositiveIntegerField(default=0)),
                ("counts", models.JSONField(default=dict)),
                ("findings", models.JSONField(default=dict)),
            ],
        ),
        migrations.AddField(
            model_name="importbatch",
            name="cut",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="importproblem",
            name="slice",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddIndex(
            model_name="intakechunk",
            index=models.Index(condition=models.Q(("screened_at", None)), fields=["created_at"], name="chunk_waits"),
        ),
        migrations.AddField(
            model_name="importslice",
            name="batch",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="slices",
                to="therapy_sessions.importbatch",
            ),
        ),
        migrations.AddConstraint(
            model_name="importslice",
            constraint=models.UniqueConstraint(fields=("batch", "number"), name="one_slice_per_batch_number"),
        ),
    ]
