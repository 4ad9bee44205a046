"""Fix: the smallest change that makes the reported problems go away."""

from grok_ls.actions.action import Action

FIX = Action(name="fix", kind="quickfix.grok", title="Grok: Fix", result="edit", when="diagnostics")
