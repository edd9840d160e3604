"""Documents as health record systems hand them over: FHIR DocumentReference with its data inside, and C-CDA."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from typing import Any

from notes.extraction import markup
from notes.extraction.kinds import CCDA, FHIR, IMAGES, PDF, TEXT, kind_of
from notes.extraction.markup import Element
from notes.extraction.page import Page, split
from notes.extraction.refusing import Unreadable

HL7 = "urn:hl7-org:v3"
# where a C-CDA's narrative breaks its lines
BLOCKS = frozenset({"paragraph", "item", "tr", "caption", "title", "br", "list", "table", "thead", "tbody"})
INSIDE = {PDF, TEXT, CCDA, *IMAGES}  # what a document reference may carry for us; another reference it may not


def inside(content: bytes) -> tuple[bytes, str]:
    """The document in a FHIR DocumentReference and its kind. Raises Unreadable."""
    try:
        resource = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Unreadable("file_broken") from None
    if not isinstance(resource, dict) or resource.get("resourceType") != "DocumentReference":
        raise Unreadable("file_type")
    attachments = [_attachment(given) for given in _list(resource, "content")]
    carried = [given for given in attachments if isinstance(given.get("data"), str)]
    if not carried:
        raise Unreadable("file_not_inline")
    for given in carried:
        data = _data(given)
        kind = kind_of(data)
        if kind in INSIDE or (kind != FHIR and len(carried) == 1):
            return data, kind
    raise Unreadable("file_type")


def _list(resource: dict[str, Any], name: str) -> list[Any]:
    found = resource.get(name)
    if not isinstance(found, list) or not found:
        raise Unreadable("file_not_inline")
    return found


def _attachment(given: Any) -> dict[str, Any]:
    found = given.get("attachment") if isinstance(given, dict) else None
    return found if isinstance(found, dict) else {}


def _data(given: dict[str, Any]) -> bytes:
    try:
        data = base64.b64decode("".join(given["data"].split()), validate=True)
    except (binascii.Error, ValueError):
        raise Unreadable("file_broken") from None
    if not data:
        raise Unreadable("file_not_inline")
    size, digest = given.get("size"), given.get("hash")
    if size is not None and str(size) != str(len(data)):
        raise Unreadable("file_changed")
    if digest is not None and digest != base64.b64encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode():
        raise Unreadable("file_changed")
    return data


def clinical_document(content: bytes) -> Element | tuple[bytes, str]:
    """The root of a C-CDA, or the document it carries instead of a text of its own, with its kind."""
    root = markup.parse(content)
    if root.name != "ClinicalDocument" or root.space != HL7:
        raise Unreadable("file_type")
    body = root.first("component", "nonXMLBody", "text")
    if body is None:
        return root
    if body.attributes.get("representation") != "B64":
        raise Unreadable("file_not_inline")
    data = _data({"data": body.text()})
    kind = kind_of(data)
    if kind in (FHIR, CCDA):
        raise Unreadable("file_not_one")
    return data, kind


def pages(root: Element) -> list[Page]:
    """What a person reads of a C-CDA: who and when from its head, then each section's title and narrative."""
    lines = [_words(root.first("title")), *_head(root)]
    for section in root.every("section"):
        lines += ["", _words(section.first("title")), _narrative(section.first("text"))]
    return [Page(text, "text") for text in split("\n".join(line for line in lines if line is not None).strip())]


def _head(root: Element) -> list[str]:
    patient = root.first("recordTarget", "patientRole", "patient")
    lines = []
    if patient is not None:
        lines.append(f"Patient: {_words(patient.first('name'))}")
        lines.append(f"Date of birth: {_day(patient.first('birthTime'))}")
    service = root.first("documentationOf", "serviceEvent", "effectiveTime")
    for label, element in (("Start", "low"), ("End", "high")):
        lines.append(f"{label}: {_day(service.first(element) if service is not None else None)}")
    for author in root.children("author"):
        lines.append(f"Author: {_words(author.first('assignedAuthor', 'assignedPerson', 'name'))}")
        lines.append(f"Signed: {_day(author.first('time'))}")
    return [line for line in lines if not line.endswith(": ")]


def _words(element: Element | None) -> str:
    if element is None:
        return ""
    parts = [child.text() for child in element.children()] or [element.text()]
    return " ".join(" ".join(parts).split())


def _day(element: Element | None) -> str:
    """An HL7 time (20260916, 202609161402-0400) as people write it; empty where there is none."""
    value = element.attributes.get("value", "") if element is not None else ""
    found = re.match(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2}))?", value)
    if found is None:
        return ""
    year, month, day, hour, minute = found.groups()
    return f"{month}/{day}/{year}" + (f" {hour}:{minute}" if hour else "")


def _narrative(element: Element | None) -> str:
    if element is None:
        return ""
    pieces: list[str] = []
    waiting: list[Element | str] = list(reversed(element.parts))
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            pieces.append(re.sub(r"\s+", " ", part))
        else:
            if part.name in BLOCKS:
                pieces.append("\n")
            elif part.name in ("td", "th"):
                pieces.append("\t")
            waiting.extend(reversed(part.parts))
    return re.sub(r" *\n[ \n]*", "\n", "".join(pieces)).strip()
