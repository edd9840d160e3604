"""The groups of procedure codes that several rules speak of. Which codes they hold is the table's to say."""

from __future__ import annotations

from clawguard.domain.codesets.procedure_table import of_kind, where

THERAPY = of_kind("therapy")
THERAPY_ADD_ON = of_kind("therapy_add_on")
TIERS = THERAPY | THERAPY_ADD_ON
EVALUATION = of_kind("diagnostic_eval")
FAMILY = of_kind("family")
CRISIS = of_kind("crisis")
CRISIS_ADD_ON = of_kind("crisis_add_on")
GROUP = of_kind("group", "multi_family_group")
_NEW_REMOTE = frozenset({"98000", "98001", "98002", "98003", "98008", "98009", "98010", "98011"})  # video, then audio
NEW_CLIENT_VISIT = of_kind("em_new") | _NEW_REMOTE
OFFICE_VISIT = of_kind("em_new", "em_est")
VISIT = of_kind("em_new", "em_est", "telemedicine_em")
TESTING = of_kind("testing", "testing_add_on")
CALLS = of_kind("phone_em", "phone_nonphysician", "virtual_check_in")
HEALTH_BEHAVIOUR = of_kind("hbai", "hbai_add_on")
ABA = of_kind("aba")
ADD_ONS = where(lambda procedure: bool(procedure.parents))
BEHAVIOURAL = (
    TIERS
    | EVALUATION
    | FAMILY
    | CRISIS
    | CRISIS_ADD_ON
    | GROUP
    | of_kind("psychoanalysis")
    | frozenset({"90880"})  # hypnotherapy stands among other services
)
