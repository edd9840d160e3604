"""A submitted therapy session, the client and payer it names, and what earlier revisions of it said."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from clawguard.accounts.models import Provider
from clawguard.ids import new_id


class Client(models.Model):
    """The person treated, as the network's own identifier. No name is kept anywhere."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    external_id = models.CharField(max_length=80, unique=True)


class Payer(models.Model):
    """``name`` and ``kind`` are as last stated; each session keeps the kind it was submitted with."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    payer_id = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=12)

    def __str__(self) -> str:
        return self.name or self.payer_id


class NextArrival(models.Func):
    """The next place in the order of intake."""

    template = "nextval('therapy_session_arrival')"
    output_field = models.BigIntegerField()


class TherapySession(models.Model):
    """The current revision of a session. A correction writes the one before it to SessionRevision.

    What was submitted about provider, client and payer stands here as of that day, so that findings can be recomputed
    from the row whatever those parties become later.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # Intake is serialised, so whatever has a smaller number was committed before this row was: a check over several
    # sessions looks at those that arrived earlier, and each pair is told once, on the later of the two.
    arrival = models.BigIntegerField(unique=True, editable=False, db_default=NextArrival())
    external_id = models.CharField(max_length=80, unique=True)
    revision = models.PositiveIntegerField(default=1)
    # The composite indexes below serve the look-ups. That parties and chunk exist is seen to by triggers, statement by
    # statement (migration 0014): foreign keys do it row by row, which is a fifth of what storing a session takes.
    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, related_name="therapy_sessions", db_index=False, db_constraint=False
    )
    provider_license = models.CharField(max_length=40, blank=True)
    provider_time_zone = models.CharField(max_length=64, default="America/New_York")
    client = models.ForeignKey(
        Client, on_delete=models.PROTECT, related_name="therapy_sessions", db_index=False, db_constraint=False
    )
    client_birth_date = models.DateField(null=True)
    client_sex = models.CharField(max_length=1, blank=True)
    client_state = models.CharField(max_length=2, blank=True)
    payer = models.ForeignKey(
        Payer, on_delete=models.PROTECT, related_name="therapy_sessions", db_index=False, db_constraint=False
    )
    payer_kind = models.CharField(max_length=12, default="commercial")
    payer_plan = models.CharField(max_length=80, blank=True, default="", db_default="")
    date_of_service = models.DateField()
    start = models.DateTimeField(null=True)
    end = models.DateTimeField(null=True)
    minutes = models.PositiveIntegerField(null=True)
    place_of_service = models.CharField(max_length=2)
    telehealth = models.CharField(max_length=10, blank=True)
    service_lines = models.JSONField()  # list of the interface's service lines; instants in UTC
    codes = ArrayField(models.CharField(max_length=10))  # of the lines, for search
    diagnoses = ArrayField(models.CharField(max_length=8))
    client_present = models.BooleanField(null=True)
    client_location = models.CharField(max_length=12, blank=True)
    group_size = models.PositiveSmallIntegerField(null=True)
    documented = models.JSONField(default=dict)
    confirmed_at = models.DateTimeField(null=True)
    contracted_rate = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    digest = models.CharField(max_length=64)  # of the submitted facts: tells a replay from a correction
    chunk = models.ForeignKey(
        "therapy_sessions.IntakeChunk",
        null=True,
        on_delete=models.PROTECT,
        related_name="sessions",
        db_index=False,
        db_constraint=False,
    )
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["provider", "date_of_service"]),
            models.Index(fields=["client", "date_of_service"]),
            models.Index(fields=["payer", "date_of_service"]),
            models.Index(fields=["-date_of_service", "-id"]),
            models.Index(fields=["updated_at", "id"]),
        ]

    def __str__(self) -> str:
        return self.external_id


class SessionRevision(models.Model):
    """What a session said before it was corrected, in the interface's shape. Never changed."""

    session = models.ForeignKey(TherapySession, on_delete=models.PROTECT, related_name="revisions")
    revision = models.PositiveIntegerField()
    facts = models.JSONField()
    replaced_at = models.DateTimeField()
    replaced_by_kind = models.CharField(max_length=10)
    replaced_by_id = models.UUIDField(null=True)
    replaced_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "revision"], name="one_row_per_session_revision")]
