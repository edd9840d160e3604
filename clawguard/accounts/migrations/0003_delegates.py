"""Delegates of providers, what was handed over to them, and days on which a provider is away."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import clawguard.ids


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_ways_in"),
    ]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="role",
            field=models.CharField(
                choices=[
                    ("provider", "Provider"),
                    ("delegate", "Delegate"),
                    ("billing", "Billing staff"),
                    ("lead", "Billing lead"),
                    ("auditor", "Auditor"),
                    ("admin", "Administrator"),
                ],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="Delegation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=clawguard.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=120)),
                ("email", models.EmailField(max_length=254)),
                ("everything", models.BooleanField(default=False)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("invited_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "delegate",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="delegations", to="accounts.provider"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                (
                    "id",
                    models.UUIDField(default=clawguard.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("only_delegate", models.BooleanField(default=False)),
                ("entered_at", models.DateTimeField()),
                ("begun_at", models.DateTimeField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="absences", to="accounts.provider"
                    ),
                ),
                (
                    "delegation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to="accounts.delegation",
                    ),
                ),
            ],
            options={
                "ordering": ["first_day", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(null=True)),
                (
                    "absence",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers",
                        to="accounts.absence",
                    ),
                ),
                (
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="handovers", to="accounts.delegation"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="delegation",
            index=models.Index(condition=models.Q(("ended_at", None)), fields=["delegate"], name="delegation_standing"),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("provider", "email"),
                name="one_delegation_per_provider_and_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("digest", ""), _negated=True),
                fields=("digest",),
                name="one_delegation_per_invitation",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accepted_at", None), ("delegate", None)),
                    models.Q(("accepted_at__isnull", False), ("delegate__isnull", False)),
                    _connector="OR",
                ),
                name="delegation_accepted_by_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="absence",
            index=models.Index(
                condition=models.Q(("undone_at", None)), fields=["provider", "last_day"], name="absence_standing"
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_day__gte", models.F("first_day"))), name="absence_ends_after_its_beginning"
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(
                condition=models.Q(("taken_back_at", None)), fields=("about", "delegation"), name="handed_over_once"
            ),
        ),
    ]
