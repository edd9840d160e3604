"""Tiny invented files in the very formats of the official ones. The codes are real, the rows are not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

NOTICE = "CPT only copyright 2025 American Medical Association.  All rights reserved."
REASON = "Misuse of Column Two code with Column One code"
PTP_HEAD = (
    f"{NOTICE}\t\t\t\t\t\t",
    "Column1/Column2 Edits\t\t\t\t\t\t",
    "Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale",
    "\t\tprior to 1996\tDate\tDate\t0=not allowed\t",
    "\t\t\t\t*=no data\t1=allowed\t",
    "\t\t\t\t\t9=not applicable\t",
)
MEDICAID_HEAD = (
    f"{NOTICE}\t\t\t\t\t",
    "Column 1\tColumn 2\tEffective\tDeletion\tModifier\tPTP Edit Rationale",
    "\t\tDate\tDate\t0=not allowed\t",
    "\t\t\t*=no data\t1=allowed\t",
)
PTP_NAME = "ccipra-v322r0-f1.TXT"  # 2026Q3
MUE_NAME = "MCR_MUE_PractitionerServices_Eff_07-01-2026.csv"
AOC_NAME = "AOC_V2026Q3-MCR.txt"
MUE_NOTICE = '"Current Procedural Terminology (CPT) is\n\nCPT® is a registered trademark.\n\nNothing is assumed.",,,'
AOC_COLUMNS = (
    "AOC_Edit_Type",
    "Add-On_Code",
    "AOC_DelDT",
    "Primary_Code",
    "Primary_Code_DelDT",
    "AOC_Edit_EffDT",
    "AOC_Edit_DelDT",
    "Special_Instruction_Notes",
)

# first, second, effective, deletion, indicator
PAIRS = (
    ("90834", "90832", "20180101", "20191231", "1"),
    ("90834", "90832", "20200101", "*", "0"),
    ("90846", "90834", "20200101", "20260630", "0"),
    ("90846", "90834", "20260701", "*", "1"),
    ("90847", "90853", "20220101", "20220101", "9"),
    ("99213", "90863", "19960101", "*", "0"),
)
UNITS = (("90837", "2", "3 Date of Service Edit: Clinical"), ("90839", "1", "2 Date of Service Edit: Policy"))
ADD_ONS = (
    ("1", "90785", "", "90791", "", "2013001", "", ""),
    ("1", "90785", "", "90847", "", "2013001", "2019365", ""),
    ("2", "96160", "", "CCCCC", "", "2017001", "", "Contractor Defined Primary Codes"),
    ("3", "99417", "", "99205", "", "2021001", "", ""),
)


def ptp(rows: Iterable[Sequence[str]] = PAIRS, *, medicaid: bool = False) -> bytes:
    lines = list(MEDICAID_HEAD if medicaid else PTP_HEAD)
    for first, second, effective, deletion, indicator in rows:
        old = [] if medicaid else ["*" if effective < "19960102" else ""]
        lines.append("\t".join([first, second, *old, effective, deletion, indicator, REASON]))
    return ("\r\n".join(lines) + "\r\n").encode("latin-1")


def mue(
    rows: Iterable[Sequence[str]] = UNITS, *, setting: str = "Practitioner Services", medicaid: bool = False
) -> bytes:
    head = [MUE_NOTICE, f'"HCPCS/\nCPT Code",{setting} MUE Values,MUE Adjudication Indicator,MUE Rationale']
    if medicaid:
        head[1] = f'"HCPCS/\nCPT Code",{setting} MUE Values,MUE Rationale'
    lines = [",".join([code, units, *([] if medicaid else [rule]), "Nature of Service"]) for code, units, rule in rows]
    return "\n".join([*head, *lines, ""]).encode("latin-1")


def add_ons(rows: Iterable[Sequence[str]] = ADD_ONS, *, gap: str = "") -> bytes:
    widths = (1, 5, 7, 5, 7, 7, 7, 0)
    lines = [gap.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return "\n".join([NOTICE, *lines, ""]).encode()


def zipped(**members: bytes) -> bytes:
    """``member__txt=…`` becomes ``member.txt``."""
    return archive({name.replace("__", "."): content for name, content in members.items()})


def archive(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return buffer.getvalue()


def sheet(rows: Iterable[Sequence[object]]) -> bytes:
    """A spreadsheet: texts in place, numbers as numbers."""
    space = "http://schemas.openxmlformats.org"
    lines = []
    for row in rows:
        cells = "".join(
            f"<c><v>{cell}</v></c>"
            if isinstance(cell, int)
            else f'<c t="inlineStr"><is><t>{escape(str(cell))}</t></is></c>'
            for cell in row
        )
        lines.append(f"<row>{cells}</row>")
    return archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{space}/package/2006/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            'ContentType="application/xml"/></Types>'.encode(),
            "_rels/.rels": f'<Relationships xmlns="{space}/package/2006/relationships"><Relationship Id="r1" '
            f'Type="{space}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>".encode(),
            "xl/workbook.xml": f'<workbook xmlns="{space}/spreadsheetml/2006/main" '
            f'xmlns:r="{space}/officeDocument/2006/relationships"><sheets><sheet name="Edits" sheetId="1" r:id="r1"/>'
            "</sheets></workbook>".encode(),
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{space}/package/2006/relationships"><Relationship '
            f'Id="r1" Type="{space}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
            "</Relationships>".encode(),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{space}/spreadsheetml/2006/main"><sheetData>'
            f"{''.join(lines)}</sheetData></worksheet>".encode(),
        }
    )


def ptp_sheet(rows: Iterable[Sequence[str]] = PAIRS) -> bytes:
    """Codes and dates as numbers where a spreadsheet would make them numbers; headings wrapped within their cells."""
    head = [
        [NOTICE],
        ["Column1/Column2 Edits"],
        [
            "Column 1",
            "Column 2",
            "*=in existence\nprior to 1996",
            "Effective\nDate",
            "Deletion\nDate\n*=no data",
            "Modifier\n0=not allowed\n1=allowed\n9=not applicable",
            "PTP Edit Rationale",
        ],
    ]
    body = [
        [number(a), number(b), "", number(effective), number(deletion), number(indicator), REASON]
        for a, b, effective, deletion, indicator in rows
    ]
    return sheet([*head, *body])


def number(text: str) -> object:
    return int(text) if text.isdigit() and not text.startswith("0") else text
