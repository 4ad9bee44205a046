"""Explain: Markdown for the reader, no edit. An own kind: ``source.*`` would run on save and hide from the lightbulb."""

from grok_ls.actions.action import Action

EXPLAIN = Action(
    name="explain", kind="grok.explain", title="Grok: Explain", result="explain", when="selection_or_definition"
)
