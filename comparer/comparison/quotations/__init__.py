"""Quotations: one utterance in two printed forms."""
