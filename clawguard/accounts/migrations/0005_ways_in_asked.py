"""Who asked for a link or a code, so that each is owed and counted; and which links a person asked for."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_where_signed_in"),
    ]

    operations = [
        migrations.AddField(
            model_name="signinlink",
            name="asked_for",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name="WayInAsked",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("wanted", models.CharField(max_length=64)),
                ("came_from", models.CharField(max_length=64)),
                ("proven", models.BooleanField()),
                ("browser", models.CharField(max_length=64)),
                ("link_to", models.CharField(blank=True, max_length=200)),
                ("asked_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["wanted", "asked_at"], name="accounts_wa_wanted_f086c7_idx"),
                    models.Index(fields=["came_from", "asked_at"], name="accounts_wa_came_fr_ccba7e_idx"),
                ],
            },
        ),
    ]
