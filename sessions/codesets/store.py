"""Writing a release into the database: whole or not at all, and nothing when it is there already."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence

from django.db import connection, transaction

from sessions.codesets.rows import CodeRow, ReleaseRows
from sessions.models import IcdRelease

FEWEST_CODES = 60_000  # a full release has well over 90,000 rows; fewer means a broken or partial file


class SuspiciousReleaseError(ValueError):
    """The rows cannot be a whole release; the message says why."""


def store_release(
    release: ReleaseRows, now: dt.datetime, fewest: int = FEWEST_CODES, *, takes_over: bool = False
) -> bool:
    """Store a release in one transaction; ``False`` when exactly these rows are stored already.

    A release of the same name with other rows is replaced. With ``takes_over`` (the April release of a year) the
    release in force until then ends the day before. Raises ``SuspiciousReleaseError`` for too few rows or a period
    that overlaps another release's in any other way.
    """
    if len(release.rows) < fewest:
        raise SuspiciousReleaseError(f"{release.name}: {len(release.rows)} rows, at least {fewest} expected.")
    digest = release.digest()
    with transaction.atomic():
        if IcdRelease.objects.filter(name=release.name, version__startswith=digest).exists():
            return False
        if takes_over:
            _end_earlier(release)
        _refuse_overlap(release)
        IcdRelease.objects.filter(name=release.name).delete()
        row = IcdRelease.objects.create(
            name=release.name,
            version=digest,
            first_day=release.first_day,
            last_day=release.last_day,
            codes_count=len(release.rows),
            loaded_at=now,
        )
        _copy(row.pk, release.rows)
    return True


def _end_earlier(release: ReleaseRows) -> None:
    """The day on which it ends is part of a release's version: screenings of before and after name other packs."""
    day_before = release.first_day - dt.timedelta(days=1)
    earlier = IcdRelease.objects.exclude(name=release.name).filter(
        first_day__lt=release.first_day, last_day__gte=release.first_day, last_day__lte=release.last_day
    )
    for row in earlier:
        row.version = f"{row.version.partition('-')[0]}-{day_before:%Y%m%d}"
        row.last_day = day_before
        row.save(update_fields=["version", "last_day"])


def _refuse_overlap(release: ReleaseRows) -> None:
    overlapping = (
        IcdRelease.objects.exclude(name=release.name)
        .filter(first_day__lte=release.last_day, last_day__gte=release.first_day)
        .first()
    )
    if overlapping is not None:
        raise SuspiciousReleaseError(
            f"{release.name} would overlap {overlapping.name} "
            f"({overlapping.first_day.isoformat()} to {overlapping.last_day.isoformat()})."
        )


def _copy(release_id: int, rows: Iterable[CodeRow]) -> None:
    """COPY, because a release has close to a hundred thousand rows."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in rows:
        writer.writerow(
            (
                release_id,
                row.code,
                row.title,
                row.level,
                row.parent,
                row.flags,
                _array(row.excludes1),
                _array(row.excludes1_notes),
            )
        )
    buffer.seek(0)
    with connection.cursor() as cursor:
        cursor.copy_expert(  # of psycopg2, reached through Django's wrapper
            "COPY therapy_sessions_icdcode (release_id, code, title, level, parent, flags, excludes1, excludes1_notes)"
            " FROM STDIN WITH (FORMAT csv, FORCE_NOT_NULL (parent))",
            buffer,
        )


def _array(values: Sequence[str]) -> str:
    quoted = ('"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for value in values)
    return "{" + ",".join(quoted) + "}"
