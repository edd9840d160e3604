"""Reading a credential as written, and what follows from it. An unknown credential proves nothing."""

from __future__ import annotations

import re
from functools import lru_cache

_PRESCRIBERS = frozenset("MD DO NP PMHNP PMHNPBC APRN ARNP APN CRNP CNP DNP FNP PA PAC CNS PMHCNS".split(" "))
_PSYCHOLOGISTS = frozenset("PHD PSYD EDD LP".split(" "))
_THERAPISTS = frozenset(
    "LCSW LICSW LCSWC LCSWR LISW LISWCP LISWS LMSW LSW LMFT LCMFT LPC LCPC LPCC LPCMH LMHC LCMHC LCPAT LPCMHC LPAT "
    "LCAT LCADC LADC LAC LIMHP LMHP LCSWA".split(" ")
)
_BEHAVIOUR_ANALYSTS = frozenset("BCBA BCBAD LBA".split(" "))
_TECHNICIANS = frozenset("RBT BCAT ABAT".split(" "))
_SUPERVISED_WORDS = ("ASSOCIATE", "INTERN", "TRAINEE", "RESIDENT", "STUDENT", "SUPERVISED")
_SUPERVISED = frozenset("AMFT APCC ACSW ASW LMFTA LPCA LMHCA LCSWA LGPC LPCI".split(" "))

PRESCRIBER, PSYCHOLOGIST, THERAPIST = "prescriber", "psychologist", "therapist"
ANALYST, TECHNICIAN, SUPERVISED = "behaviour analyst", "technician", "supervised"


@lru_cache(maxsize=2048)
def kinds_of(license_text: str) -> frozenset[str]:
    """What a credential such as ``LCSW``, ``MD, PhD`` or ``LPC-A`` stands for; empty when nothing is recognised."""
    upper = license_text.upper()
    words = {re.sub(r"[^A-Z]", "", word) for word in re.split(r"[,/;&\s]+", upper)}
    groups = (
        (_PRESCRIBERS, PRESCRIBER),
        (_PSYCHOLOGISTS, PSYCHOLOGIST),
        (_THERAPISTS, THERAPIST),
        (_BEHAVIOUR_ANALYSTS, ANALYST),
        (_TECHNICIANS, TECHNICIAN),
        (_SUPERVISED, SUPERVISED),
    )
    kinds = {kind for names, kind in groups if words & names}
    if any(word in upper for word in _SUPERVISED_WORDS):
        kinds.add(SUPERVISED)
    return frozenset(kinds)
