"""What a treatment plan says of itself, on both sides of each boundary; what is unclear is not said."""

from __future__ import annotations

import datetime as dt

import pytest

from clawguard.domain.notes import NoteText, PlanFacts, read_plan
from clawguard.domain.notes.plans import LEAST_WORDS, is_plan

DAY = dt.date(2026, 3, 18)
PLAN = """Individual Treatment Plan
Client: T.M.   Date of plan: 01/12/2026   Next review: 04/12/2026
Diagnosis: F33.1 Major depressive disorder, recurrent, moderate
Goal 1: Client will get out of bed by 8 am on five of seven days. Goal 2: return to work half days.
Interventions: behavioural activation and cognitive restructuring in individual therapy.
Frequency: weekly, 53 minutes. Duration: six months, then the plan is reviewed with the client.
Electronically signed by Dana Example, LCSW on 01/12/2026 4:10 pm"""


def read(text: str, kind: str = "pdf") -> PlanFacts:
    found = read_plan(NoteText((text,), kind), DAY)
    assert found is not None
    return found


def test_a_whole_plan() -> None:
    found = read(PLAN)
    assert (found.dated_on, found.clinician_signed) == (dt.date(2026, 1, 12), True)
    assert found.states == {"service", "amount", "frequency", "duration", "diagnosis", "goals"}
    assert not found.accepted


@pytest.mark.parametrize(
    "title",
    [
        "Treatment plan",
        "TREATMENT PLAN REVIEW",
        "Clinic of Lower Teasel St. - Master Treatment Plan",
        "# Care plan of 01/12/2026",
        "Individualized Service Plan (ISP)",
        "Treatment Plan:",
        "a\nb\nc\nd\ne\nTreatment plan",
    ],
)
def test_titles_of_plans(title: str) -> None:
    assert is_plan(NoteText((title + "\nGoal 1",)))


@pytest.mark.parametrize(
    "title",
    [
        "Progress note",
        "Treatment plan: continue weekly CBT",
        "Progress note and treatment plan review",
        "Treatment plan goals discussed with client",
        "Treatment plan was reviewed on 03/18/2026",
        "Client agrees with her treatment plan and will call on Monday about it, " + "and so on " * 5,
        "a\nb\nc\nd\ne\nf\nTreatment plan",
        "Floor plan",
    ],
)
def test_what_is_no_plan(title: str) -> None:
    assert read_plan(NoteText((title + "\nClient came.",)), DAY) is None


@pytest.mark.parametrize(
    ("stated", "made"),
    [
        ("Date of plan: 01/12/2026", dt.date(2026, 1, 12)),
        ("Plan date 01/12/2026", dt.date(2026, 1, 12)),
        ("Effective 03/18/2026", dt.date(2026, 3, 18)),
        ("Created on 06/02/2025, reviewed 01/12/2026", dt.date(2026, 1, 12)),
        ("Date: 01/12/2026\nUpdated 03/19/2026", dt.date(2026, 1, 12)),  # of what is in force on the day
        ("Plan date: 03/19/2026", dt.date(2026, 3, 19)),
        ("Target date: 01/12/2026", None),
        ("Review due date: 01/12/2026", None),
        ("Client: T.M., birth date: 04/11/1991", None),
        ("Intake was on 01/12/2026", None),
        ("no date", None),
    ],
)
def test_the_day_it_was_made(stated: str, made: dt.date | None) -> None:
    text = PLAN.replace("Date of plan: 01/12/2026   Next review: 04/12/2026", stated).rsplit("\n", 1)[0]
    assert read(text).dated_on == made


def test_a_plan_without_a_date_of_its_own_is_of_the_day_it_was_signed() -> None:
    assert read(PLAN.replace("Date of plan: 01/12/2026", "")).dated_on == dt.date(2026, 1, 12)


@pytest.mark.parametrize(
    ("line", "kind", "signed"),
    [
        ("Electronically signed by Dana Example, LCSW on 01/12/2026", "pdf", True),
        ("/s/ Dana Example, PsyD", "text", True),
        ("Signature: Dana Example", "text", None),  # somebody signed; who, a person says
        ("Client signature: Testa Mockingbird", "pdf", None),
        ("Co-signed by Sol Example, LCSW, supervisor", "text", None),
        ("", "text", False),
        ("", "pdf", None),  # by hand, perhaps
        ("", "image", None),
        ("", "docx", None),
    ],
)
def test_who_signed(line: str, kind: str, signed: bool | None) -> None:
    assert read(PLAN.rsplit("\n", 1)[0] + f"\n{line}", kind).clinician_signed is signed


@pytest.mark.parametrize(
    ("without", "left"),
    [
        ("Diagnosis: F33.1 Major depressive disorder, recurrent, moderate", 5),
        ("weekly, ", 5),
        ("53 minutes", None),  # told otherwise, perhaps
        ("Duration: six months, then", None),
    ],
)
def test_what_it_states(without: str, left: int | None) -> None:
    found = read(PLAN.replace(without, "")).states
    assert (None if found is None else len(found)) == left


def test_nothing_is_said_of_what_cannot_be_read() -> None:
    scan = read_plan(NoteText((PLAN,), "image", (0.4,)), DAY)
    assert scan == read("Treatment plan\n" + "one " * (LEAST_WORDS - 3)) == PlanFacts()
    spanish = "Treatment plan\n" + "La cliente de la sesión no es con el trabajo y que se ha por su más para los. " * 4
    assert read(spanish) == PlanFacts()
