"""The files around a document: which of them may never be sent, and the user's own actions among them. Reads the disk."""
