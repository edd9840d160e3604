"""What payers' 835 files said: payments, claims, lines, adjustments. Kept as read; what people and rules make of a
claim stands beside it in ``ClaimMatch``. No name of a client is kept, and nothing here moves money.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from clawguard.accounts.models import Provider
from clawguard.ids import new_id
from sessions.models import ImportBatch, TherapySession

AMOUNT: dict[str, Any] = {
    "max_digits": 18,
    "decimal_places": 4,
}  # of the guide: at most 18 digits; some payers send tenths of cents


class Remittance(models.Model):
    """One 835 transaction, which is one payment. All amounts are US dollars with the signs of the file.

    ``identity`` names the payment (payer, payee, trace, date), ``digest`` everything it says: the same payment in
    another file is known again whatever the envelopes around it say.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="remittances")
    number = models.PositiveIntegerField()  # of the transaction in its file, from 1
    position = models.PositiveIntegerField()  # of its ST segment in the file
    interchange = models.CharField(max_length=20, blank=True)
    transaction = models.CharField(max_length=20, blank=True)
    identity = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64)
    payer_code = models.CharField(max_length=80, blank=True)
    payer_name = models.CharField(max_length=120)
    payee_code = models.CharField(max_length=80, blank=True)
    originator = models.CharField(max_length=50, blank=True)  # TRN03
    trace = models.CharField(max_length=50)  # TRN02: number of the check or transfer
    paid_on = models.DateField(null=True)
    produced_on = models.DateField(null=True)
    method = models.CharField(max_length=3, blank=True)  # ACH, CHK, NON, …
    amount = models.DecimalField(**AMOUNT)  # BPR02, negative for a debit
    claims_count = models.PositiveIntegerField()
    reversals_count = models.PositiveIntegerField()
    claims_paid = models.DecimalField(**AMOUNT)
    adjusted = models.DecimalField(**AMOUNT)  # sum of PLB: what the claims' payments were lowered by
    difference = models.DecimalField(**AMOUNT)  # amount − (claims_paid − adjusted); zero where the payment balances
    imbalances = models.JSONField(default=list)  # scope, segment, expected, stated; empty where every sum agrees
    remarks = models.JSONField(default=list)  # what was unusual and read all the same: segment, code, message
    created_at = models.DateTimeField()
    # a person looked at sums that disagree; only then its takebacks open cases
    accepted_at = models.DateTimeField(null=True)
    accepted_by_id = models.UUIDField(null=True)
    accepted_by_name = models.CharField(max_length=120, blank=True)
    accepted_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="remittance_newest"),
            models.Index(fields=["trace"], name="remittance_by_trace"),
            models.Index(fields=["payer_code", "-created_at"], name="remittance_by_payer"),
        ]

    def __str__(self) -> str:
        return self.trace

    @property
    def day(self) -> dt.date:
        """When it was paid, as far as the file tells; else when it came."""
        return self.paid_on or self.produced_on or self.created_at.date()

    @property
    def balances(self) -> bool:
        return not self.imbalances

    @property
    def usable(self) -> bool:
        """Whether takebacks in it may open cases: every sum agrees, or a person accepted that they do not."""
        return self.balances or self.accepted_at is not None


