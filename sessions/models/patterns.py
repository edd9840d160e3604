"""What patterns rest on and what they say: days of providers, their months among peers, findings, and what waits."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from clawguard.accounts.models import Provider
from clawguard.domain.lifecycles import PatternState
from clawguard.ids import new_id
from sessions.models.session import Client


class PatternMark(models.Model):
    """A provider's day whose sessions changed. Written by a database trigger in the transaction of the change itself,
    whatever door it came through; removed by the transaction that has counted the day anew."""

    id = models.BigAutoField(primary_key=True)
    provider_id = models.UUIDField()  # no foreign key: rows come by the thousand and go within minutes
    day = models.DateField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["provider_id", "day"])]


class PeerMark(models.Model):
    """A month in which the comparison among peers is due again."""

    month = models.DateField(primary_key=True)


class PatternBook(models.Model):
    """One row: the patterns' versions and the thresholds of the network by which months were last looked at."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    patterns = models.JSONField()  # {"CG620": 1, …}
    thresholds = models.JSONField()  # the defaults first, then the network's periods, as they are printed for packs
    since = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_pattern_book")]


class ProviderDay(models.Model):
    """``clawguard.domain.patterns.DayFacts`` of one provider and day; counted from the sessions of that day alone."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    facts = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "day"], name="one_row_per_provider_and_day")]


class ProviderShare(models.Model):
    """How many of the three individual codes a provider billed in a month, by licence and kind of payer."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+", db_index=False)
    month = models.DateField()
    license_kind = models.CharField(max_length=20, blank=True)  # "" for a licence nobody knows
    payer_kind = models.CharField(max_length=12)
    long = models.PositiveIntegerField()  # 90837
    whole = models.PositiveIntegerField()  # 90832, 90834 and 90837

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "month", "payer_kind"], name="one_share_per_provider_month_payer"
            )
        ]
        indexes = [models.Index(fields=["month"])]


class PatternFinding(models.Model):
    """What one pattern says of a provider, or of a provider with one client, in a month or a window that ends in it.

    Never about money. While nobody judged it, it follows the numbers; once judged it stays as it was judged.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    pattern = models.CharField(max_length=8)
    version = models.PositiveSmallIntegerField()
    pack = models.CharField(max_length=16)  # digest of the patterns' versions and the policy's
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+", db_index=False)
    client = models.ForeignKey(Client, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    month = models.DateField()
    topic = models.CharField(max_length=20, blank=True)  # what of a pattern's questions, where it asks several
    first_day = models.DateField()
    last_day = models.DateField()
    severity = models.CharField(max_length=8)
    title = models.CharField(max_length=120)
    message = models.TextField()
    evidence = models.JSONField()
    code = models.CharField(max_length=10, blank=True)  # of the sessions it rests on
    status = models.CharField(max_length=10, choices=[(s, s) for s in PatternState], default=PatternState.NEW)
    decision_reason = models.CharField(max_length=300, blank=True)
    decided_by_name = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "pattern", "month", "client", "topic"],
                name="one_standing_pattern_finding",
                condition=~Q(status="cleared"),
                nulls_distinct=False,
            )
        ]
        indexes = [
            models.Index(fields=["-month", "-id"]),
            models.Index(fields=["pattern", "-month"]),
        ]

    def __str__(self) -> str:
        return f"{self.pattern} {self.month}"
