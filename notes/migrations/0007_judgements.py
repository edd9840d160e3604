"""What people say of elements of a note, next to the machine; it only grows."""

import django.db.models.deletion
from django.db import migrations, models

TABLE = "notes_elementjudgement"
KEPT = (
    f"CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW"
    f" EXECUTE FUNCTION clawguard_refuse_change();"
    f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {TABLE} EXECUTE FUNCTION clawguard_refuse_change();"
)
UNDO = f"DROP TRIGGER only_grows ON {TABLE}; DROP TRIGGER never_emptied ON {TABLE};"


class Migration(migrations.Migration):
    dependencies = [
        ("notes", "0006_readings"),
    ]

    operations = [
        migrations.CreateModel(
            name="ElementJudgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("element", models.CharField(max_length=8)),
                ("verdict", models.CharField(max_length=14)),
                ("machine", models.CharField(blank=True, max_length=14)),
                ("machine_confidence", models.CharField(blank=True, max_length=6)),
                ("reader", models.CharField(blank=True, max_length=20)),
                ("at", models.DateTimeField()),
                ("by_id", models.UUIDField()),
                ("by_name", models.CharField(max_length=120)),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="judgements", to="notes.note"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "indexes": [
                    models.Index(fields=["element", "machine"], name="notes_eleme_element_058345_idx"),
                    models.Index(fields=["note", "element"], name="notes_eleme_note_id_de6ed1_idx"),
                ],
            },
        ),
        migrations.RunSQL(KEPT, UNDO),
    ]
