"""The seeded bugs: which mutants of which project, chosen by a seed, and proven by a failing check.

A mutant counts only if its checks run and one of them fails; its diagnostic is what that check says, at the line where
something was raised, else at the function. Every bug says what one has to see to know the right code: the function
alone, the rest of its file, or the other file.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from grok_ls.context.syntax import Syntax
from tests.benchmarks.local_model.mutate import Mutant, language_named, mutants
from tests.benchmarks.local_model.projects import Project, projects
from tests.benchmarks.local_model.runners import Failing, failing

Needs = Literal["function", "file", "other file"]
SEED = 7
# Six of each of the twelve projects; of one function no more than this.
EACH = 6
_OF_A_FUNCTION = 2
_WORD = re.compile(r"[^\W\d]\w*")
_CALL = re.compile(r"(\w+)\s*\([^()]*$")
_LEFT = re.compile(r"(\w+)(?:\([^()]*\)|\[[^\[\]]*\])?\s*[-+*/%<>=!]+\s*$")
_RIGHT = re.compile(r"\s*[-+*/%<>=!]+\s*(\w+)")
_DEFINED = re.compile(r"^#define (\w+)|^([A-Z_]+) =", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Bug:
    """``line`` (from 1) is where the diagnostic stands."""

    project: Project
    mutant: Mutant
    message: str
    line: int
    needs: Needs

    @property
    def name(self) -> str:
        return f"{self.project.name}:{self.mutant.function}:{self.mutant.operator}"

    @property
    def text(self) -> str:
        return self.mutant.text


def suite(seed: int = SEED, each: int = EACH) -> list[Bug]:
    """The bugs of all projects, one of each project in turn, so that any beginning of the list is a fair sample."""
    rows = [list(bugs_of(project, seed, each)) for project in projects()]
    return [row[index] for index in range(each) for row in rows if index < len(row)]


def kept_suite(path: Path, seed: int = SEED) -> list[Bug]:
    """As ``suite``, from ``path`` if it was written there before: proving takes a minute on a busy machine."""
    if not path.exists():
        rows = [{**asdict(bug), "project": bug.project.name} for bug in suite(seed)]
        path.write_text(json.dumps(rows), "utf-8")
    named = {project.name: project for project in projects()}
    rows = json.loads(path.read_text("utf-8"))
    return [Bug(**{**row, "project": named[row["project"]], "mutant": Mutant(**row["mutant"])}) for row in rows]


def bugs_of(project: Project, seed: int, each: int = EACH) -> Iterator[Bug]:
    """At most ``each`` bugs of one project, two in three such that need more than their function, where there are so many.

    Of the mutants that are left those come first whose operator, and then whose function, had its turn least often.
    """
    left = mutants(project.text, language_named(project.language))
    random.Random(f"{seed} {project.name}").shuffle(left)
    elsewhere = _Elsewhere.of(project)
    made: list[Bug] = []
    while left and len(made) < each:
        operators = Counter(bug.mutant.operator for bug in made)
        functions = Counter(bug.mutant.function for bug in made)
        wide = len(made) % 3 != 2
        left = [mutant for mutant in left if functions[mutant.function] < _OF_A_FUNCTION]
        left.sort(
            key=lambda mutant: (
                (elsewhere.needs(mutant) != "function") != wide,
                operators[mutant.operator],
                functions[mutant.function],
            )
        )
        while left:
            mutant = left.pop(0)
            problem = failing(project, mutant.text)
            # What depends on chance, such as reading behind an array's end, is no diagnostic.
            if problem is not None and problem.runs and problem == failing(project, mutant.text, padding=999):
                made.append(_bug(project, mutant, problem, elsewhere.needs(mutant)))
                yield made[-1]
                break


def _bug(project: Project, mutant: Mutant, problem: Failing, needs: Needs) -> Bug:
    """The diagnostic stands where something was raised, if that is in the broken function, else at its first line."""
    outline = Syntax.parse(mutant.text, language_named(project.language)).outline
    here = next(each for each in outline if each.name == mutant.function)
    first, last = (mutant.text.count("\n", 0, at) + 1 for at in (here.signature.start, here.span.end))
    line = problem.line if first <= problem.line <= last else first
    return Bug(project, mutant, problem.message, line, needs)


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """The names that the file, and the other file, define."""

    clean: str
    own: frozenset[str]
    others: frozenset[str]

    @classmethod
    def of(cls, project: Project) -> _Elsewhere:
        def names(text: str) -> frozenset[str]:
            outline = Syntax.parse(text, language_named(project.language)).outline
            return frozenset(each.name for each in outline if each.kind != "field") | {
                name for pair in _DEFINED.findall(text) for name in pair if name
            }

        others = frozenset[str]().union(*(names(text) for _, text in project.others))
        return cls(project.text, names(project.text) - others, others)

    def needs(self, mutant: Mutant) -> Needs:
        """By the names that were changed, and those of the call or operator that they are a part of."""
        start = self.clean.rfind("\n", 0, mutant.start) + 1
        end = self.clean.find("\n", max(mutant.start, mutant.end - 1))
        before, after = self.clean[start : mutant.start], self.clean[mutant.end : end]
        words = set(_WORD.findall(self.clean[mutant.start : mutant.end]))
        for near in (_CALL.search(before), _LEFT.search(before), _RIGHT.match(after)):
            words |= {near[1]} if near else set()
        words.discard(mutant.function)
        return "other file" if words & self.others else "file" if words & self.own else "function"
