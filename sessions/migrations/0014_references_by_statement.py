"""That parties, chunk, session and pack exist is checked once for all rows of a statement, not by a key for each row.

A foreign key looks every row up by itself and marks the row it found; with six of them that was a fifth of what storing
and screening a session takes. The triggers refuse the same: a row that names what is not there, and taking away or
renaming what is named. A lock keeps the two apart: those who add share it, one who takes away has it alone.
"""

import django.db.models.deletion
from django.db import migrations, models

LOCK = 0x52454653  # any fixed number, different from those of the audit chain, of intake and of patterns
SESSION = "therapy_sessions_therapysession"
SCREENING = "therapy_sessions_screening"
# table that names, its column, table that is named, its key
REFERENCES = (
    (SESSION, "provider_id", "accounts_provider", "id"),
    (SESSION, "client_id", "therapy_sessions_client", "id"),
    (SESSION, "payer_id", "therapy_sessions_payer", "id"),
    (SESSION, "chunk_id", "therapy_sessions_intakechunk", "id"),
    (SCREENING, "session_id", SESSION, "id"),
    (SCREENING, "pack_id", "therapy_sessions_rulepack", "digest"),
)
# OFFSET 0: one look-up for each row whatever the statistics say, instead of a plan made for another size of the table.
FUNCTIONS = """
CREATE FUNCTION therapy_sessions_names_what_exists() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    found boolean;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(LOCK_NUMBER);
    FOR i IN 0 .. TG_NARGS / 3 - 1 LOOP
        EXECUTE format(
            'SELECT EXISTS (SELECT FROM (SELECT DISTINCT %1$I AS key FROM added WHERE %1$I IS NOT NULL) a'
            ' WHERE NOT EXISTS (SELECT FROM %2$I p WHERE p.%3$I = a.key OFFSET 0))',
            TG_ARGV[3 * i], TG_ARGV[3 * i + 1], TG_ARGV[3 * i + 2]
        ) INTO found;
        IF found THEN
            RAISE EXCEPTION '%.% names no row of %', TG_TABLE_NAME, TG_ARGV[3 * i], TG_ARGV[3 * i + 1]
                USING ERRCODE = 'foreign_key_violation';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
CREATE FUNCTION therapy_sessions_is_not_named() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    found boolean;
BEGIN
    PERFORM pg_advisory_xact_lock(LOCK_NUMBER);
    EXECUTE format(
        'SELECT EXISTS (SELECT FROM %1$I c WHERE c.%2$I IN (SELECT %3$I FROM gone))', TG_ARGV[0], TG_ARGV[1], TG_ARGV[2]
    ) INTO found;
    IF found THEN
        RAISE EXCEPTION '% is named by %.%', TG_TABLE_NAME, TG_ARGV[0], TG_ARGV[1]
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION therapy_sessions_keeps_its_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the key of % stays as it is', TG_TABLE_NAME USING ERRCODE = 'foreign_key_violation';
END $$;
""".replace("LOCK_NUMBER", str(LOCK))
NO_FUNCTIONS = """
DROP FUNCTION therapy_sessions_names_what_exists;
DROP FUNCTION therapy_sessions_is_not_named;
DROP FUNCTION therapy_sessions_keeps_its_key;
"""


def _triggers() -> tuple[str, str]:
    make, drop = [], []
    for table in (SESSION, SCREENING):
        words = ", ".join(f"'{word}'" for child, *named in REFERENCES if child == table for word in named)
        for name, event in (("new_names_exist", "INSERT"), ("changed_names_exist", "UPDATE")):
            make.append(
                f"CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING NEW TABLE AS added"
                f" FOR EACH STATEMENT EXECUTE FUNCTION therapy_sessions_names_what_exists({words});"
            )
            drop.append(f"DROP TRIGGER {name} ON {table};")
    for child, column, parent, key in REFERENCES:
        make.append(
            f"CREATE TRIGGER not_named AFTER DELETE ON {parent} REFERENCING OLD TABLE AS gone"
            f" FOR EACH STATEMENT EXECUTE FUNCTION therapy_sessions_is_not_named('{child}', '{column}', '{key}');"
            f" CREATE TRIGGER key_stays BEFORE UPDATE OF {key} ON {parent} FOR EACH ROW"
            f" WHEN (OLD.{key} IS DISTINCT FROM NEW.{key}) EXECUTE FUNCTION therapy_sessions_keeps_its_key();"
        )
        drop.append(f"DROP TRIGGER not_named ON {parent}; DROP TRIGGER key_stays ON {parent};")
    return "\n".join([FUNCTIONS, *make]), "\n".join([*drop, NO_FUNCTIONS])


# Indexes for LIKE that come with every unique text; nothing asks for the beginning of these alone.
NO_LIKE = """
DO $$
DECLARE
    name text;
BEGIN
    FOR name IN
        SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND indexdef LIKE '%pattern_ops%'
        AND tablename IN ('therapy_sessions_therapysession', 'therapy_sessions_client')
    LOOP
        EXECUTE format('DROP INDEX %I', name);
    END LOOP;
END $$;
"""


def _bare(to: str, *, null: bool = False, related: str | None = None) -> models.ForeignKey:
    return models.ForeignKey(
        to,
        null=null,
        db_index=False,
        db_constraint=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related,
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("therapy_sessions", "0013_reading_in_slices")]

    operations = [
        migrations.AlterField("screening", "pack", _bare("therapy_sessions.rulepack")),
        migrations.AlterField("screening", "session", _bare("therapy_sessions.therapysession", related="screenings")),
        migrations.AlterField(
            "therapysession", "chunk", _bare("therapy_sessions.intakechunk", null=True, related="sessions")
        ),
        migrations.AlterField("therapysession", "client", _bare("therapy_sessions.client", related="therapy_sessions")),
        migrations.AlterField("therapysession", "payer", _bare("therapy_sessions.payer", related="therapy_sessions")),
        migrations.AlterField("therapysession", "provider", _bare("accounts.provider", related="therapy_sessions")),
        migrations.RunSQL(*_triggers()),
        migrations.RunSQL(NO_LIKE, migrations.RunSQL.noop),
    ]
