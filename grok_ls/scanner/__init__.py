"""The optional long tail of provider rules, in a process of its own: compiled they take as much memory as the whole server."""
