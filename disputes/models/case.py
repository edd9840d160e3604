"""A case: everything known and owed about one clawback risk, its facts and what the engine proposed about them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from clawguard.accounts.models import Provider
from clawguard.domain.lifecycles import CaseState
from clawguard.ids import new_id
from disputes.models.dispute import Dispute
from notes.models import CalendarVersion
from sessions.models import TherapySession

LONGEST_SOURCE = 200  # characters that say where a fact or a piece of evidence comes from


class Case(models.Model):
    """The states are those of ``CASE_MOVES``. All moments are UTC, all amounts US dollars.

    ``breach_at`` is the nearest moment at which anybody's clock on this case runs out. The services that start and stop
    clocks keep it, so that the triage list is one walk along one index however many cases there are.
    """

    ORIGINS = [(name, name) for name in ("findings", "lapse", "dispute", "takeback", "hand")]

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="cases")
    session = models.ForeignKey(TherapySession, null=True, on_delete=models.PROTECT, related_name="cases")
    dispute = models.OneToOneField(Dispute, null=True, on_delete=models.PROTECT, related_name="case")
    origin = models.CharField(max_length=10, choices=ORIGINS)
    title = models.CharField(max_length=160)  # codes, dates and our own words only: it is shown in lists
    status = models.CharField(max_length=20, choices=[(s, s) for s in CaseState], default=CaseState.OPEN)
    opened_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    amount_at_risk = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    contracted_rate = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="assigned_cases"
    )
    # what the engine proposed last, repeated here for lists
    party = models.CharField(max_length=10, blank=True)
    clause = models.CharField(max_length=60, blank=True)

    # the conversation and its clock
    notice_undeliverable_at = models.DateTimeField(null=True)
    notice_delivered_at = models.DateTimeField(null=True)
    answer_due_at = models.DateTimeField(null=True)
    deadline = models.JSONField(null=True)  # the count behind answer_due_at, as the calendar explained it then
    calendar = models.ForeignKey(CalendarVersion, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer_late = models.BooleanField(default=False)
    answer_lapsed_at = models.DateTimeField(null=True)
    # Of a lapse that an outage, recorded afterwards, would have put off: answers until then count as in time.
    answer_excused_until = models.DateTimeField(null=True)

    # the network's own clock, and the provider's time to appeal
    decide_by = models.DateTimeField()
    appeal_until = models.DateTimeField(null=True)
    appeal_deadline = models.JSONField(null=True)  # the count behind appeal_until, kept as that of an answer is
    appeal_calendar = models.ForeignKey(CalendarVersion, null=True, on_delete=models.PROTECT, related_name="+")
    letter_came_back_at = models.DateTimeField(null=True)  # of the decision in force, unseen; staff owe the next step
    decision_doubted_at = models.DateTimeField(null=True)  # since when the facts no longer fit the decision
    breach_at = models.DateTimeField()
    weigh_again_at = models.DateTimeField(null=True)  # when the facts may make out something else by time alone
    sweep_after = models.DateTimeField(null=True)  # a row that a sweep stumbled over waits until then

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session"], condition=~Q(status="closed"), name="one_standing_case_per_session"
            ),
            models.CheckConstraint(
                name="case_answer_time_needs_notice",
                condition=Q(notice_delivered_at__isnull=False)
                | Q(answer_due_at__isnull=True, answered_at__isnull=True, answer_lapsed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="case_never_lapses_early",
                condition=Q(answer_lapsed_at__isnull=True) | Q(answer_lapsed_at__gte=F("answer_due_at")),
            ),
            models.CheckConstraint(
                name="case_is_about_something", condition=Q(session__isnull=False) | Q(dispute__isnull=False)
            ),
        ]
        indexes = [
            models.Index(
                "breach_at",
                F("amount_at_risk").desc(),
                "id",
                name="case_triage",
                condition=~Q(status__in=["decided", "closed"]),
            ),
            models.Index("status", "breach_at", F("amount_at_risk").desc(), "id", name="case_by_status"),
            models.Index("assignee", "breach_at", F("amount_at_risk").desc(), "id", name="case_by_assignee"),
            models.Index(fields=["provider", "-opened_at"], name="case_by_provider"),
            models.Index(fields=["updated_at", "id"], name="case_by_change"),
            models.Index(fields=["answer_due_at"], name="case_answer_due", condition=Q(status="in_conversation")),
            models.Index(fields=["weigh_again_at"], name="case_weigh_again", condition=Q(weigh_again_at__isnull=False)),
            models.Index(fields=["breach_at"], name="case_doubted", condition=Q(decision_doubted_at__isnull=False)),
            models.Index(
                fields=["letter_came_back_at"],
                name="case_letter_came_back",
                condition=Q(letter_came_back_at__isnull=False),
            ),
            models.Index(
                fields=["notice_undeliverable_at"],
                name="case_undeliverable",
                condition=Q(notice_undeliverable_at__isnull=False, notice_delivered_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CaseFact(models.Model):
    """One fact that a person or program added to a case. Never changed: a newer row of its name takes its place, or
    takes it back: that row has a reason and no value."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="added_facts")
    name = models.CharField(max_length=60)
    value = models.JSONField(null=True)
    at = models.DateTimeField(null=True)  # when the fact held, where that is known
    source = models.CharField(max_length=LONGEST_SOURCE)
    added_at = models.DateTimeField()
    added_by_kind = models.CharField(max_length=10)
    added_by_id = models.UUIDField(null=True)
    added_by_name = models.CharField(max_length=120)
    withdrawn_reason = models.CharField(max_length=300, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="fact_states_or_takes_back",
                condition=Q(value__isnull=False, withdrawn_reason="") | Q(value__isnull=True) & ~Q(withdrawn_reason=""),
            )
        ]
        indexes = [models.Index(fields=["case", "added_at"])]

    def __str__(self) -> str:
        return self.name


class Proposal(models.Model):
    """What the attribution engine made of the facts at one moment. A changed answer is a new row."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="proposals")
    number = models.PositiveIntegerField()
    attribution = models.JSONField()
    engine_version = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="one_proposal_per_number")]

    def __str__(self) -> str:
        return f"proposal {self.number}"
