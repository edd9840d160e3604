"""Clients of a fault run, in a process of their own: ``python -m tests.faults.client answer LEDGER …``.

Each answer that the service acknowledged becomes one line of the ledger. What was not acknowledged is sent again under
the same submission, as a browser's retry would be.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import django

django.setup()

from django.db import DatabaseError, InterfaceError, close_old_connections, connection  # noqa: E402

from clawguard.accounts.actors import SYSTEM, Actor  # noqa: E402
from clawguard.accounts.models import Role  # noqa: E402
from clawguard.clock import now as read_clock  # noqa: E402
from clawguard.demo.sessions import invent  # noqa: E402
from clawguard.domain.submission import parse  # noqa: E402
from clawguard.events.errors import Refused  # noqa: E402
from clawguard.events.services import WrongState  # noqa: E402
from clawguard.ids import new_id  # noqa: E402
from notes.services import Answer, Asked, open_request, submit_answer  # noqa: E402
from sessions.intake.record import record_of  # noqa: E402
from sessions.models import TherapySession  # noqa: E402
from sessions.services import store_chunk  # noqa: E402

TRIES = 40
OPEN = """
SELECT r.id, r.provider_id, u.id, r.due_at
FROM notes_notesrequest r JOIN accounts_user u ON u.provider_id = r.provider_id
WHERE r.status = 'open' ORDER BY r.due_at
"""


class Wish(NamedTuple):
    """One answer to be given at ``moment``."""

    moment: dt.datetime
    request: UUID
    actor: Actor
    submission: UUID


class Ledger:
    def __init__(self, path: Path) -> None:
        self._file, self._lock = path.open("a", buffering=1), threading.Lock()

    def write(self, **line: object) -> None:
        with self._lock:
            self._file.write(json.dumps(line) + "\n")


def open_requests() -> list[tuple[UUID, Actor, dt.datetime]]:
    with connection.cursor() as cursor:
        cursor.execute(OPEN)
        return [
            (request, Actor("user", Role.PROVIDER, user, "Provider Test", provider), due)
            for request, provider, user, due in cursor.fetchall()
        ]


def plan(arguments: argparse.Namespace, rng: random.Random) -> list[Wish]:
    """Some of the open requests, each answered within ``around`` seconds of its due moment by every rival."""
    rows = open_requests()
    chosen = rng.sample(rows, int(len(rows) * arguments.share))
    return sorted(
        Wish(due + dt.timedelta(seconds=rng.uniform(*arguments.around)), request, actor, new_id())
        for request, actor, due in chosen
        for _ in range(arguments.rivals)
    )


def keep_answering(wishes: list[Wish], offset: dt.timedelta, patience: float, ledger: Ledger) -> None:
    """``offset``: the database's clock less our own. A wish more than ``patience`` seconds past is dropped: on a busy
    machine fewer answers are sent, at the moments they were meant for."""
    for wish in wishes:
        ahead = (wish.moment - (dt.datetime.now(dt.UTC) + offset)).total_seconds()
        if ahead > 0:
            time.sleep(ahead)  # the plan says when; nothing is waited for here
        if ahead > -patience:
            answer_once(wish, ledger)
    connection.close()


def answer_once(wish: Wish, ledger: Ledger) -> None:
    answer = Answer(wish.submission, text=f"Invented note {wish.submission}", attested=True, no_process_notes=True)
    for attempt in range(TRIES):
        try:
            note = submit_answer(wish.actor, wish.request, answer, read_clock()).note
        except (WrongState, Refused):
            return  # somebody else's answer stands
        except (DatabaseError, InterfaceError):
            close_old_connections()
            time.sleep(min(1.0, 0.05 * 2**attempt))
            continue
        if note is not None:
            ledger.write(request=str(wish.request), submission=str(wish.submission), late=note.late)
        return


def answer(arguments: argparse.Namespace, ledger: Ledger) -> None:
    rng = random.Random(arguments.seed)
    wishes = plan(arguments, rng)
    offset = read_clock() - dt.datetime.now(dt.UTC)
    count, patience = arguments.threads, arguments.patience
    in_threads(count, lambda number: keep_answering(wishes[number::count], offset, patience, ledger))


def submit(arguments: argparse.Namespace, ledger: Ledger) -> None:
    """Store invented sessions chunk by chunk; a chunk that was acknowledged is in the ledger with its sessions."""
    network = invent(arguments.seed, arguments.sessions, dt.date(2026, 11, 18))
    now = read_clock()
    records = [record_of(submission) for body in network.sessions if (submission := parse(body, now=now)[0])]
    for first in range(0, len(records), arguments.chunk):
        some = records[first : first + arguments.chunk]
        stored = store_chunk(some, SYSTEM, read_clock())
        for key in stored.created:
            ledger.write(session=str(key))
        time.sleep(arguments.pause)  # sessions come in all through the run


def ask(arguments: argparse.Namespace, ledger: Ledger) -> None:
    """Ask for a document about every session, one after the other."""
    wanted = [Asked("progress_note")]
    for session in TherapySession.objects.order_by("pk").values_list("pk", flat=True):
        request = open_request(SYSTEM, session, wanted, "The note of that day is needed.", read_clock())
        ledger.write(request=str(request.pk))
        time.sleep(arguments.pause)  # requests come in all through the run


def in_threads(count: int, work: Callable[[int], None]) -> None:
    threads = [threading.Thread(target=work, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["answer", "submit", "ask"])
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=6)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--rivals", type=int, default=1)
    parser.add_argument("--patience", type=float, default=10.0)
    parser.add_argument("--around", type=float, nargs=2, default=(-1.0, 1.0))
    parser.add_argument("--sessions", type=int, default=500)
    parser.add_argument("--chunk", type=int, default=25)
    parser.add_argument("--pause", type=float, default=0.2)
    arguments = parser.parse_args()
    {"answer": answer, "submit": submit, "ask": ask}[arguments.what](arguments, Ledger(arguments.ledger))


if __name__ == "__main__":
    main()
