"""Small code tables between X12 claims and the session shape. What is not listed stays not stated."""

from __future__ import annotations

# Health Care Provider Taxonomy (NUCC) → license. A psychologist's taxonomy does not tell PhD from PsyD: PhD stands
# for both, as either may bill the same codes.
LICENSE_OF_TAXONOMY = {
    "1041C0700X": "LCSW",
    "106H00000X": "LMFT",
    "101YP2500X": "LPC",
    "101YM0800X": "LMHC",
    "103T00000X": "PhD",
    "103TC0700X": "PhD",
    "103TC2200X": "PhD",
    "103K00000X": "BCBA",
    "106S00000X": "RBT",
    "2084P0800X": "MD",
    "2084P0804X": "MD",
    "363LP0808X": "PMHNP",
    "363L00000X": "NP",
    "363A00000X": "PA",
    "363AM0700X": "PA",
    "364SP0808X": "CNS",
    "364SP0809X": "CNS",
}
TAXONOMY_OF_LICENSE = {
    "LCSW": "1041C0700X",
    "LMFT": "106H00000X",
    "LPC": "101YP2500X",
    "LMHC": "101YM0800X",
    "PhD": "103TC0700X",
    "PsyD": "103TC0700X",
    "BCBA": "103K00000X",
    "RBT": "106S00000X",
    "MD": "2084P0800X",
    "DO": "2084P0800X",
    "PMHNP": "363LP0808X",
    "NP": "363L00000X",
    "PA": "363AM0700X",
    "CNS": "364SP0808X",
}

# SBR09, claim filing indicator → payer kind.
KIND_OF_FILING = {
    "09": "self_pay",
    "12": "commercial",  # PPO
    "13": "commercial",  # POS
    "14": "commercial",  # EPO
    "15": "commercial",  # indemnity
    "BL": "commercial",  # Blue Cross Blue Shield
    "CI": "commercial",
    "HM": "commercial",  # HMO
    "16": "medicare",  # Medicare Advantage HMO
    "MA": "medicare",
    "MB": "medicare",
    "MC": "medicaid",
    "CH": "tricare",
}
FILING_OF_KIND = {
    "commercial": "CI",
    "medicare": "MB",
    "medicaid": "MC",
    "tricare": "CH",
    "self_pay": "09",
    "eap": "ZZ",
}

# What an 837P has no element for travels in K3 segments of this form: K3*CG1 KEY=VALUE;KEY=VALUE
# (claim level or line level). docs/imports/x12.md lists the keys for people who write such files.
EXTRA_MARK = "CG1 "
CLAIM_EXTRAS = {
    "START": "start",
    "END": "end",
    "MIN": "minutes",
    "TELE": "telehealth",
    "LOC": "client_location",
    "PRES": "client_present",
    "GROUP": "group_size",
    "CRISIS": "documented.crisis",
    "CX": "documented.complexity_factor",
    "CONF": "confirmed_at",
    "RATE": "contracted_rate",
    "TZ": "provider.time_zone",
    "LIC": "provider.license",
    "EMAIL": "provider.email",
    "KIND": "payer.kind",
    "PLAN": "payer.plan",
    "SEX": "client.sex",
}
LINE_EXTRAS = {"START": "start", "END": "end", "MIN": "minutes", "EM": "em_basis"}
INSTANT_KEYS = frozenset({"START", "END", "CONF"})
INTEGER_KEYS = frozenset({"MIN", "GROUP"})
BOOLEAN_KEYS = frozenset({"PRES", "CRISIS"})
