"""The embedded local model: fetched once with a pinned checksum, served on loopback by a child process.

Knows nothing of editors, prompts or the engine: to the rest of the program it is an endpoint like any other.
"""
