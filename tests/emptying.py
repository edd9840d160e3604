"""Emptying the database between transactional tests, in milliseconds instead of seconds.

Django truncates every table, and PostgreSQL then makes new files for each of them and for all their indexes, though a
test fills a few with a handful of rows. Here only what holds rows is looked at, and its rows are deleted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.core.management.commands import flush
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg2 import sql

# What Django itself writes after migrations: the same after every test, so it is neither deleted nor written again.
KEPT = frozenset({"django_content_type", "auth_permission"})


@contextmanager
def quickly() -> Iterator[None]:
    """Let ``flush``, which also ends every transactional test, empty the database in this way."""
    with (
        mock.patch.object(DatabaseOperations, "sql_flush", _statements),
        mock.patch.object(DatabaseOperations, "execute_sql_flush", _without_triggers),
        mock.patch.object(flush, "emit_post_migrate_signal", lambda *_args, **_kwargs: None),
    ):
        yield


def _statements(_operations: Any, _style: Any, tables: Sequence[str], **_wishes: Any) -> list[str]:
    with connection.cursor() as cursor:
        return [
            sql.SQL("DELETE FROM {}").format(sql.Identifier(table)).as_string(cursor.connection)
            for table in _filled(cursor, [table for table in tables if table not in KEPT])
        ]


def _filled(cursor: Any, tables: Sequence[str]) -> list[str]:
    looks = [
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(sql.Literal(table), sql.Identifier(table))
        for table in tables
    ]
    cursor.execute(sql.SQL(" UNION ALL ").join(looks))
    return [table for (table,) in cursor.fetchall()]


_as_it_was = DatabaseOperations.execute_sql_flush


def _without_triggers(operations: Any, statements: list[str]) -> None:
    """The log's own triggers refuse to be emptied by anybody, and references would ask for an order."""
    roles = "SET session_replication_role = replica", "SET session_replication_role = DEFAULT"
    _as_it_was(operations, [roles[0], *statements, roles[1]])
