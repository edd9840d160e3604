"""What happened and who must hear of it: the append-only event log, hand-over to tasks, and the only writer of status."""