class RemittanceClaim(models.Model):
    """One CLP loop. ``client_ref`` is the payer's member id, as the network's clients are known by."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    remittance = models.ForeignKey(Remittance, on_delete=models.PROTECT, related_name="claims", db_index=False)
    number = models.PositiveIntegerField()
    position = models.PositiveIntegerField()
    claim_id = models.CharField(max_length=80)  # CLP01
    claim_status = models.CharField(max_length=2)  # CLP02
    charge = models.DecimalField(**AMOUNT)
    paid = models.DecimalField(**AMOUNT)
    patient_responsibility = models.DecimalField(**AMOUNT, null=True)
    filing = models.CharField(max_length=2, blank=True)
    payer_claim_id = models.CharField(max_length=80, blank=True)  # CLP07, the payer's control number
    frequency = models.CharField(max_length=1, blank=True)
    client_ref = models.CharField(max_length=80, blank=True)
    rendering_npi = models.CharField(max_length=10, blank=True)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    received_on = models.DateField(null=True)
    remarks = ArrayField(models.CharField(max_length=10), default=list)  # RARC of MOA and MIA

    class Meta:
        constraints = [models.UniqueConstraint(fields=["remittance", "number"], name="one_claim_per_number")]
        indexes = [
            models.Index(fields=["claim_id"], name="claim_by_id"),
            models.Index(fields=["payer_claim_id"], name="claim_by_payer_id", condition=~Q(payer_claim_id="")),
        ]

    def __str__(self) -> str:
        return self.claim_id


class RemittanceLine(models.Model):
    """One SVC loop."""

    id = models.BigAutoField(primary_key=True)
    claim = models.ForeignKey(RemittanceClaim, on_delete=models.PROTECT, related_name="lines", db_index=False)
    number = models.PositiveIntegerField()
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=48)
    billed_code = models.CharField(max_length=48, blank=True)  # where the payer judged another one
    modifiers = ArrayField(models.CharField(max_length=10), default=list)
    charge = models.DecimalField(**AMOUNT)
    paid = models.DecimalField(**AMOUNT)
    units = models.DecimalField(**AMOUNT, null=True)
    allowed = models.DecimalField(**AMOUNT, null=True)  # AMT*B6; None where the payer did not state it
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    line_ref = models.CharField(max_length=50, blank=True)  # REF*6R
    remarks = ArrayField(models.CharField(max_length=10), default=list)  # RARC of LQ

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "number"], name="one_line_per_number")]

    def __str__(self) -> str:
        return self.code


class ClaimAdjustment(models.Model):
    """One group, reason and amount of a CAS; ``line`` is the number of the service line, None for the whole claim."""

    id = models.BigAutoField(primary_key=True)
    claim = models.ForeignKey(RemittanceClaim, on_delete=models.PROTECT, related_name="adjustments", db_index=False)
    number = models.PositiveIntegerField()
    line = models.PositiveIntegerField(null=True)
    group = models.CharField(max_length=2)
    carc = models.CharField(max_length=5)
    amount = models.DecimalField(**AMOUNT)
    quantity = models.DecimalField(**AMOUNT, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "number"], name="one_adjustment_per_claim_number")]

    def __str__(self) -> str:
        return f"{self.group}-{self.carc}"


class AccountAdjustment(models.Model):
    """One reason of a PLB. ``names``: the parts of its reference, which tie it to claims and to other payments."""

    id = models.BigAutoField(primary_key=True)
    remittance = models.ForeignKey(
        Remittance, on_delete=models.PROTECT, related_name="account_adjustments", db_index=False
    )
    number = models.PositiveIntegerField()
    position = models.PositiveIntegerField()
    provider_code = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=4)
    amount = models.DecimalField(**AMOUNT)  # positive lowers the payment
    reference = models.CharField(max_length=80, blank=True)
    names = ArrayField(models.CharField(max_length=80), default=list)
    period_end = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["remittance", "number"], name="one_account_adjustment_per_number")
        ]
        indexes = [GinIndex(fields=["names"], name="account_adjustment_names")]

    def __str__(self) -> str:
        return self.reason


class ClaimMatch(models.Model):
    """Which session a claim is about, and how that is known. While ``how`` is empty it waits for more or for people;
    where it is ``lines`` the claim is about several sessions, and ``LineMatch`` tells which line about which."""

    WAYS = [
        (name, name)
        for name in (
            "remembered", "claim_id", "payer_claim_id", "line_ref", "likeness", "lines", "person", "program",
            "set_aside", "",
        )
    ]  # fmt: skip

    claim = models.OneToOneField(RemittanceClaim, primary_key=True, on_delete=models.PROTECT, related_name="match")
    session = models.ForeignKey(
        TherapySession, null=True, on_delete=models.PROTECT, related_name="remittance_matches", db_index=False
    )
    # of the session, else of the NPI the claim names: whose team may see it
    provider = models.ForeignKey(Provider, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    how = models.CharField(max_length=14, choices=WAYS, blank=True)
    score = models.PositiveSmallIntegerField(default=0)
    candidates = models.JSONField(default=list)  # session and score, the likeliest first
    tried_at = models.DateTimeField()
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["session"], name="match_by_session", condition=Q(session__isnull=False)),
            models.Index(fields=["provider", "claim"], name="match_by_provider"),
            models.Index(fields=["tried_at"], name="match_waiting", condition=Q(how="")),
        ]

    def __str__(self) -> str:
        return self.how or "waits"

    @property
    def waits(self) -> bool:
        return not self.how


class LineMatch(models.Model):
    """Which session a service line is about, where a claim of several days was taken in as a session a day. None since
    somebody said something else of the whole claim."""

    id = models.BigAutoField(primary_key=True)
    claim = models.ForeignKey(RemittanceClaim, on_delete=models.PROTECT, related_name="line_matches", db_index=False)
    number = models.PositiveIntegerField()  # of the line
    session = models.ForeignKey(
        TherapySession, null=True, on_delete=models.PROTECT, related_name="line_matches", db_index=False
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "number"], name="one_match_per_line")]
        indexes = [
            models.Index(fields=["session"], name="line_by_session", condition=Q(session__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"line {self.number}"


class RememberedMatch(models.Model):
    """A person said what a claim with this number of this payer is about; the claim follows when it comes again. None:
    no session of ours."""

    id = models.BigAutoField(primary_key=True)
    payer_code = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=14, choices=[(k, k) for k in ("claim_id", "payer_claim_id")])
    value = models.CharField(max_length=80)
    # of which it was said; None where that is not known any more, and holds for none
    claim = models.ForeignKey(RemittanceClaim, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    session = models.ForeignKey(TherapySession, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["payer_code", "kind", "value"], name="one_meaning_per_number")]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"
