"""Evidence packs: everything about a case in one signed file, kept sealed for a while."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from clawguard.ids import new_id
from disputes.models.case import Case


class EvidencePack(models.Model):
    """Asked for, then made, then taken away again when it expires; the row stays and says who asked and when.

    ``sha256`` and ``size`` are of the ZIP itself. The bytes are sealed, bound to this row.
    """

    AUDIENCES = [("network", "For us: everything"), ("provider", "For the provider: what they may see")]

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="packs")
    audience = models.CharField(max_length=8, choices=AUDIENCES)
    asked_at = models.DateTimeField()
    asked_by_id = models.UUIDField()
    asked_by_name = models.CharField(max_length=120)
    made_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    expired_at = models.DateTimeField(null=True)
    sealed = models.BinaryField(null=True)
    size = models.PositiveIntegerField(default=0)
    files = models.PositiveSmallIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "audience"], condition=Q(made_at__isnull=True), name="one_pack_being_made"
            ),
            models.CheckConstraint(
                name="pack_made_or_not",
                condition=Q(made_at__isnull=True, sealed__isnull=True)
                | Q(made_at__isnull=False, expires_at__isnull=False, sha256__gt=""),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-asked_at"], name="pack_by_case"),
            models.Index(fields=["expires_at"], name="pack_expires", condition=Q(sealed__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"evidence pack of {self.asked_at:%Y-%m-%d}"

    @property
    def ready(self) -> bool:
        """Whether its bytes are there to be taken."""
        return self.made_at is not None and self.expired_at is None
