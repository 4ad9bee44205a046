"""What the model gets to see. The only importer of tree_sitter; importing this package does not import it."""
