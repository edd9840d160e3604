"""One note beside what is asked of it, with everything that several elements look at worked out once."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import cached_property
from zoneinfo import ZoneInfo

from clawguard.domain.codesets.procedure_table import Codes
from clawguard.domain.codesets.procedures import Procedure
from clawguard.domain.notes import calendar_days, clock, language, legibility, signatures, spoken
from clawguard.domain.notes.note import Note
from clawguard.domain.notes.signatures import Signature
from clawguard.domain.notes.values import NoteAsk, NoteText

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEKDAYS)})(?:s|nes|rs?|ur|urs)?(?:day)?\.? (?:at |from )?$")
_LONGEST_DAY = 16  # characters
TYPED = "typed"  # written into the session's own form: who, whose and when stand in the record


class Case:
    """A note and its session. Times are minutes since midnight at the practice."""

    def __init__(self, given: NoteText, ask: NoteAsk) -> None:
        self.note = Note(given)
        self.ask = ask
        self.session = ask.session
        self.codes = ask.session.codes

    @cached_property
    def legible(self) -> float:
        return legibility.of(self.note.given)

    @cached_property
    def language(self) -> str:
        return language.of(self.note.low)

    @property
    def typed(self) -> bool:
        return self.note.given.kind == TYPED

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.session.provider_time_zone)

    @cached_property
    def start(self) -> int | None:
        return _minutes(self.session.start, self.zone)

    @cached_property
    def stop(self) -> int | None:
        return _minutes(self.session.end, self.zone)

    @cached_property
    def times(self) -> clock.Times:
        """Those under a plan are of what is to come, where the note tells others."""
        found = self._of_the_day(clock.find(spoken.as_digits(self.note.low), self.start))
        now = replace(
            found,
            ranges=tuple(pair for pair in found.ranges if not self._ahead(pair[0])),
            starts=tuple(each for each in found.starts if not self._ahead(each)),
            stops=tuple(each for each in found.stops if not self._ahead(each)),
        )
        return now if now.anything else found

    def _of_the_day(self, found: clock.Times) -> clock.Times:
        """Without those of another day of the week: "panic attack Mon 9:10-9:30 pm"."""
        return replace(
            found,
            ranges=tuple(pair for pair in found.ranges if not self._on_another_day(pair[0])),
            starts=tuple(each for each in found.starts if not self._on_another_day(each)),
            stops=tuple(each for each in found.stops if not self._on_another_day(each)),
        )

    def _on_another_day(self, told: clock.Clock) -> bool:
        named = _WEEKDAY.search(self.note.low, max(0, told.start - _LONGEST_DAY), told.start)
        return named is not None and _WEEKDAYS.index(named[1]) != self.session.date_of_service.weekday()

    def _ahead(self, told: clock.Clock) -> bool:
        return self.note.sentences[self.note.number_at(told.start)].section == "plan"

    @cached_property
    def days(self) -> tuple[calendar_days.Day, ...]:
        return calendar_days.find(self.note.low)

    @cached_property
    def signatures(self) -> tuple[Signature, ...]:
        return signatures.find(self.note.text, self.note.low)

    @cached_property
    def own_signature(self) -> Signature | None:
        """The clinician's, not a supervisor's and no stamp; one with credentials before one without."""
        own = [each for each in self.signatures if not each.cosign and not each.stamp]
        return next((each for each in own if each.credentials), own[0] if own else None)

    @cached_property
    def procedures(self) -> tuple[Procedure, ...]:
        table = self.ask.procedures
        return tuple(table.rows[code] for code in sorted(self.codes) if code in table)

    def billed(self, group: Codes) -> frozenset[str]:
        """The billed codes that belong to a group."""
        return self.codes & self.ask.procedures.codes(group)

    @property
    def remote(self) -> bool:
        return self.session.telehealth in ("video", "audio")


def _minutes(moment: dt.datetime | None, zone: ZoneInfo) -> int | None:
    if moment is None:
        return None
    local = moment.astimezone(zone)
    return local.hour * 60 + local.minute
