"""A mail server that is away, puts off, hangs and dies, while processes are killed: every mail arrives, and clocks
start with what arrived. What the server refuses for good is the only thing left for a person."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from clawguard.bench import rows
from clawguard.bench.stage import Stage, until
from clawguard.runner import plan
from clawguard.runner.options import PROJECT
from clawguard.runner.process import Program
from tests.faults import acts
from tests.faults.chaos import Chaos
from tests.faults.mail_server import AWAY, BUSY, DIES, FORGETS, HANGS, LATER, SLOW, WELL, Mail, MailServer

LATEST = 600.0  # seconds after the server is back
OF = 25  # of so many providers one has an address that is refused, and one gets nothing like ours
PUT_OFF = "SELECT count(*) FROM events_delivery WHERE done_at IS NULL AND last_error LIKE 'the mail server%%'"
OWED = (
    "SELECT count(*) FROM events_delivery WHERE task = 'notes.tasks.deliver' AND done_at IS NULL AND parked_at IS NULL"
)
PATIENCE_OVER = "UPDATE events_delivery SET run_after = now() WHERE done_at IS NULL AND parked_at IS NULL"
PARKED = """
SELECT p.email, d.task, d.last_error FROM events_delivery d JOIN events_event e ON e.id = d.event_id
LEFT JOIN notes_notesrequest r ON r.id::text = e.subject_id LEFT JOIN accounts_provider p ON p.id = r.provider_id
WHERE d.parked_at IS NOT NULL
"""
REQUESTS = """
SELECT r.id::text, r.status, p.email, r.delivered_at FROM notes_notesrequest r
JOIN accounts_provider p ON p.id = r.provider_id
"""
# Which mail told of which request, as it is on record.
TOLD = """
SELECT about_id, message_id, sent_at FROM events_sentmail WHERE template = 'notes_request'
UNION ALL
SELECT request, m.message_id, m.sent_at FROM events_event e
CROSS JOIN LATERAL jsonb_each(e.payload -> 'mails') AS told(message_id, requests)
CROSS JOIN LATERAL jsonb_array_elements_text(told.requests) AS request
JOIN events_sentmail m ON m.message_id = told.message_id WHERE e.name = 'notes.delivered_together'
"""


@dataclass(frozen=True)
class Size:
    requests: int
    providers: int
    pause: float  # seconds between two requests
    rounds: int
    modes: tuple[str, ...]  # of each round, every one of them met before the next
    workers: bool  # or one loop that works by itself


SMALL = Size(60, 20, 0.0, 1, (BUSY, DIES, FORGETS, SLOW, AWAY), workers=False)
NIGHTLY = Size(3_000, 1_500, 0.05, 4, (AWAY, SLOW, LATER, HANGS, DIES, BUSY, FORGETS, WELL), workers=True)


def number(address: str) -> int:
    return int(address.removeprefix("provider").partition("@")[0])


def refused(address: str) -> bool:
    return number(address) % OF == 7


def unwanted(address: str) -> bool:
    return number(address) % OF == 9


@pytest.fixture
def server() -> Iterator[MailServer]:
    made = MailServer(refused, unwanted)
    yield made
    made.turn(AWAY)


@pytest.mark.parametrize("size", [SMALL, pytest.param(NIGHTLY, marks=pytest.mark.soak)], ids=["small", "nightly"])
def test_every_mail_arrives_and_no_clock_starts_without_it(
    stage: Stage, server: MailServer, tmp_path: Path, figure: Callable[[str], None], size: Size
) -> None:
    stage.environment |= {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(server.port),
        "EMAIL_USE_TLS": "0",
    }
    with stage.connect() as cursor:
        rows.sessions(cursor, size.requests, "S-mail-", size.providers)
    chaos = _processes(stage, size)
    with acts.client(stage, "ask", tmp_path / "told", pause=size.pause) as client:
        for mode in size.modes * size.rounds:
            _suffer(stage, server, chaos, mode, lambda: client.poll() is None or _owed(stage, size))
        until(lambda: client.poll() is not None, 300, "the end of asking")
    assert client.returncode == 0
    server.turn(WELL)
    back = dt.datetime.now(dt.UTC)

    def over() -> bool:
        chaos.revive()
        return not _owed(stage, size)

    until(over, LATEST, "a delivery of every request", pause=0.2)
    _judge(stage, server, chaos, size, back, figure)


def _processes(stage: Stage, size: Size) -> Chaos:
    if size.workers:
        victims, workers = acts.all_processes(stage, sweepers=1)
    else:
        command = plan.manage("sweep", "--work", "--every", "0.2")
        victims = [stage.start(Program("alone", command, {"CLAWGUARD_ROLE": "sweeper"}, folder=PROJECT))]
        workers = []
    return Chaos(stage, random.Random(size.requests), victims, workers)


def _owed(stage: Stage, size: Size) -> bool:
    """Whether a delivery still waits. The small size does not wait with it: until it is tried again passes at once."""
    if not size.workers:
        with stage.connect() as cursor:
            cursor.execute(PATIENCE_OVER)
    return bool(stage.value(OWED))


def _suffer(stage: Stage, server: MailServer, chaos: Chaos, mode: str, goes_on: Callable[[], bool]) -> None:
    """The server behaves like this until somebody met it; then somebody is killed."""
    before, put_off = server.met[mode], stage.value(PUT_OFF)
    server.turn(mode)

    def met() -> bool:
        return bool(stage.value(PUT_OFF) > put_off) if mode == AWAY else server.met[mode] > before

    # late in the run everything may have arrived already; that each mode was met before, the end asks
    until(lambda: not goes_on() or met(), 180, f"a mail that met a server that is {mode}")
    chaos.rage(0, 0, faults=["group", "helper"], kills=chaos.kills + 1)


def _judge(
    stage: Stage, server: MailServer, chaos: Chaos, size: Size, back: dt.datetime, figure: Callable[[str], None]
) -> None:
    taken: dict[str, list[Mail]] = defaultdict(list)
    for mail in server.taken:
        taken[mail.message_id].append(mail)
    told: dict[str, list[str]] = defaultdict(list)
    for request, message_id, _ in stage.rows(TOLD):
        told[request].append(message_id)
    recorded = {message_id for ids in told.values() for message_id in ids}
    again = sum(len(mails) - 1 for mails in taken.values())
    strays = taken.keys() - recorded
    latest = max((mail.at - back).total_seconds() for mail in server.taken)
    statuses = Counter(status for _, status, _, _ in stage.rows(REQUESTS))
    figure(
        f"{len(server.taken)} mails taken, {again} of them again under the same Message-ID, {len(strays)} told anew"
        f" under another; {dict(statuses)}; met {dict(server.met)}; faults done {dict(chaos.done)};"
        f" last mail {latest:.0f} s after the server was back"
    )
    _judge_requests(stage, taken, told, size)
    assert {email for email, *_ in stage.rows(PARKED) if not unwanted(email or "provider0@")} == set()
    # each death between the server's taking and our commit may send one mail again, of each process of a worker
    assert again + len(strays) <= 2 * chaos.kills + server.met[FORGETS]
    for mails in taken.values():
        assert len({(mail.to, mail.subject) for mail in mails}) == 1, "one Message-ID for two mails"
    assert min(server.met[mode] for mode in size.modes if mode != AWAY) > 0
    assert chaos.kills > 0


def _judge_requests(stage: Stage, taken: dict[str, list[Mail]], told: dict[str, list[str]], size: Size) -> None:
    """Open is what a mail told of that the server took; its clock started no earlier than it was last taken."""
    requests = stage.rows(REQUESTS)
    assert len(requests) == size.requests
    for key, status, address, delivered_at in requests:
        if refused(address):
            assert (status, delivered_at) == ("undeliverable", None)
        elif unwanted(address):
            assert (status, delivered_at) == ("requested", None)
        else:
            assert status == "open"
            [message_id] = told[key]
            assert taken[message_id], "a mail on record that the server never took"
            assert max(mail.at for mail in taken[message_id]) <= delivered_at
