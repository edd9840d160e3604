"""Clocks that stand still: pauses of one request, outages of our pages, and what they make of a due moment."""

import django.db.models.deletion
from django.db import migrations, models

import clawguard.ids

# A pause is kept; its end is set once. An outage is kept as it is.
KEPT = """
CREATE FUNCTION notes_keep_pause() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL
       AND to_jsonb(NEW) - 'ended_at' - 'ended_by_name' = to_jsonb(OLD) - 'ended_at' - 'ended_by_name' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% of a pause is refused: only its end is set, once', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER keep_pause BEFORE UPDATE OR DELETE ON notes_clockpause
    FOR EACH ROW EXECUTE FUNCTION notes_keep_pause();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON notes_clockpause EXECUTE FUNCTION clawguard_refuse_change();
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON notes_outage
    FOR EACH ROW EXECUTE FUNCTION clawguard_refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON notes_outage EXECUTE FUNCTION clawguard_refuse_change();
"""
UNDO = """
DROP TRIGGER never_emptied ON notes_outage;
DROP TRIGGER only_grows ON notes_outage;
DROP TRIGGER never_emptied ON notes_clockpause;
DROP TRIGGER keep_pause ON notes_clockpause;
DROP FUNCTION notes_keep_pause();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_ways_in"),
        ("notes", "0007_judgements"),
        ("therapy_sessions", "0016_named_never_emptied"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClockPause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("away", "the provider is away"),
                            ("emergency", "illness or an emergency"),
                            ("our_answer", "a question waits for our answer"),
                            ("records", "the provider's record system is down"),
                            ("privacy", "what may be sent is being cleared up"),
                            ("other", "another reason"),
                        ],
                        max_length=10,
                    ),
                ),
                ("detail", models.CharField(blank=True, max_length=300)),
                ("by_kind", models.CharField(max_length=10)),
                ("by_id", models.UUIDField(null=True)),
                ("by_name", models.CharField(blank=True, max_length=120)),
                ("ended_by_name", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "ordering": ["started_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Outage",
            fields=[
                (
                    "id",
                    models.UUIDField(default=clawguard.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField()),
                ("reason", models.CharField(max_length=300)),
                ("recorded_at", models.DateTimeField()),
                ("by_kind", models.CharField(max_length=10)),
                ("by_id", models.UUIDField(null=True)),
                ("by_name", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "ordering": ["-started_at", "-id"],
            },
        ),
        migrations.AddField(
            model_name="duechange",
            name="deadline",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="duechange",
            name="kind",
            field=models.CharField(
                choices=[("extension", "More time"), ("pause", "Paused"), ("outage", "Outage")],
                default="extension",
                max_length=9,
            ),
        ),
        migrations.AddField(
            model_name="notesrequest",
            name="excused_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="notesrequest",
            name="paused_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="notesrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("lapsed_at__isnull", True), ("paused_at__isnull", True), _connector="OR"),
                name="request_never_lapses_while_paused",
            ),
        ),
        migrations.AddConstraint(
            model_name="notesrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("excused_until__isnull", True),
                    models.Q(("excused_until__gt", models.F("due_at")), ("lapsed_at__isnull", False)),
                    _connector="OR",
                ),
                name="request_excused_lapse",
            ),
        ),
        migrations.AddField(
            model_name="clockpause",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="pauses", to="notes.notesrequest"
            ),
        ),
        migrations.AddIndex(
            model_name="outage",
            index=models.Index(fields=["ended_at"], name="notes_outag_ended_a_f8a01b_idx"),
        ),
        migrations.AddConstraint(
            model_name="outage",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at__gt", models.F("started_at"))), name="outage_runs_forward"
            ),
        ),
        migrations.AddConstraint(
            model_name="outage",
            constraint=models.CheckConstraint(
                condition=models.Q(("recorded_at__gte", models.F("ended_at"))), name="outage_is_over"
            ),
        ),
        migrations.AddConstraint(
            model_name="clockpause",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)), fields=("request",), name="one_open_pause_per_request"
            ),
        ),
        migrations.AddConstraint(
            model_name="clockpause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at__isnull", True), ("ended_at__gte", models.F("started_at")), _connector="OR"
                ),
                name="pause_runs_forward",
            ),
        ),
        migrations.RunSQL(KEPT, UNDO),
    ]
