"""The LSP shell: the only importer of pygls and lsprotocol. No logic that an editor-less caller would miss."""
