"""What must hold between the fields of one session, and the fuller explanation of local times without an offset."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from clawguard.domain.submission.texts import known_time_zones
from clawguard.domain.submission.values import Errors, FieldError

CLOCK_SKEW = dt.timedelta(minutes=5)  # clocks of honest senders differ by a little
_DAY = dt.timedelta(hours=24)


@lru_cache(maxsize=256)
def zone_info(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def check(values: dict[str, Any], now: dt.datetime, errors: Errors) -> None:
    """Report what contradicts itself or lies ahead of ``now``."""
    at = errors.at
    zone_name = values["provider"]["time_zone"]
    _dates(values, now, zone_info(zone_name) if zone_name else dt.UTC, errors)
    latest = now + CLOCK_SKEW
    _times(values["start"], values["end"], at, latest, errors)
    known = len(values["diagnoses"])
    for index, line in enumerate(values["service_lines"]):
        if line.start is not None or line.end is not None:
            _times(line.start, line.end, f"{at}/service_lines/{index}", latest, errors)
        for position, pointer in enumerate(line.diagnosis_pointers):
            if pointer > known:
                where = f"{at}/service_lines/{index}/diagnosis_pointers/{position}"
                why = f"points at diagnosis {pointer} of {known}; point at a listed diagnosis."
                errors.add(where, "pointer_unresolved", why)


def _dates(values: dict[str, Any], now: dt.datetime, zone: dt.tzinfo, errors: Errors) -> None:
    at, served, start = errors.at, values["date_of_service"], values["start"]
    if served > _today(now, zone):
        errors.add(f"{at}/date_of_service", "date_future", "lies in the future; send the session after it took place.")
    elif start is not None and start.astimezone(zone).date() != served:
        why = "differs from the day on which `start` falls in the provider's time zone; correct one of them."
        errors.add(f"{at}/date_of_service", "date_mismatch", why)
    born = values["client"]["birth_date"]
    if born is not None and born > served:
        errors.add(f"{at}/client/birth_date", "date_order", "is after the date of service; correct one of them.")
    confirmed = values["confirmed_at"]
    if confirmed is not None and confirmed > now + CLOCK_SKEW:
        errors.add(f"{at}/confirmed_at", "date_future", "lies in the future; send when it was really confirmed.")


@lru_cache(maxsize=256)
def _today(now: dt.datetime, zone: dt.tzinfo) -> dt.date:
    """The same for all rows of a file that one place sent."""
    return now.astimezone(zone).date()


def _times(start: dt.datetime | None, end: dt.datetime | None, at: str, latest: dt.datetime, errors: Errors) -> None:
    ahead = [name for name, moment in (("start", start), ("end", end)) if moment is not None and moment > latest]
    for name in ahead:
        errors.add(f"{at}/{name}", "date_future", "lies in the future; send the session after it took place.")
    if ahead or start is None or end is None:
        return
    if end <= start:
        errors.add(f"{at}/end", "end_before_start", "is not after `start`; correct one of them.")
    elif end - start > _DAY:
        errors.add(f"{at}/end", "too_long_a_time", "is more than 24 hours after `start`; correct one of them.")


def explain(error: FieldError, raw: object, zone_name: str | None, at: str) -> FieldError:
    """Say of a time without offset whether it is missing from the clock, or names two instants, on that day."""
    if error.code != "datetime_naive" or zone_name is None or zone_name not in known_time_zones():
        return error
    moment = dt.datetime.fromisoformat(_value_at(raw, error.pointer[len(at) :]))
    zone = zone_info(zone_name)
    early, late = moment.replace(tzinfo=zone, fold=0), moment.replace(tzinfo=zone, fold=1)
    if early.utcoffset() == late.utcoffset():
        return error
    label = error.message.partition(":")[0]
    if early.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None) != moment:
        why = "does not exist on that day: the clocks went forward over it. Correct it and add the offset."
        return FieldError(error.pointer, "datetime_gap", f"{label}: {why}")
    why = "names two moments on that day: the clocks went back over it. Add the offset to say which."
    return FieldError(error.pointer, "datetime_ambiguous", f"{label}: {why}")


def _value_at(raw: Any, pointer: str) -> Any:
    for part in pointer.split("/")[1:]:
        raw = raw[int(part)] if isinstance(raw, list) else raw[part]
    return raw
