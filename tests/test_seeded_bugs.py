"""The seeded bugs of ``tests/benchmarks/local_model`` in small: the generator, in the language that every machine here has; no model."""

from collections import Counter

import pytest

from grok_ls.context.syntax import first_new_error
from tests.benchmarks.local_model.mutate import Mutant, language_named, mutants
from tests.benchmarks.local_model.projects import Project, projects
from tests.benchmarks.local_model.runners import failing
from tests.benchmarks.local_model.suite import EACH, bugs_of

PROJECTS = {project.name: project for project in projects()}
PYTHON = [project for project in projects() if project.language == "python"]


def found(code: str, language: str = "python") -> set[tuple[str, str]]:
    """Operator and changed line of each mutant."""
    lines = code.splitlines()
    made = set()
    for mutant in mutants(code, language_named(language)):
        changed = [line for line in mutant.text.splitlines() if line not in lines]
        made.add((mutant.operator, changed[0].strip() if changed else ""))
    return made


def test_the_projects_are_of_four_languages_and_hold_enough_bugs() -> None:
    languages = Counter(project.language for project in projects())
    assert set(languages) == {"python", "javascript", "c", "ruby"}
    assert len(projects()) * EACH >= 60


@pytest.mark.parametrize("project", PYTHON, ids=lambda project: project.name)
def test_clean_code_passes_its_checks(project: Project) -> None:
    assert failing(project, project.text) is None


@pytest.mark.parametrize("name", PROJECTS)
def test_mutants_parse_differ_in_one_place_and_are_the_same_each_time(name: str) -> None:
    project = PROJECTS[name]
    language = language_named(project.language)
    made = mutants(project.text, language)
    assert len({mutant.operator for mutant in made}) >= 6
    assert made == mutants(project.text, language)
    for mutant in made:
        clean = project.text
        assert mutant.text == clean[: mutant.start] + mutant.replacement + clean[mutant.end :] != clean
    few: list[Mutant] = made[:: max(1, len(made) // 10)]
    assert all(first_new_error(project.text, mutant.text, language) is None for mutant in few)


def test_every_bug_fails_a_check_and_says_so_at_its_function() -> None:
    project = PROJECTS["garage"]
    bugs = list(bugs_of(project, 7))
    assert bugs == list(bugs_of(project, 7))
    assert len(bugs) == EACH
    assert len({bug.mutant.function for bug in bugs}) >= 3
    assert sum(bug.needs == "other file" for bug in bugs) >= 3
    for bug in bugs:
        problem = failing(project, bug.text)
        assert problem is not None
        assert problem.message == bug.message
        start = bug.text[: bug.mutant.start].count("\n") + 1
        assert abs(bug.line - start) < 12


def test_another_seed_gives_other_bugs() -> None:
    project = PROJECTS["kiln"]
    assert {bug.text for bug in bugs_of(project, 1)} != {bug.text for bug in bugs_of(project, 2)}


def test_operators_make_the_mistakes_that_they_are_named_after() -> None:
    made = found(
        "LIMIT = 9\nMOST = 7\n\n\ndef f(a, b):\n    if not a:\n        return 0\n    return min(a, b) < LIMIT\n"
    )
    assert {
        ("negated condition", "if a:"),
        ("dropped return", "min(a, b) < LIMIT"),
        ("other name", "return max(a, b) < LIMIT"),
        ("swapped arguments", "return min(b, a) < LIMIT"),
        ("wrong variable", "return min(b, b) < LIMIT"),
        ("wrong constant", "return min(a, b) < MOST"),
        ("comparison", "return min(a, b) <= LIMIT"),
        ("off by one", "return 1"),
        ("missing guard", ""),
    } <= made


def test_code_outside_of_functions_and_words_stay() -> None:
    code = 'LIMIT = 9 < 10\n\n\ndef f(a):\n    """a < 1"""\n    # a < 1\n    return "a < 1"\n'
    assert {operator for operator, _ in found(code)} == {"dropped return"}


def test_code_that_does_not_end_or_load_is_no_bug() -> None:
    project = PROJECTS["kiln"]
    problem = failing(project, "def ramp(start, goal, per_hour):\n    return missing_name\n\n\nbroken here\n")
    assert problem is not None
    assert not problem.runs


def test_what_is_raised_is_told_with_its_line() -> None:
    project = PROJECTS["kiln"]
    problem = failing(project, project.text.replace("-(-(goal - start) // per_hour)", "-(-(goal - start) // 0)"))
    assert problem is not None
    assert problem.message == "ramp(20, 100, 40) raised ZeroDivisionError: integer division or modulo by zero"
    assert project.text.splitlines()[problem.line - 1].strip().startswith("return -(-")
