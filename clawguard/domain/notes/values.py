"""What goes into a reading of a note and what comes out, as frozen values.

``None`` always means *not known*, never "no": what is not known is not held against a note. All moments are aware.
Nothing here is logged or put into a finding: texts, names and spans belong to the client.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from clawguard.domain.codesets.policy import DEFAULT, Policy
from clawguard.domain.codesets.procedure_list import PACKAGED
from clawguard.domain.codesets.procedure_table import ProcedureTable
from clawguard.domain.facts import ElementVerdict, SessionFacts

READER_VERSION = "2026-11.9"  # raise it when the same note may be read otherwise


class Verdict(StrEnum):
    """What a note says about one element."""

    MET = "met"
    MISSING = "missing"
    CONTRADICTED = "contradicted"  # it is there and says something else than the session, the code or the rule
    UNREADABLE = "unreadable"  # it may be there: the page cannot be read well enough to say
    UNSURE = "unsure"  # a person reads it; never a guess
    NOT_APPLICABLE = "not_applicable"


DEFICIENT = frozenset({Verdict.MISSING, Verdict.CONTRADICTED})


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class NoteText:
    """A note as text. ``pages`` are as extracted; positions in them are characters from 0.

    ``kind``: ``typed``, ``text``, ``pdf``, ``docx``, ``image``, ``fhir`` or ``ccda``. ``legibility``: by page, 0 to 1,
    where the extraction knows it (the mean confidence of the text recognition); ``None`` or too short: not known.
    """

    pages: tuple[str, ...]
    kind: str = "typed"
    legibility: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What is known of the treatment plan in force on the date of service."""

    dated_on: dt.date | None = None
    clinician_signed: bool | None = None
    client_signed: bool | None = None
    sessions_a_week: float | None = None
    goals: tuple[str, ...] = ()
    # which of service, amount, frequency, duration, diagnosis, goals it states; None: nobody looked
    states: frozenset[str] | None = None
    accepted: bool = False  # a person found it in force on the day, complete and signed


@dataclass(frozen=True, slots=True)
class AddendumText:
    """A later addition to the note, kept apart from it. What the record says of it need not stand in its text.

    ``received_at`` by our clock; ``headed``: it was sent as an addendum; ``signed``: its provider attested it, ``None``
    where a delegate did.
    """

    text: str
    received_at: dt.datetime | None = None
    headed: bool = False
    signed: bool | None = False


@dataclass(frozen=True, slots=True)
class NoteAsk:
    """What the network knows of the session and the people in it. All optional but the session."""

    session: SessionFacts
    policy: Policy = DEFAULT
    client_names: tuple[str, ...] = ()  # full names or initials by which the client may be named
    provider_name: str | None = None
    provider_license_number: str | None = None
    signed_at: dt.datetime | None = None  # as recorded by the platform the note was written on
    attested: bool | None = None
    attested_at: dt.datetime | None = None  # when its provider attested what they typed; it was written then or before
    consent_on_file: bool | None = None  # informed consent to treatment
    telehealth_consent: bool | None = None  # on file, whatever the note says
    plan: PlanFacts | None = None  # None: not known whether there is one
    plan_missing: bool = False  # True: it is known that there is none
    sessions_that_week: int | None = None
    addenda: tuple[AddendumText, ...] = ()
    original_changed: bool | None = None  # whether the words of the original were changed after signing
    license_states: frozenset[str] | None = None  # two letters
    supervised: bool | None = None
    interpreter: bool | None = None
    part2: bool | None = None
    part2_consent: bool | None = None
    procedures: ProcedureTable = PACKAGED  # as in force
    likeness: int | None = None  # percent of the most similar earlier note, see ``likeness.similarity``


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Where evidence stands: ``page`` from 0, characters ``start`` to before ``end`` of that page."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ElementResult:
    """The verdict on one element. ``reason`` is a key of ``words``; ``numbers`` are minutes, hours, percent or counts.

    ``staff`` and ``provider`` are sentences that hold no words of the note.
    """

    element: str
    verdict: Verdict
    confidence: Confidence = Confidence.MEDIUM
    spans: tuple[Span, ...] = ()
    reason: str = ""
    numbers: tuple[tuple[str, int], ...] = ()
    staff: str = ""
    provider: str = ""


@dataclass(frozen=True, slots=True)
class Quarantine:
    """Why nobody should read on. ``reason``: ``psychotherapy_notes``, ``other_client`` or ``other_dates``."""

    reason: str
    staff: str
    provider: str


@dataclass(frozen=True, slots=True)
class NoteReading:
    """The reading of one note. ``form``: ``SOAP``, ``DAP``, ``BIRP``, ``GIRP``, ``PIE``, ``headings`` or ``none``.

    ``language``: ``en``, the code of another language that was recognised, or ``unknown``.
    """

    version: str
    results: tuple[ElementResult, ...]
    form: str
    language: str
    quarantine: Quarantine | None = None
    _by_element: dict[str, ElementResult] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_element", {result.element: result for result in self.results})

    def of(self, element: str) -> ElementResult:
        """The result of one element, ``N01`` to ``N59``. KeyError for another name."""
        return self._by_element[element]

    def verdicts(self) -> tuple[ElementVerdict, ...]:
        """What checks may know of the reading: no text, no positions. For ``NoteFacts.verdicts``."""
        return tuple(
            ElementVerdict(each.element, str(each.verdict), str(each.confidence), each.reason, each.numbers)
            for each in self.results
            if each.verdict is not Verdict.NOT_APPLICABLE
        )
