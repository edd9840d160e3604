"""What speaks in a dispute, from each side; what can be used again; and a client's way in to tell their side."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from clawguard.accounts.models import Provider
from clawguard.ids import new_id
from disputes.models.case import LONGEST_SOURCE
from disputes.models.dispute import Dispute
from notes.models import StoredFile

SIDES = [("provider", "Provider"), ("client", "Client"), ("network", "Network")]


class LibraryItem(models.Model):
    """Evidence that serves in many disputes: a policy text, a consent. ``provider`` empty: the whole network's.

    A changed text is a new row; an old one is retired and keeps serving the disputes it was used in.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    provider = models.ForeignKey(Provider, null=True, on_delete=models.PROTECT, related_name="library")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    value = models.BinaryField()  # sealed JSON, in the fields of its kind
    file = models.OneToOneField(StoredFile, null=True, on_delete=models.PROTECT, related_name="library_item")
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)  # the last day it held
    added_at = models.DateTimeField()
    added_by_id = models.UUIDField(null=True)
    added_by_name = models.CharField(max_length=120)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="library_ends_after_it_begins",
                condition=Q(effective_to__isnull=True) | Q(effective_to__gte=F("effective_from")),
            )
        ]
        indexes = [models.Index(fields=["provider", "kind", "-effective_from"])]

    def __str__(self) -> str:
        return self.title


class DisputeEvidence(models.Model):
    """One piece of evidence. Never changed: a newer row of its kind stands beside it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=40)
    side = models.CharField(max_length=10, choices=SIDES)
    value = models.BinaryField()  # sealed JSON, in the fields of its kind: it may tell of care
    source = models.CharField(max_length=LONGEST_SOURCE)
    late = models.BooleanField(default=False)  # came after the provider's answer time
    # the document behind it; one from the library serves in many disputes
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="shows")
    library_item = models.ForeignKey(LibraryItem, null=True, on_delete=models.PROTECT, related_name="used_in")
    added_at = models.DateTimeField()
    added_by_kind = models.CharField(max_length=10)
    added_by_id = models.UUIDField(null=True)
    added_by_name = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["dispute", "added_at"])]

    def __str__(self) -> str:
        return self.kind


class ClientLink(models.Model):
    """A link by which a client tells their side of one dispute, without an account. Only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="client_links")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    created_by_id = models.UUIDField(null=True)
    created_by_name = models.CharField(max_length=120)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="client_link_expires_later", condition=Q(expires_at__gt=F("created_at")))
        ]
        indexes = [models.Index(fields=["dispute", "-created_at"])]

    def __str__(self) -> str:
        return f"link of {self.created_at:%Y-%m-%d}"
