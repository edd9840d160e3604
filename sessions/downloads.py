"""Files that both doors hand out."""

from __future__ import annotations

from django.http import StreamingHttpResponse

from sessions.intake.spreadsheets import table
from sessions.models import ImportBatch

ERROR_COLUMNS = ("row", "session", "column", "pointer", "severity", "code", "what to do")


def error_file(batch: ImportBatch) -> StreamingHttpResponse:
    """Every kept problem of an import as CSV, safe to open in a spreadsheet."""
    rows = batch.problems.order_by("row", "id").values_list(
        "row", "label", "column", "pointer", "severity", "code", "message"
    )
    answer = StreamingHttpResponse(table(ERROR_COLUMNS, rows.iterator(chunk_size=1000)), content_type="text/csv")
    answer["Content-Disposition"] = f'attachment; filename="import-{batch.pk}-problems.csv"'
    return answer
