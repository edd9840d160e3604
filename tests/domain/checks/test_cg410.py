"""CG410: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import passes, session, tables_for, tables_with, trips

ROWS = [
    passes("no modifier", session()),
    passes("a social worker", session("90837-AJ")),
    passes("a master's level", session("90837-HO")),
    passes("a psychologist", session("90837-AH", provider_license="PsyD")),
    passes("a doctoral level", session("90837-HP", provider_license="PhD")),
    passes("a social worker with a doctorate", session("90837-HP", provider_license="LCSW, PhD")),
    passes("a psychiatrist has a doctoral level", session("99214-HP", provider_license="MD")),
    passes("a nurse practitioner beside a physician", session("99214-SA", provider_license="PMHNP")),
    passes("an intern", session("90837-HL", provider_license="LPC Intern")),
    passes("a technician below a bachelor's level", session("97153-HM", provider_license="RBT")),
    passes("a licence that is not recognised proves nothing", session("90837-AH", provider_license="XYZ")),
    passes("asked for and there", session("90837-HO"), tables=tables_with(credential_modifiers_asked=True)),
    passes("a questionnaire needs none", session("96127"), tables=tables_with(credential_modifiers_asked=True)),
    trips(
        "a psychologist's modifier under a social worker",
        session("90837-AH"),
        {"modifier": "AH", "license": "LCSW", "line": 1, "severity": "error"},
        cured=session("90837-AJ"),
    ),
    trips("a social worker's under a counsellor", session("90837-AJ", provider_license="LPC")),
    trips("a doctoral level under a social worker", session("90837-HP")),
    trips("a master's level under a psychologist", session("90837-HO", provider_license="PsyD")),
    trips("a bachelor's level under a licence", session("90837-HN")),
    trips("below it under an analyst", session("97155-HM", provider_license="BCBA")),
    trips("a nurse's under a physician", session("99214-SA", provider_license="MD")),
    trips("an intern's under a licence", session("90837-HL")),
    trips(
        "asked for and missing",
        session("90837"),
        {"severity": "warning", "modifier": None},
        tables=tables_with(credential_modifiers_asked=True),
        cured=session("90837-HO"),
    ),
    trips(
        "stated and not asked for",
        session("90837-HO"),
        {"severity": "info", "risk": "0.00"},
        tables=tables_with(credential_modifiers_asked=False),
    ),
]

test_passes, test_trips = tables_for("CG410", ROWS)
