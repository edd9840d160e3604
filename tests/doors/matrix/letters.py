"""Letters of cases."""

from __future__ import annotations

from tests.doors.matrix.row import Row

READ = "cases:read"

ROWS = (
    Row("letter-pdf", "GET", "Y 404 Y 404 Y Y 404 in in in", {"letter_id": "letter"}),
    Row("api-letter", "GET", "Y 404 Y 404 Y Y 404 Y 403 401", {"letter_id": "letter"}, scope=READ),
)
