"""Facts stated beside sessions, and which of them were withdrawn. Both tables only grow."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q

from clawguard.accounts.models import Provider
from clawguard.domain.dated import includes
from clawguard.ids import new_id
from sessions.models.session import Client


class StatedFact(models.Model):
    """One statement of ``clawguard.domain.stated_facts``: about a client, a provider or a session, and who stated it.

    A session may be spoken of before it was submitted, so it is named by its external id.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20)
    client = models.ForeignKey(Client, null=True, on_delete=models.PROTECT, related_name="stated_facts")
    provider = models.ForeignKey(Provider, null=True, on_delete=models.PROTECT, related_name="stated_facts")
    session_ref = models.CharField(max_length=80, blank=True)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)  # included
    values = models.JSONField()
    source = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, db_index=True)
    stated_at = models.DateTimeField()
    stated_by_kind = models.CharField(max_length=10)
    stated_by_id = models.UUIDField(null=True)
    stated_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="stated_about_one",
                condition=(
                    Q(client__isnull=False, provider__isnull=True, session_ref="")
                    | Q(client__isnull=True, provider__isnull=False, session_ref="")
                    | (Q(client__isnull=True, provider__isnull=True) & ~Q(session_ref=""))
                ),
            ),
            models.CheckConstraint(
                name="stated_period_in_order",
                condition=Q(first_day__isnull=True) | Q(last_day__isnull=True) | Q(last_day__gte=models.F("first_day")),
            ),
        ]
        indexes = [
            models.Index(fields=["session_ref"], name="stated_of_session", condition=~Q(session_ref="")),
            models.Index(fields=["-stated_at", "-id"]),
        ]

    def holds_on(self, day: dt.date) -> bool:
        """Whether its days, both ends included and either one open, include ``day``."""
        return includes(self.first_day, self.last_day, day)


class FactWithdrawal(models.Model):
    """A statement that no longer stands, with who said so and why. The statement itself stays readable."""

    fact = models.OneToOneField(StatedFact, primary_key=True, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.CharField(max_length=300)
    withdrawn_at = models.DateTimeField()
    withdrawn_by_kind = models.CharField(max_length=10)
    withdrawn_by_id = models.UUIDField(null=True)
    withdrawn_by_name = models.CharField(max_length=120, blank=True)
