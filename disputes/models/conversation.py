"""The exchange with the provider, and the provider's appeal. Words are sealed at rest: they may tell of care."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from clawguard.ids import new_id
from disputes.models.case import Case


class Message(models.Model):
    """One entry of a case's thread. Its words never change; only *delivered*, *read* and, of a notice whose mail came
    back unseen, *came back* are marked, once each."""

    KINDS = [(name, name) for name in ("notice", "message", "answer", "decision", "appeal")]

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=10, choices=KINDS)
    internal = models.BooleanField(default=False)  # among staff; no provider ever sees it
    from_provider = models.BooleanField(default=False)
    body = models.BinaryField()
    at = models.DateTimeField()
    author_kind = models.CharField(max_length=10)
    author_id = models.UUIDField(null=True)
    author_name = models.CharField(max_length=120)
    late = models.BooleanField(default=False)
    decision = models.OneToOneField(  # of a decision letter: one letter per decision
        "disputes.Decision", null=True, on_delete=models.PROTECT, related_name="letter"
    )
    delivered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    # The wording it began with: its name, its version ("shipped …" or a number), and whether the words were changed.
    template = models.CharField(max_length=40, blank=True, db_default="")
    template_version = models.CharField(max_length=40, blank=True, db_default="")
    reworded = models.BooleanField(default=False, db_default=False)
    came_back_at = models.DateTimeField(null=True)  # of a notice: nobody got it, and another one follows

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(kind="notice", came_back_at__isnull=True), name="one_notice_per_case"
            ),
            models.CheckConstraint(
                name="message_internal_is_staff_only", condition=~Q(internal=True, from_provider=True)
            ),
        ]
        indexes = [models.Index(fields=["case", "at"])]

    def __str__(self) -> str:
        return f"{self.kind} of {self.at:%Y-%m-%d}"


class Appeal(models.Model):
    """The provider's request to have a decision looked at again, by somebody who did not make it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="appeals")
    decision = models.OneToOneField("disputes.Decision", on_delete=models.PROTECT, related_name="appeal")
    reason = models.BinaryField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.OneToOneField(
        "disputes.Decision", null=True, on_delete=models.PROTECT, related_name="answers_appeal"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(decided_at__isnull=True), name="one_open_appeal_per_case"
            )
        ]

    def __str__(self) -> str:
        return f"appeal of {self.at:%Y-%m-%d}"
