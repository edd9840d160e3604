"""The form of "check before you submit": what it asks, and the session it means."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from clawguard.access.problems import FieldProblem
from clawguard.domain.submission import Defaults
from clawguard.domain.submission.table import LOCATIONS, PAYER_KINDS
from clawguard.domain.submission.texts import LICENSES

LINES = 4
OTHER_PAYER = "other"
PLACES = [
    ("11", "11, office"),
    ("10", "10, telehealth, client at home"),
    ("02", "02, telehealth, client elsewhere"),
    ("12", "12, the client’s home"),
    ("03", "03, school"),
    ("53", "53, community mental health center"),
    ("99", "99, another place"),
]
HOW = [("none", "In person"), ("video", "Video"), ("audio", "Audio only")]
KINDS = [(kind, kind.replace("_", " ").capitalize()) for kind in PAYER_KINDS]
WHERE = [("", "Not stated"), *((name, name.replace("_", " ").capitalize()) for name in LOCATIONS)]
YES_NO = [("", "Not stated"), ("yes", "Yes"), ("no", "No")]
CODE = {"class": "input input--code", "autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}


class SessionForm(forms.Form):
    """One session. Lines are ``code-1``, ``modifiers-1``, ``units-1``, ``minutes-1`` and so on."""

    date_of_service = forms.DateField(label="Date of service", widget=forms.DateInput({"type": "date"}))
    begins = forms.TimeField(label="Start", required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    ends = forms.TimeField(label="End", required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    telehealth = forms.ChoiceField(label="How it took place", choices=HOW)
    place_of_service = forms.ChoiceField(label="Place of service", choices=PLACES)
    diagnoses = forms.CharField(
        label="Diagnoses", max_length=200, help_text="ICD-10 codes, the primary one first, such as F33.1, F41.1"
    )
    payer = forms.ChoiceField(label="Payer")
    payer_kind = forms.ChoiceField(label="Kind of another payer", choices=KINDS, required=False)
    license = forms.ChoiceField(label="License", required=False)
    minutes = forms.IntegerField(
        label="Minutes in all",
        required=False,
        min_value=0,
        max_value=1440,
        help_text="Only where start and end are not known",
    )
    client_state = forms.CharField(label="State the client was in", required=False, max_length=2)
    birth_date = forms.DateField(label="Client’s birth date", required=False, widget=forms.DateInput({"type": "date"}))
    client_location = forms.ChoiceField(label="Where the client was", choices=WHERE, required=False)
    client_present = forms.ChoiceField(label="The client took part", choices=YES_NO, required=False)
    group_size = forms.IntegerField(label="Clients in the group", required=False, min_value=1, max_value=99)
    crisis = forms.ChoiceField(label="A crisis is documented", choices=YES_NO, required=False)
    complexity_factor = forms.CharField(label="Documented communication factor", required=False, max_length=120)

    ALWAYS = ("date_of_service", "begins", "ends", "telehealth", "place_of_service", "diagnoses", "payer")
    MORE = (
        "payer_kind",
        "minutes",
        "client_state",
        "birth_date",
        "client_location",
        "client_present",
        "group_size",
        "crisis",
    )

    def __init__(self, data: Any, defaults: Defaults, payers: list[tuple[str, str, str]], today: dt.date) -> None:
        first = {"date_of_service": today, "license": defaults.license, "telehealth": "none", "place_of_service": "11"}
        super().__init__(data, initial=first)
        self.defaults, self.kinds = defaults, {payer_id: kind for payer_id, _, kind in payers}
        known = [(payer_id, name) for payer_id, name, _ in payers]
        licences = [
            ("", "Not stated"),
            *((name, name) for name in dict.fromkeys([*LICENSES, defaults.license]) if name),
        ]
        self.fields["payer"].choices = [*known, (OTHER_PAYER, "Another payer")]  # type: ignore[attr-defined]
        self.fields["license"].choices = licences  # type: ignore[attr-defined]
        for number in range(1, LINES + 1):
            self._add_line(number)

    def _add_line(self, number: int) -> None:
        need = number == 1
        self.fields[f"code-{number}"] = forms.CharField(
            label="Code", required=need, max_length=10, widget=forms.TextInput(CODE)
        )
        self.fields[f"modifiers-{number}"] = forms.CharField(
            label="Modifiers", required=False, max_length=20, widget=forms.TextInput(CODE)
        )
        self.fields[f"units-{number}"] = forms.IntegerField(label="Units", required=False, min_value=1, max_value=999)
        self.fields[f"minutes-{number}"] = forms.IntegerField(
            label="Minutes", required=False, min_value=0, max_value=1440
        )

    @property
    def always(self) -> list[forms.BoundField]:
        return [self[name] for name in self.ALWAYS]

    @property
    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in (*self.MORE, "complexity_factor", "license")]

    @property
    def lines(self) -> list[list[forms.BoundField]]:
        parts = ("code", "modifiers", "units", "minutes")
        return [[self[f"{part}-{number}"] for part in parts] for number in range(1, LINES + 1)]

    def body(self, npi: str) -> dict[str, Any]:
        """The session as the interface takes it, of a form that is valid."""
        said, zone = self.cleaned_data, self.defaults.time_zone or "UTC"
        begins, ends = _clock(said, ZoneInfo(zone))
        payer = said["payer"]
        kind = said["payer_kind"] or "commercial" if payer == OTHER_PAYER else self.kinds[payer]
        return {
            "external_id": "checked-here",
            "provider": {"npi": npi, "license": said["license"] or self.defaults.license or None, "time_zone": zone},
            "client": {
                "external_id": "checked-here",
                "birth_date": _text(said["birth_date"]),
                "state": said["client_state"] or None,
            },
            "payer": {"id": payer, "kind": kind},
            "date_of_service": said["date_of_service"].isoformat(),
            "start": begins,
            "end": ends,
            "minutes": said["minutes"] if begins is None else None,
            "place_of_service": said["place_of_service"],
            "telehealth": said["telehealth"],
            "service_lines": self._service_lines(),
            "diagnoses": re.findall(r"[^\s,;]+", said["diagnoses"]),
            "client_present": _flag(said["client_present"]),
            "client_location": said["client_location"] or None,
            "group_size": said["group_size"],
            "documented": {
                "crisis": _flag(said["crisis"]),
                "complexity_factor": said["complexity_factor"] or None,
            },
        }

    def _service_lines(self) -> list[dict[str, Any]]:
        said = self.cleaned_data
        return [
            {
                "code": said[f"code-{number}"],
                "modifiers": re.findall(r"[^\s,;-]+", said[f"modifiers-{number}"]),
                "units": said[f"units-{number}"] or 1,
                "minutes": said[f"minutes-{number}"],
            }
            for number in range(1, LINES + 1)
            if said[f"code-{number}"]
        ]

    def say(self, problems: Iterable[FieldProblem]) -> None:
        """Put what the engine could not read beside the fields it came from."""
        numbers = [number for number in range(1, LINES + 1) if self.cleaned_data.get(f"code-{number}")]
        for problem in problems:
            name, words = _field_of(problem.pointer, numbers), problem.message.partition(": ")
            self.add_error(name if name in self.fields else None, words[2] or words[0])


def _field_of(pointer: str, numbers: list[int]) -> str:
    parts = pointer.strip("/").split("/")
    if parts[0] == "service_lines" and len(parts) > 2 and int(parts[1]) < len(numbers):
        return f"{parts[2]}-{numbers[int(parts[1])]}"
    known = {"start": "begins", "end": "ends", "client": "birth_date"}
    if parts[:2] == ["client", "state"]:
        return "client_state"
    return known.get(parts[0], parts[0])


def _clock(said: dict[str, Any], zone: ZoneInfo) -> tuple[str | None, str | None]:
    """Start and end as instants; an end before its start belongs to the next day."""
    day, begins, ends = said["date_of_service"], said["begins"], said["ends"]
    if begins is None or ends is None:
        return None, None
    last = day + dt.timedelta(days=ends < begins)
    return tuple(dt.datetime.combine(on, at, zone).isoformat() for on, at in ((day, begins), (last, ends)))  # type: ignore[return-value]


def _flag(value: str) -> bool | None:
    return {"yes": True, "no": False}.get(value)


def _text(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
