"""CG608: innocent rows first, then rows that trip, one sentence each."""

from __future__ import annotations

from tests.domain.checks.builders import other, passes, session, tables_for, trips

CLIENT = {"client_key": "C-1", "at": "10:00-10:55"}


ROWS = [
    passes("alone", session("90853", group_size=4)),
    passes("the same size", session("90853", group_size=4), same_day=(other("90853", group_size=4, **CLIENT),)),
    passes("the other row states none", session("90853", group_size=4), same_day=(other("90853", **CLIENT),)),
    passes(
        "as many rows as clients", session("90853", group_size=2), same_day=(other("90853", group_size=2, **CLIENT),)
    ),
    passes(
        "another group of the day",
        session("90853", group_size=4),
        same_day=(other("90853", group_size=6, client_key="C-1"),),
    ),
    passes(
        "another provider's group",
        session("90853", group_size=4),
        same_day=(other("90853", group_size=6, provider_npi="1999999992", **CLIENT),),
    ),
    passes("no size stated", session("90853"), same_day=(other("90853", group_size=6, **CLIENT),)),
    trips(
        "two sizes",
        session("90853", group_size=4),
        {"sizes": [4, 5], "rows": 2, "related": ("S-2",)},
        same_day=(other("90853", group_size=5, **CLIENT),),
    ),
    passes(
        "the others differ, and this row says nothing of its own",
        session("90853"),
        same_day=(
            other("90853", group_size=4, **CLIENT),
            other("90853", group_size=5, external_id="S-3", client_key="C-2", at="10:00-10:55"),
        ),
    ),
    trips(
        "a row without a size is one client more",
        session("90853"),
        {"rows": 3, "sizes": [2]},
        same_day=(
            other("90853", group_size=2, **CLIENT),
            other("90853", group_size=2, external_id="S-3", client_key="C-2", at="10:00-10:55"),
        ),
    ),
    trips(
        "more rows than clients",
        session("90853", group_size=2),
        {"rows": 3, "sizes": [2]},
        same_day=(
            other("90853", group_size=2, **CLIENT),
            other("90853", group_size=2, external_id="S-3", client_key="C-2", at="10:00-10:55"),
        ),
    ),
]

test_passes, test_trips = tables_for("CG608", ROWS)
