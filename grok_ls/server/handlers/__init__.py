"""One file a method, one screen each."""
