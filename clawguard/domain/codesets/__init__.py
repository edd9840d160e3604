"""Dated code tables as values: procedures, pairs, places, modifiers, diagnoses. Lookups go by date of service."""

from clawguard.domain.codesets.add_ons import AddOn
from clawguard.domain.codesets.diagnoses import Conflict, DiagnosisEntry, IcdRelease, build_release
from clawguard.domain.codesets.official import OfficialTable, OfficialTables, Quarter, TableKind, Variant, variant_for
from clawguard.domain.codesets.pairs import Pair, PairTable, index_pairs
from clawguard.domain.codesets.policies import Policies, Policy, PolicyPeriod
from clawguard.domain.codesets.procedure_table import CodeGroup, Codes, ProcedureTable
from clawguard.domain.codesets.procedures import Procedure
from clawguard.domain.codesets.tables import CodeTables
from clawguard.domain.codesets.units import UnitLimit

__all__ = [
    "AddOn",
    "CodeGroup",
    "CodeTables",
    "Codes",
    "Conflict",
    "DiagnosisEntry",
    "IcdRelease",
    "OfficialTable",
    "OfficialTables",
    "Pair",
    "PairTable",
    "Policies",
    "Policy",
    "PolicyPeriod",
    "Procedure",
    "ProcedureTable",
    "Quarter",
    "TableKind",
    "UnitLimit",
    "Variant",
    "build_release",
    "index_pairs",
    "variant_for",
]
