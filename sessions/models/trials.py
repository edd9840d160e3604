"""Long work over stored sessions: trying draft rules out beside the present ones, and screening again."""

from __future__ import annotations

from decimal import Decimal

from django.db import models

from clawguard.domain.lifecycles import JobState
from clawguard.ids import new_id
from sessions.models.payer_policies import PolicyRevision
from sessions.models.screening import RulePack
from sessions.models.session import TherapySession

ZERO = Decimal("0.00")


class SessionsJob(models.Model):
    """Which sessions are gone through, and how far the work is. ``cursor`` is the arrival of the last one done."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    status = models.CharField(max_length=10, choices=[(s, s) for s in JobState], default=JobState.RUNNING)
    first_day = models.DateField()  # dates of service, both included
    last_day = models.DateField()
    payer_id = models.CharField(max_length=80, blank=True)
    npi = models.CharField(max_length=10, blank=True)
    check_id = models.CharField(max_length=8, blank=True)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    chunks = models.PositiveIntegerField(default=0)
    cursor = models.BigIntegerField(default=0)
    started_at = models.DateTimeField()
    started_by_name = models.CharField(max_length=120, blank=True)
    updated_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Backtest(SessionsJob):
    """One try: the same sessions screened under the present and the draft rules; nothing but its own rows is written.

    Both sides' policy periods are kept as they were at its start, so that it can be read, and gone on with, later.
    """

    revision = models.ForeignKey(PolicyRevision, null=True, on_delete=models.PROTECT, related_name="trials")
    subject = models.CharField(max_length=64)  # digest of what was tried: a draft changed since needs another try
    present_pack = models.CharField(max_length=64)
    draft_pack = models.CharField(max_length=64)
    present = models.JSONField()  # policy periods in force
    draft = models.JSONField()  # policy periods tried
    draft_tables = models.JSONField(default=list, db_default=[])  # ids of loaded code tables tried as if in force
    new = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    cases_opened = models.PositiveIntegerField(default=0)
    cases_gone = models.PositiveIntegerField(default=0)
    risk_before = models.DecimalField(max_digits=14, decimal_places=2, default=ZERO)
    risk_after = models.DecimalField(max_digits=14, decimal_places=2, default=ZERO)

    class Meta:
        indexes = [models.Index(fields=["-started_at", "-id"])]


class BacktestSession(models.Model):
    """A session about which the two sides differ."""

    id = models.BigAutoField(primary_key=True)
    backtest = models.ForeignKey(Backtest, on_delete=models.CASCADE, related_name="sessions", db_index=False)
    session = models.ForeignKey(TherapySession, on_delete=models.PROTECT, related_name="+", db_index=False)
    risk_before = models.DecimalField(max_digits=10, decimal_places=2)
    risk_after = models.DecimalField(max_digits=10, decimal_places=2)
    case_before = models.BooleanField()
    case_after = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["backtest", "session"], name="one_row_per_tried_session")]
        indexes = [models.Index(fields=["backtest", "id"])]


class BacktestChange(models.Model):
    """One finding that is new, gone or says something else. Shown beside its session, never counted as a finding."""

    id = models.BigAutoField(primary_key=True)
    backtest = models.ForeignKey(Backtest, on_delete=models.CASCADE, related_name="changes", db_index=False)
    about = models.ForeignKey(BacktestSession, on_delete=models.CASCADE, related_name="changes", db_index=False)
    change = models.CharField(max_length=8)  # new | gone | changed
    check_id = models.CharField(max_length=8)
    service_line = models.PositiveSmallIntegerField(null=True)
    severity_before = models.CharField(max_length=8, blank=True)
    severity_after = models.CharField(max_length=8, blank=True)
    amount_before = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    amount_after = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    message = models.TextField()  # of the later one, or of what is gone
    evidence_before = models.JSONField(null=True)
    evidence_after = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["backtest", "change", "check_id", "id"]), models.Index(fields=["about"])]


class Rescreening(SessionsJob):
    """Stored sessions screened again under the pack that was in force when a lead asked for it."""

    pack = models.ForeignKey(RulePack, on_delete=models.PROTECT, related_name="+", db_index=False)
    findings = models.PositiveIntegerField(default=0)  # new ones
    cleared = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["-started_at", "-id"])]
