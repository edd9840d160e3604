"""The form by which staff enter what a client disputes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone

from clawguard.clock import now as read_clock
from clawguard.domain.disputes import REASONS
from disputes.models import Dispute
from disputes.wording import ZONE_LABELS

ZONES = (("", "The provider's"), *ZONE_LABELS.items())
MOMENTS = ("starts_at", "cancelled_at")


def reasons() -> list[tuple[str, Any]]:
    """The reasons in force today under their kinds; a value names both."""
    today = read_clock().date()
    groups = [
        (label, [(f"{kind}:{row.id}", row.label) for row in REASONS.of_kind(kind, today)])
        for kind, label in Dispute.KINDS
    ]
    return [("", "Not known yet"), *groups]


class WallTime(forms.DateTimeField):
    """A day and a time of day as typed. On whose clock only the whole form knows."""

    def to_python(self, value: Any) -> dt.datetime | None:
        with timezone.override(dt.UTC):  # where no wall time is left out or comes twice
            found = super().to_python(value)
        return None if found is None else found.replace(tzinfo=None)


def _moment(label: str, hint: str) -> WallTime:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"})
    return WallTime(required=False, label=label, help_text=hint, widget=widget)


class NewDisputeForm(forms.Form):
    """What a client told the network about a fee or a bill."""

    kind = forms.ChoiceField(choices=Dispute.KINDS, label="What it is about")
    reason = forms.ChoiceField(required=False, choices=reasons, label="Why the client disputes it")
    session = forms.CharField(
        max_length=80, required=False, label="Session number", help_text="If it is about a session."
    )
    provider = forms.CharField(max_length=10, required=False, label="Provider's NPI", help_text="Without a session.")
    service_date = forms.DateField(
        required=False,
        label="Day of the service",
        help_text="Without a session.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    amount = forms.DecimalField(max_digits=10, decimal_places=2, min_value=0, label="Fee or bill in dollars")
    client_time_zone = forms.ChoiceField(required=False, choices=ZONES, label="The client's time zone")
    starts_at = _moment("The session was to start", "On the client's clock. Left empty, as the session says.")
    cancelled_at = _moment("The client canceled", "On the client's clock, as the log has it.")
    notice_hours = forms.IntegerField(
        required=False, min_value=0, max_value=720, label="Notice hours of the policy the client agreed to"
    )
    statement = forms.CharField(
        max_length=10_000, label="What the client says", widget=forms.Textarea, help_text="In the client's words."
    )

    def __init__(self, *args: Any, zone_of: Callable[[str, str], str], **kwargs: Any) -> None:
        """``zone_of``: the time zone of the provider whom a session's number, or else an NPI, names."""
        super().__init__(*args, **kwargs)
        self._zone_of = zone_of

    def clean(self) -> dict[str, Any]:
        """A reason belongs to its kind, and moments were typed on the client's clock."""
        found: dict[str, Any] = super().clean() or {}
        kind, _, reason = found.get("reason", "").partition(":")
        if reason and kind != found.get("kind"):
            self.add_error("reason", "This reason belongs to the other kind of dispute.")
        found["reason"] = reason
        typed = [name for name in MOMENTS if found.get(name) is not None]
        zone = typed and (
            found.get("client_time_zone") or self._zone_of(found.get("session", ""), found.get("provider", ""))
        )
        for name in typed:  # who names no provider of theirs is refused for that
            found[name] = found[name].replace(tzinfo=ZoneInfo(zone or "UTC"))
        return found
