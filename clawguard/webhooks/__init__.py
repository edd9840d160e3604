"""Telling other systems what happened: endpoints they choose, signed calls with ids only, a log of every attempt."""
