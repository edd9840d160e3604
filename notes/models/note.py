"""What a provider sent: drafts, files, and the notes that answers become. Notes are added to, never changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q

from clawguard.ids import new_id
from notes.models.request import NotesRequest
from sessions.models import TherapySession


class NoteKind(models.TextChoices):
    TYPED = "typed", "Typed note"
    FILES = "files", "Uploaded files"
    EXPLANATION = "explanation", "Explanation"
    NOT_MY_SESSION = "not_my_session", "Not my session"
    DISAGREE = "disagree", "Disagrees with the finding"
    CONFIRMED = "confirmed", "Confirmed the note on file"
    ADDENDUM = "addendum", "Addendum to the note on file"


TYPED_KINDS = (NoteKind.TYPED, NoteKind.ADDENDUM)  # whose own words a reader may find reason to lock away


class Note(models.Model):
    """One version of what is on file for a session, as it arrived. A later version stands beside it, not over it.

    A confirmation and an addendum name the note they stand ``beside``; an addendum is dated by ``received_at`` and
    signed by ``attested_by_name``.

    The database refuses every change but the re-wrapping of the data key and, of typed words that are locked away,
    their destruction by two leads (see migrations 0002 and 0016).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.ForeignKey(TherapySession, on_delete=models.PROTECT, related_name="notes")
    request = models.ForeignKey(NotesRequest, null=True, on_delete=models.PROTECT, related_name="notes")
    beside = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="beside_it")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=14, choices=NoteKind.choices)
    sealed = models.BinaryField()
    digest = models.CharField(max_length=64)  # SHA-256 of the text, for the receipt
    characters = models.PositiveIntegerField()
    received_at = models.DateTimeField()
    late = models.BooleanField()
    attested_at = models.DateTimeField()
    attested_by_id = models.UUIDField()
    attested_by_name = models.CharField(max_length=120)
    submission = models.UUIDField(unique=True)  # of the form it came from: pressing Submit twice is one answer
    destroyed_at = models.DateTimeField(null=True)  # its typed words are gone for good; length and digest are kept

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["session", "version"], name="one_note_per_session_and_version"),
        ]
        indexes = [models.Index(fields=["received_at", "id"])]

    def __str__(self) -> str:
        return f"note {self.pk}"

    @property
    def is_in_substance(self) -> bool:
        return Note.objects.filter(in_substance(), pk=self.pk).exists()

    @property
    def counts_as_late(self) -> bool:
        """``late``, unless an outage recorded afterwards left time for it. Asks for its request."""
        return self.late and (self.request is None or self.request.is_over(self.received_at))


class StoredFile(models.Model):
    """An uploaded file, sealed under a random name in ``DATA_DIR/files``. Stored when chosen, part of a note when sent.

    A quarantined file is opened by nobody; it cannot become part of a note.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # none where it belongs to a conversation or a dispute, which say who may see it
    session = models.ForeignKey(TherapySession, null=True, on_delete=models.PROTECT, related_name="files")
    request = models.ForeignKey(NotesRequest, null=True, on_delete=models.PROTECT, related_name="files")
    stored_as = models.CharField(max_length=80, unique=True)
    display_name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    begun_at = models.DateTimeField(null=True)  # when its first byte arrived; a large one on a slow line takes a while
    uploaded_at = models.DateTimeField()
    uploaded_by_id = models.UUIDField()
    uploaded_by_name = models.CharField(max_length=120)
    quarantined_at = models.DateTimeField(null=True)
    quarantine_reason = models.CharField(max_length=40, blank=True)
    removed_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)  # its bytes are gone for good; name, size and digest are kept

    class Meta:
        ordering = ["uploaded_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="file_of_a_request_has_its_session",
                condition=Q(request__isnull=True) | Q(session__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["request", "sha256"])]

    def __str__(self) -> str:
        return f"file {self.pk}"


class Upload(models.Model):
    """A file on its way, piece by piece. Whoever chooses the same file again goes on where it stopped, on any device.

    ``digest`` and ``size`` are what the browser says of the whole; both are checked when the last piece is there. One
    of no size stands for something that arrives whole, while it does: see ``services.grace.expecting``.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(NotesRequest, on_delete=models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    received = models.PositiveBigIntegerField(default=0)  # bytes so far
    begun_at = models.DateTimeField(null=True)  # when the first byte arrived
    touched_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "digest"], name="one_upload_per_request_and_content")]
        indexes = [models.Index(fields=["begun_at"]), models.Index(fields=["touched_at"])]


class UploadPiece(models.Model):
    """One piece of a file on its way, sealed; gone once the whole is stored."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="pieces")
    offset = models.PositiveBigIntegerField()
    sealed = models.BinaryField()

    class Meta:
        ordering = ["offset"]
        constraints = [models.UniqueConstraint(fields=["upload", "offset"], name="one_piece_per_offset")]


class NoteFile(models.Model):
    """Which files a note is made of, in order."""

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="note_files")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="note_file")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["note", "position"], name="one_note_file_per_position")]


def in_substance() -> Q:
    """Of notes, those that hold documentation: words of a note, or files, whatever else the answer says.

    The other kinds are a response without documentation, unless a file that is not locked away came with them.
    """
    opens = NoteFile.objects.filter(note=OuterRef("pk"), file__quarantined_at=None)
    return Q(kind__in=(*TYPED_KINDS, NoteKind.FILES)) | Q(Exists(opens))


class Draft(models.Model):
    """What a provider has typed so far. Saved as they type, read by nobody else, gone once it is sent."""

    request = models.OneToOneField(NotesRequest, primary_key=True, on_delete=models.CASCADE, related_name="draft")
    sealed = models.BinaryField()
    version = models.PositiveIntegerField()
    form = models.UUIDField()  # the open page that saved last: another one may not overwrite it unseen
    saved_at = models.DateTimeField()
