"""From redacted context to the words that the model gets."""
