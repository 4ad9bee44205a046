"""What goes wrong when models write edits. Each damage changes a draft and says whether it could."""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Callable, Sequence

from tests.benchmarks.edits.corpus import Damage, Draft, Piece, applied, copies, diff, fenced

DAMAGES: dict[str, Damage] = {}


def damage(function: Damage) -> Damage:
    DAMAGES[function.__name__] = function
    return function


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _contexts(piece: Piece, test: Callable[[str], bool] = lambda text: bool(text.strip())) -> list[int]:
    return [index for index, (mark, text) in enumerate(piece.lines) if mark == " " and test(text)]


def _map(draft: Draft, change: Callable[[str, str], tuple[str, str]]) -> bool:
    before = [list(piece.lines) for piece in draft.written]
    for piece in draft.written:
        piece.lines = [change(mark, text) for mark, text in piece.lines]
    return before != [piece.lines for piece in draft.written]


# --- nothing wrong, other dialects


@damage
def clean(rng: random.Random, draft: Draft) -> bool:
    return True


@damage
def bare(rng: random.Random, draft: Draft) -> bool:
    """No fence; sometimes words before and after."""
    words = rng.random() < 0.5
    draft.wrap = lambda body: f"The fix:\n\n{body}\n\nThis should work now.\n" if words else body + "\n"
    return True


@damage
def no_file_names(rng: random.Random, draft: Draft) -> bool:
    draft.bare = True
    return True


@damage
def no_numbers(rng: random.Random, draft: Draft) -> bool:
    style = rng.choice(("@@ ... @@", "@@", "@@ -?,? +?,? @@"))
    draft.certain = False
    draft.bare = rng.random() < 0.5
    draft.wrap = lambda body: fenced(re.sub(r"(?m)^@@ .*$", style, body), rng)
    return True


@damage
def no_hunk_header(rng: random.Random, draft: Draft) -> bool:
    if len(draft.pieces) > 1:
        return False
    draft.certain = False
    draft.wrap = lambda body: fenced(re.sub(r"(?m)^@@ .*\n", "", body), rng)
    return True


@damage
def git_headers(rng: random.Random, draft: Draft) -> bool:
    path = draft.path
    draft.wrap = lambda body: fenced(f"diff --git a/{path} b/{path}\nindex 83db48f..bf269f4 100644\n{body}", rng)
    return True


@damage
def begin_patch(rng: random.Random, draft: Draft) -> bool:
    draft.certain = False
    out = ["*** Begin Patch", f"*** Update File: {draft.path}"]
    for piece in draft.written:
        out.append("@@" if rng.random() < 0.5 else f"@@ {piece.heading}".rstrip())
        out += [mark + text for mark, text in piece.lines]
    draft.answer = "\n".join([*out, "*** End Patch"])
    if rng.random() < 0.5:
        draft.answer = fenced(draft.answer, rng, "")
    return True


def _blocks(draft: Draft, change: Callable[[list[str]], list[str]] = lambda lines: lines) -> str:
    out = []
    for piece in draft.written:
        body = ["<<<<<<< SEARCH", *change(piece.old), "=======", *change(piece.new), ">>>>>>> REPLACE"]
        out.append("\n".join(body))
    return "\n\n".join(f"{draft.path}\n```\n{body}\n```" for body in out)


def _no_separators(draft: Draft) -> bool:
    return not any(re.match(r"^\s*(=|<|>){4,}", text) for piece in draft.pieces for _, text in piece.lines)


@damage
def search_replace(rng: random.Random, draft: Draft) -> bool:
    draft.certain = False
    draft.answer = "I suggest:\n\n" + _blocks(draft) + "\n"
    return _no_separators(draft)


@damage
def search_replace_dedented(rng: random.Random, draft: Draft) -> bool:
    draft.certain = False
    if not _dedent(draft):
        return False
    draft.answer = _blocks(draft)
    return _no_separators(draft)


@damage
def search_replace_bare(rng: random.Random, draft: Draft) -> bool:
    draft.certain = False
    out = [["<<<<<<< SEARCH", *p.old, "=======", *p.new, ">>>>>>> REPLACE", ""] for p in draft.written]
    draft.answer = "\n".join(line for block in out for line in block)
    return _no_separators(draft)


@damage
def search_replace_trailing_space(rng: random.Random, draft: Draft) -> bool:
    draft.certain = False
    for piece in draft.written:
        piece.lines = [(m, t + "  " if m == " " and t.strip() and rng.random() < 0.5 else t) for m, t in piece.lines]
    draft.answer = _blocks(draft)
    return _no_separators(draft)


# --- headers


