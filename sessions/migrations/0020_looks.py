from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("therapy_sessions", "0019_history_marks"),
    ]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE therapy_session_look AS bigint", "DROP SEQUENCE therapy_session_look"),
        migrations.AddField(
            model_name="screening",
            name="look",
            field=models.BigIntegerField(db_default=0, default=0),
        ),
    ]
