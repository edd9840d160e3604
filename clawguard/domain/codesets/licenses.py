"""Reading a credential as written, and what follows from it. An unknown credential proves nothing."""

from __future__ import annotations

import re
from functools import lru_cache

PRESCRIBER, PSYCHOLOGIST, THERAPIST = "prescriber", "psychologist", "therapist"
ANALYST, TECHNICIAN, SUPERVISED = "behaviour analyst", "technician", "supervised"

# Credentials without their punctuation, as a provider may write them.
_CREDENTIALS = {
    PRESCRIBER: "MD DO NP PMHNP PMHNPBC APRN ARNP APN CRNP CNP DNP FNP PA PAC CNS PMHCNS",
    PSYCHOLOGIST: "PHD PSYD EDD LP",
    THERAPIST: "LCSW LICSW LCSWC LCSWR LISW LISWCP LISWS LMSW LSW LMFT LCMFT LPC LCPC LPCC LPCMH LMHC LCMHC LCPAT "
    "LPCMHC LPAT LCAT LCADC LADC LAC LIMHP LMHP",
    ANALYST: "BCBA BCBAD LBA",
    TECHNICIAN: "RBT BCAT ABAT",
    SUPERVISED: "AMFT APCC ACSW ASW LMFTA LPCA LMHCA LCSWA LGPC LPCI",
}
_KINDS = {name: kind for kind, names in _CREDENTIALS.items() for name in names.split()}
_SUPERVISED_WORDS = ("ASSOCIATE", "INTERN", "TRAINEE", "RESIDENT", "STUDENT", "SUPERVISED")


@lru_cache(maxsize=2048)
def kinds_of(license_text: str) -> frozenset[str]:
    """What a credential such as ``LCSW``, ``MD, PhD`` or ``LPC-A`` stands for; empty when nothing is recognised."""
    upper = license_text.upper()
    words = {re.sub(r"[^A-Z]", "", word) for word in re.split(r"[,/;&\s]+", upper)}
    kinds = {_KINDS[word] for word in words if word in _KINDS}
    if any(word in upper for word in _SUPERVISED_WORDS):
        kinds.add(SUPERVISED)
    return frozenset(kinds)