@damage
def wrong_numbers(rng: random.Random, draft: Draft) -> bool:
    draft.certain = False
    for piece in draft.written:
        assert piece.numbers
        start, count, new_start, new_count = piece.numbers
        off = rng.choice((-40, -11, -7, -3, -2, -1, 1, 2, 3, 5, 12, 60))
        piece.numbers = (max(1, start + off), count, max(1, new_start + off), new_count)
    return True


@damage
def numbers_all_one(rng: random.Random, draft: Draft) -> bool:
    draft.certain = False
    for piece in draft.written:
        piece.numbers = (1, 1, 1, 1)
    return True


@damage
def wrong_counts(rng: random.Random, draft: Draft) -> bool:
    for piece in draft.written:
        assert piece.numbers
        start, count, new_start, new_count = piece.numbers
        one, two = rng.randrange(-3, 4), rng.randrange(-3, 4)
        piece.numbers = (start, max(1, count + one), new_start, max(1, new_count + two))
    if rng.random() < 0.5:
        draft.wrap = lambda body: body + "\n"
    return True


@damage
def numbers_of_result(rng: random.Random, draft: Draft) -> bool:
    """The model counted in the text after its earlier hunks."""
    draft.certain = False
    for piece in draft.written:
        assert piece.numbers
        piece.numbers = (piece.numbers[2], *piece.numbers[1:])
    return len(draft.pieces) > 1


@damage
def out_of_order(rng: random.Random, draft: Draft) -> bool:
    before = list(draft.written)
    rng.shuffle(draft.written)
    return [p.first for p in before] != [p.first for p in draft.written]


@damage
def hunks_run_together(rng: random.Random, draft: Draft) -> bool:
    """The second hunk's header is missing."""
    draft.certain = False
    if len(draft.written) < 2:
        return False
    first = draft.written[0]
    if first.lines[-1][0] != " " or draft.written[1].lines[0][0] != " ":
        return False
    first.lines += draft.written.pop(1).lines
    return True


# --- markers and spacing


@damage
def lost_marker_everywhere(rng: random.Random, draft: Draft) -> bool:
    if any(
        text[:1] in {"+", "-", "@", "\\", "`", "<", ">", "="} for p in draft.written for m, text in p.lines if m == " "
    ):
        return False
    return _map(draft, lambda mark, text: ("", text) if mark == " " else (mark, text))


@damage
def lost_marker_somewhere(rng: random.Random, draft: Draft) -> bool:
    if any(
        text[:1] in {"+", "-", "@", "\\", "`", "<", ">", "="} for p in draft.written for m, text in p.lines if m == " "
    ):
        return False
    return _map(draft, lambda mark, text: ("", text) if mark == " " and rng.random() < 0.4 else (mark, text))


@damage
def empty_blank_lines(rng: random.Random, draft: Draft) -> bool:
    return _map(draft, lambda mark, text: ("", "") if mark == " " and not text.strip() else (mark, text))


@damage
def wide_markers(rng: random.Random, draft: Draft) -> bool:
    """``- foo``: a space between the marker and the line."""
    draft.certain = False
    return _map(draft, lambda mark, text: (mark, " " + text if text else ""))


def _spaces_only(draft: Draft) -> bool:
    """True if a line that is added has nothing but spaces: what a shift makes of it nobody can say."""
    return any(mark == "+" and text and not text.strip() for piece in draft.written for mark, text in piece.lines)


def _dedent(draft: Draft) -> bool:
    changed = False
    if _spaces_only(draft):
        return False
    for piece in draft.written:
        indents = [_indent(text) for _, text in piece.lines if text.strip()]
        common = min(indents, key=len)
        if common and all(indent.startswith(common) for indent in indents):
            piece.lines = [(mark, text[len(common) :] if text.strip() else text) for mark, text in piece.lines]
            changed = True
    return changed


@damage
def lost_indentation(rng: random.Random, draft: Draft) -> bool:
    draft.certain = False
    return _dedent(draft)


@damage
def partly_lost_indentation(rng: random.Random, draft: Draft) -> bool:
    draft.certain = False
    if _spaces_only(draft):
        return False
    changed = False
    for piece in draft.written:
        indents = [_indent(text) for _, text in piece.lines if text.strip()]
        if all(len(indent) >= 4 and indent.startswith("    ") for indent in indents):
            piece.lines = [(mark, text[2:] if text.strip() else text) for mark, text in piece.lines]
            changed = True
    return changed


@damage
def extra_indentation(rng: random.Random, draft: Draft) -> bool:
    draft.certain = False
    if _spaces_only(draft):
        return False
    tab = any(text.startswith("\t") for text in draft.old)
    more = "\t" if tab else rng.choice(("    ", "  ", "        "))
    return _map(draft, lambda mark, text: (mark, more + text if text.strip() else text))


