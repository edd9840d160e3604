"""The event log, who still has to hear of an event, who read a note, and the sweepers' heartbeat."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Event(models.Model):
    """Something that happened, written in the transaction of the change itself. Never changed, never deleted.

    ``payload`` holds identifiers, codes, dates and counts only: no note text, no client identity.
    """

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=60)
    at = models.DateTimeField()  # when it truly happened, which may be before a worker noticed
    actor_kind = models.CharField(max_length=10)
    actor_role = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=120, blank=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=36)
    payload = models.JSONField(default=dict)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(fields=["subject_id", "id"]),
            models.Index(fields=["name", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"


class PendingSeal(models.Model):
    """An event not yet linked into the chain. Filled by a database trigger, emptied by the sealer."""

    event = models.OneToOneField(Event, primary_key=True, on_delete=models.DO_NOTHING, related_name="+")


class EventSeal(models.Model):
    """One link of the audit chain: a digest over the event and the digest before it."""

    position = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="seal")
    digest = models.CharField(max_length=64)


class Delivery(models.Model):
    """The duty to run one task for one event. Done exactly once: the mark commits with the task's own effect."""

    id = models.BigAutoField(primary_key=True)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="deliveries")
    task = models.CharField(max_length=80)
    queue = models.CharField(max_length=20)
    attempts = models.PositiveSmallIntegerField(default=0)
    run_after = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    parked_at = models.DateTimeField(null=True)  # given up after repeated failure; staff see and retry it
    last_error = models.CharField(max_length=200, blank=True)  # class name and place, never a message that may hold PHI

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "task"], name="one_delivery_per_event_and_task")]
        indexes = [
            models.Index(
                fields=["run_after"],
                name="delivery_waiting",
                condition=Q(done_at__isnull=True, parked_at__isnull=True),
            ),
            models.Index(
                fields=["parked_at"],
                name="delivery_parked",
                condition=Q(parked_at__isnull=False),
            ),
        ]


class AccessLog(models.Model):
    """One reading of a note or a file: who, which, when, through which door, for what reason. Append-only.

    A file of a conversation, of a dispute or of the library belongs to no note; ``about`` says what it is part of.
    """

    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_role = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=120, blank=True)
    note_id = models.UUIDField(null=True)
    session_id = models.UUIDField(null=True)
    door = models.CharField(max_length=10)  # page | api
    reason = models.CharField(max_length=200)
    file_id = models.UUIDField(null=True)  # empty: the typed text of the note
    about = models.CharField(max_length=60, blank=True, db_default="")  # label and id of a row, as in Event.subject_*
    about_id = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["note_id", "at"]),
            models.Index(fields=["actor_id", "at"]),
            models.Index("about_id", "at", name="access_by_subject", condition=Q(about_id__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                name="access_to_a_note_or_a_file", condition=Q(note_id__isnull=False) | Q(file_id__isnull=False)
            )
        ]


class Heartbeat(models.Model):
    """When each kind of background process last did its work; readiness is judged by these rows."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()
    detail = models.JSONField(default=dict)


class NetworkClock(models.Model):
    """How far a demo or sandbox network's clock runs ahead of the database's. At most one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    ahead_by = models.DurationField()

    class Meta:
        constraints = [models.CheckConstraint(name="one_network_clock", condition=Q(id=1))]


class SentMail(models.Model):
    """One mail to one person. Its Message-ID names what it tells of, so that a task run twice sends it once.

    The words themselves are kept only in a demo network, whose mail page shows them; no mail holds PHI either way.
    """

    message_id = models.CharField(max_length=200, unique=True)
    template = models.CharField(max_length=60)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    about = models.CharField(max_length=60)  # label and id of the row it tells of, as in Event.subject_*
    about_id = models.CharField(max_length=36)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    sent_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)  # the three as reported first: by the mail service, or by a person
    bounced_at = models.DateTimeField(null=True)
    complained_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-sent_at", "-id"]), models.Index(fields=["about_id"])]

    def __str__(self) -> str:
        return self.message_id


class MailReport(models.Model):
    """What the mail service told of a mail. The id under which it was told makes it count once; never changed."""

    KINDS = [(name, name) for name in ("delivered", "bounced", "complained")]

    told_as = models.CharField(max_length=255, unique=True)  # the sender's own id of the message: webhook-id
    mail = models.ForeignKey(SentMail, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=10, choices=KINDS)
    happened_at = models.DateTimeField()  # as the sender says
    received_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.told_as}"
