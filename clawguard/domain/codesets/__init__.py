"""Dated code tables as values: procedures, pairs, places, modifiers, diagnoses. Lookups go by date of service."""

from clawguard.domain.codesets.diagnoses import Conflict, DiagnosisEntry, IcdRelease, build_release
from clawguard.domain.codesets.pairs import Pair, index_pairs
from clawguard.domain.codesets.policies import Policies, Policy, PolicyPeriod
from clawguard.domain.codesets.procedures import Procedure
from clawguard.domain.codesets.tables import CodeTables

__all__ = [
    "CodeTables",
    "Conflict",
    "DiagnosisEntry",
    "IcdRelease",
    "Pair",
    "Policies",
    "Policy",
    "PolicyPeriod",
    "Procedure",
    "build_release",
    "index_pairs",
]
