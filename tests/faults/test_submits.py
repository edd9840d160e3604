"""What is submitted again and again, by many at once and to a web process that is killed, has one effect each."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest

from clawguard import embedded
from clawguard.bench import rows
from clawguard.bench.stage import Stage, until
from tests.faults import acts
from tests.faults.chaos import Chaos
from tests.faults.ledger import spread
from tests.faults.submit_client import Heard, Line, Wish, submit_all
from tests.faults.web_client import Browser

PROVIDERS = 50  # as many as own the invented requests
OPEN = "SELECT provider_id::text, id::text FROM notes_notesrequest WHERE status = 'open' ORDER BY id"
UNASKED = "SELECT id::text FROM therapy_sessions_therapysession WHERE external_id LIKE 'S-free-%%' ORDER BY arrival"
NOTES = "SELECT submission::text, request_id::text FROM notes_note"
ASKED = "SELECT session_id::text, id::text FROM notes_notesrequest WHERE origin = 'api'"


@dataclass(frozen=True)
class Size:
    submits: int  # different ones; half are answers of providers, half requests by a program
    connections: int
    kills: int
    pause: float  # seconds between two kills
    think: float  # seconds a connection rests between two


SMALL = Size(submits=300, connections=40, kills=2, pause=2.0, think=0.5)
NIGHTLY = Size(submits=10_000, connections=200, kills=12, pause=20.0, think=8.0)


@pytest.mark.parametrize("size", [SMALL, pytest.param(NIGHTLY, marks=pytest.mark.soak)], ids=["small", "nightly"])
def test_promise_7_what_is_submitted_again_has_one_effect(
    stage: Stage, figure: Callable[[str], None], size: Size
) -> None:
    rng, heard = random.Random(size.submits), Heard()
    wishes = prepare(stage, size, rng)
    web = stage.web(port := embedded.free_port())
    serves = Browser(port, "").answers
    until(serves, 120, "a web process that serves")

    lines = lines_of(stage, port, size, heard, wishes)
    sent = [wish for wish in wishes for _ in range(rng.choice((1, 1, 2, 3)))]
    rng.shuffle(sent)
    begun = time.monotonic()
    threads = submit_all(lines, sent, size.think)
    until(lambda: heard.results, 90, "the first effect")
    chaos = Chaos(stage, rng, [web], [web])

    def back() -> None:
        until(lambda: (chaos.revive(), serves())[1], 120, "a web process that serves")

    chaos.rage(0, size.pause, faults=["group", "helper"], watch=back, kills=size.kills)
    until(lambda: not any(thread.is_alive() for thread in threads), 2 * size.submits, "an end of every submit")
    took = time.monotonic() - begun
    replayed = submit_all(lines[:4], rng.sample(wishes, 60), 0)  # an hour later, say
    until(lambda: not any(thread.is_alive() for thread in replayed), 120, "an answer to what was replayed")

    notes, asked = stage.rows(NOTES), stage.rows(ASKED)
    figure(
        f"{len(wishes)} submits sent {len(sent) + 60} times on {size.connections} connections in {took:.0f} s, "
        f"{chaos.kills} kills: {len(notes)} + {len(asked)} effects; answers {dict(sorted(heard.answers.items()))}, "
        f"{heard.silence} never came; {spread(heard.seconds)}, p95 {percentile(heard.seconds, 0.95):.2f} s"
    )
    assert_one_effect_each(wishes, heard, notes, asked)
    assert set(heard.answers) <= {201, 302, 409, 503}
    assert not heard.given_up


def prepare(stage: Stage, size: Size, rng: random.Random) -> list[Wish]:
    """What there is to answer and to ask about, and who does it."""
    half = size.submits // 2
    acts.come_due(stage, half, ahead=36_000, seconds=60)
    with stage.connect() as cursor:
        rows.sessions(cursor, half, "S-free-")
    stage.environment["API_REQUESTS_PER_MINUTE"] = "1000000"
    signed_in = stage.run(sys.executable, "-m", "tests.faults.sign_in", str(PROVIDERS)).splitlines()
    return wishes_of(stage, dict(map(str.split, signed_in)), rng)


def lines_of(stage: Stage, port: int, size: Size, heard: Heard, wishes: list[Wish]) -> list[Line]:
    """The connections. Everybody's form stands open before the first kill."""
    key = stage.run(sys.executable, "-m", "tests.faults.api_key", "notes:write").strip()
    tokens: dict[str, str] = {}
    lines = [Line(port, key, heard, tokens) for _ in range(size.connections)]
    for wish in {wish.cookie: wish for wish in wishes if wish.cookie}.values():
        lines[0].open_form(wish)
    return lines


def percentile(seconds: list[float], share: float) -> float:
    return sorted(seconds)[int(len(seconds) * share)]


def wishes_of(stage: Stage, cookies: dict[str, str], rng: random.Random) -> list[Wish]:
    """Answers to every request of the providers who signed in, and a request about each session nobody asked about."""

    def key() -> str:
        return str(UUID(int=rng.getrandbits(128), version=4))

    answers = [Wish(key(), request, cookies[owner]) for owner, request in stage.rows(OPEN) if owner in cookies]
    return answers + [Wish(key(), session) for (session,) in stage.rows(UNASKED)]


def assert_one_effect_each(
    wishes: list[Wish], heard: Heard, notes: list[tuple[str, ...]], asked: list[tuple[str, ...]]
) -> None:
    """As many effects as wishes, of each its own, and every caller was told of the same one."""
    assert sorted(notes) == sorted((wish.key, wish.about) for wish in wishes if wish.cookie)
    assert sorted(session for session, _ in asked) == sorted(wish.about for wish in wishes if not wish.cookie)
    opened = dict(asked)
    for wish in wishes:
        [result] = heard.results[wish.key]
        assert wish.about in result if wish.cookie else result == opened[wish.about]
