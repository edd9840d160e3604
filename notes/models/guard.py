"""What the clock guard remembers."""

from __future__ import annotations

from django.db import models


class ClockWitness(models.Model):
    """One host's steady clock beside the database's wall clock: the last pair of readings that agreed.

    Kept per boot of a host, because a steady clock counts from there. ``paused_at`` is set while the two disagree.
    """

    boot = models.CharField(max_length=64, primary_key=True)
    wall = models.DateTimeField()
    steady = models.FloatField()  # seconds since boot, time asleep included
    paused_at = models.DateTimeField(null=True)
    agreed = models.PositiveSmallIntegerField(default=0)  # consecutive agreeing readings since the pause
