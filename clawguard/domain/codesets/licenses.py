"""Reading a credential as written, and what follows from it. An unknown credential proves nothing."""

from __future__ import annotations

import re
from functools import lru_cache

PRESCRIBER, PSYCHOLOGIST, THERAPIST = "prescriber", "psychologist", "therapist"
ANALYST, TECHNICIAN, SUPERVISED = "behavior analyst", "technician", "supervised"

# Credentials without their punctuation, as a provider may write them.
_CREDENTIALS = {
    PRESCRIBER: "MD DO NP PMHNP PMHNPBC APRN ARNP APN CRNP CNP DNP FNP PA PAC CNS PMHCNS",
    PSYCHOLOGIST: "PHD PSYD EDD LP",
    THERAPIST: "LCSW LICSW LCSWC LCSWR LISW LISWCP LISWS LMSW LSW LMFT LCMFT LPC LCPC LPCC LPCMH LMHC LCMHC LCPAT "
    "LPCMHC LPAT LCAT LCADC LADC LAC LIMHP LMHP LPCCS LCPCS LPCS LMHCD LCDC LCAS CASAC LISAC",
    ANALYST: "BCBA BCBAD LBA",
    TECHNICIAN: "RBT BCAT ABAT",
    SUPERVISED: "AMFT LAMFT APCC LAPC ACSW ASW LMFTA LPCA LMHCA LCSWA LGPC LPCI LPCR",
}
_KINDS = {name: kind for kind, names in _CREDENTIALS.items() for name in names.split()}
# Those whom Medicare enrolls only since 2024; social workers and psychologists were there before.
_COUNSELLOR_NAMES = "LMFT LCMFT LPC LCPC LPCC LPCMH LMHC LCMHC LPCMHC LIMHP LMHP LCADC LADC LAC LPAT LCAT"
_COUNSELLORS = frozenset(_COUNSELLOR_NAMES.split())
_SUPERVISED_WORDS = ("ASSOCIATE", "INTERN", "TRAINEE", "RESIDENT", "STUDENT", "SUPERVISED")


def _words(license_text: str) -> frozenset[str]:
    return frozenset(re.sub(r"[^A-Z]", "", word) for word in re.split(r"[,/;&\s]+", license_text.upper()))


@lru_cache(maxsize=2048)
def is_counsellor(license_text: str) -> bool:
    """Whether every credential that is recognised is a marriage and family therapist's or counsellor's."""
    known = [word for word in _words(license_text) if word in _KINDS]
    return bool(known) and _COUNSELLORS.issuperset(known)


@lru_cache(maxsize=2048)
def kinds_of(license_text: str) -> frozenset[str]:
    """What a credential such as ``LCSW``, ``MD, PhD`` or ``LPC-A`` stands for; empty when nothing is recognised."""
    upper = license_text.upper()
    kinds = {_KINDS[word] for word in _words(license_text) if word in _KINDS}
    if any(word in upper for word in _SUPERVISED_WORDS):
        kinds.add(SUPERVISED)
    return frozenset(kinds)


_SOCIAL_WORKER_NAMES = "LCSW LICSW LCSWC LCSWR LISW LISWCP LISWS LMSW LSW"
_NURSE_AND_ASSISTANT_NAMES = "NP PMHNP PMHNPBC APRN ARNP APN CRNP CNP DNP FNP PA PAC CNS PMHCNS"
_SOCIAL_WORKERS = frozenset(_SOCIAL_WORKER_NAMES.split())
_NURSES_AND_ASSISTANTS = frozenset(_NURSE_AND_ASSISTANT_NAMES.split())


@lru_cache(maxsize=2048)
def is_social_worker(license_text: str) -> bool:
    return not _SOCIAL_WORKERS.isdisjoint(_words(license_text))


@lru_cache(maxsize=2048)
def is_nurse_or_assistant(license_text: str) -> bool:
    """A nurse practitioner, a clinical nurse specialist or a physician assistant."""
    return not _NURSES_AND_ASSISTANTS.isdisjoint(_words(license_text))
