"""Whose money a provider-level adjustment took, where the numbers it names do not tell."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from clawguard.accounts.models import Provider
from clawguard.ids import new_id
from disputes.models.remittance import AMOUNT, AccountAdjustment
from sessions.models import TherapySession


class AccountMatch(models.Model):
    """A takeback (WO and its kin in a PLB) that named no claim of one session when it came. While ``how`` is empty it
    waits for people; ``name`` means that a claim it names found its session later."""

    WAYS = [(name, name) for name in ("name", "person", "program", "set_aside", "")]
    TOLD = ("person", "program", "set_aside")  # what was said counts, whatever the names come to mean

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    adjustment = models.OneToOneField(AccountAdjustment, on_delete=models.PROTECT, related_name="match")
    # of the claims it names: whose team may see it
    provider = models.ForeignKey(Provider, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    how = models.CharField(max_length=10, choices=WAYS, blank=True)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="account_match_waiting", condition=Q(how="")),
            models.Index(fields=["provider", "id"], name="account_match_by_provider"),
        ]

    def __str__(self) -> str:
        return self.how or "waits"

    @property
    def waits(self) -> bool:
        return not self.how


class AccountShare(models.Model):
    """How much of a takeback is about one session, with the sign of the file. Zero since somebody said otherwise."""

    id = models.BigAutoField(primary_key=True)
    match = models.ForeignKey(AccountMatch, on_delete=models.PROTECT, related_name="shares", db_index=False)
    session = models.ForeignKey(TherapySession, on_delete=models.PROTECT, related_name="account_shares", db_index=False)
    amount = models.DecimalField(**AMOUNT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["match", "session"], name="one_share_per_session")]
        indexes = [models.Index(fields=["session"], name="share_by_session", condition=~Q(amount=0))]

    def __str__(self) -> str:
        return f"{self.amount}"
