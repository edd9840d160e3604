"""One small world for the tests of the doors: Priya's rows in every state, made by the services that make them in life.

Whoever is not Priya, not of her team and not above the teams is a stranger to all of it.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.test import Client, override_settings

from clawguard import clock
from clawguard.accounts import api_keys
from clawguard.accounts.actors import SYSTEM, Actor, of_user
from clawguard.accounts.api_keys import SCOPES
from clawguard.accounts.models import Delegation, User
from clawguard.events.handling import MOST_ATTEMPTS
from clawguard.events.models import Delivery, Event
from disputes import services as disputes
from notes import services as notes
from sessions import services as sessions
from sessions.intake.record import record_of
from sessions.models import Finding, TherapySession
from sessions.services import imports
from sessions.services.intake import read
from tests import builders, world_disputes, world_people, world_rules, world_webhooks
from tests.builders import NOW
from tests.disputes import makers, remit_files
from tests.sessions.code_tables import making

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>endobj\nxref\n0 4\n0000000000 65535 f \n"
    b"0000000009 00000 n \n0000000053 00000 n \n0000000103 00000 n \ntrailer<</Size 4/Root 1 0 R>>\n"
    b"startxref\n168\n%%EOF\n"
)
HEAD = "external_id,provider.npi,client.external_id,payer.id,date_of_service,place_of_service,code"
TABLE = f"{HEAD}\nS-csv-1,{builders.npi(1)},C-csv-1,60054,2026-09-14,11,90834\n".encode()
MAPPING = {f"column-{number}": name for number, name in enumerate(HEAD.split(","))}
FILES = "sessions:write remittances:write"  # either opens what is said of a program's own files
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
_numbers = itertools.count(1)


@dataclass
class World:
    """``users`` by what they are to Priya's rows; ``rows`` by what they are called in the matrix."""

    users: dict[str, User] = field(default_factory=dict)
    rows: dict[str, Any] = field(default_factory=dict)
    keys: dict[frozenset[str], str] = field(default_factory=dict)  # scopes to secret
    client_token: str = ""  # of the link by which a client tells their side of the open dispute
    cookies: dict[str, SimpleCookie] = field(default_factory=dict)  # of a browser that signed in once

    def actor(self, name: str) -> Actor:
        return of_user(self.users[name])

    def browser(self, name: str = "") -> Client:
        """A fresh browser, signed in as ``name``, or as nobody."""
        client = Client(raise_request_exception=False)
        client.cookies = SimpleCookie(self.cookies[name].output(header="")) if name else SimpleCookie()
        return client

    def secret(self, *, only: str = "", all_but: str = "") -> str:
        """A key with one scope, with all but one, or with all; none of them is an administrator's unless it has all."""
        return self.keys[_scopes(only, all_but)]


@contextmanager
def standing(folder: Path) -> Iterator[World]:
    """The world in a transaction that is rolled back at the end; tests inside it roll back to where they began."""
    here = {
        "DATA_DIR": folder,
        "MAIL_EVENT_SECRETS": [builders.MAIL_SECRET],
        "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
        "MOVABLE_CLOCK": True,
        "NCCI_FEWEST_ROWS": {"ptp": 1, "mue": 3, "add_on": 1},
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],  # as in tests/conftest.py
    }
    with override_settings(**here), transaction.atomic():
        with clock.pretend(NOW):
            world = build()
        transaction.get_connection().check_constraints()  # now, or the end of every test looks at all of it again
        yield world
        transaction.set_rollback(True)


def build() -> World:
    world = World(users=world_people.people())
    world.rows["passkey"] = world_people.passkey(world.users["provider"])
    _ways_in(world)
    _sessions(world)
    _requests(world)
    _cases(world)
    _disputes(world)
    _imports(world)
    world_rules.build(world)
    world.rows |= remit_files.of_the_world(screened()) | making.of_the_world(world.actor("lead"))
    _background(world)
    world_webhooks.build(world)
    return world


def _scopes(only: str, all_but: str) -> frozenset[str]:
    if only:
        return frozenset({only})
    return frozenset(SCOPES - {*all_but.split(), "admin"} if all_but else SCOPES)


def _ways_in(world: World) -> None:
    wanted = {
        _scopes("", ""),
        _scopes("", FILES),
        *(_scopes(scope, "") for scope in SCOPES),
        *(_scopes("", scope) for scope in SCOPES),
    }
    world.keys = {scopes: api_keys.create("test program", set(scopes), NOW)[1] for scopes in wanted}
    for name, user in world.users.items():
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        world.cookies[name] = client.cookies


