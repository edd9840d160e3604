"""Files sent in pieces and when they began to arrive; notes that confirm another or add to it."""

import django.db.models.deletion
from django.db import migrations, models

import clawguard.ids


class Migration(migrations.Migration):
    dependencies = [
        ("notes", "0003_file_kinds"),
    ]

    operations = [
        migrations.AddField(
            model_name="note",
            name="beside",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="beside_it", to="notes.note"
            ),
        ),
        migrations.AddField(
            model_name="storedfile",
            name="begun_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="note",
            name="kind",
            field=models.CharField(
                choices=[
                    ("typed", "Typed note"),
                    ("files", "Uploaded files"),
                    ("explanation", "Explanation"),
                    ("not_my_session", "Not my session"),
                    ("disagree", "Disagrees with the finding"),
                    ("confirmed", "Confirmed the note on file"),
                    ("addendum", "Addendum to the note on file"),
                ],
                max_length=14,
            ),
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.UUIDField(default=clawguard.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=255)),
                ("size", models.PositiveBigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("received", models.PositiveBigIntegerField(default=0)),
                ("begun_at", models.DateTimeField(null=True)),
                ("touched_at", models.DateTimeField()),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="uploads", to="notes.notesrequest"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="UploadPiece",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("offset", models.PositiveBigIntegerField()),
                ("sealed", models.BinaryField()),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pieces", to="notes.upload"
                    ),
                ),
            ],
            options={
                "ordering": ["offset"],
            },
        ),
        migrations.AddIndex(
            model_name="upload",
            index=models.Index(fields=["begun_at"], name="notes_uploa_begun_a_04bf52_idx"),
        ),
        migrations.AddIndex(
            model_name="upload",
            index=models.Index(fields=["touched_at"], name="notes_uploa_touched_b13c26_idx"),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.UniqueConstraint(fields=("request", "digest"), name="one_upload_per_request_and_content"),
        ),
        migrations.AddConstraint(
            model_name="uploadpiece",
            constraint=models.UniqueConstraint(fields=("upload", "offset"), name="one_piece_per_offset"),
        ),
    ]
