"""Dated diagnosis code sets: one release per period, read whole into an immutable value by each process."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class IcdRelease(models.Model):
    """One release of ICD-10-CM, valid for dates of service from ``first_day`` to ``last_day``, both included."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=60, unique=True)
    version = models.CharField(max_length=64)  # digest of the rows: the same rows give the same rule pack
    first_day = models.DateField()
    last_day = models.DateField()
    codes_count = models.PositiveIntegerField()
    loaded_at = models.DateTimeField()

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="icd_release_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.name


class IcdCode(models.Model):
    """One chapter, block or code of a release. Codes are dotless; ``flags`` as in the domain's diagnoses module."""

    id = models.BigAutoField(primary_key=True)
    release = models.ForeignKey(IcdRelease, on_delete=models.CASCADE, related_name="codes")
    code = models.CharField(max_length=10)
    title = models.CharField(max_length=255)
    level = models.CharField(max_length=8)  # chapter | block | code
    parent = models.CharField(max_length=10, blank=True)
    flags = models.PositiveSmallIntegerField(default=0)
    excludes1 = ArrayField(models.CharField(max_length=20), default=list)  # parsed references
    excludes1_notes = ArrayField(models.TextField(), default=list)  # as printed, for people

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "code"], name="one_icd_code_per_release")]

    def __str__(self) -> str:
        return self.code
