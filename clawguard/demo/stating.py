"""What people of the invented network learn beside the sessions, and when: coverage that ended, an authorization that
is missing, a stay in hospital, a cancelled appointment, a claim that went out late. Each is stated as a real one would.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from clawguard.demo.habits import HABITS, one_client_often
from clawguard.demo.sessions import Body, Network, submitted_at

LEARNT_AFTER = dt.timedelta(days=4)
DAY = dt.timedelta(days=1)
FILING_DAYS = 90  # of the second payer, as its policy says
LATE_PAYER = "90002"
Statement = dict[str, Any]


class Learnt(NamedTuple):
    at: dt.datetime
    statement: Statement


def learnt(network: Network, anchor: dt.date) -> list[Learnt]:
    """Every statement with its moment, in order. Ordinary sessions are chosen evenly, without quirks."""
    plain = [body for body in network.sessions if body["external_id"][0] == "S" and not network.quirks.get(_id(body))]
    found = [*_of_clients(plain), *_of_appointments(plain), *_late_claims(plain), *_of_providers(network, anchor)]
    found += [*_picked(plain), *_papers(plain), *_practices(network), _plan(network)]
    return sorted(found, key=lambda each: (each.at, str(each.statement)))


def _id(body: Body) -> str:
    return str(body["external_id"])


def _day(body: Body) -> dt.date:
    return dt.date.fromisoformat(body["date_of_service"])


def _some(bodies: list[Body], count: int, first: int) -> list[Body]:
    """So many of them, evenly spread from the given one on."""
    step = max(1, len(bodies) // (count + 1))
    return bodies[first::step][:count]


def _about(body: Body, statement: Statement) -> Learnt:
    return Learnt(submitted_at(body) + LEARNT_AFTER, statement)


def _of_clients(plain: list[Body]) -> Iterator[Learnt]:
    for body in _some(plain, 3, 40):
        said = {"kind": "eligibility", "status": "inactive", "shown": "active", "retroactive": True}
        days = {"from": str(_day(body)), "to": str(_day(body) + 7 * DAY)}
        yield _about(body, {**said, **days, "client": _client(body), "source": "Portal of the payer"})
    for known, body in zip((True, False, False), _some(plain, 3, 55), strict=False):
        said = {"kind": "authorization", "required": True, "obtained": False, "known_at_booking": known}
        days = {"from": str(_day(body)), "to": str(_day(body) + 7 * DAY)}
        yield _about(body, {**said, **days, "client": _client(body), "source": "Letter of the payer"})
    for event, body in zip(("inpatient", "residential", "discharge"), _some(plain, 3, 70), strict=False):
        days = {"from": str(_day(body) - DAY), **({} if event == "discharge" else {"to": str(_day(body) + 2 * DAY)})}
        yield _about(body, {"kind": "event", "event": event, **days, "client": _client(body), "source": "Care team"})


def _client(body: Body) -> str:
    return str(body["client"]["external_id"])


def _of_appointments(plain: list[Body]) -> Iterator[Learnt]:
    for status, body in zip(("cancelled", "no_show", "cancelled", "no_show"), _some(plain, 4, 85), strict=False):
        said = {"kind": "appointment", "session": _id(body), "status": status, "source": "Calendar"}
        yield _about(body, said)


def _picked(plain: list[Body]) -> Iterator[Learnt]:
    """A code that the network's own list should not have offered, and one that it did not."""
    for offered, body in zip((True, False), _some(plain, 2, 100), strict=False):
        said = {"kind": "picker", "session": _id(body), "offered": offered, "code": body["service_lines"][0]["code"]}
        yield _about(body, {**said, "source": "Log of the code list"})


def _papers(plain: list[Body]) -> Iterator[Learnt]:
    """Of four clients: a consent to telehealth, one that is not on file, an interpreter, records of a programme."""
    consents: tuple[Statement, ...] = (
        {"kind": "consent", "covers": "telehealth", "status": "on_file"},
        {"kind": "consent", "covers": "telehealth", "status": "not_on_file"},
        {"kind": "interpreter", "used": True},
        {"kind": "part2", "programme": True},
    )
    for said, body in zip(consents, _some(plain, len(consents), 10), strict=False):
        yield _about(body, {**said, "client": _client(body), "source": "Intake papers"})


def _practices(network: Network) -> Iterator[Learnt]:
    """Where some practise; as they have no calendar of their own, the network's counts."""
    begun = submitted_at(network.sessions[0])
    for person in network.providers[:3]:
        said = {"kind": "practice", "provider": person.npi, "state": person.clients[0].state, "source": "Roster"}
        yield Learnt(begun, said)


def _late_claims(plain: list[Body]) -> Iterator[Learnt]:
    """The first sessions of the payer with a filing limit go out five days after it."""
    for body in [each for each in plain if each["payer"]["id"] == LATE_PAYER][:3]:
        filed = _day(body) + dt.timedelta(days=FILING_DAYS + 5)
        at = dt.datetime.combine(filed + DAY, dt.time(12), dt.UTC)
        yield Learnt(at, {"kind": "claim", "session": _id(body), "filed_on": str(filed), "source": "Clearing house"})


def _of_providers(network: Network, anchor: dt.date) -> Iterator[Learnt]:
    """A licence that was not renewed, a roster that lacked somebody for a while, a rate that had been raised."""
    if len(network.providers) < 12:
        return
    begun = submitted_at(network.sessions[0])
    lapsed, missing, raised = (network.providers[number] for number in (4, 6, 8))
    licence = {"license": lapsed.license, "from": "2019-01-01", "to": str(anchor - 20 * DAY)}
    yield Learnt(begun, {"kind": "license", "provider": lapsed.npi, **licence, "source": "State board"})
    roster = {"kind": "enrollment", "provider": missing.npi, "payer_id": "90001", "source": "Roster of the payer"}
    before, after = anchor - 70 * DAY, anchor - 30 * DAY
    yield Learnt(begun, {**roster, "from": "2020-01-01", "to": str(before)})
    yield Learnt(begun, {**roster, "status": "not_enrolled", "from": str(before + DAY), "to": str(after - DAY)})
    yield Learnt(begun, {**roster, "from": str(after)})
    rate = {"code": "90834", "amount": "118.00", "from": str(anchor - 40 * DAY)}
    yield Learnt(begun, {"kind": "rate", "provider": raised.npi, **rate, "source": "Contract"})


def _plan(network: Network) -> Learnt:
    """The second client of the provider who sees one client often has a plan of one session a week."""
    place = [habit for habit, _ in HABITS].index(one_client_often)
    person = network.providers[len(network.providers) - len(HABITS) + place]
    said = {"kind": "plan", "client": person.clients[1].external_id, "sessions": 1, "per": "week"}
    return Learnt(submitted_at(network.sessions[0]), {**said, "source": "Treatment plan"})
