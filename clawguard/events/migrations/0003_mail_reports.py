"""What a mail service reports of mails: delivered, come back, complained of. Reports only grow."""

import django.db.models.deletion
from django.db import migrations, models

TABLE = "events_mailreport"
KEPT = (
    f"CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW"
    f" EXECUTE FUNCTION clawguard_refuse_change();"
    f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {TABLE} EXECUTE FUNCTION clawguard_refuse_change();"
)
UNDO = f"DROP TRIGGER only_grows ON {TABLE}; DROP TRIGGER never_emptied ON {TABLE};"


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0002_append_only"),
    ]

    operations = [
        migrations.AddField("sentmail", "delivered_at", models.DateTimeField(null=True)),
        migrations.AddField("sentmail", "complained_at", models.DateTimeField(null=True)),
        migrations.CreateModel(
            name="MailReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("told_as", models.CharField(max_length=255, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("delivered", "delivered"),
                            ("bounced", "bounced"),
                            ("complained", "complained"),
                        ],
                        max_length=10,
                    ),
                ),
                ("happened_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                (
                    "mail",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="events.sentmail"
                    ),
                ),
            ],
        ),
        migrations.RunSQL(KEPT, UNDO),
    ]
