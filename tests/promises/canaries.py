"""Words that stand for what a therapist wrote and for whom: each must be found nowhere but where it belongs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import mail
from django.db import connection
from django.http import HttpResponse

# What people said about care. Under seal everywhere: no table, log, mail, address or task may hold one of these.
SAID = {
    name: f"Canary{number}Zebra{number}"
    for number, name in enumerate(
        (
            "note",
            "explanation",
            "draft",
            "file content",
            "file name",
            "question",
            "reply",
            "extension",
            "withdrawal",
            "statement",
            "dispute answer",
            "message",
            "internal note",
            "appeal",
            "access reason",
        ),
        start=10,
    )
}
# Who is treated. In the rows of clients and sessions, and nowhere else.
CLIENT, BIRTH_DATE = "CanaryClient417", "1967-02-03"
IDENTITY = (CLIENT, BIRTH_DATE)
ALL = (*SAID.values(), *IDENTITY)
# Where a word may stand in the database: readable rows whose access is checked, never the log or the outbox.
PLACES = {
    CLIENT: {"therapy_sessions_client"},
    BIRTH_DATE: {"therapy_sessions_therapysession"},
    SAID["file name"]: {"notes_storedfile"},
    SAID["extension"]: {"notes_notesrequest"},
    SAID["access reason"]: {"events_accesslog"},
}


def tables_holding(word: str) -> set[str]:
    """Every table of the database with a row whose text holds ``word``; sealed bytes are looked into as they are."""
    pattern, as_hex = f"%{word}%", f"%{word.encode().hex()}%"
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        names = [row[0] for row in cursor.fetchall()]
        found = set()
        for name in names:
            sql = f'SELECT 1 FROM "{name}" AS row WHERE row::text LIKE %s OR row::text LIKE %s LIMIT 1'  # noqa: S608
            cursor.execute(sql, [pattern, as_hex])
            if cursor.fetchone():
                found.add(name)
    return found


def mails() -> str:
    return "\n".join(f"{message.message()} {message.body} {message.alternatives}" for message in mail.outbox)


def files_holding(word: str) -> list[Path]:
    stored = (path for path in Path(settings.DATA_DIR).rglob("*") if path.is_file())
    return [path for path in stored if word.encode() in path.read_bytes() or word in path.name]


def addresses(answers: list[HttpResponse]) -> str:
    """Every address that was asked for or led to; what a proxy would write to its log."""
    return "\n".join(
        f"{answer.request['PATH_INFO']}?{answer.request['QUERY_STRING']} {answer.headers}" for answer in answers
    )


def as_text(value: Any) -> str:
    return json.dumps(value, default=str)
