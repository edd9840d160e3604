"""What SARIF 2.1.0 requires of the objects we write, as a JSON Schema that knows every property by name.

Written from the OASIS specification: required properties, value sets and types of sections 3.13 to 3.58, limited to
the objects used here. Unknown properties are refused, so that a misspelt one cannot pass.
"""

from __future__ import annotations

from typing import Any


def _object(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


def _list(item: Any, **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": item, **more}


TEXT = {"type": "string"}
URI = {"type": "string", "format": "uri-reference", "pattern": r"^\S+$"}
BAG = {"type": "object"}
INDEX = {"type": "integer", "minimum": -1}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
MESSAGE = _object(["text"], text=TEXT)
ARTIFACT_LOCATION = _object([], uri=URI, index=INDEX)
REGION = _object([], startLine={"type": "integer", "minimum": 1})
LOCATION = _object(
    [],
    physicalLocation=_object(["artifactLocation"], artifactLocation=ARTIFACT_LOCATION, region=REGION),
    logicalLocations=_list(_object([], name=TEXT, fullyQualifiedName=TEXT, kind=TEXT), uniqueItems=True),
)
RULE = _object(
    ["id"],
    id=TEXT,
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
    help=MESSAGE,
    helpUri={"type": "string", "format": "uri", "pattern": "^https?://"},
    defaultConfiguration=_object([], level=LEVEL),
    properties=BAG,
)
RESULT = _object(
    ["message"],
    ruleId=TEXT,
    ruleIndex=INDEX,
    level=LEVEL,
    message=MESSAGE,
    locations=_list(LOCATION),
    partialFingerprints={"type": "object", "additionalProperties": TEXT},
    properties=BAG,
)
NOTIFICATION = _object(
    ["message"],
    descriptor=_object([], id=TEXT),
    level=LEVEL,
    message=MESSAGE,
    locations=_list(LOCATION),
    properties=BAG,
)
INVOCATION = _object(
    ["executionSuccessful"],
    executionSuccessful={"type": "boolean"},
    toolExecutionNotifications=_list(NOTIFICATION),
    properties=BAG,
)
DRIVER = _object(
    ["name"],
    name=TEXT,
    semanticVersion={"type": "string", "pattern": r"^\d+\.\d+\.\d+"},
    rules=_list(RULE, uniqueItems=True),
)
RUN = _object(
    ["tool"],
    tool=_object(["driver"], driver=DRIVER),
    artifacts=_list(_object([], location=ARTIFACT_LOCATION), minItems=1, uniqueItems=True),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    results=_list(RESULT),
    invocations=_list(INVOCATION),
    properties=BAG,
)
LOG = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **_object(["version", "runs"], version={"const": "2.1.0"}, runs=_list(RUN)),
}
LOG["properties"]["$schema"] = URI