@damage
def stripped_indentation(rng: random.Random, draft: Draft) -> bool:
    """No line has any; what is added stands for removed lines one by one, so its indentation is still known."""
    draft.certain = False
    for piece in draft.written:
        for olds, news in _groups(piece):
            if len(olds) != len(news) or any(_indent(one) != _indent(two) for one, two in zip(olds, news, strict=True)):
                return False
    return _map(draft, lambda mark, text: (mark, text.lstrip()))


def _groups(piece: Piece) -> list[tuple[list[str], list[str]]]:
    groups: list[tuple[list[str], list[str]]] = []
    last = " "
    for mark, text in piece.lines:
        if mark != " ":
            if last == " ":
                groups.append(([], []))
            groups[-1][0 if mark == "-" else 1].append(text)
        last = mark
    return groups


@damage
def stripped_context(rng: random.Random, draft: Draft) -> bool:
    """Only lines of context lost their indentation, or it and their marker; removed and added lines are right."""
    draft.certain = False
    if not all(any(mark == "-" and text.strip() for mark, text in piece.lines) for piece in draft.written):
        return False
    if any(
        text.lstrip()[:1] in {"+", "-", "@", "\\", "`", "<", ">", "=", "*"}
        for p in draft.written
        for m, text in p.lines
        if m == " "
    ):
        return False
    lost = rng.choice((" ", ""))
    return _map(draft, lambda mark, text: (lost, text.lstrip()) if mark == " " else (mark, text))


@damage
def hard_space_indentation(rng: random.Random, draft: Draft) -> bool:
    draft.certain = False
    if not any(text.startswith(" ") for piece in draft.written for text in piece.old):
        return False
    return _map(draft, lambda m, t: (m, _indent(t).replace(" ", "\u00a0") + t.lstrip()))


@damage
def tabs_for_spaces(rng: random.Random, draft: Draft) -> bool:
    draft.certain = False
    if _spaces_only(draft) or any("\t" in text for text in draft.old):
        return False
    for unit in (4, 2):
        space = " " * unit
        widths = {len(_indent(t)) % unit for p in draft.written for _, t in p.lines if t.startswith(" ")}
        if widths == {0}:
            return _map(draft, lambda m, t: (m, _indent(t).replace(space, "\t") + t.lstrip()) if t.strip() else (m, t))
    return False


@damage
def spaces_for_tabs(rng: random.Random, draft: Draft) -> bool:
    draft.certain = False
    if _spaces_only(draft):
        return False
    unit = rng.choice((2, 4, 8))
    if not any(text.startswith("\t") for p in draft.written for m, text in p.lines if m != "+"):
        return False
    if any(re.match(r"\t* ", text) for p in draft.written for _, text in p.lines if text.strip()):
        return False
    return _map(draft, lambda m, t: (m, _indent(t).replace("\t", " " * unit) + t.lstrip()))


