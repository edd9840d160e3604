"""What payers and the network decided: documents with their two people, and the periods they hold in."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from clawguard.events.documents import Document, second_person
from clawguard.ids import new_id


class PolicyScope(models.Model):
    """For whom values are decided: the network (all three empty), a kind of payer, a payer, or a payer's plan."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    payer_kind = models.CharField(max_length=12, blank=True)
    payer_id = models.CharField(max_length=80, blank=True)  # the payer's own id; its first session may come later
    plan = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payer_kind", "payer_id", "plan"], name="one_row_per_policy_scope"),
            models.CheckConstraint(
                condition=(Q(payer_kind="") | Q(payer_id="")) & (Q(plan="") | ~Q(payer_id="")),
                name="policy_scope_is_one_of_four",
            ),
        ]

    @property
    def is_network(self) -> bool:
        return not (self.payer_kind or self.payer_id)


class PolicyRevision(Document):
    """One document of a scope."""

    scope = models.ForeignKey(PolicyScope, on_delete=models.PROTECT, related_name="revisions", db_index=False)
    first_day = models.DateField()
    last_day = models.DateField(null=True)  # None: until further notice
    values = models.JSONField(default=dict)  # only what differs; see domain/codesets/policy_values.py

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "number"], name="one_policy_revision_per_number"),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")), name="policy_ends_after_start"
            ),
            second_person("policy_needs_second_person"),
        ]


class PublishedPeriod(models.Model):
    """Days in which a revision's values hold. ``ended_by`` is the publication that took their place.

    Rows are only added; the one change ever made is that ``ended_by`` is filled, once.
    """

    id = models.BigAutoField(primary_key=True)
    scope = models.ForeignKey(PolicyScope, on_delete=models.PROTECT, related_name="periods", db_index=False)
    revision = models.ForeignKey(PolicyRevision, on_delete=models.PROTECT, related_name="periods")
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    ended_by = models.ForeignKey(PolicyRevision, null=True, on_delete=models.PROTECT, related_name="ended")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="policy_periods_never_overlap",
                expressions=[
                    ("scope", RangeOperators.EQUAL),
                    (
                        Func(
                            "first_day",
                            "last_day",
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(ended_by__isnull=True),
            )
        ]
