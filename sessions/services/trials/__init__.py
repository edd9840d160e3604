"""Long work over stored sessions, a thousand at a time: trying draft rules out, and screening again.

Each thousand is one transaction with its mark of progress, so that a killed worker leaves off between two and the next
one goes on there.
"""

from sessions.services.trials.backtesting import run_chunk as run_backtest_chunk
from sessions.services.trials.backtesting import start_backtest
from sessions.services.trials.rescreening import run_chunk as run_rescreening_chunk
from sessions.services.trials.rescreening import sessions_to_screen, start_rescreening
from sessions.services.trials.stopping import cancel_backtest, cancel_rescreening, note_export
from sessions.services.trials.wishes import last_ninety_days, read_revision, read_scope

__all__ = [
    "cancel_backtest",
    "cancel_rescreening",
    "last_ninety_days",
    "note_export",
    "read_revision",
    "read_scope",
    "run_backtest_chunk",
    "run_rescreening_chunk",
    "sessions_to_screen",
    "start_backtest",
    "start_rescreening",
]
