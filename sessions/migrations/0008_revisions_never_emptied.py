"""Row triggers do not see TRUNCATE; what a session said before a correction is not emptied away either."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("therapy_sessions", "0007_code_tables"), ("events", "0002_append_only")]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER never_emptied BEFORE TRUNCATE ON therapy_sessions_sessionrevision"
            " EXECUTE FUNCTION clawguard_refuse_change();",
            "DROP TRIGGER never_emptied ON therapy_sessions_sessionrevision;",
        )
    ]
