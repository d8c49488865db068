"""Lay several outlets' reports of one event side by side, claim by claim, and show what differs."""

__version__ = "0.1.0"
