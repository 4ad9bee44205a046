"""Runs the checks of a project on a text of its main file, in a process of its own with limits of time and memory."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.local_model.projects import Project

SECONDS = 5
_MEMORY = 1 << 31
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_PROGRAMS = {"python": sys.executable, "javascript": "node", "ruby": "ruby", "c": "gcc"}


@dataclass(frozen=True, slots=True)
class Failing:
    """What the first failing check says, and the line of the main file where something was raised (from 1, 0 = none).

    ``runs``: every check was reached or one said why not; false for what does not compile, load or end.
    """

    message: str
    line: int = 0
    runs: bool = True


def missing() -> list[str]:
    """The programs of the languages that this machine does not have."""
    return [program for program in _PROGRAMS.values() if shutil.which(program) is None]


def failing(project: Project, text: str, *, padding: int = 0) -> Failing | None:
    """``None``: every check holds. ``padding``: so much more environment, which moves what C finds behind an array's end."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, other in (*project.others, (project.main, text)):
            (folder / path).write_text(other, "utf-8")
        try:
            if project.language == "c":
                return _compiled(project, folder, padding)
            return _interpreted(project, folder)
        except subprocess.TimeoutExpired:
            return Failing("it does not end", runs=False)


def _interpreted(project: Project, folder: Path) -> Failing | None:
    program, suffix = _HARNESS[project.language]
    harness = folder / f"harness{suffix}"
    harness.write_text(program, "utf-8")
    job = json.dumps({"main": project.main, "checks": project.checks})
    flags = ["--max-old-space-size=256"] if project.language == "javascript" else []
    done = _run([_PROGRAMS[project.language], *flags, harness.name], folder, job, memory=not flags)
    said = done.stdout.strip().splitlines()
    if done.returncode or not said:
        last = (done.stderr.strip().splitlines() or ["it ended without a word"])[-1]
        return Failing(last[:300], runs=False)
    found = json.loads(said[-1])
    if found is None:
        return None
    lines = re.findall(rf"{re.escape(project.main)}[\":,]*(?: line )?(\d+)", found[1])
    # Python names the innermost frame last, the others first.
    at = lines[-1 if project.language == "python" else 0] if lines else 0
    return Failing(found[0], int(at))


def _compiled(project: Project, folder: Path, padding: int) -> Failing | None:
    calls = "\n".join(
        f"    check({json.dumps(expression)}, {expression}, {expected});" for expression, expected in project.checks
    )
    (folder / "harness.c").write_text(_C_HARNESS % (project.main, calls), "utf-8")
    built = _run(["gcc", "-std=gnu11", "-w", "-O0", "-o", "harness", "harness.c"], folder, "", memory=True)
    if built.returncode:
        error = next((line for line in built.stderr.splitlines() if "error:" in line), "error: no program")
        return Failing(error[error.index("error:") :][:300], runs=False)
    done = _run(["./harness"], folder, "", memory=True, padding=padding)
    said = [_CONTROL.sub("?", line) for line in done.stdout.split("\n")[:-1]]
    if done.returncode < 0:
        by = signal.Signals(-done.returncode).name
        return Failing(f"{said[-1].removeprefix('? ')} was ended by {by}", runs=by != "SIGXCPU")
    return Failing(said[-1]) if done.returncode else None


def _run(
    command: list[str], folder: Path, given: str, *, memory: bool, padding: int = 0
) -> subprocess.CompletedProcess[str]:
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        if memory:
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))

    return subprocess.run(
        command,
        cwd=folder,
        input=given,
        capture_output=True,
        text=True,
        errors="replace",
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "PADDING": "x" * padding},
        timeout=4 * SECONDS,
        preexec_fn=limited,
    )


_PYTHON = """
import importlib, json, os, sys, traceback
sys.path.insert(0, os.getcwd())
job = json.load(sys.stdin)
space = vars(importlib.import_module(job["main"].removesuffix(".py")))
answer = None
for expression, wanted in job["checks"]:
    wanted = eval(wanted)
    try:
        found = eval(expression, dict(space))
    except Exception as error:
        answer = [f"{expression} raised {type(error).__name__}: {error}", traceback.format_exc()]
        break
    if found != wanted:
        answer = [f"{expression} returned {found!r}, expected {wanted!r}", ""]
        break
print(json.dumps(answer))
"""
_JAVASCRIPT = """
const { inspect, isDeepStrictEqual } = require("util");
const job = JSON.parse(require("fs").readFileSync(0, "utf-8"));
const said = (value) => inspect(value, { depth: 9 }).replace(/\\s*\\n\\s*/g, " ");
Object.assign(globalThis, require("./" + job.main));
let answer = null;
for (const [expression, expected] of job.checks) {
  const wanted = (0, eval)("(" + expected + ")");
  try {
    const found = (0, eval)("(" + expression + ")");
    if (!isDeepStrictEqual(found, wanted)) answer = [`${expression} returned ${said(found)}, expected ${said(wanted)}`, ""];
  } catch (error) {
    answer = [`${expression} threw ${error}`, String(error && error.stack)];
  }
  if (answer) break;
}
console.log(JSON.stringify(answer));
"""
_RUBY = """
require "json"
job = JSON.parse($stdin.read)
require File.join(Dir.pwd, job["main"])
answer = nil
job["checks"].each do |expression, expected|
  wanted = eval(expected)
  begin
    found = eval(expression)
    answer = ["#{expression} returned #{found.inspect}, expected #{wanted.inspect}", ""] if found != wanted
  rescue StandardError, NotImplementedError, SystemStackError => error
    answer = ["#{expression} raised #{error.class}: #{error.message.lines.first.to_s.strip}", error.backtrace.join("\\n")]
  end
  break if answer
end
puts JSON.generate(answer)
"""
_C_HARNESS = """
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "%s"

static void check_number(const char *expression, long found, long wanted)
{
    if (found == wanted)
        return;
    printf("%%s returned %%ld, expected %%ld\\n", expression, found, wanted);
    exit(1);
}

static void check_text(const char *expression, const char *found, const char *wanted)
{
    if (strcmp(found, wanted) == 0)
        return;
    printf("%%s returned \\"%%s\\", expected \\"%%s\\"\\n", expression, found, wanted);
    exit(1);
}

/* What is about to run is said before: a crash says nothing itself. */
#define check(expression, found, wanted) \\
    (printf("? %%s\\n", expression), fflush(stdout), \\
     _Generic((wanted), char *: check_text, default: check_number)(expression, (found), (wanted)))

int main(void)
{
%s
    return 0;
}
"""
_HARNESS = {"python": (_PYTHON, ".py"), "javascript": (_JAVASCRIPT, ".js"), "ruby": (_RUBY, ".rb")}
