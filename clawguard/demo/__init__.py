"""An invented network, the same for the same seed: to try Clawguard on, to show it, and to measure it.

Everybody in it is invented and looks so: NPIs from a reserved-looking range, addresses at example.com, clients that
are numbers without names.
"""
