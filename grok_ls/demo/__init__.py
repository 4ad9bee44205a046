"""``grok-ls demo``: the real server, a real client and a real model on a small project with a bug."""
