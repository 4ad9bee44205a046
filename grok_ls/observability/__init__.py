"""What an operator sees of a running server: metrics, alerts and a log. Nothing in here changes what the server does,
and no part of it holds text of the user's files: records have none, and the log is redacted before it is written.
"""
