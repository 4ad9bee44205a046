"""From the model's words to edits that are certain, or a refusal. Pure: text in, values out."""

from grok_ls.edits.answer import Hunk, Line, NoChange, Parsed, Part, Rewrite, Unparsed
from grok_ls.edits.apply import Edit, apply, smallest
from grok_ls.edits.judge import Remark, judge
from grok_ls.edits.locate import Refusal
from grok_ls.edits.parse import Parser, parse_answer
from grok_ls.edits.rebase import rebase
from grok_ls.edits.resolve import Resolved, read, resolve, resolve_parsed
from grok_ls.edits.rewrite import Definition

__all__ = [
    "Definition",
    "Edit",
    "Hunk",
    "Line",
    "NoChange",
    "Parsed",
    "Parser",
    "Part",
    "Refusal",
    "Remark",
    "Resolved",
    "Rewrite",
    "Unparsed",
    "apply",
    "judge",
    "parse_answer",
    "read",
    "rebase",
    "resolve",
    "resolve_parsed",
    "smallest",
]
