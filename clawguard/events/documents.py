"""Documents that one person writes and another puts in force: the columns that all of them share."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from clawguard.accounts.models import User
from clawguard.domain.lifecycles import DocumentState
from clawguard.ids import new_id

LONGEST_REASON = 500
OPEN = (DocumentState.DRAFT, DocumentState.PROPOSED)
SECOND_PERSON = Q(approved_by__isnull=False, approved_at__isnull=False) & ~Q(approved_by=F("author"))


class Document(models.Model):
    """One version of something that people decide. From its proposal on it is never changed; a trigger sees to it.

    A version that ``reverts`` another says nothing of its own: it brings back what held before that one.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.PositiveIntegerField()  # counted within what it is a version of
    status = models.CharField(max_length=10, choices=[(s, s) for s in DocumentState], default=DocumentState.DRAFT)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)  # for whoever agrees, and for the history
    reverts = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="reverted_by", db_index=False)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    proposed_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    approved_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    returned_reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        abstract = True


def second_person(name: str) -> models.CheckConstraint:
    """The database's own word that nothing is in force which one person alone stands for."""
    waiting = Q(status__in=[*OPEN, DocumentState.DISCARDED])
    return models.CheckConstraint(condition=waiting | SECOND_PERSON, name=name)
