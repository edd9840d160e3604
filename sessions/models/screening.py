"""What the checks found: screenings, findings, and the rule packs they were made with."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from clawguard.domain.lifecycles import FindingState
from clawguard.ids import new_id
from sessions.models.session import TherapySession


class RulePack(models.Model):
    """The check versions and table versions in force together."""

    digest = models.CharField(max_length=64, primary_key=True)
    checks = models.JSONField()  # {"CG101": 1, …}
    tables = models.JSONField()  # {"icd10": "…", …}
    policies = models.JSONField(
        default=list, db_default=[]
    )  # periods in force, as sessions/codesets/policies.py prints them
    first_used_at = models.DateTimeField()


class RulePackUse(models.Model):
    """From when a pack was in force. An earlier pack may come back, so a pack can have several uses."""

    id = models.BigAutoField(primary_key=True)
    pack = models.ForeignKey(RulePack, on_delete=models.PROTECT, related_name="uses")
    since = models.DateTimeField()


class Screening(models.Model):
    """One run of all checks over one revision of a session. The unique key is promise 8."""

    id = models.BigAutoField(primary_key=True)
    session = models.ForeignKey(  # it and the pack exist by triggers, as the session's own parties do
        TherapySession, on_delete=models.PROTECT, related_name="screenings", db_index=False, db_constraint=False
    )
    revision = models.PositiveIntegerField()
    pack = models.ForeignKey(RulePack, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    note_version = models.PositiveIntegerField(default=0)  # of the note the facts came from; 0 without a note
    at = models.DateTimeField()
    findings_count = models.PositiveSmallIntegerField()
    renewed_at = models.DateTimeField(null=True)  # screened under this pack again, after another had been in force
    look = models.BigIntegerField(
        default=0, db_default=0
    )  # whose findings it has now; later looks have greater numbers

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "revision", "pack", "note_version"],
                name="screened_once_per_revision_and_pack",
            )
        ]


class Finding(models.Model):
    """What one check says about one session, kept with the words and facts of that day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.ForeignKey(TherapySession, on_delete=models.PROTECT, related_name="findings", db_index=False)
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="findings", db_index=False)
    number = models.PositiveSmallIntegerField()  # order within its screening
    check_id = models.CharField(max_length=8)
    check_version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    category = models.CharField(max_length=20)
    severity = models.CharField(max_length=8)
    message = models.TextField()
    provider_message = models.TextField()
    evidence = models.JSONField()
    service_line = models.PositiveSmallIntegerField(null=True)
    amount_at_risk = models.DecimalField(max_digits=10, decimal_places=2)
    party_if_confirmed = models.CharField(max_length=10)
    suggested_step = models.TextField()
    source_name = models.CharField(max_length=200)
    source_url = models.CharField(max_length=300, blank=True)
    request_items = ArrayField(models.CharField(max_length=30), default=list)
    related = ArrayField(models.CharField(max_length=80), default=list)  # external ids of other sessions involved
    status = models.CharField(max_length=10, choices=[(s, s) for s in FindingState], default=FindingState.NEW)
    # What people last said: "confirmed" or "dismissed". Unlike the status it outlives a correction of the session.
    verdict = models.CharField(max_length=10, blank=True, db_default="")
    reason_code = models.CharField(max_length=24, blank=True, db_default="")  # of a dismissal, by the domain's list
    dismissed_until = models.DateTimeField(null=True)  # kept when the dismissal ended, so that the finding can say so
    decision_reason = models.CharField(max_length=300, blank=True)  # why confirmed or dismissed; may name the client
    decided_by_name = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["screening", "number"], name="one_finding_per_number")]
        indexes = [
            models.Index(fields=["session", "status"]),
            models.Index(fields=["check_id", "status"]),
            models.Index(fields=["updated_at", "id"]),
            models.Index(
                fields=["-amount_at_risk", "id"],
                name="finding_standing",
                condition=Q(status__in=["new", "confirmed"]),
            ),
            models.Index(fields=["dismissed_until"], name="finding_dismissal_ends", condition=Q(status="dismissed")),
        ]


class Judgement(models.Model):
    """Several findings of one check judged at once by one person: what was asked, and what became of each row."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    check_id = models.CharField(max_length=8)
    verdict = models.CharField(max_length=10)
    reason_code = models.CharField(max_length=24, blank=True)
    dismissed_until = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    rows = models.JSONField()  # [{"finding": id, "result": "done" | why not}], in the order asked for