@damage
def halved_indentation(rng: random.Random, draft: Draft) -> bool:
    """Two columns a level where the file has four."""
    draft.certain = False
    if _spaces_only(draft):
        return False
    for piece in draft.written:
        if any(len(_indent(t)) % 4 or "\t" in _indent(t) for _, t in piece.lines if t.strip()):
            return False
        if len({_indent(t) for t in piece.old if t.strip()}) < 2:
            return False
    return _map(draft, lambda m, t: (m, t[len(_indent(t)) // 2 :]))


@damage
def trailing_space(rng: random.Random, draft: Draft) -> bool:
    return _map(draft, lambda mark, text: (mark, text + "  ") if mark != "+" and rng.random() < 0.5 else (mark, text))


@damage
def inner_spacing(rng: random.Random, draft: Draft) -> bool:
    draft.certain = False

    def squeeze(mark: str, text: str) -> tuple[str, str]:
        body = text.strip()
        return (mark, _indent(text) + body.replace(" ", "  ", 1)) if mark == " " and " " in body else (mark, text)

    return _map(draft, squeeze)


# --- context that is not what it should be


def _swapped(rng: random.Random, text: str) -> str:
    spots = [i for i in range(len(text) - 1) if text[i].isalpha() and text[i + 1].isalpha() and text[i] != text[i + 1]]
    if not spots:
        return text
    at = rng.choice(spots)
    kind = rng.randrange(3)
    if kind == 0:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + text[at + 1 :] if kind == 1 else text[:at] + text[at] + text[at:]


@damage
def typo_in_context(rng: random.Random, draft: Draft) -> bool:
    draft.certain = False
    changed = False
    for piece in draft.written:
        spots = _contexts(piece, lambda text: len(text.strip()) >= 8)
        for spot in rng.sample(spots, min(len(spots), rng.choice((1, 1, 2)))):
            text = _swapped(rng, piece.lines[spot][1])
            changed |= text != piece.lines[spot][1]
            piece.lines[spot] = (" ", text)
    return changed


@damage
def typos_in_all_context(rng: random.Random, draft: Draft) -> bool:
    """The removed lines are right and say where."""
    draft.certain = False
    for piece in draft.written:
        removed = [text for mark, text in piece.lines if mark == "-" and len(text.strip()) >= 8]
        if not any(copies(draft.old, [text]) == 1 for text in removed):
            return False
        piece.lines = [(m, _swapped(rng, t) if m == " " else t) for m, t in piece.lines]
    return True


_COMMENT = re.compile(r"^\s*(#|//|\*|/\*)\s*\w+ \w+")


@damage
def paraphrased_comment(rng: random.Random, draft: Draft) -> bool:
    draft.certain = False
    for piece in draft.written:
        for spot in _contexts(piece, lambda text: bool(_COMMENT.match(text))):
            text = piece.lines[spot][1]
            lead = re.match(r"^\s*(?:#+|//+|\*|/\*+)\s*", text)
            assert lead
            rest = [text for index, (mark, text) in enumerate(piece.lines) if index != spot and mark != "+"]
            piece.lines[spot] = (
                " ",
                lead[0] + rng.choice(("explains what happens here", "see the docs", "handle the rest")),
            )
            return _telling(draft, rest)
    return False


@damage
def paraphrased_context(rng: random.Random, draft: Draft) -> bool:
    """One outer line of context is from another version."""
    draft.certain = False
    changed = False
    for piece in draft.written:
        for spot in (0, len(piece.lines) - 1):
            near = piece.lines[1 if spot == 0 else spot - 1][0] if len(piece.lines) > 2 else "+"
            if piece.lines[spot][0] == " " and near == " " and piece.lines[spot][1].strip() and rng.random() < 0.7:
                piece.lines[spot] = (
                    " ",
                    _indent(piece.lines[spot][1]) + rng.choice(("x = compute(y)", "return value;", "// note")),
                )
                changed = True
        if not _telling(draft, [text for mark, text in piece.lines[1:-1] if mark != "+"]):
            return False
    return changed


def _telling(draft: Draft, lines: Sequence[str]) -> bool:
    """True if one of the lines that are left stands only once in the file."""
    return any(sum(map(str.isalnum, line)) > 3 and copies(draft.old, [line]) == 1 for line in lines)


@damage
def context_left_out(rng: random.Random, draft: Draft) -> bool:
    """A line of context in the middle is missing; the lines at the change are there."""
    draft.certain = False
    for piece in draft.written:
        spots = [
            index
            for index in _contexts(piece)
            if 0 < index < len(piece.lines) - 1 and piece.lines[index - 1][0] == piece.lines[index + 1][0] == " "
        ]
        if spots:
            del piece.lines[rng.choice(spots)]
            return _telling(draft, piece.old)
    return False


@damage
def blank_context_left_out(rng: random.Random, draft: Draft) -> bool:
    draft.certain = False
    changed = False
    for piece in draft.written:
        keep = []
        for index, (mark, text) in enumerate(piece.lines):
            beside = [piece.lines[i][0] for i in (index - 1, index + 1) if 0 <= i < len(piece.lines)]
            drop = mark == " " and not text.strip() and set(beside) == {" "}
            changed |= drop
            if not drop:
                keep.append((mark, text))
        piece.lines = keep
    return changed


@damage
def extra_blank_context(rng: random.Random, draft: Draft) -> bool:
    draft.certain = False
    for piece in draft.written:
        piece.lines = [*piece.lines, (rng.choice(("", " ")), "")]
    return True


_DOTS = (
    "...",
    "# ...",
    "// ...",
    "# ... existing code ...",
    "// ... existing code ...",
    "    # rest of the function unchanged",
    "/* ... */",
)


@damage
def elided_context(rng: random.Random, draft: Draft) -> bool:
    """A comment stands for context between two changes, or at an end."""
    draft.certain = False
    if len(draft.written) >= 2 and draft.written[0].lines[-1][0] == " " == draft.written[1].lines[0][0]:
        first, second = draft.written[0], draft.written.pop(1)
        first.lines += [(" ", rng.choice(_DOTS)), *second.lines]
        return True
    piece = draft.written[0]
    if piece.lines[0][0] == " " and len(piece.old) > 3:
        piece.lines[0] = (" ", rng.choice(_DOTS))
        return True
    return False


@damage
def little_context(rng: random.Random, draft: Draft) -> bool:
    draft.certain = False
    for piece in draft.written:
        marks = [mark for mark, _ in piece.lines]
        first = next(i for i, mark in enumerate(marks) if mark != " ")
        last = next(i for i in range(len(marks) - 1, -1, -1) if marks[i] != " ")
        piece.lines = piece.lines[max(0, first - 1) : last + 2]
    return True


@damage
def wrapped_context(rng: random.Random, draft: Draft) -> bool:
    """A long line of context was broken in two."""
    draft.certain = False
    for piece in draft.written:
        for spot in _contexts(piece, lambda text: len(text.strip()) > 40 and " " in text.strip()):
            text = piece.lines[spot][1]
            cut = text.rfind(" ", 0, len(text.rstrip()) - 5)
            beside = {piece.lines[i][0] for i in (spot - 1, spot + 1) if 0 <= i < len(piece.lines)}
            if cut > len(_indent(text)) and 0 < spot < len(piece.lines) - 1 and beside == {" "}:
                piece.lines[spot : spot + 1] = [(" ", text[:cut]), (" ", _indent(text) + "    " + text[cut + 1 :])]
                return True
    return False


# --- characters


@damage
def smart_quotes(rng: random.Random, draft: Draft) -> bool:
    draft.certain = False
    if any(c in text for text in draft.old for c in "‘’“”") or not any(
        "'" in t or '"' in t for p in draft.written for t in p.old
    ):
        return False
    if any(c in t for p in draft.written for t in p.new for c in "‘’“”"):
        return False

    def curl(mark: str, text: str) -> tuple[str, str]:
        text = re.sub(r'"([^"]*)"', "“\\1”", text)
        return mark, re.sub(r"'([^']*)'", "‘\\1’", text).replace("'", "’").replace('"', "”")

    return _map(draft, curl)


@damage
def smart_quotes_in_context(rng: random.Random, draft: Draft) -> bool:
    draft.certain = False
    if any(c in text for text in draft.old for c in "‘’“”"):
        return False
    return _map(draft, lambda m, t: (m, t.replace("'", "’").replace('"', "”") if m == " " else t))


@damage
def hard_spaces(rng: random.Random, draft: Draft) -> bool:
    draft.certain = False
    return _map(draft, lambda m, t: (m, _indent(t) + t.lstrip().replace(" ", "\u00a0", 1) if m == " " else t))


@damage
def html_escapes(rng: random.Random, draft: Draft) -> bool:
    draft.certain = False
    if any("&" in text for p in draft.written for _, text in p.lines):
        return False
    if not any(c in t for p in draft.written for t in p.old for c in "<>"):
        return False
    for piece in draft.written:
        if any(c in t for t in piece.new for c in "<>") and not any(c in t for t in piece.old for c in "<>"):
            return False
    return _map(draft, lambda m, t: (m, t.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")))


# --- the state of the file


@damage
def crlf_file(rng: random.Random, draft: Draft) -> bool:
    draft.text, draft.expected = "\r\n".join([*draft.old, ""]), "\r\n".join([*draft.new, ""])
    return True


@damage
def crlf_answer(rng: random.Random, draft: Draft) -> bool:
    draft.wrap = lambda body: fenced(body, rng).replace("\n", "\r\n")
    return True


@damage
def mixed_line_ends(rng: random.Random, draft: Draft) -> bool:
    """The lines in and next to the hunks end alike, others otherwise."""
    near = {n for p in draft.pieces for n in range(p.first - 1, p.first + len(p.old) + 1)}
    odd = [n for n in range(len(draft.old)) if n not in near and rng.random() < 0.3]
    if not odd:
        return False
    ends = ["\r\n" if n in set(odd) else "\n" for n in range(len(draft.old))]
    lines = [line + end for line, end in zip(draft.old, ends, strict=True)]
    draft.text = "".join(lines)
    new, line = [], 0
    for piece in draft.pieces:
        new += [*lines[line : piece.first], *(text + "\n" for text in piece.new)]
        line = piece.first + len(piece.old)
    draft.expected = "".join([*new, *lines[line:]])
    return True


@damage
def no_final_newline(rng: random.Random, draft: Draft) -> bool:
    """Half of them with a hunk at the very end."""
    if rng.random() < 0.8 and draft.pieces[-1].first + len(draft.pieces[-1].old) != len(draft.old):
        return False
    if not draft.old[-1].strip() or not draft.new[-1].strip():
        return False
    draft.text, draft.expected = "\n".join(draft.old), "\n".join(draft.new)
    if rng.random() < 0.5 and draft.pieces[-1].first + len(draft.pieces[-1].old) == len(draft.old):
        draft.wrap = lambda body: fenced(body + "\n\\ No newline at end of file", rng)
    return True


@damage
def byte_order_mark(rng: random.Random, draft: Draft) -> bool:
    if rng.random() < 0.8 and draft.pieces[0].first:
        return False
    if not draft.pieces[0].first and rng.random() < 0.5:
        # Tools that know of no such mark take it for a part of the first line.
        draft.written[0].lines[0] = (draft.written[0].lines[0][0], "\ufeff" + draft.written[0].lines[0][1])
    draft.text, draft.expected = (
        "\n".join(["\ufeff" + draft.old[0], *draft.old[1:], ""]),
        "\n".join(["\ufeff" + draft.new[0], *draft.new[1:], ""]),
    )
    return True


@damage
def form_feed(rng: random.Random, draft: Draft) -> bool:
    """A form feed stands on a blank line of context; the model writes it, or only the blank line."""
    for piece, written in zip(draft.pieces, draft.written, strict=True):
        for spot in _contexts(piece, lambda text: not text.strip()):
            line = piece.first + sum(mark != "+" for mark, _ in piece.lines[:spot])
            draft.old[line] = "\f"
            piece.lines[spot] = (" ", "\f")
            written.lines[spot] = (" ", rng.choice(("\f", "")))
            draft.new = applied(draft.old, draft.pieces)
            return True
    return False


# --- several places


def _doubled(rng: random.Random, draft: Draft) -> bool:
    """Writes the old lines of the only hunk once more into the file, somewhere else."""
    if len(draft.pieces) != 1:
        return False
    piece = draft.pieces[0]
    far = [at for at in range(len(draft.old) + 1) if at < piece.first - 8 or at > piece.first + len(piece.old) + 8]
    if not far or copies(draft.old, piece.old) != 1:
        return False
    at = rng.choice(far)
    draft.old[at:at] = piece.old
    if at < piece.first:
        piece.first += len(piece.old)
    draft.new = applied(draft.old, [piece])
    piece.numbers = (piece.first + 1, len(piece.old), piece.first + 1, len(piece.new))
    draft.written[0].numbers = piece.numbers
    draft.written[0].heading = ""
    return True


@damage
def equal_places_numbered(rng: random.Random, draft: Draft) -> bool:
    return _doubled(rng, draft)


@damage
def equal_places(rng: random.Random, draft: Draft) -> bool:
    draft.refuse = True
    style = rng.choice(("@@ ... @@", "@@"))
    draft.wrap = lambda body: fenced(re.sub(r"(?m)^@@ .*$", style, body), rng)
    return _doubled(rng, draft)


@damage
def equal_places_in_blocks(rng: random.Random, draft: Draft) -> bool:
    draft.refuse = True
    if not _doubled(rng, draft) or not _no_separators(draft):
        return False
    draft.answer = _blocks(draft)
    return True


# --- two at once

_LINES = (
    "lost_marker_somewhere", "empty_blank_lines", "trailing_space", "typo_in_context", "smart_quotes_in_context", "lost_indentation",
    "extra_indentation", "context_left_out", "paraphrased_context", "extra_blank_context", "wrong_numbers", "inner_spacing",
    "wide_markers", "hunk_twice", "out_of_order", "hard_spaces", "tabs_for_spaces", "spaces_for_tabs", "hunks_run_together",
)  # fmt: skip
_AROUND = (
    "no_numbers",
    "bare",
    "crlf_answer",
    "crlf_file",
    "no_final_newline",
    "byte_order_mark",
    "no_file_names",
    "git_headers",
)


@damage
def two_damages(rng: random.Random, draft: Draft) -> bool:
    return DAMAGES[rng.choice(_LINES)](rng, draft) and DAMAGES[rng.choice(_AROUND)](rng, draft)


@damage
def two_damages_of_lines(rng: random.Random, draft: Draft) -> bool:
    one, two = rng.sample(_LINES, 2)
    if {one, two} == {"wide_markers", "lost_marker_somewhere"}:
        # A lost marker and a wide one are the same two columns.
        return False
    draft.certain = False
    return DAMAGES[one](rng, draft) and DAMAGES[two](rng, draft)


# --- answers that must not be applied, or only once


@damage
def hunk_twice(rng: random.Random, draft: Draft) -> bool:
    draft.certain = False
    draft.written.insert(rng.randrange(len(draft.written) + 1), rng.choice(draft.written).copy())
    return True


@damage
def answer_twice(rng: random.Random, draft: Draft) -> bool:
    draft.certain = False
    body = diff(draft)
    draft.answer = fenced(body, rng) + "\nTo repeat the whole diff:\n\n" + fenced(body, rng)
    return True


@damage
def removed_line_unknown(rng: random.Random, draft: Draft) -> bool:
    draft.refuse = True
    for piece in draft.written:
        spots = [i for i, (mark, text) in enumerate(piece.lines) if mark == "-" and len(text.strip()) > 5]
        if spots:
            spot = rng.choice(spots)
            text = piece.lines[spot][1]
            changed = rng.choice((_swapped(rng, text), text + " + 1", re.sub(r"\w{4,}", "other_name", text, count=1)))
            piece.lines[spot] = ("-", changed)
            return copies(draft.old, [changed]) == 0
    return False


@damage
def applied_before(rng: random.Random, draft: Draft) -> bool:
    """The file already is what the answer makes of it."""
    draft.refuse = True
    draft.text = "\n".join([*draft.new, ""])
    return any(
        mark == "-" and len(text.strip()) > 3 and copies(draft.new, [text]) == 0
        for p in draft.pieces
        for mark, text in p.lines
    )


@damage
def stream_cut(rng: random.Random, draft: Draft) -> bool:
    draft.refuse, draft.complete = True, False
    whole = fenced(diff(draft), rng)
    draft.answer = whole[: rng.randrange(len(whole))]
    return True


@damage
def fence_unclosed(rng: random.Random, draft: Draft) -> bool:
    draft.refuse = True
    body = diff(draft)
    cut = rng.randrange(body.index("@@"), len(body))
    draft.answer = f"Here:\n\n```diff\n{body[:cut]}"
    return True


@damage
def bare_cut_in_line(rng: random.Random, draft: Draft) -> bool:
    """No fence and no last event: a line of context stops in the middle, and lines are missing by the header."""
    draft.refuse = True
    body = diff(draft)
    piece = draft.written[-1]
    assert piece.numbers
    lines = body.split("\n")
    last = len(lines) - len(piece.lines)
    if len(piece.lines) < 4:
        return False
    cut = rng.randrange(last + 2, len(lines) - 1)
    line = lines[cut]
    if len(line.strip()) < 6:
        return False
    draft.answer = "\n".join([*lines[:cut], line[: len(line) - rng.randrange(2, 5)]])
    return True


@damage
def block_cut(rng: random.Random, draft: Draft) -> bool:
    draft.refuse = True
    whole = _blocks(draft)
    end = whole.rindex(">>>>>>>")
    start = whole.rindex("<<<<<<< SEARCH")
    draft.answer = whole[: rng.randrange(start + 16, end)]
    return _no_separators(draft)


@damage
def other_file(rng: random.Random, draft: Draft) -> bool:
    draft.refuse = True
    draft.wrap = lambda body: fenced(body.replace(draft.path, "lib/quite/another_name.txt"), rng)
    return True


@damage
def second_quotes_result_of_first(rng: random.Random, draft: Draft) -> bool:
    """Hunks as made one after the other: the second has lines in its context that the first one adds."""
    draft.certain = False
    if len(draft.pieces) != 1:
        return False
    piece = draft.written[0]
    marks = [mark for mark, _ in piece.lines]
    groups = [i for i, mark in enumerate(marks) if mark != " " and (i == 0 or marks[i - 1] == " ")]
    if len(groups) < 2:
        return False
    split = groups[1]
    between = split - 1
    one = Piece(piece.first, [*piece.lines[:split]], "")
    two = Piece(
        piece.first,
        [(" ", t) if m != "-" else (m, t) for m, t in piece.lines[:split] if m != "-"] + piece.lines[split:],
        "",
    )
    two.lines = two.lines[-(len(piece.lines) - split) - 6 :]
    if between < 1 or copies(draft.old, two.old) > 0:
        return False
    draft.written = [one, two]
    return True


# --- rewritten definitions


def _functions(text: str) -> dict[str, tuple[int, int]]:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return {}
    found: dict[str, tuple[int, int]] = {}
    twice = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            assert node.end_lineno
            first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
            if node.name in found:
                twice.add(node.name)
            found[node.name] = (first - 1, node.end_lineno)
    return {name: span for name, span in found.items() if name not in twice}


def _rewritten(rng: random.Random, draft: Draft) -> tuple[list[str], list[str], int, int] | None:
    """A function that both releases have, changed: old lines, new lines, and where."""
    if draft.revision.language != "python":
        return None
    new_lines = draft.revision.new.split("\n")
    olds, news = _functions(draft.revision.old), _functions(draft.revision.new)
    names = sorted(
        name
        for name in olds.keys() & news.keys()
        if draft.old[slice(*olds[name])] != new_lines[slice(*news[name])] and olds[name][1] - olds[name][0] < 80
    )
    if not names:
        return None
    name = rng.choice(names)
    start, end = olds[name]
    old, new = draft.old[start:end], new_lines[slice(*news[name])]
    if bool(old[0].lstrip().startswith("@")) != bool(new[0].lstrip().startswith("@")) or _indent(old[0]) != _indent(
        new[0]
    ):
        return None
    draft.new = [*draft.old[:start], *new, *draft.old[end:]]
    return old, new, start, end


@damage
def rewritten_definition(rng: random.Random, draft: Draft) -> bool:
    found = _rewritten(rng, draft)
    if found is None:
        return False
    draft.answer = fenced("\n".join(found[1]), rng, "python")
    return True


@damage
def rewritten_definition_dedented(rng: random.Random, draft: Draft) -> bool:
    found = _rewritten(rng, draft)
    if found is None:
        return False
    _, new, _, _ = found
    indent = _indent(new[0])
    if not indent or not all(line.startswith(indent) or not line.strip() for line in new):
        return False
    draft.answer = fenced("\n".join(line[len(indent) :] for line in new), rng, "python")
    return True


@damage
def rewritten_with_elision(rng: random.Random, draft: Draft) -> bool:
    """Unchanged lines of the function are a comment; the lines around the comment are unique in the function."""
    found = _rewritten(rng, draft)
    if found is None:
        return False
    old, new, _, _ = found
    import difflib

    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    long = [block for block in matcher.get_matching_blocks() if block.size >= 6]
    if not long:
        return False
    block = rng.choice(long)
    low, high = block.b + 2, block.b + block.size - 2
    if len(new) - (high - low) < 3 or any(old.count(new[i]) != 1 or new.count(new[i]) != 1 for i in (low - 1, high)):
        return False
    if not any(line.lstrip().startswith(("def ", "async def ", "class ")) for line in new[:low]):
        return False
    if not new[low].strip() or '"""' in "\n".join(new):
        return False
    words = rng.choice(("# ... existing code ...", "# rest of the code unchanged", "# ..."))
    draft.answer = fenced("\n".join([*new[:low], _indent(new[low]) + words, *new[high:]]), rng, "python")
    return True


def _blocks_of_braces(lines: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Functions and the like by their first line: from a line that opens a brace to the one that closes it."""
    found: dict[str, tuple[int, int]] = {}
    for start, line in enumerate(lines):
        if (
            not re.match(r"^\s*(?!if|for|while|switch|else|try|catch|return|do\b)[\w$].*\)[^()]*\{$", line)
            or "=>" in line
        ):
            continue
        closing = _indent(line) + "}"
        end = next(
            (i for i in range(start + 1, min(len(lines), start + 80)) if lines[i].rstrip(";,)") == closing), None
        )
        early = end is None or any(lines[i].startswith(closing) for i in range(start, end))
        if end is None or early or line in found:
            found[line] = (0, 0)
        elif lines[end] == closing:
            found[line] = (start, end + 1)
    return {line: span for line, span in found.items() if span[1] - span[0] > 2}


@damage
def rewritten_block_of_braces(rng: random.Random, draft: Draft) -> bool:
    new_lines = draft.revision.new.split("\n")
    olds, news = _blocks_of_braces(draft.old), _blocks_of_braces(new_lines)
    both = sorted(
        line for line in olds.keys() & news.keys() if draft.old[slice(*olds[line])] != new_lines[slice(*news[line])]
    )
    if draft.revision.language in {"python", "markdown", "scss"} or not both:
        return False
    line = rng.choice(both)
    start, end = olds[line]
    new = new_lines[slice(*news[line])]
    if copies(draft.old, [line]) != 1:
        return False
    draft.new = [*draft.old[:start], *new, *draft.old[end:]]
    draft.answer = fenced("\n".join(new), rng, draft.revision.language)
    return True


@damage
def rewritten_part_of_file(rng: random.Random, draft: Draft) -> bool:
    """The lines around a change between two elisions, without any marker."""
    if len(draft.pieces) != 1:
        return False
    piece = draft.pieces[0]
    edges = [text for text in (piece.lines[0], piece.lines[-1]) if text[0] == " "]
    if len(edges) != 2 or any(len(text.strip()) < 4 or copies(draft.old, [text]) != 1 for _, text in edges):
        return False
    if any(copies(draft.new, [text]) != 1 for _, text in edges):
        return False
    words = rng.choice(("# ... existing code ...", "// ... existing code ...", "..."))
    draft.answer = fenced("\n".join([words, *piece.new, words]), rng, draft.revision.language)
    return True


# --- answers that change nothing


@damage
def nothing_to_change(rng: random.Random, draft: Draft) -> bool:
    draft.refuse = True
    draft.answer = rng.choice(("NO_CHANGE", "The code is fine as it is.\n", "I looked at it.\n\nNO_CHANGE\n"))
    return True


def damages_of(names: Sequence[str]) -> dict[str, Damage]:
    return {name: DAMAGES[name] for name in names} if names else dict(DAMAGES)
