"""Which kind of file this is, from its first bytes and, where they do not tell, its name."""

from __future__ import annotations

import codecs

HEAD = 4096  # bytes needed
_X12_GROUPS = {"HC": "x12_837p", "HP": "x12_835"}
_BY_SUFFIX = {
    "csv": "sessions_csv", "tsv": "sessions_csv", "ndjson": "sessions_ndjson", "jsonl": "sessions_ndjson",
}  # fmt: skip
_X12_SUFFIX = {"837": "x12_837p", "837p": "x12_837p", "835": "x12_835"}


def detect_kind(head: bytes, filename: str = "") -> str | None:
    """``sessions_csv``, ``sessions_ndjson``, ``x12_837p``, ``x12_835``, or ``None`` where nothing tells.

    Content wins over the name: an 835 named .txt is an 835.
    """
    utf16 = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = head.decode("utf-16" if utf16 else "utf-8", "replace").lstrip("\ufeff \t\r\n")
    suffix = filename.lower().rpartition(".")[2]
    if "\0" in text:  # a picture or a workbook, whatever its name says
        return None
    if text.startswith("ISA"):
        return _x12(text) or _X12_SUFFIX.get(suffix)
    if text.startswith("{"):
        return "sessions_ndjson"
    first = text.partition("\n")[0].partition("\r")[0]
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    if suffix in _X12_SUFFIX:
        return _X12_SUFFIX[suffix]
    return "sessions_csv" if any(mark in first for mark in (",", "\t", ";")) and first.isprintable() else None


def _x12(text: str) -> str | None:
    mark = text[3:4]
    for code, kind in _X12_GROUPS.items():
        if f"GS{mark}{code}{mark}" in text:
            return kind
    for number in ("837", "835"):
        if f"ST{mark}{number}{mark}" in text:
            return _X12_SUFFIX[number]
    return None