def body(number: int, *, minutes: int = 47, provider: int = 1, **changes: Any) -> dict[str, Any]:
    """A session of its own client and day; below 53 minutes its 90837 has a finding about its times."""
    day = dt.date(2026, 9, 16) - dt.timedelta(days=number % 60)
    end = f"{10 + (2 + minutes) // 60}:{(2 + minutes) % 60:02}"
    given: dict[str, Any] = {
        "external_id": f"S-{provider}-{number}",
        "provider": {"npi": builders.npi(provider), "license": "LCSW", "time_zone": "America/New_York"},
        "client": {"external_id": f"C-{provider}-{number}", "birth_date": "1991-04-11", "sex": "F", "state": "NY"},
        "date_of_service": f"{day}",
        "start": f"{day}T10:02:00-04:00",
        "end": f"{day}T{end}:00-04:00",
        "confirmed_at": f"{day}T17:40:00-04:00",
    }
    return builders.session_body(**{**given, **changes})


def screened(now: dt.datetime = NOW, **changes: Any) -> TherapySession:
    session = sessions.submit(SYSTEM, body(next(_numbers), **changes), now)
    sessions.screen_chunk(session.chunk_id, now)
    return session


def screened_together(count: int) -> list[TherapySession]:
    """As ``screened``, many in one chunk."""
    records = [record_of(read(body(next(_numbers)), NOW)) for _ in range(count)]
    stored = sessions.store_chunk(records, SYSTEM, NOW)
    assert stored.chunk is not None
    sessions.screen_chunk(stored.chunk.pk, NOW)
    return list(TherapySession.objects.filter(pk__in=stored.created))


def _sessions(world: World) -> None:
    world.rows["session"] = screened()
    world.rows["unasked session"] = screened()
    world.rows["pattern"] = builders.pattern()
    world.rows["dismissed pattern"] = builders.pattern(
        month=dt.date(2026, 8, 1), status="dismissed", decided_by_name="Rui Test", decided_at=NOW
    )
    world.rows["stated fact"] = sessions.state_body(world.actor("billing"), builders.LICENSE, NOW).facts[0]
    for name in ("new finding", "confirmed finding", "dismissed finding"):
        world.rows[name] = Finding.objects.get(session=screened(), check_id="CG101")
    rui = world.actor("billing")
    sessions.confirm_finding(rui, world.rows["confirmed finding"].pk, "", NOW)
    sessions.dismiss_finding(rui, world.rows["dismissed finding"].pk, "Times were corrected.", NOW)
    judged = Finding.objects.get(session=screened(), check_id="CG101")
    world.rows["judgement"] = sessions.judge_findings(rui, "CG101", [judged.pk], sessions.confirming(""), NOW)


def asked(session: TherapySession | None = None) -> Any:
    """A notes request by the policy, issued and not yet delivered."""
    session = session or screened()
    notes.open_for_findings([session.pk], NOW)
    return session.notes_requests.get()


def delivered(session: TherapySession | None = None) -> Any:
    request = asked(session)
    notes.deliver(request.pk, SYSTEM, NOW)
    request.refresh_from_db()
    return request


def answer(**changes: Any) -> notes.Answer:
    given = {"submission": uuid4(), "text": "Progress note.", "attested": True, "no_process_notes": True}
    return notes.Answer(**{**given, **changes})


def _requests(world: World) -> None:
    priya, rui, rows = world.actor("provider"), world.actor("billing"), world.rows
    rows["delegation"] = Delegation.objects.get(delegate=world.users["delegate"])
    rows["absence"] = notes.enter_absence(priya, dt.date(2026, 12, 24), dt.date(2026, 12, 31), None, False, NOW)
    rows["open request"] = delivered()
    rows["request batch"] = notes.ask_about_many(rui, [rows["open request"].session_id], NOW)
    rows["chosen file"] = notes.add_file(priya, rows["open request"].pk, "chosen.pdf", [PDF], NOW)
    world_people.locked_files(world), world_people.locked_texts(world, delivered, answer)
    world_people.copied_note(world, delivered, screened, answer)
    rows["upload"] = notes.begin_upload(priya, rows["open request"].pk, "long.pdf", 100_000, "a" * 64, NOW)
    rows["unread request"], rows["undelivered request"], rows["paused request"] = (delivered() for _ in range(3))
    notes.report_bounce(rui, rows["undelivered request"].pk, NOW)
    notes.pause_clock(world.actor("lead"), rows["paused request"].pk, "our_answer", "", None, NOW)
    rows["proposed calendar"] = notes.propose_calendar(
        world.actor("second lead"), {dt.date(2026, 12, 24): "Christmas Eve"}, [], None, "The office is closed.", NOW
    )
    rows["answered request"] = request = delivered()
    rows["file"] = notes.add_file(priya, request.pk, "scan.pdf", [PDF], NOW)
    rows["note"] = notes.submit_answer(priya, request.pk, answer(), NOW).note


