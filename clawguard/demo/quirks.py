"""What goes wrong in real submissions, one named change each. A quirk that does not fit a session leaves it alone."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

Body = dict[str, Any]
Quirk = Callable[[Body, random.Random], bool]
THERAPY = frozenset({"90832", "90834", "90837"})


def _line(body: Body) -> dict[str, Any]:
    line: dict[str, Any] = body["service_lines"][0]
    return line


def _last(body: Body, minutes: int) -> None:
    start = dt.datetime.fromisoformat(body["start"])
    body["end"] = (start + dt.timedelta(minutes=minutes)).isoformat()


def too_short(body: Body, rng: random.Random) -> bool:
    if _line(body)["code"] not in {"90837", "90834"}:
        return False
    _last(body, rng.randint(44, 52) if _line(body)["code"] == "90837" else rng.randint(30, 37))
    return True


def longer_than_billed(body: Body, rng: random.Random) -> bool:
    if _line(body)["code"] not in {"90832", "90834"}:
        return False
    _last(body, rng.randint(53, 58))
    return True


def no_times(body: Body, rng: random.Random) -> bool:
    if _line(body)["code"] not in THERAPY:
        return False
    body["start"] = body["end"] = None
    return True


def hardly_begun(body: Body, rng: random.Random) -> bool:
    if _line(body)["code"] not in THERAPY:
        return False
    _last(body, rng.randint(8, 15))
    return True


def add_on_alone(body: Body, rng: random.Random) -> bool:
    _line(body)["code"] = "90785"
    return True


def two_therapies(body: Body, rng: random.Random) -> bool:
    if _line(body)["code"] != "90837":
        return False
    body["service_lines"].append({**_line(body), "code": "90834"})
    return True


def family_beside_individual(body: Body, rng: random.Random) -> bool:
    if _line(body)["code"] not in THERAPY:
        return False
    body["service_lines"].append({**_line(body), "code": "90847"})
    return True


def too_many_units(body: Body, rng: random.Random) -> bool:
    if _line(body)["code"] not in THERAPY:
        return False
    _line(body)["units"] = rng.choice((2, 3))
    return True


def unknown_diagnosis(body: Body, rng: random.Random) -> bool:
    body["diagnoses"] = ["F999"]
    return True


def diagnosis_not_billable(body: Body, rng: random.Random) -> bool:
    body["diagnoses"] = [rng.choice(("F43", "F33", "F41"))]
    return True


def circumstances_only(body: Body, rng: random.Random) -> bool:
    body["diagnoses"] = [rng.choice(("Z630", "Z560", "Z634"))]
    return True


def excluded_together(body: Body, rng: random.Random) -> bool:
    body["diagnoses"] = ["F331", "F3181"]
    return True


def office_but_video(body: Body, rng: random.Random) -> bool:
    if body["telehealth"] != "video":
        return False
    body["place_of_service"] = "11"
    return True


def prescribing_code(body: Body, rng: random.Random) -> bool:
    if body["provider"]["license"] in {"MD", "PMHNP"}:
        return False
    _line(body)["code"] = "90792"
    return True


def runs_into_the_next(body: Body, rng: random.Random) -> bool:
    _last(body, rng.randint(75, 90))
    return True


def confirmed_late(body: Body, rng: random.Random) -> bool:
    end = dt.datetime.fromisoformat(body["confirmed_at"])
    body["confirmed_at"] = (end + dt.timedelta(days=rng.randint(31, 44))).isoformat()
    return True


def sent_twice(body: Body, rng: random.Random) -> bool:
    """The same service a second time: the mark asks ``invent`` for a copy of the finished body under this id."""
    body["_again"] = f"{body['external_id']}-B"
    return True


QUIRKS: tuple[tuple[str, Quirk], ...] = (
    ("too_short", too_short),
    ("too_short", too_short),
    ("too_short", too_short),
    ("longer_than_billed", longer_than_billed),
    ("no_times", no_times),
    ("no_times", no_times),
    ("hardly_begun", hardly_begun),
    ("add_on_alone", add_on_alone),
    ("two_therapies", two_therapies),
    ("family_beside_individual", family_beside_individual),
    ("too_many_units", too_many_units),
    ("unknown_diagnosis", unknown_diagnosis),
    ("diagnosis_not_billable", diagnosis_not_billable),
    ("circumstances_only", circumstances_only),
    ("excluded_together", excluded_together),
    ("office_but_video", office_but_video),
    ("prescribing_code", prescribing_code),
    ("runs_into_the_next", runs_into_the_next),
    ("confirmed_late", confirmed_late),
    ("sent_twice", sent_twice),
)
