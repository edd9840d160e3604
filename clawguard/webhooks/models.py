"""Endpoints of other systems, what is owed to them, and every attempt to tell them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from clawguard.domain.lifecycles import EndpointState
from clawguard.events.models import Event
from clawguard.ids import new_id


class Endpoint(models.Model):
    """An https address that hears of the topics it chose. Its secrets are sealed; each is shown once, when it is made.

    ``former_secret`` signs beside the present one until ``former_until``, so that the other side can change over.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=80)
    url = models.CharField(max_length=500)
    topics = ArrayField(models.CharField(max_length=40))
    status = models.CharField(
        max_length=8, choices=[(s, s) for s in EndpointState], default=EndpointState.ACTIVE, db_index=True
    )
    paused_for = models.CharField(max_length=10, blank=True)  # person | failing | gone
    secret = models.BinaryField()
    secret_number = models.PositiveIntegerField(default=1)  # how many secrets there have been
    former_secret = models.BinaryField(null=True)
    former_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    created_by_name = models.CharField(max_length=120)
    updated_at = models.DateTimeField()

    # how it is doing: one address that does not answer must not hold up the others
    failures = models.PositiveIntegerField(default=0)  # in a row
    failing_since = models.DateTimeField(null=True)
    quiet_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="webhook_url_is_https", condition=Q(url__startswith="https://")),
            models.CheckConstraint(
                name="webhook_pause_says_why", condition=~Q(status=EndpointState.PAUSED) | ~Q(paused_for="")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WebhookDelivery(models.Model):
    """One message owed to one endpoint, written in the transaction of its event. Sent until taken, at most for three
    days; ``message_id`` stays the same however often it is sent. What is about one thread is sent in order."""

    id = models.BigAutoField(primary_key=True)
    message_id = models.UUIDField(default=new_id, unique=True, editable=False)
    endpoint = models.ForeignKey(Endpoint, on_delete=models.PROTECT, related_name="deliveries")
    event = models.ForeignKey(Event, null=True, on_delete=models.PROTECT, related_name="+")  # none: a test
    topic = models.CharField(max_length=40)
    thread = models.CharField(max_length=36)  # the session, dispute or case it is about
    body = models.TextField()  # exactly as it is signed and sent: ids, codes, dates, amounts
    created_at = models.DateTimeField()
    owed_since = models.DateTimeField()  # when its three days began: at first, or when it was asked for again
    run_after = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)  # since then
    lease_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    parked_at = models.DateTimeField(null=True)  # given up; shown, and sent again when somebody asks

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "event", "thread"], name="one_webhook_per_event_and_thread"),
            models.CheckConstraint(
                name="webhook_ends_one_way", condition=Q(done_at__isnull=True) | Q(parked_at__isnull=True)
            ),
        ]
        indexes = [
            models.Index(
                fields=["endpoint", "thread", "id"],
                name="webhook_owed",
                condition=Q(done_at__isnull=True, parked_at__isnull=True),
            ),
            models.Index(
                fields=["run_after"], name="webhook_waiting", condition=Q(done_at__isnull=True, parked_at__isnull=True)
            ),
            models.Index(fields=["endpoint", "-id"], name="webhook_log"),
            models.Index(fields=["created_at"], name="webhook_age"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.message_id}"


class WebhookAttempt(models.Model):
    """One call: when, how long it took, and what came of it. Of an answer only its status is kept."""

    delivery = models.ForeignKey(WebhookDelivery, on_delete=models.CASCADE, related_name="log")
    at = models.DateTimeField()
    milliseconds = models.PositiveIntegerField()
    status_code = models.PositiveSmallIntegerField(null=True)  # none: no answer came
    said = models.CharField(max_length=20)  # one of sending.SAID

    class Meta:
        indexes = [models.Index(fields=["delivery", "id"])]
