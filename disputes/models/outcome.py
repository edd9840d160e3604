"""How a case ends: decisions by people, and the proposed adjustment, the only money event there is.

What these tables refuse is written in migration 0002, so that it holds for direct SQL too.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from clawguard.accounts.models import Provider
from clawguard.ids import new_id
from disputes.models.case import Case

PARTIES = [(name, name) for name in ("provider", "network", "payer", "client", "none")]


class Decision(models.Model):
    """One person's decision, final at once or after a second person agreed. Once final or returned it is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    party = models.CharField(max_length=10, choices=PARTIES)
    clause = models.CharField(max_length=60)
    outcome = models.CharField(max_length=30)
    amount = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    explanation = models.CharField(max_length=4000)  # the words the provider reads
    evidence = models.JSONField()  # the facts ticked, as they stood: name, value, at, source
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    second_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    second_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    returned_reason = models.CharField(max_length=1000, blank=True)
    final_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_decision_per_number"),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(final_at__isnull=True, returned_at__isnull=True),
                name="one_waiting_decision_per_case",
            ),
            models.CheckConstraint(
                name="decision_by_two_people", condition=Q(second_by__isnull=True) | ~Q(second_by=F("proposed_by"))
            ),
            models.CheckConstraint(
                name="decision_ends_one_way", condition=Q(final_at__isnull=True) | Q(returned_at__isnull=True)
            ),
            models.CheckConstraint(
                name="decision_amount_not_negative", condition=Q(amount__isnull=True) | Q(amount__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.outcome}"


class ProposedAdjustment(models.Model):
    """What the network proposes to pay or to recover. A proposal to the payments system: nothing here moves money."""

    KINDS = [
        ("pay_contracted_rate", "Pay the contracted rate"),
        ("recover", "Recover from the provider"),
        ("take_back", "Take back an earlier proposal"),
    ]

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="adjustments")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="adjustment")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="adjustments")
    kind = models.CharField(max_length=20, choices=KINDS)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    names = models.JSONField()  # who stands behind it: name, role, part
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="adjustment_amount_not_negative", condition=Q(amount__gte=0)),
            models.CheckConstraint(
                name="adjustment_take_back_names_what", condition=~Q(kind="take_back") | Q(replaces__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["-created_at", "-id"]), models.Index(fields=["provider", "-created_at"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.amount}"


class AdjustmentConfirmation(models.Model):
    """What the accounting system outside did with a proposed adjustment, as it or a person reported it. Never changed:
    a later report is a row of its own, and the newest counts."""

    DONE = [("posted", "Posted"), ("declined", "Not posted")]

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    adjustment = models.ForeignKey(ProposedAdjustment, on_delete=models.PROTECT, related_name="confirmations")
    done = models.CharField(max_length=10, choices=DONE)
    amount = models.DecimalField(max_digits=10, decimal_places=2, null=True)  # posted, in US dollars
    reference = models.CharField(max_length=80, blank=True)  # the accounting system's own number
    on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)  # why it was not posted
    at = models.DateTimeField()
    by_kind = models.CharField(max_length=10)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="confirmation_says_what",
                condition=Q(done="posted", amount__isnull=False, amount__gte=0) & ~Q(reference="")
                | Q(done="declined", amount__isnull=True) & ~Q(reason=""),
            )
        ]
        indexes = [models.Index(fields=["adjustment", "at"])]

    def __str__(self) -> str:
        return f"{self.get_done_display()} {self.on:%Y-%m-%d}"
