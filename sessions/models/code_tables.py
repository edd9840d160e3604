"""The quarterly tables of CMS and our own: each with its files, its rows in blocks, and what changes by it.

Rows of CMS are kept as blocks of ``clawguard.domain.codesets.packed``, not one database row each: a table of two and a
half million rows is loaded by each process within a second and takes forty megabytes. A table of ours is one block, its
text (``clawguard.domain.codesets.lists``); it has neither variant nor quarter and answers for every day.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from clawguard.domain.codesets import Quarter, TableKind, Variant
from clawguard.domain.codesets.list_cells import EARLIEST, LATEST
from clawguard.domain.codesets.lists import ListKind
from clawguard.domain.codesets.official import period_of
from clawguard.domain.codesets.ours import NAMED
from clawguard.domain.lifecycles import TableState
from clawguard.ids import new_id

KEPT_APART = ("ptp", "add_on")  # one table in force at a time; of the others one for each quarter
OUR_KINDS = frozenset(ListKind)


class CodeTable(models.Model):
    """One version of one table. ``version`` is the digest of its rows, empty until they are all read."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in (*TableKind, *ListKind)])
    variant = models.CharField(max_length=10, blank=True, choices=[(variant, variant) for variant in Variant])
    quarter = models.CharField(max_length=6, blank=True)  # 2026Q3
    first_day = models.DateField()  # dates of service it answers for, both included
    last_day = models.DateField()
    status = models.CharField(max_length=12, choices=[(s, s) for s in TableState], default=TableState.READING)
    version = models.CharField(max_length=64, blank=True)
    rows_read = models.PositiveIntegerField(default=0)
    rows_count = models.PositiveIntegerField(default=0)  # as kept: rows given twice count once
    problems_count = models.PositiveIntegerField(default=0)
    cause = models.CharField(max_length=40, blank=True)  # why it was refused or waits, as a code
    detail = models.CharField(max_length=300, blank=True)  # the same in words
    accepted_reason = models.CharField(max_length=300, blank=True)  # why few rows are enough, said by whoever accepted
    comparison = models.JSONField(default=dict)  # what changes by it: base, counts, when
    created_at = models.DateTimeField()
    created_by_id = models.UUIDField(null=True)
    created_by_name = models.CharField(max_length=120, blank=True)
    loaded_at = models.DateTimeField(null=True)
    activated_at = models.DateTimeField(null=True)
    activated_by_name = models.CharField(max_length=120, blank=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "variant", "quarter"]), models.Index(fields=["-created_at", "-id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "variant"],
                condition=Q(status=TableState.ACTIVE, kind__in=KEPT_APART),
                name="one_dated_table_in_force",
            ),
            models.UniqueConstraint(
                fields=["kind", "variant", "quarter"],
                condition=Q(status=TableState.ACTIVE),
                name="one_table_in_force_per_quarter",
            ),
        ]

    def __str__(self) -> str:
        name = f"{self.kind} {self.version[:NAMED]}" if self.is_ours else f"{self.variant} {self.kind} {self.quarter}"
        return name.strip()

    @property
    def is_ours(self) -> bool:
        return self.kind in OUR_KINDS

    @property
    def list_kind(self) -> ListKind:
        return ListKind(self.kind)

    @property
    def table_quarter(self) -> Quarter:
        return Quarter.read(self.quarter)

    @property
    def table_kind(self) -> TableKind:
        return TableKind(self.kind)

    def set_period(self) -> None:
        """Dates of service follow from kind and quarter."""
        if self.is_ours:
            self.first_day, self.last_day = EARLIEST, LATEST
            return
        self.first_day, self.last_day = period_of(self.table_kind, self.table_quarter)


class CodeTableFile(models.Model):
    """One file of a table, sealed on disk until its table is loaded or refused. ``position`` orders the parts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    table = models.ForeignKey(CodeTable, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)  # cleaned for display
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    rows_read = models.PositiveIntegerField(default=0)
    pieces = models.PositiveIntegerField(default=0)
    read_at = models.DateTimeField(null=True)  # when it was read to its end

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["table", "position"], name="one_code_table_file_per_position"),
            models.UniqueConstraint(fields=["table", "sha256"], name="one_code_table_file_per_content"),
        ]


class CodeTableProblem(models.Model):
    """One row that cannot be read, in words that say what to look at."""

    table = models.ForeignKey(CodeTable, on_delete=models.CASCADE, related_name="problems")
    file_name = models.CharField(max_length=120)
    line = models.PositiveIntegerField()
    code = models.CharField(max_length=40)
    message = models.CharField(max_length=300)


class CodeTableBlock(models.Model):
    """A stretch of a table's rows in order of key. Never changed: the database refuses it."""

    table = models.ForeignKey(CodeTable, on_delete=models.PROTECT, related_name="blocks")
    number = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table", "number"], name="one_code_table_block_per_number")]


class CodeTableChange(models.Model):
    """What a table that is not in force yet changes for codes the network bills."""

    id = models.BigAutoField(primary_key=True)
    table = models.ForeignKey(CodeTable, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10)
    first = models.CharField(max_length=5)
    second = models.CharField(max_length=5, blank=True)
    before = models.CharField(max_length=120, blank=True)
    after = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["table", "id"])]
