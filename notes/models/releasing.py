"""That two leads let a locked-away file go on, or had it destroyed, without having opened it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from notes.models.note import Note, StoredFile

TWO_PEOPLE = Q(agreed_at=None, agreed_by_id=None) | (
    Q(agreed_at__isnull=False, agreed_by_id__isnull=False) & ~Q(agreed_by_id=F("asked_by_id"))
)


class TwoLeads(models.Model):
    """One asked with a reason, another agreed."""

    was_locked_for = models.CharField(max_length=40)
    reason = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    asked_by_id = models.UUIDField()
    asked_by_name = models.CharField(max_length=120)
    agreed_at = models.DateTimeField(null=True)
    agreed_by_id = models.UUIDField(null=True)
    agreed_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True


class FileRelease(TwoLeads):
    """Asked for by one lead with a reason, agreed to by another. The database lets a file out under such a row only,
    and keeps the row: an agreement is set once (see migration 0012)."""

    file = models.OneToOneField(StoredFile, primary_key=True, on_delete=models.PROTECT, related_name="release")

    class Meta:
        constraints = [
            models.CheckConstraint(name="release_takes_two_people", condition=TWO_PEOPLE),
        ]


class FileDestruction(TwoLeads):
    """As a release, and the other way: the file is destroyed unread. ``instead`` tells the provider what to send in its
    place; empty where nothing is. The database lets words of a file go under such a row only (see migration 0014)."""

    file = models.OneToOneField(StoredFile, primary_key=True, on_delete=models.PROTECT, related_name="destruction")
    instead = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="destruction_takes_two_people", condition=TWO_PEOPLE),
        ]


class TextDestruction(TwoLeads):
    """The same for the typed text of a note: the database lets its words go under such a row only (see migration 0016).
    The note stays."""

    note = models.OneToOneField(Note, primary_key=True, on_delete=models.PROTECT, related_name="destruction")
    instead = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="text_destruction_takes_two_people", condition=TWO_PEOPLE),
        ]
