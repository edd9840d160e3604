"""What was asked of a provider about a session, when it is due, and what was said about it on the way."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from clawguard.accounts.models import Provider
from clawguard.domain.lifecycles import ItemState, RequestState
from clawguard.ids import new_id
from notes.models.batch import RequestBatch
from notes.models.calendars import CalendarVersion
from sessions.models import TherapySession

STANDING = (RequestState.REQUESTED, RequestState.UNDELIVERABLE, RequestState.OPEN)
ANSWERED = (RequestState.ANSWERED, RequestState.ANSWERED_LATE)  # some item of it waits for staff
MORE_TIME_WAITS = Q(
    Q(extension_granted_at=None) | Q(extension_granted_at__lt=F("extension_asked_at")),
    status=RequestState.OPEN,
    extension_asked_at__isnull=False,
    extension_declined_at=None,
)
ENDED = (RequestState.WITHDRAWN, RequestState.ACCEPTED, RequestState.RETURNED)
BOUNCED = "mail_bounced"  # as undeliverable_reason


class Origin(models.TextChoices):
    POLICY = "policy", "Opened by the screening policy"
    STAFF = "staff", "Opened by staff"
    API = "api", "Opened by a program"


class NotesRequest(models.Model):
    """Items asked of one provider about one session. The clock runs from delivery; ``due_at`` and its explanation are
    fixed then and change only with a ``DueChange``. An answer is in time while ``now < due_at``."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.ForeignKey(TherapySession, on_delete=models.PROTECT, related_name="notes_requests")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="notes_requests")
    status = models.CharField(max_length=14, choices=[(s, s) for s in RequestState], default=RequestState.REQUESTED)
    origin = models.CharField(max_length=6, choices=Origin.choices)
    why = models.TextField()  # in the provider's words: what the session shows and what is needed
    finding_ids = ArrayField(models.UUIDField(), default=list)
    batch = models.ForeignKey(RequestBatch, null=True, on_delete=models.PROTECT, related_name="requests")
    not_before = models.DateTimeField(null=True)  # of a batch: while it can be taken back, nobody is written to
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    opened_at = models.DateTimeField()
    opened_by_kind = models.CharField(max_length=10)
    opened_by_id = models.UUIDField(null=True)
    opened_by_name = models.CharField(max_length=120, blank=True)

    business_days = models.PositiveSmallIntegerField()
    delivered_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)  # exclusive: the first instant that is too late
    time_zone = models.CharField(max_length=64, blank=True)
    calendar = models.ForeignKey(CalendarVersion, null=True, on_delete=models.PROTECT, related_name="+")
    calendar_version = models.CharField(max_length=80, blank=True)
    deadline = models.JSONField(null=True)  # the day-by-day explanation as it was told to the provider
    undeliverable_reason = models.CharField(max_length=40, blank=True)  # also of a lapse whose mail came back unseen

    viewed_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)  # the first response in substance
    notes_received_at = models.DateTimeField(null=True)  # the first note text or file: a fact of its own
    review_day = models.DateField(null=True)  # by its end the provider hears from us, as the receipt told them
    lapsed_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)  # while a pause without an end lasts: ``due_at`` is not in force then
    # Of a lapse that an outage, recorded afterwards, would have put off: answers until then count as in time.
    excused_until = models.DateTimeField(null=True)
    extension_asked_at = models.DateTimeField(null=True)
    extension_reason = models.CharField(max_length=300, blank=True)
    extension_granted_at = models.DateTimeField(null=True)
    extension_declined_at = models.DateTimeField(null=True)

    remind_at = models.DateTimeField(null=True)
    reminders_sent = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)
    sweep_after = models.DateTimeField(null=True)  # a row whose sweep went wrong waits until then
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session"], condition=Q(status__in=STANDING), name="one_standing_request_per_session"
            ),
            models.CheckConstraint(
                name="request_lapses_not_before_due",
                condition=Q(lapsed_at__isnull=True) | Q(lapsed_at__gte=F("due_at")),
            ),
            models.CheckConstraint(
                name="request_clock_runs_from_delivery",
                condition=~Q(status__in=[RequestState.OPEN, RequestState.LAPSED])
                | Q(delivered_at__isnull=False, due_at__isnull=False, deadline__isnull=False),
            ),
            models.CheckConstraint(
                name="request_lapse_is_dated",
                condition=~Q(status__in=[RequestState.LAPSED, RequestState.ANSWERED_LATE]) | Q(lapsed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="request_never_lapses_while_paused",
                condition=Q(lapsed_at__isnull=True) | Q(paused_at__isnull=True),
            ),
            models.CheckConstraint(
                name="request_excused_lapse",
                condition=Q(excused_until__isnull=True) | Q(lapsed_at__isnull=False, excused_until__gt=F("due_at")),
            ),
            models.CheckConstraint(
                name="request_due_after_delivery", condition=Q(due_at__isnull=True) | Q(due_at__gt=F("delivered_at"))
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="request_due", condition=Q(status=RequestState.OPEN)),
            models.Index(fields=["remind_at"], name="request_remind", condition=Q(remind_at__isnull=False)),
            models.Index(fields=["provider", "status"]),
            models.Index(fields=["status", "due_at", "id"]),
            models.Index(fields=["updated_at", "id"]),
            models.Index(fields=["review_day", "id"], name="request_review", condition=Q(status__in=ANSWERED)),
        ]

    def __str__(self) -> str:
        return f"notes request {self.pk}"

    @property
    def in_time_until(self) -> dt.datetime | None:
        """The first instant at which an answer would be late; None while no clock runs."""
        return None if self.paused_at else self.excused_until or self.due_at

    def is_over(self, at: dt.datetime) -> bool:
        """Whether an answer that arrives at ``at`` would be late."""
        end = self.in_time_until
        return end is not None and at >= end

    @property
    def came_back(self) -> bool:
        """Whether the mail that asked came back and nobody had seen the request: no clock ran then."""
        return self.undeliverable_reason == BOUNCED

    @property
    def got_more_time(self) -> bool:
        """Whether more time was given since the provider asked for it."""
        asked, granted = self.extension_asked_at, self.extension_granted_at
        return asked is not None and granted is not None and granted >= asked

    @property
    def more_time_waits(self) -> bool:
        """Whether somebody has yet to say yes or no to the ask; ``MORE_TIME_WAITS`` finds such rows."""
        waits = self.status == RequestState.OPEN and self.extension_asked_at is not None
        return waits and self.extension_declined_at is None and not self.got_more_time

    def review_is_over(self, at: dt.datetime) -> bool:
        """Whether the day by which the provider was to hear from us is over in their zone, and staff still owe it."""
        if self.status not in ANSWERED or self.review_day is None:
            return False
        return at.astimezone(ZoneInfo(self.time_zone)).date() > self.review_day

    @property
    def has_unsent(self) -> bool:
        """Whether something typed, or a file on its way, waits in the form of the note."""
        return hasattr(self, "draft") or self.uploads.exists()

    @property
    def answered_late(self) -> bool:
        return self.answered_at is not None and self.is_over(self.answered_at)


