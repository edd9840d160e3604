"""What a session said before a correction is never changed or removed: the database refuses it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("therapy_sessions", "0001_initial"), ("events", "0002_append_only")]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON therapy_sessions_sessionrevision"
            " FOR EACH ROW EXECUTE FUNCTION clawguard_refuse_change();",
            "DROP TRIGGER only_grows ON therapy_sessions_sessionrevision;",
        )
    ]
