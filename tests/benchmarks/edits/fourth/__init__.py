"""The fourth corpus: its author had read the issue and the public interface, not the engine nor the other corpora."""
