"""When clocks stood still, and why: one request's by a lead's word, every clock's while our own pages were away."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from clawguard.ids import new_id
from notes.models.request import NotesRequest

# What the day-by-day count says of an outage, in pages and mails alike.
OUTAGE_WORDS = "our own pages could not be reached"


class PauseReason(models.TextChoices):
    """Said in the day-by-day count, which is mailed: our own words only. The lead's own stand on the pages."""

    AWAY = "away", "the provider is away"
    EMERGENCY = "emergency", "illness or an emergency"
    OUR_ANSWER = "our_answer", "a question waits for our answer"
    RECORDS = "records", "the provider's record system is down"
    PRIVACY = "privacy", "what may be sent is being cleared up"
    OTHER = "other", "another reason"


class ClockPause(models.Model):
    """A stretch in which one request's clock stood still. Kept; only its end is set, once (see migration 0008)."""

    request = models.ForeignKey(NotesRequest, on_delete=models.PROTECT, related_name="pauses")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # exclusive; none while it lasts; may lie ahead
    reason = models.CharField(max_length=10, choices=PauseReason.choices)
    detail = models.CharField(max_length=300, blank=True)  # the lead's words, for staff and the provider
    by_kind = models.CharField(max_length=10)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120, blank=True)
    ended_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["started_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=Q(ended_at__isnull=True), name="one_open_pause_per_request"
            ),
            models.CheckConstraint(
                name="pause_runs_forward", condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"pause {self.pk}"

    def stands(self, at: dt.datetime) -> bool:
        return self.started_at <= at and (self.ended_at is None or at < self.ended_at)


class Outage(models.Model):
    """A stretch in which providers could not reach our pages. It counts for every clock that ran in it. Append-only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()  # exclusive
    reason = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
    by_kind = models.CharField(max_length=10)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-started_at", "-id"]
        constraints = [
            models.CheckConstraint(name="outage_runs_forward", condition=Q(ended_at__gt=F("started_at"))),
            models.CheckConstraint(name="outage_is_over", condition=Q(recorded_at__gte=F("ended_at"))),
        ]
        indexes = [models.Index(fields=["ended_at"])]

    def __str__(self) -> str:
        return f"outage {self.pk}"


class Missed(models.TextChoices):
    """What it means that the watch does not find our pages."""

    AWAY = "away", "They answered at this address before"
    FIRST = "first", "No address has ever found them, and this one has not changed since"
    UNSEEN = "unseen", "They never answered at this address: the watch cannot look"


class PageWatch(models.Model):
    """What the watch of our own pages saw last. ``down_since`` is set by the first look that did not find them."""

    name = models.CharField(max_length=20, primary_key=True)
    checked_at = models.DateTimeField()
    down_since = models.DateTimeField(null=True)
    missed = models.CharField(max_length=8, choices=Missed, default=Missed.AWAY, db_default=Missed.AWAY)
    address = models.TextField(default="", db_default="")  # of the last look
    found_address = models.TextField(default="", db_default="")  # at which they answered last; empty: they never did

    def __str__(self) -> str:
        return self.name
