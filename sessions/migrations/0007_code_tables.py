"""Quarterly tables of CMS, with their rows in blocks that are never changed or removed: the database refuses it."""

import django.db.models.deletion
from django.db import migrations, models

import clawguard.domain.codesets.official
import clawguard.domain.lifecycles
import clawguard.ids


class Migration(migrations.Migration):
    dependencies = [
        ("therapy_sessions", "0006_policies_stand"),
        ("events", "0002_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="CodeTable",
            fields=[
                (
                    "id",
                    models.UUIDField(default=clawguard.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            (
                                clawguard.domain.codesets.official.TableKind["PAIRS"],
                                clawguard.domain.codesets.official.TableKind["PAIRS"],
                            ),
                            (
                                clawguard.domain.codesets.official.TableKind["UNITS"],
                                clawguard.domain.codesets.official.TableKind["UNITS"],
                            ),
                            (
                                clawguard.domain.codesets.official.TableKind["ADD_ONS"],
                                clawguard.domain.codesets.official.TableKind["ADD_ONS"],
                            ),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "variant",
                    models.CharField(
                        choices=[
                            (
                                clawguard.domain.codesets.official.Variant["MEDICARE"],
                                clawguard.domain.codesets.official.Variant["MEDICARE"],
                            ),
                            (
                                clawguard.domain.codesets.official.Variant["MEDICAID"],
                                clawguard.domain.codesets.official.Variant["MEDICAID"],
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                ("quarter", models.CharField(max_length=6)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            (
                                clawguard.domain.lifecycles.TableState["READING"],
                                clawguard.domain.lifecycles.TableState["READING"],
                            ),
                            (
                                clawguard.domain.lifecycles.TableState["INCOMPLETE"],
                                clawguard.domain.lifecycles.TableState["INCOMPLETE"],
                            ),
                            (
                                clawguard.domain.lifecycles.TableState["LOADED"],
                                clawguard.domain.lifecycles.TableState["LOADED"],
                            ),
                            (
                                clawguard.domain.lifecycles.TableState["ACTIVE"],
                                clawguard.domain.lifecycles.TableState["ACTIVE"],
                            ),
                            (
                                clawguard.domain.lifecycles.TableState["SUPERSEDED"],
                                clawguard.domain.lifecycles.TableState["SUPERSEDED"],
                            ),
                            (
                                clawguard.domain.lifecycles.TableState["REFUSED"],
                                clawguard.domain.lifecycles.TableState["REFUSED"],
                            ),
                            (
                                clawguard.domain.lifecycles.TableState["DISCARDED"],
                                clawguard.domain.lifecycles.TableState["DISCARDED"],
                            ),
                        ],
                        default=clawguard.domain.lifecycles.TableState["READING"],
                        max_length=12,
                    ),
                ),
                ("version", models.CharField(blank=True, max_length=64)),
                ("rows_read", models.PositiveIntegerField(default=0)),
                ("rows_count", models.PositiveIntegerField(default=0)),
                ("problems_count", models.PositiveIntegerField(default=0)),
                ("cause", models.CharField(blank=True, max_length=40)),
                ("detail", models.CharField(blank=True, max_length=300)),
                ("accepted_reason", models.CharField(blank=True, max_length=300)),
                ("comparison", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField()),
                ("created_by_id", models.UUIDField(null=True)),
                ("created_by_name", models.CharField(blank=True, max_length=120)),
                ("loaded_at", models.DateTimeField(null=True)),
                ("activated_at", models.DateTimeField(null=True)),
                ("activated_by_name", models.CharField(blank=True, max_length=120)),
                ("superseded_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["kind", "variant", "quarter"], name="therapy_ses_kind_aac5b3_idx"),
                    models.Index(fields=["-created_at", "-id"], name="therapy_ses_created_ee51c5_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("kind__in", ("ptp", "add_on")),
                            ("status", clawguard.domain.lifecycles.TableState["ACTIVE"]),
                        ),
                        fields=("kind", "variant"),
                        name="one_dated_table_in_force",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", clawguard.domain.lifecycles.TableState["ACTIVE"])),
                        fields=("kind", "variant", "quarter"),
                        name="one_table_in_force_per_quarter",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CodeTableProblem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file_name", models.CharField(max_length=120)),
                ("line", models.PositiveIntegerField()),
                ("code", models.CharField(max_length=40)),
                ("message", models.CharField(max_length=300)),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="problems",
                        to="therapy_sessions.codetable",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CodeTableBlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("rows", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blocks",
                        to="therapy_sessions.codetable",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("table", "number"), name="one_code_table_block_per_number")
                ],
            },
        ),
        migrations.CreateModel(
            name="CodeTableChange",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=10)),
                ("first", models.CharField(max_length=5)),
                ("second", models.CharField(blank=True, max_length=5)),
                ("before", models.CharField(blank=True, max_length=120)),
                ("after", models.CharField(blank=True, max_length=120)),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="therapy_sessions.codetable",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["table", "id"], name="therapy_ses_table_i_2fb551_idx")],
            },
        ),
        migrations.CreateModel(
            name="CodeTableFile",
            fields=[
                (
                    "id",
                    models.UUIDField(default=clawguard.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=120)),
                ("size", models.BigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("rows_read", models.PositiveIntegerField(default=0)),
                ("pieces", models.PositiveIntegerField(default=0)),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="therapy_sessions.codetable",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("table", "position"), name="one_code_table_file_per_position"),
                    models.UniqueConstraint(fields=("table", "sha256"), name="one_code_table_file_per_content"),
                ],
            },
        ),
        migrations.RunSQL(
            "CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON therapy_sessions_codetableblock"
            " FOR EACH ROW EXECUTE FUNCTION clawguard_refuse_change();",
            "DROP TRIGGER only_grows ON therapy_sessions_codetableblock;",
        ),
    ]
