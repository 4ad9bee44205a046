"""Refactor: the same behaviour, better written; what exactly is the user's instruction, if there is one."""

from grok_ls.actions.action import Action

REFACTOR = Action(
    name="refactor", kind="refactor.rewrite.grok", title="Grok: Refactor", result="edit", when="selection_or_definition"
)
