"""Invented sessions in the JSON shape, for what must hold of every session."""

import datetime as dt

from hypothesis import strategies as st

LINES = st.fixed_dictionaries(
    {
        "code": st.sampled_from(["90837", "90834", "99214", "G2212"]),
        "modifiers": st.lists(st.sampled_from(["95", "HO", "25"]), max_size=4),
        "units": st.integers(1, 999),
        "charge": st.integers(0, 99999).map(lambda cents: f"{cents / 100:.2f}"),
        "diagnosis_pointers": st.lists(st.integers(1, 2), max_size=4),
        "minutes": st.none() | st.integers(0, 1440),
        "em_basis": st.none() | st.sampled_from(["mdm", "time"]),
        "start": st.none() | st.just("2026-03-18T10:02:00-04:00"),
        "end": st.none() | st.just("2026-03-18T10:57:00-04:00"),
    }
)
NAMES = st.sampled_from(["Ada Example", "Bea von Beispiel", "Zoë Ejemplo"])
SESSIONS = st.fixed_dictionaries(
    {
        "external_id": st.integers(1, 10**9).map("S-{}".format),
        "provider": st.fixed_dictionaries(
            {
                "npi": st.sampled_from(["1999999984", "1999999992"]),
                "license": st.sampled_from(["LCSW", "PsyD", "PhD", "MD", "LMSW", "ASSOCIATE"]),
                "time_zone": st.sampled_from(["America/New_York", "America/Los_Angeles"]),
                "name": st.none() | NAMES,
                "email": st.none() | st.just("ada@example.com"),
            }
        ),
        "client": st.fixed_dictionaries(
            {
                "external_id": st.integers(1, 99).map("C-{}".format),
                "birth_date": st.none() | st.dates(dt.date(1920, 1, 1), dt.date(2020, 1, 1)).map(str),
                "sex": st.none() | st.sampled_from("FMXU"),
                "state": st.none() | st.sampled_from(["NY", "CA"]),
            }
        ),
        "payer": st.fixed_dictionaries(
            {
                "id": st.just("60054"),
                "name": st.none() | st.just("Example Health"),
                "kind": st.sampled_from(["commercial", "medicare", "medicaid", "tricare", "eap", "self_pay"]),
            }
        ),
        "date_of_service": st.just("2026-03-18"),
        "start": st.none() | st.just("2026-03-18T10:02:00-04:00"),
        "end": st.none() | st.just("2026-03-18T10:57:30-04:00"),
        "minutes": st.none() | st.integers(0, 1440),
        "place_of_service": st.sampled_from(["10", "02", "11"]),
        "telehealth": st.none() | st.sampled_from(["video", "audio", "none"]),
        "service_lines": st.lists(LINES, min_size=1, max_size=4),
        "diagnoses": st.just(["F331", "F411"]),
        "client_present": st.none() | st.booleans(),
        "client_location": st.none() | st.sampled_from(["home", "outside_us"]),
        "group_size": st.none() | st.integers(1, 99),
        "documented": st.fixed_dictionaries(
            {
                "crisis": st.none() | st.booleans(),
                "complexity_factor": st.none() | st.sampled_from(["interpreter; guardian = aunt", "50% ~ *"]),
            }
        ),
        "confirmed_at": st.none() | st.just("2026-03-18T17:40:00+00:00"),
        "contracted_rate": st.none() | st.just("142.50"),
    }
)
