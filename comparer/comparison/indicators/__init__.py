"""Indicators: what a saved page shows of what newsrooms ask a report to show."""
