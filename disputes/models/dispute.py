"""A client's dispute about a cancellation fee or a bill, which the provider is asked to answer."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from clawguard.accounts.models import Provider
from clawguard.domain.lifecycles import DisputeState
from clawguard.ids import new_id
from notes.models import CalendarVersion
from sessions.models import TherapySession


class Dispute(models.Model):
    """The client's statement and the provider's words are sealed: they may name people or tell of care."""

    KINDS = [("cancellation_fee", "Cancellation fee"), ("billing", "Billing")]
    OUTCOMES = [
        ("upheld", "Fee stands"),
        ("reduced", "Fee reduced"),
        ("waived", "Fee waived"),
        ("refunded", "Client refunded"),
    ]

    ANSWERS = [("contest", "Contested"), ("concede", "Conceded"), ("waive", "Waived by the provider")]

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    external_id = models.CharField(max_length=80, blank=True)  # the network's own number, where it has one
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="disputes")
    session = models.ForeignKey(TherapySession, null=True, on_delete=models.PROTECT, related_name="disputes")
    kind = models.CharField(max_length=20, choices=KINDS)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    service_date = models.DateField()
    reason = models.CharField(max_length=40, blank=True)  # of the dated table in clawguard.domain.disputes
    starts_at = models.DateTimeField(null=True)  # when the session was to start
    client_time_zone = models.CharField(max_length=50, blank=True)  # empty: the provider's
    cancelled_at = models.DateTimeField(null=True)  # when the client cancelled, as the network's log has it
    notice_hours = models.PositiveSmallIntegerField(null=True)  # the window of the policy the client agreed to
    statement = models.BinaryField()
    status = models.CharField(max_length=16, choices=[(s, s) for s in DisputeState], default=DisputeState.OPENED)
    opened_at = models.DateTimeField()
    opened_by_kind = models.CharField(max_length=10)
    opened_by_id = models.UUIDField(null=True)
    opened_by_name = models.CharField(max_length=120)
    delivered_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)  # when the provider's side had it before them first
    deadline = models.JSONField(null=True)
    calendar = models.ForeignKey(CalendarVersion, null=True, on_delete=models.PROTECT, related_name="+")
    draft = models.BinaryField(null=True)
    response = models.BinaryField(null=True)
    answer = models.CharField(max_length=10, choices=ANSWERS, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.CharField(max_length=120, blank=True)
    answered_late = models.BooleanField(default=False)
    lapsed_at = models.DateTimeField(null=True)
    excused_until = models.DateTimeField(null=True)  # as of a case: answers until then count as in time
    outcome = models.CharField(max_length=10, choices=OUTCOMES, blank=True)
    outcome_amount = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    outcome_reason = models.CharField(max_length=1000, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=120, blank=True)
    updated_at = models.DateTimeField()
    sweep_after = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="one_dispute_per_external_id"
            ),
            models.CheckConstraint(
                name="dispute_clock_needs_delivery",
                condition=Q(delivered_at__isnull=False, due_at__isnull=False)
                | Q(delivered_at__isnull=True, due_at__isnull=True, lapsed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="dispute_never_lapses_early", condition=Q(lapsed_at__isnull=True) | Q(lapsed_at__gte=F("due_at"))
            ),
            models.CheckConstraint(name="dispute_amount_not_negative", condition=Q(amount__gte=0)),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="dispute_due", condition=Q(status="open")),
            models.Index(fields=["status", "opened_at", "id"]),
            models.Index(fields=["provider", "-opened_at"]),
            models.Index(fields=["updated_at", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} dispute of {self.service_date:%Y-%m-%d}"
