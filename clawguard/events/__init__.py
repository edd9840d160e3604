"""What happened and who must hear of it: the append-only event log, hand-over to tasks, the only writer of status."""
