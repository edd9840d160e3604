"""The sessions of the invented network, in the interface's shape: mostly ordinary work, some with a named quirk."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from clawguard.demo.people import DemoClient, DemoProvider, roster
from clawguard.demo.quirks import QUIRKS

Body = dict[str, Any]
DAYS_OF_HISTORY = 120
QUIRKY_SHARE = 0.12
RATES = {"90791": "165.00", "90832": "78.00", "90834": "112.00", "90837": "142.50", "90847": "125.00", "90853": "48.00"}
PRESCRIBER_RATES = {"90792": "210.00", "99213": "98.00", "99214": "138.00"}
# code, minutes from, minutes to, share
THERAPY = (("90837", 53, 60, 50), ("90834", 40, 50, 36), ("90832", 25, 36, 8), ("90847", 45, 55, 6))
VISITS = (("99213", 20, 29, 45), ("99214", 30, 39, 55))


@dataclass(frozen=True, slots=True)
class Network:
    providers: tuple[DemoProvider, ...]
    sessions: tuple[Body, ...]  # in the order they were submitted
    quirks: dict[str, str]  # external id -> the quirk that was given to it


def invent(seed: int, sessions: int, anchor: dt.date, providers: int | None = None, before: int = 0) -> Network:
    """The network of ``seed``: about 25 sessions a provider, on working days of the 120 before ``anchor``.

    Its providers are numbered after ``before`` others, so that several networks can stand beside each other.
    """
    rng = random.Random(seed)
    count = providers or max(1, min(200, sessions // 10) if sessions <= 5000 else sessions // 25)
    each = -(-sessions * 21 // (20 * count))  # a twentieth more, for what is not submitted by the anchor
    people = roster(rng, count, clients_each=max(2, each // 5), before=before)
    bodies: list[Body] = []
    quirks: dict[str, str] = {}
    for number, provider in enumerate(people, before):
        for body, quirk in _of_provider(rng, provider, number, each, anchor):
            if submitted_at(body).date() < anchor:
                bodies += _with_copy(body)
                quirks[body["external_id"]] = quirk
    kept = sorted(rng.sample(range(len(bodies)), min(sessions, len(bodies))))
    chosen = sorted((bodies[index] for index in kept), key=lambda body: (submitted_at(body), body["external_id"]))
    named = {body["external_id"]: quirks.get(body["external_id"], "") for body in chosen}
    return Network(tuple(people), tuple(chosen), {identity: quirk for identity, quirk in named.items() if quirk})


def submitted_at(body: Body) -> dt.datetime:
    """When the invented provider confirmed the session, which is when the network heard of it. UTC."""
    return dt.datetime.fromisoformat(body["confirmed_at"]).astimezone(dt.UTC)


def _with_copy(body: Body) -> list[Body]:
    """The body, and its second sending where a quirk asked for one."""
    again = body.pop("_again", None)
    return [body] if again is None else [body, {**body, "external_id": again}]


def _of_provider(
    rng: random.Random, provider: DemoProvider, number: int, wanted: int, anchor: dt.date
) -> Iterator[tuple[Body, str]]:
    zone, seen = ZoneInfo(provider.time_zone), set[str]()
    for made, (day, hour, client) in enumerate(_diary(rng, provider, wanted, anchor)):
        identity = f"S-{number + 1:05d}-{made:04d}"
        body = _ordinary(rng, provider, client, identity, dt.datetime.combine(day, dt.time(hour), zone), seen)
        seen.add(client.external_id)
        quirk = ""
        if rng.random() < QUIRKY_SHARE:
            quirk, change = rng.choice(QUIRKS)
            if not change(body, rng):
                quirk = ""
        yield body, quirk


def _diary(
    rng: random.Random, provider: DemoProvider, wanted: int, anchor: dt.date
) -> Iterator[tuple[dt.date, int, DemoClient]]:
    """Day, hour and client of each session; nobody twice a day, no two at one hour."""
    days = [anchor - dt.timedelta(days=back) for back in range(DAYS_OF_HISTORY, 0, -1)]
    working = [day for day in days if day.weekday() < 5 and (day.month, day.day) not in {(9, 7), (10, 12), (11, 11)}]
    a_day = min(7, len(provider.clients))
    slots = [(day, hour) for day in working for hour in range(9, 9 + a_day)]
    if len(slots) < wanted:
        raise ValueError("more sessions a provider than working hours; ask for more providers")
    order = list(provider.clients)
    used: dict[dt.date, int] = {}
    for day, hour in sorted(rng.sample(slots, wanted)):
        if used.setdefault(day, 0) == 0:
            rng.shuffle(order)
        yield day, hour, order[used[day]]
        used[day] += 1


def _ordinary(
    rng: random.Random, provider: DemoProvider, client: DemoClient, identity: str, hour: dt.datetime, seen: set[str]
) -> Body:
    code, minutes = _service(rng, provider, first=client.external_id not in seen)
    start = hour + dt.timedelta(minutes=rng.randint(0, 4))
    end = start.astimezone(dt.UTC) + dt.timedelta(minutes=minutes)
    video = rng.random() < 0.6
    confirmed = end + dt.timedelta(minutes=rng.randint(5, 1500))
    return session_body(provider, client, identity, start, code, minutes, video=video, confirmed=confirmed)


def session_body(
    provider: DemoProvider,
    client: DemoClient,
    identity: str,
    start: dt.datetime,
    code: str,
    minutes: int,
    *,
    video: bool,
    confirmed: dt.datetime,
) -> Body:
    """An ordinary session as the interface takes it; ``start`` is in the practice's time zone."""
    end = start.astimezone(dt.UTC) + dt.timedelta(minutes=minutes)
    rate = {**RATES, **PRESCRIBER_RATES}[code]
    return {
        "external_id": identity,
        **_parties(provider, client),
        "date_of_service": start.date().isoformat(),
        "start": start.isoformat(),
        "end": end.astimezone(start.tzinfo).isoformat(),
        "place_of_service": "10" if video else "11",
        "telehealth": "video" if video else "none",
        "service_lines": [
            {
                "code": code,
                "modifiers": ["95"] if video and client.payer.kind != "medicare" else [],
                "units": 1,
                "charge": f"{float(rate) * 1.25:.2f}",
                "diagnosis_pointers": [1],
            }
        ],
        "diagnoses": [client.diagnosis],
        "client_present": True,
        "client_location": "home" if video else "office",
        "confirmed_at": confirmed.astimezone(start.tzinfo).isoformat(timespec="seconds"),
        "contracted_rate": rate,
    }


def _parties(provider: DemoProvider, client: DemoClient) -> Body:
    return {
        "provider": {"npi": provider.npi, "license": provider.license, "time_zone": provider.time_zone},
        "client": {
            "external_id": client.external_id,
            "birth_date": f"{client.birth_year}-01-01",
            "sex": client.sex,
            "state": client.state,
        },
        "payer": {"id": client.payer.id, "name": client.payer.name, "kind": client.payer.kind},
    }


def _service(rng: random.Random, provider: DemoProvider, *, first: bool) -> tuple[str, int]:
    if first and rng.random() < 0.5:
        return ("90792" if provider.prescribes else "90791"), rng.randint(50, 60)
    choices = VISITS if provider.prescribes else THERAPY
    code, least, most, _ = rng.choices(choices, [row[3] for row in choices])[0]
    return code, rng.randint(least, most)
