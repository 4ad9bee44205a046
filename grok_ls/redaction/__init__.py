"""Secrets and personal data out, placeholders in, and back."""
