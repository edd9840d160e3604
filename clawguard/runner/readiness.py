"""When a server is ready to be used: the application's role and database exist, and it answers."""

from __future__ import annotations

import psycopg2
import redis
from psycopg2 import sql

from clawguard.embedded import DATABASE, ROLE, Server


def postgres_ready(server: Server) -> bool:
    """Whether the server answers; the first answer makes the application's role and database."""
    try:
        connection = psycopg2.connect(_administrator(server), connect_timeout=2)
    except psycopg2.OperationalError:
        return False
    try:
        connection.autocommit = True
        _make_role_and_database(connection, server.url)
    except psycopg2.OperationalError:
        return False
    finally:
        connection.close()
    return True


def _administrator(server: Server) -> str:
    return server.url.replace(f"//{ROLE}:", "//postgres:").rsplit("/", 1)[0] + "/postgres"


def let_tests_empty_tables(server: Server) -> None:
    """For throw-away servers: between two tests even the log that refuses deletion is emptied."""
    connection = psycopg2.connect(_administrator(server))
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            grant = sql.SQL("GRANT SET ON PARAMETER session_replication_role TO {}")
            cursor.execute(grant.format(sql.Identifier(ROLE)))
    finally:
        connection.close()


def _make_role_and_database(connection: psycopg2.extensions.connection, url: str) -> None:
    """The application is not a superuser; it may create databases, because the test run makes its own."""
    password = psycopg2.extensions.parse_dsn(url)["password"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE])
        if cursor.fetchone() is None:
            role = sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD %s").format(sql.Identifier(ROLE))
            cursor.execute(role, [password])
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if cursor.fetchone() is None:
            names = sql.Identifier(DATABASE), sql.Identifier(ROLE)
            cursor.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(*names))


def broker_ready(server: Server) -> bool:
    client = redis.Redis.from_url(server.url, socket_connect_timeout=2, socket_timeout=2)
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()
