"""What was read of files and notes: page texts and pictures under seal, verdicts without a word of the note.

Only added to, never changed: a newer reader's reading stands beside the older one's.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from clawguard.accounts.models import Provider
from clawguard.ids import new_id
from notes.models.note import TYPED_KINDS, Note, NoteFile, StoredFile
from sessions.models import Client, TherapySession


class ScanVerdict(models.TextChoices):
    CLEAN = "clean", "Scanned: nothing found"
    INFECTED = "infected", "Scanned: harmful"
    UNSCANNABLE = "unscannable", "Could not be scanned whole"


class FileScan(models.Model):
    """What the virus scanner said of a file. The newest counts; a file without one has not been scanned."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="scans")
    at = models.DateTimeField()
    verdict = models.CharField(max_length=12, choices=ScanVerdict.choices)
    signature = models.CharField(max_length=120, blank=True)  # the scanner's name for what it found

    class Meta:
        indexes = [models.Index(fields=["file", "-at"])]


class PageSource(models.TextChoices):
    TEXT = "text", "Text of the file"
    OCR = "ocr", "Recognized from a picture"
    NONE = "none", "Only a person can read it"


class FilePage(models.Model):
    """A page as it was read: its text under seal, and the name of its sealed picture where it has one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="pages")
    reader = models.CharField(max_length=20)
    number = models.PositiveSmallIntegerField()  # from 1
    source = models.CharField(max_length=4, choices=PageSource.choices)
    legibility = models.FloatField(null=True)  # mean confidence of the recognition, 0 to 1
    characters = models.PositiveIntegerField()
    sealed = models.BinaryField()
    picture = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["file", "reader", "number"], name="one_page_per_file_and_reader"),
        ]


class FileOutcome(models.TextChoices):
    READ = "read", "Read"
    PERSON = "person", "A person reads this file"
    QUARANTINED = "quarantined", "Locked away unread"


class FileReading(models.Model):
    """That a file was read to its end by one version of the reader, or why not."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="readings")
    reader = models.CharField(max_length=20)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=11, choices=FileOutcome.choices)
    reason = models.CharField(max_length=40, blank=True)
    pages = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [  # one that was locked away on the way may be read to its end once it is released
            models.UniqueConstraint(
                fields=["file", "reader"],
                condition=~Q(outcome=FileOutcome.QUARANTINED),
                name="one_reading_per_file_and_reader",
            )
        ]


class NoteOutcome(models.TextChoices):
    READ = "read", "Read"
    PERSON = "person", "A person reads this note"
    QUARANTINED = "quarantined", "Locked away unread"


class NoteReading(models.Model):
    """The reading of one note beside one revision of its session: after a correction it is read against the new facts.

    ``releases``: how many of its files had been locked away and let go on by then; each of them has the note read anew.
    ``papers``: how often something of the client's papers was stated or withdrawn by then; likewise.
    ``sealed``: each element's result with its spans and sentences, as JSON.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="readings")
    reader = models.CharField(max_length=20)
    revision = models.PositiveIntegerField(default=1)  # of the session
    releases = models.PositiveSmallIntegerField(default=0)
    papers = models.PositiveIntegerField(default=0, db_default=0)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=11, choices=NoteOutcome.choices)
    reason = models.CharField(max_length=40, blank=True)
    form = models.CharField(max_length=12, blank=True)
    language = models.CharField(max_length=8, blank=True)
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["note", "reader", "revision", "releases", "papers"],
                name="one_reading_per_note_reader_revision",
            )
        ]


def locked_away() -> QuerySet[NoteReading]:
    """Readings by which a note is locked away now: no file of it was let go on, and read with it, since."""
    since = NoteReading.objects.filter(note=OuterRef("note"), releases__gt=OuterRef("releases"))
    return NoteReading.objects.filter(~Exists(since), outcome=NoteOutcome.QUARANTINED)


def readable() -> Q:
    """Notes that can be read: not locked away, not destroyed and, unless typed, with a file that is not locked."""
    standing = NoteFile.objects.filter(note=OuterRef("pk"), file__quarantined_at=None)
    has_words = Q(kind__in=TYPED_KINDS) | Q(Exists(standing))
    return ~Q(pk__in=locked_away().values("note")) & Q(destroyed_at=None) & has_words


class ElementVerdict(models.Model):
    """The verdict on one element, for checks and counts. No words, no positions. ``numbers``: minutes, counts, …"""

    reading = models.ForeignKey(NoteReading, on_delete=models.PROTECT, related_name="verdicts")
    element = models.CharField(max_length=8)
    verdict = models.CharField(max_length=14)
    confidence = models.CharField(max_length=6)
    reason = models.CharField(max_length=60, blank=True)
    numbers = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reading", "element"], name="one_verdict_per_element")]
        indexes = [models.Index(fields=["element", "verdict"])]


class NotePrint(models.Model):
    """A fingerprint of a note's words, by which likenesses are found. Numbers that tell nothing of the words.

    ``bands``: hashes over groups of the fingerprint; two notes that share one may be alike.
    """

    note = models.OneToOneField(Note, primary_key=True, on_delete=models.PROTECT, related_name="print")
    session = models.ForeignKey(TherapySession, on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    reader = models.CharField(max_length=20)
    values = ArrayField(models.BigIntegerField())
    bands = ArrayField(models.BigIntegerField())

    class Meta:
        indexes = [GinIndex(fields=["bands"], name="note_print_bands", fastupdate=False)]