def in_talk(world: World, now: dt.datetime, session: TherapySession | None = None) -> Any:
    """A case whose notice was delivered at ``now``."""
    case = disputes.open_by_hand(world.actor("billing"), (session or screened()).pk, now)
    disputes.attribute(case.pk, now)
    disputes.open_conversation(case.pk, now)
    return case


def answered(world: World, now: dt.datetime, session: TherapySession | None = None) -> Any:
    case = in_talk(world, now, session)
    disputes.post_message(world.actor("provider"), case.pk, "The times are in my note.", now + HOUR)
    return case


def decided(world: World, party: str, now: dt.datetime, session: TherapySession | None = None) -> Any:
    case = answered(world, now, session)
    disputes.decide(world.actor("billing"), case.pk, makers.verdict(party), now + 2 * HOUR)
    if party == "provider":
        disputes.approve(world.actor("lead"), case.pk, now + 3 * HOUR)
    return case


def _cases(world: World) -> None:
    rows, before = world.rows, NOW - 6 * HOUR
    rows["case in talk"] = in_talk(world, before)
    rows["answered case"] = answered(world, before)
    disputes.add_facts(world.actor("billing"), rows["answered case"].pk, {"codes_match_notes": True}, NOW - HOUR)
    rows["case at second look"] = answered(world, before)
    disputes.decide(world.actor("billing"), rows["case at second look"].pk, makers.verdict(), NOW - HOUR)
    rows["decided case"] = decided(world, "provider", before)
    long_ago = NOW - 20 * DAY  # its time to appeal is over
    rows["closable case"] = decided(world, "none", long_ago)
    told = Event.objects.get(name="case.decided", subject_id=str(rows["closable case"].pk))
    disputes.tell_decision(told, long_ago + 3 * HOUR)
    session = screened()
    rows["case without notice"] = disputes.open_by_hand(world.actor("billing"), session.pk, before)
    rows["finding of case"] = Finding.objects.get(session=session, check_id="CG101")


def _disputes(world: World) -> None:
    rui, provider = world.actor("billing"), world.users["provider"].provider
    for name in ("open dispute", "answered dispute", "undelivered dispute"):
        world.rows[name] = makers.dispute(rui, provider)
    for name in ("open dispute", "answered dispute"):
        disputes.deliver(world.rows[name].pk, NOW)
    world_disputes.build(world, rui)


def rows_file(*bodies: dict[str, Any]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in bodies).encode()


def received(actor: Actor, lines: Iterable[bytes], kind: str = "sessions_ndjson", **wishes: Any) -> Any:
    batch = imports.take(actor, "rows", lines, imports.Wishes(kind=kind, **wishes), NOW)
    while not wishes.get("ask_mapping") and imports.read_on(batch.pk, NOW):
        pass
    batch.refresh_from_db()
    return batch


def _imports(world: World) -> None:
    line = rows_file(body(next(_numbers)))
    world.rows["waiting import"] = received(world.actor("billing"), [line], hold=True)
    world.rows["unmapped import"] = received(
        world.actor("billing"), [TABLE], "sessions_csv", hold=True, ask_mapping=True
    )
    bad = rows_file({**body(next(_numbers)), "diagnoses": "F33.1"})
    world.rows["refused import"] = received(world.actor("billing"), [bad])


def _background(world: World) -> None:
    """A delivery that was given up, as a worker leaves it."""
    delivery = Delivery.objects.order_by("pk").first()
    given_up = {"parked_at": NOW, "attempts": MOST_ATTEMPTS, "last_error": "OSError at send:1"}
    Delivery.objects.filter(pk=delivery.pk).update(**given_up)
    world.rows["parked delivery"] = delivery
