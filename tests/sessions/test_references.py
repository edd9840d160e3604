"""What a session or a screening names exists, whoever writes it: the database itself sees to it."""

# ruff: noqa: S608 - the names put into statements are our own

from __future__ import annotations

import psycopg2
import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.crypto import get_random_string

from clawguard.accounts.actors import SYSTEM
from clawguard.ids import new_id
from sessions import services
from sessions.models import Screening, TherapySession
from tests.builders import NOW, session_body
from tests.sessions.test_intake import screen_all

SESSION, SCREENING = TherapySession._meta.db_table, Screening._meta.db_table
NAMED = [
    (SESSION, "provider_id", "accounts_provider"),
    (SESSION, "client_id", "therapy_sessions_client"),
    (SESSION, "payer_id", "therapy_sessions_payer"),
    (SESSION, "chunk_id", "therapy_sessions_intakechunk"),
    (SCREENING, "session_id", SESSION),
    (SCREENING, "pack_id", "therapy_sessions_rulepack"),
]


def screened():
    session = services.submit(SYSTEM, session_body(), NOW)
    screen_all()
    return session


def execute(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def nobody(column):
    return {"chunk_id": 987_654_321, "pack_id": get_random_string(64)}.get(column, new_id())


def copy_of(table, column):
    """A second row like the first, except that ``column`` names what is nowhere."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE copied ON COMMIT DROP AS TABLE {table}")
        if table == SESSION:
            cursor.execute("UPDATE copied SET id = %s, external_id = 'S-copied', arrival = arrival + 1000", [new_id()])
        else:
            cursor.execute("UPDATE copied SET id = (SELECT max(id) + 1000 FROM copied), revision = revision + 1")
        if column:
            cursor.execute(f"UPDATE copied SET {column} = %s", [nobody(column)])
        cursor.execute(f"INSERT INTO {table} SELECT * FROM copied")


@pytest.mark.django_db
@pytest.mark.parametrize(("table", "column", "_named"), NAMED)
def test_a_row_that_names_nobody_is_refused(table, column, _named):
    screened()
    with pytest.raises(IntegrityError, match="names no row of"), transaction.atomic():
        copy_of(table, column)
    with pytest.raises(IntegrityError, match="names no row of"):
        execute(f"UPDATE {table} SET {column} = %s", nobody(column))
    copy_of(table, "")
    assert TherapySession.objects.count() + Screening.objects.count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize(("_table", "column", "named"), NAMED)
def test_what_is_named_can_be_neither_removed_nor_renamed(_table, column, named):
    session = screened()
    execute("DELETE FROM therapy_sessions_finding")
    with pytest.raises(IntegrityError, match="is named by"):
        execute(f"DELETE FROM {named}")
    key = "digest" if column == "pack_id" else "id"
    with pytest.raises(IntegrityError, match="stays as it is"):
        execute(f"UPDATE {named} SET {key} = %s", nobody(column))
    execute(f"UPDATE {named} SET {key} = {key}")
    session.refresh_from_db()


@pytest.mark.django_db
@pytest.mark.parametrize("named", sorted({row[2] for row in NAMED}))
def test_what_is_named_cannot_be_emptied_away(named):
    with pytest.raises(IntegrityError, match="named by others"):
        execute(f"TRUNCATE {named} CASCADE")


@pytest.mark.django_db
def test_what_nothing_names_any_more_can_be_removed():
    screened()
    for table in ("therapy_sessions_finding", SCREENING, SESSION, "therapy_sessions_client", "therapy_sessions_payer"):
        execute(f"DELETE FROM {table}")
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,)


@pytest.mark.django_db(transaction=True)
def test_removing_waits_for_those_who_are_about_to_name():
    """Two transactions at once: without the lock each would find the other's row as it was before."""
    screened()
    settings = connection.get_connection_params()
    other = psycopg2.connect(**{name: settings[name] for name in ("host", "port", "dbname", "user", "password")})
    try:
        with other.cursor() as cursor, transaction.atomic():
            services.submit(SYSTEM, session_body(external_id="S-second", payer={"id": "P-new", "kind": "eap"}), NOW)
            cursor.execute("SET lock_timeout = '200ms'")
            row = "INSERT INTO therapy_sessions_payer (id, payer_id, name, kind) VALUES (%s, 'P-x', '', 'eap')"
            cursor.execute(row, [str(new_id())])
            with pytest.raises(psycopg2.errors.LockNotAvailable):
                cursor.execute("DELETE FROM therapy_sessions_payer WHERE payer_id = 'P-x'")
        other.rollback()
        with other.cursor() as cursor, pytest.raises(psycopg2.errors.ForeignKeyViolation):
            cursor.execute("DELETE FROM therapy_sessions_payer WHERE payer_id = 'P-new'")
    finally:
        other.close()
