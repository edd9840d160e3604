"""Lapsing pauses when the clock cannot be trusted: late is allowed, early is not.

Each sweep sets the database's wall clock beside this host's steady clock, which nobody can set. When the wall clock
runs backwards, or away from the steady one by more than two minutes, nothing lapses until three readings in a row agree
with the last trusted pair again, or a person confirms that the new time is right. Answers are accepted all the while.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import F

from clawguard import clock
from clawguard.accounts.actors import Actor
from clawguard.accounts.models import Role
from clawguard.events.services import publish
from notes.models import ClockWitness

log = logging.getLogger(__name__)

TOLERANCE = dt.timedelta(seconds=120)
JITTER = dt.timedelta(seconds=1)  # two sweepers may read the clocks in one order and store them in the other
AGREEING = 3
BOOT_FILE = Path("/proc/sys/kernel/random/boot_id")


class Reading(NamedTuple):
    boot: str
    wall: dt.datetime  # the database's own clock, whatever a demo network's clock says
    steady: float  # seconds


def read_clocks() -> Reading:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        wall = cursor.fetchone()[0]
    return Reading(_boot(), wall, _steady())


def may_lapse(read: Callable[[], Reading] = read_clocks) -> bool:
    """Whether the clocks agree; remembers the reading. The first one after a boot has nothing to disagree with."""
    if clock.pretending():
        return True  # an invented past is not a clock gone wrong, and must not hold the witness while it is told
    with transaction.atomic():
        reading = read()
        given = {"wall": reading.wall, "steady": reading.steady}
        witness, fresh = ClockWitness.objects.select_for_update().get_or_create(boot=reading.boot, defaults=given)
        if fresh:
            return not ClockWitness.objects.filter(paused_at__isnull=False).exists()
        agrees = _agrees(witness, reading)
        if witness.paused_at is None:
            return _watch(witness, reading, agrees)
        return _recover(witness, reading, agrees)


def confirm(actor: Actor, now: dt.datetime) -> int:
    """A lead or administrator vouches for the clock as it stands now. Returns how many pauses ended."""
    actor.require(roles={Role.LEAD, Role.ADMIN})
    with transaction.atomic():
        paused = list(ClockWitness.objects.select_for_update().filter(paused_at__isnull=False))
        for witness in paused:
            publish("clock.confirmed", witness, actor, now, {"paused_at": str(witness.paused_at)})
            witness.delete()  # the next reading starts from the time that was vouched for
    return len(paused)


def paused_since() -> dt.datetime | None:
    """Since when nothing lapses, or ``None`` while all is well."""
    paused = ClockWitness.objects.filter(paused_at__isnull=False).order_by("paused_at").first()
    return paused.paused_at if paused else None


def _agrees(witness: ClockWitness, reading: Reading) -> bool:
    wall = reading.wall - witness.wall
    return wall >= -JITTER and abs(wall - dt.timedelta(seconds=reading.steady - witness.steady)) <= TOLERANCE


def _watch(witness: ClockWitness, reading: Reading, agrees: bool) -> bool:
    if agrees:
        ClockWitness.objects.filter(pk=witness.pk).update(wall=reading.wall, steady=reading.steady)
        return not ClockWitness.objects.filter(paused_at__isnull=False).exists()
    ClockWitness.objects.filter(pk=witness.pk).update(paused_at=reading.wall, agreed=0)
    log.error("clock.jumped", extra={"seconds": int((reading.wall - witness.wall).total_seconds())})
    return False


def _recover(witness: ClockWitness, reading: Reading, agrees: bool) -> bool:
    """Compare with the pair trusted before the jump: a wrong clock that merely stays wrong never agrees with it."""
    if not agrees:
        ClockWitness.objects.filter(pk=witness.pk).update(agreed=0)
        return False
    if witness.agreed + 1 < AGREEING:
        ClockWitness.objects.filter(pk=witness.pk).update(agreed=F("agreed") + 1)
        return False
    given = {"wall": reading.wall, "steady": reading.steady, "paused_at": None, "agreed": 0}
    ClockWitness.objects.filter(pk=witness.pk).update(**given)
    log.warning("clock.trusted_again")
    return not ClockWitness.objects.filter(paused_at__isnull=False).exists()


def _boot() -> str:
    return BOOT_FILE.read_text().strip() if BOOT_FILE.exists() else "unknown"


def _steady() -> float:
    # CLOCK_BOOTTIME counts while a virtual machine sleeps; the monotonic clock does not and would cry wolf.
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()
