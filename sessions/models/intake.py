"""How sessions came in: files, the rows of them that could not be read, and the chunks they were stored in."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from clawguard.domain.lifecycles import ImportState
from clawguard.ids import new_id


class ImportBatch(models.Model):
    """One uploaded file. The file itself is kept sealed until the batch has ended, then removed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20)  # sessions_csv | sessions_ndjson | x12_837p | x12_835
    file_name = models.CharField(max_length=120)  # cleaned for display
    file_size = models.BigIntegerField()
    file_sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=80, blank=True)  # empty once the sealed file is gone
    mapping = models.JSONField(default=dict)  # our field -> column of the file
    defaults = models.JSONField(default=dict)  # what the file cannot say: time_zone, license, payer_kind
    dry_run = models.BooleanField(default=False)
    hold = models.BooleanField(default=False)  # stop after reading, for a person to look and confirm
    only_good_rows = models.BooleanField(default=False)  # stated choice to import what is good and leave the rest
    status = models.CharField(max_length=12, choices=[(s, s) for s in ImportState], default=ImportState.RECEIVED)
    created_at = models.DateTimeField()
    created_by_kind = models.CharField(max_length=10)
    created_by_id = models.UUIDField(null=True)
    created_by_name = models.CharField(max_length=120, blank=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    rows_total = models.PositiveIntegerField(null=True)  # known once the file was read through
    rows_read = models.PositiveIntegerField(default=0)  # how far the reading is
    place = models.JSONField(default=dict)  # up to where it was cut into slices, see sessions.intake.readers.Place
    cut = models.BooleanField(default=False, db_default=False)  # to its end
    rows_good = models.PositiveIntegerField(default=0)
    rows_refused = models.PositiveIntegerField(default=0)
    pieces = models.PositiveIntegerField(default=0)  # one of each slice, sealed, stored one after the other
    pieces_stored = models.PositiveIntegerField(default=0)
    rows_created = models.PositiveIntegerField(default=0)
    rows_unchanged = models.PositiveIntegerField(default=0)
    rows_corrected = models.PositiveIntegerField(default=0)
    summary = models.JSONField(default=dict)  # what a dry run found, why a batch was refused
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [
            models.Index(fields=["-created_at", "-id"]),
            models.Index(fields=["file_sha256"]),
        ]

    @property
    def waits_for_mapping(self) -> bool:
        """A table whose columns somebody wants to confirm before it is read."""
        return self.status == ImportState.RECEIVED and self.summary.get("waits_for") == "mapping"

    @property
    def changed(self) -> bool | None:
        """Whether the file changed anything; None while that is not known."""
        return bool(self.rows_created or self.rows_corrected) if self.status == ImportState.DONE else None

    @property
    def rows_stored(self) -> int:
        return self.rows_created + self.rows_unchanged + self.rows_corrected


class ImportSlice(models.Model):
    """Some thousand rows of a file, read by one worker in one go; their good ones become the piece of its number."""

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="slices", db_index=False)
    number = models.PositiveIntegerField()  # from 1, in the order of the file
    place = models.JSONField()  # where it begins
    again = models.BooleanField(default=False)  # read a second time, because it repeats ids of earlier slices
    read_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)
    good = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)  # problems, and what a look at the rows foresees
    findings = models.JSONField(default=dict)  # foreseen: check → how many

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="one_slice_per_batch_number")]


class ImportProblem(models.Model):
    """One thing wrong with one row or segment, in words that say what to do. Never holds the value itself."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="problems", db_index=False)
    slice = models.PositiveIntegerField(default=0, db_default=0)  # in which it was found
    row = models.PositiveIntegerField()  # row of a table, line of NDJSON, segment of X12; 1-based
    label = models.CharField(max_length=80, blank=True)  # what the row calls itself: the external id, where readable
    pointer = models.CharField(max_length=120, blank=True)
    column = models.CharField(max_length=80, blank=True)  # of the table, where there is one
    severity = models.CharField(max_length=8, default="error")  # a "warning" does not keep the row out
    code = models.CharField(max_length=40)
    message = models.CharField(max_length=400)

    class Meta:
        indexes = [models.Index(fields=["batch", "row", "id"])]


class ColumnMapping(models.Model):
    """The mapping a person last confirmed for a header row of this shape, offered again for the next such file."""

    header_digest = models.CharField(max_length=64, primary_key=True)
    mapping = models.JSONField()
    defaults = models.JSONField(default=dict)
    used_at = models.DateTimeField()
    used_by_name = models.CharField(max_length=120, blank=True)


class IntakeChunk(models.Model):
    """Sessions screened together: stored or corrected in one transaction. A single submission is a chunk of one.

    Sessions of other chunks whose standing findings depend on them join ``session_ids`` when they are screened.
    """

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(ImportBatch, null=True, on_delete=models.PROTECT, related_name="chunks")
    number = models.PositiveIntegerField(default=0)
    size = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    session_ids = ArrayField(models.UUIDField())
    screened_at = models.DateTimeField(null=True)
    again = models.BooleanField(default=False, db_default=False)  # screened before; something beside them is known now

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="one_chunk_per_batch_number")]
        indexes = [models.Index(fields=["created_at"], name="chunk_waits", condition=Q(screened_at=None))]


class HistoryMark(models.Model):
    """A session whose client's history grew or changed while a file was being stored. It is screened again once the
    file is over, not once for every chunk of it; whoever hands it over removes its marks in the same transaction."""

    id = models.BigAutoField(primary_key=True)
    batch_id = models.UUIDField()  # neither of them a foreign key: rows come by the thousand and go within minutes
    session_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["batch_id", "session_id"])]
