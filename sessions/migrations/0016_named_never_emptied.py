"""What sessions and screenings name cannot be emptied away either; a foreign key would have refused that."""

from django.db import migrations

NAMED = (
    "accounts_provider",
    "therapy_sessions_client",
    "therapy_sessions_payer",
    "therapy_sessions_intakechunk",
    "therapy_sessions_therapysession",
    "therapy_sessions_rulepack",
)
FUNCTION = """
CREATE FUNCTION therapy_sessions_is_not_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is named by others', TG_TABLE_NAME USING ERRCODE = 'foreign_key_violation';
END $$;
"""
TRIGGER = (
    "CREATE TRIGGER not_emptied BEFORE TRUNCATE ON {} FOR EACH STATEMENT"
    " EXECUTE FUNCTION therapy_sessions_is_not_emptied();"
)


class Migration(migrations.Migration):
    dependencies = [("therapy_sessions", "0015_pattern_book"), ("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(
            FUNCTION + "\n".join(TRIGGER.format(table) for table in NAMED),
            "\n".join(f"DROP TRIGGER not_emptied ON {table};" for table in NAMED)
            + "DROP FUNCTION therapy_sessions_is_not_emptied;",
        )
    ]
