"""What a session said before a correction is never changed or removed: the database refuses it."""

from django.db import migrations

GUARD = """
CREATE FUNCTION therapy_sessions_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'earlier revisions of a session are never changed' USING ERRCODE = 'raise_exception';
END $$;
CREATE TRIGGER revisions_stand BEFORE UPDATE OR DELETE ON therapy_sessions_sessionrevision
    FOR EACH ROW EXECUTE FUNCTION therapy_sessions_refuse_change();
"""
UNGUARD = """
DROP TRIGGER revisions_stand ON therapy_sessions_sessionrevision;
DROP FUNCTION therapy_sessions_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("therapy_sessions", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
