"""The JSON Schema (2020-12, as OpenAPI 3.1 uses) of a submitted session, printed from the table of fields."""

from __future__ import annotations

from typing import Any

from clawguard.domain.submission.table import SESSION, Field, ListOf, ObjectOf, Scalar


def json_schema() -> dict[str, Any]:
    """A fresh schema object; the caller may change it."""
    return {"title": "Session", **_object(SESSION)}


def _object(table: ObjectOf) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(table.required),
        "properties": {field.name: _field(field) for field in table.fields},
    }


def _field(field: Field) -> dict[str, Any]:
    schema = {**_kind(field.kind), "description": field.about}
    if not field.required:
        schema["type"] = [schema["type"], "null"]
        if "enum" in schema:
            schema["enum"] = [*schema["enum"], None]
    return schema


def _kind(kind: Scalar | ListOf | ObjectOf) -> dict[str, Any]:
    if isinstance(kind, Scalar):
        return dict(kind.schema)
    if isinstance(kind, ObjectOf):
        return _object(kind)
    return {"type": "array", "items": _kind(kind.item), "minItems": kind.minimum, "maxItems": kind.maximum}
