"""People, the providers they act for, and the keys that programs use."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q

from clawguard.ids import new_id


class Role(models.TextChoices):
    PROVIDER = "provider", "Provider"
    DELEGATE = "delegate", "Delegate"  # answers for providers who named them; see Delegation
    BILLING = "billing", "Billing staff"
    LEAD = "lead", "Billing lead"
    AUDITOR = "auditor", "Auditor"
    ADMIN = "admin", "Administrator"


class Team(models.Model):
    """A group of providers and the billing staff who look after them."""

    name = models.CharField(max_length=80, unique=True)

    def __str__(self) -> str:
        return self.name


class Provider(models.Model):
    """A therapist the network contracts. May exist before anybody signs in as them: imports name providers by NPI."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    npi = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=120, blank=True)
    license = models.CharField(max_length=20, blank=True)
    time_zone = models.CharField(max_length=64, default="America/New_York")
    email = models.EmailField(blank=True)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="providers")
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["team"])]

    def __str__(self) -> str:
        return self.name or f"NPI {self.npi}"


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """Somebody who signs in. A provider user acts for one provider; billing staff without a team see every team."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=10, choices=Role.choices)
    provider = models.ForeignKey(Provider, null=True, blank=True, on_delete=models.PROTECT, related_name="users")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="staff")
    is_active = models.BooleanField(default=True)
    note_form = models.CharField(max_length=4, blank=True)  # in which they last typed a note: soap, dap, birp, free
    created_at = models.DateTimeField()

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name", "role"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="user_provider_role_has_provider",
                condition=(
                    Q(role="provider", provider__isnull=False) | (~Q(role="provider") & Q(provider__isnull=True))
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Delegation(models.Model):
    """Somebody whom a provider lets answer in their name: invited by mail, standing once accepted, until it is ended.

    One person may stand for several providers. Of the invitation's token only a digest is kept.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="delegations")
    name = models.CharField(max_length=120)
    email = models.EmailField()
    delegate = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="delegations")
    everything = models.BooleanField(default=False)  # all that waits; else only what was handed over
    digest = models.CharField(max_length=64, blank=True)
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()  # of the invitation; once accepted it plays no part
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "email"], condition=Q(ended_at=None), name="one_delegation_per_provider_and_address"
            ),
            models.UniqueConstraint(fields=["digest"], condition=~Q(digest=""), name="one_delegation_per_invitation"),
            models.CheckConstraint(
                name="delegation_accepted_by_somebody",
                condition=Q(accepted_at=None, delegate=None) | Q(accepted_at__isnull=False, delegate__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["delegate"], name="delegation_standing", condition=Q(ended_at=None))]

    def __str__(self) -> str:
        return self.name


class Absence(models.Model):
    """Days on which a provider is away, first and last included, counted in their practice zone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="absences")
    first_day = models.DateField()
    last_day = models.DateField()
    delegation = models.ForeignKey(Delegation, null=True, on_delete=models.PROTECT, related_name="absences")
    only_delegate = models.BooleanField(default=False)  # the provider themselves gets no mail on these days
    entered_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)  # when what waited at its beginning was handed over
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(name="absence_ends_after_its_beginning", condition=Q(last_day__gte=F("first_day"))),
        ]
        indexes = [models.Index(fields=["provider", "last_day"], name="absence_standing", condition=Q(undone_at=None))]


class Handover(models.Model):
    """One notes request or dispute that a delegate may see and answer, by hand or because of an absence."""

    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="handovers")
    about = models.UUIDField()  # the row's own id: what waits for a provider is of several kinds
    absence = models.ForeignKey(Absence, null=True, on_delete=models.PROTECT, related_name="handovers")
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["about", "delegation"], condition=Q(taken_back_at=None), name="handed_over_once"
            ),
        ]


class SignInLink(models.Model):
    """An e-mailed way in. Only a digest is kept; looking at the link changes nothing, pressing Continue uses it up."""

    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_links")
    next_path = models.CharField(max_length=200, default="/")
    opens = ArrayField(models.UUIDField(), default=list)  # ids of the only requests it opens; empty: no such limit
    asked_for = models.BooleanField(default=False, db_default=False)  # by a person; else it came with a mail of ours
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class SignedIn(AbstractBaseSession):
    """A browser's session, and who is signed in with it: see ``browser_sessions``."""

    user_id = models.UUIDField(null=True, db_index=True)  # no foreign key: whoever is gone is signed in nowhere

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        from clawguard.accounts.browser_sessions import SessionStore

        return SessionStore


class SignInCode(models.Model):
    """A mailed code, for the one browser that asked for it. A few tries, ten minutes, once; only a digest is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_codes")
    browser = models.CharField(max_length=64)  # digest of a value that only the asking browser's session holds
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "created_at"])]


class WayInAsked(models.Model):
    """A code, or a link with a code, that somebody wants mailed, whether anybody has the address or not."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    wanted = models.CharField(max_length=64)  # keyed digests of the e-mail address and of the network it was asked from
    came_from = models.CharField(max_length=64)
    proven = models.BooleanField()  # shown by a link of ours, a password or a known browser to come from that person
    browser = models.CharField(max_length=64)  # as in SignInCode
    link_to = models.CharField(max_length=200, blank=True)  # empty: a code alone
    asked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["wanted", "asked_at"]), models.Index(fields=["came_from", "asked_at"])]


class KnownDevice(models.Model):
    """A browser from which this person has once shown that they read their mail. Its cookie holds the secret."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="known_devices")
    digest = models.CharField(max_length=64)
    label = models.CharField(max_length=80)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="one_row_per_person_and_device")]


class Passkey(models.Model):
    """A WebAuthn credential: the public half only; the private half never leaves the person's device."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="passkeys")
    credential_id = models.CharField(max_length=400, unique=True)  # base64url
    public_key = models.BinaryField()  # COSE
    sign_count = models.PositiveBigIntegerField()
    name = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at", "pk"]


class ApiKey(models.Model):
    """A program's key. The secret is shown once; a digest and a visible prefix are kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=16, unique=True)
    digest = models.CharField(max_length=64)
    scopes = ArrayField(models.CharField(max_length=30))
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class IdempotencyRecord(models.Model):
    """The stored answer to one keyed POST, committed together with its effect."""

    api_key = models.ForeignKey(ApiKey, on_delete=models.CASCADE)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)  # method, path and body
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["api_key", "key"], name="one_answer_per_idempotency_key")]


class KeyUse(models.Model):
    """Requests of one key in its latest minute; the rate limit counts here, where every web process sees it."""

    api_key = models.OneToOneField(ApiKey, primary_key=True, on_delete=models.CASCADE, related_name="use")
    minute = models.DateTimeField()
    requests = models.PositiveIntegerField()
