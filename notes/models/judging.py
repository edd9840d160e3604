"""What a person says of an element of a note, next to what the machine had said. A second look is added."""

from __future__ import annotations

from django.db import models

from notes.models.note import Note


class ElementJudgement(models.Model):
    """One person's verdict on one element of one note. ``machine`` is the verdict that stood beside it, if any did."""

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="judgements")
    element = models.CharField(max_length=8)
    verdict = models.CharField(max_length=14)
    machine = models.CharField(max_length=14, blank=True)
    machine_confidence = models.CharField(max_length=6, blank=True)
    reader = models.CharField(max_length=20, blank=True)  # the version of the machine's reading
    at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=120)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["element", "machine"]), models.Index(fields=["note", "element"])]