class RequestItem(models.Model):
    """One document or statement asked for: what, why, and what is enough. Reviewed on its own."""

    request = models.ForeignKey(NotesRequest, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=30)
    label = models.CharField(max_length=120)
    why = models.TextField()
    enough = models.TextField()
    status = models.CharField(max_length=8, choices=[(s, s) for s in ItemState], default=ItemState.ASKED)
    reason = models.CharField(max_length=300, blank=True)  # why it was returned

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["request", "number"], name="one_item_per_number")]

    def __str__(self) -> str:
        return self.label


class DueKind(models.TextChoices):
    EXTENSION = "extension", "More time"
    PAUSE = "pause", "Paused"
    OUTAGE = "outage", "Outage"


class DueChange(models.Model):
    """Why a due moment is not the one fixed at delivery: from, to, who, why, and the new count. Append-only.

    ``due_before`` is where an excuse of a lapse starts from, too: the lapse itself keeps its due moment.
    """

    request = models.ForeignKey(NotesRequest, on_delete=models.PROTECT, related_name="due_changes")
    at = models.DateTimeField()
    due_before = models.DateTimeField()
    due_after = models.DateTimeField()
    kind = models.CharField(max_length=9, choices=DueKind.choices, default=DueKind.EXTENSION)
    business_days_added = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    deadline = models.JSONField(null=True)  # the count that ``due_after`` rests on, day by day
    by_kind = models.CharField(max_length=10)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(name="due_moves_only_later", condition=Q(due_after__gt=F("due_before"))),
        ]


class RequestMessage(models.Model):
    """A question about a request and what was said to it; sealed, because people name clients in questions."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(NotesRequest, on_delete=models.PROTECT, related_name="messages")
    at = models.DateTimeField()
    by_kind = models.CharField(max_length=10)
    by_role = models.CharField(max_length=10)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120, blank=True)
    sealed = models.BinaryField()

    class Meta:
        ordering = ["at", "id"]
