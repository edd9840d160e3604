"""A file may belong to a conversation or a dispute, which need not be about a session."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notes", "0014_destructions"),
        ("therapy_sessions", "0016_named_never_emptied"),
    ]

    operations = [
        migrations.AlterField(
            model_name="storedfile",
            name="session",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="files",
                to="therapy_sessions.therapysession",
            ),
        ),
        migrations.AddConstraint(
            model_name="storedfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("request__isnull", True), ("session__isnull", False), _connector="OR"),
                name="file_of_a_request_has_its_session",
            ),
        ),
    ]
