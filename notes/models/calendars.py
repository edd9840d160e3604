"""Which days are business days, as dated versions: proposed by one person, published by another, kept for good."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from clawguard.domain.lifecycles import CalendarState


class CalendarOrigin(models.TextChoices):
    SHIPPED = "shipped", "As shipped, with the settings of this server"
    EDITED = "edited", "Edited by people"


class CalendarVersion(models.Model):
    """A whole table of days off. A clock names the version it started with and is recounted with no other.

    ``holidays`` maps days (ISO 8601) to names. The content is never changed (see migration 0010). A row of the system's
    has no proposer: what a clock started with where nobody edited a version, or where the rules of the count changed.
    """

    status = models.CharField(max_length=10, choices=[(s, s) for s in CalendarState])
    origin = models.CharField(max_length=8, choices=CalendarOrigin.choices)
    region = models.CharField(max_length=2, blank=True, db_default="")  # the US state it is for; empty: the network
    active = models.BooleanField(default=True, db_default=True)  # one that is not ends the calendar of its region
    name = models.CharField(max_length=120)
    label = models.CharField(max_length=60)  # what pages and answers call this version
    holidays = models.JSONField()
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    rules = models.JSONField()  # how the count begins, see ClockRules
    digest = models.CharField(max_length=64)  # SHA-256 of all of the above but the label
    replaces = models.CharField(max_length=64, blank=True)  # the digest that was in force when it was proposed
    why = models.CharField(max_length=300, blank=True)
    proposed_at = models.DateTimeField()
    proposed_by_id = models.UUIDField(null=True)
    proposed_by_name = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)  # published or discarded
    decided_by_id = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["digest"], condition=Q(proposed_by_id__isnull=True), name="one_calendar_per_content"
            ),
            models.CheckConstraint(name="network_calendar_goes_on", condition=Q(active=True) | ~Q(region="")),
            models.CheckConstraint(
                name="calendar_published_by_another",
                condition=~Q(status=CalendarState.PUBLISHED)
                | Q(proposed_by_id__isnull=True)
                | (Q(decided_by_id__isnull=False) & ~Q(decided_by_id=F("proposed_by_id"))),
            ),
        ]

    def __str__(self) -> str:
        return self.label
