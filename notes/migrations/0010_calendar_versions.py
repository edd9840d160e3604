"""Versions of the calendar, and which one a clock started with."""

import django.db.models.deletion
from django.db import migrations, models

import clawguard.domain.lifecycles

# A version is kept as it was proposed; it is decided once.
KEPT = """
CREATE FUNCTION notes_keep_calendar() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    decided CONSTANT text[] := ARRAY['status', 'label', 'decided_at', 'decided_by_id', 'decided_by_name'];
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.status = 'proposed' AND to_jsonb(NEW) - decided = to_jsonb(OLD) - decided THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% of a calendar version is refused: a change is a new version', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER keep_calendar BEFORE UPDATE OR DELETE ON notes_calendarversion
    FOR EACH ROW EXECUTE FUNCTION notes_keep_calendar();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON notes_calendarversion EXECUTE FUNCTION clawguard_refuse_change();
"""
UNDO = """
DROP TRIGGER never_emptied ON notes_calendarversion;
DROP TRIGGER keep_calendar ON notes_calendarversion;
DROP FUNCTION notes_keep_calendar();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("notes", "0009_readings_by_revision"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            (
                                clawguard.domain.lifecycles.CalendarState["PROPOSED"],
                                clawguard.domain.lifecycles.CalendarState["PROPOSED"],
                            ),
                            (
                                clawguard.domain.lifecycles.CalendarState["PUBLISHED"],
                                clawguard.domain.lifecycles.CalendarState["PUBLISHED"],
                            ),
                            (
                                clawguard.domain.lifecycles.CalendarState["DISCARDED"],
                                clawguard.domain.lifecycles.CalendarState["DISCARDED"],
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("shipped", "As shipped, with the settings of this server"),
                            ("edited", "Edited by people"),
                        ],
                        max_length=8,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("label", models.CharField(max_length=60)),
                ("holidays", models.JSONField()),
                ("first_year", models.PositiveSmallIntegerField()),
                ("last_year", models.PositiveSmallIntegerField()),
                ("rules", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("replaces", models.CharField(blank=True, max_length=64)),
                ("why", models.CharField(blank=True, max_length=300)),
                ("proposed_at", models.DateTimeField()),
                ("proposed_by_id", models.UUIDField(null=True)),
                ("proposed_by_name", models.CharField(blank=True, max_length=120)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by_id", models.UUIDField(null=True)),
                ("decided_by_name", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("proposed_by_id__isnull", True)),
                        fields=("digest",),
                        name="one_calendar_per_content",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", clawguard.domain.lifecycles.CalendarState["PUBLISHED"]), _negated=True),
                            ("proposed_by_id__isnull", True),
                            models.Q(
                                ("decided_by_id__isnull", False),
                                models.Q(("decided_by_id", models.F("proposed_by_id")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="calendar_published_by_another",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="notesrequest",
            name="calendar",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="notes.calendarversion"
            ),
        ),
        migrations.RunSQL(KEPT, UNDO),
    ]
