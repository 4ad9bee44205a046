"""How the quoted lines of a hunk say that its added lines are to be indented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from grok_ls.edits.answer import Hunk
from grok_ls.edits.buffer import Buffer, indent_of, normal, plain
from grok_ls.edits.indent import IDENTITY, TABLE, Fit, Pair, fit, foreign


def strained(buffer: Buffer, hunk: Hunk, mapping: Sequence[int | None], rule: Fit | None) -> int:
    if rule is None or all(
        one.text == buffer.lines[at] for one, at in zip(hunk.old, mapping, strict=True) if at is not None
    ):
        return 0
    count = 0
    for line, at in zip(hunk.old, mapping, strict=True):
        if at is not None and line.text.strip() and line.marked and not buffer.lines[at].startswith("\f"):
            true = indent_of(buffer.lines[at])
            count += not _explains(rule, (indent_of(plain(line.text)), true), (indent_of(plain(line.raw)), true))
    return count


def own_style(buffer: Buffer, hunk: Hunk) -> Fit:
    """How to indent what was added to quoted lines that are as they should be: as it is, but with the file's
    characters.
    """
    added = [line.text for line in hunk.lines if line.kind == "addition" and line.text[:1] in (" ", "\t")]
    if not added or any(
        line.text[:1] in (" ", "\t") and line.text[0] == added[0][0] for line in hunk.old if line.text.strip()
    ):
        return IDENTITY
    return foreign(added, buffer.lines) or IDENTITY


def indentation(buffer: Buffer, hunk: Hunk, mapping: Sequence[int | None], fuzzy: bool) -> Fit | None:
    """The rule from written to true indentation, None if there is none. A lost marker looks like a dedent and is
    none.
    """
    removals: list[Pair] = []
    marked: list[tuple[Pair, Pair]] = []
    bare: list[Pair] = []
    for line, at in zip(hunk.old, mapping, strict=True):
        if at is None or not line.text.strip() or (fuzzy and normal(line.text) != buffer.normals[at]):
            continue
        if buffer.lines[at].startswith("\f") or line.text.startswith("\f"):
            continue
        true = indent_of(buffer.lines[at])
        pair, raw = (indent_of(plain(line.text)), true), (indent_of(plain(line.raw)), true)
        if line.kind == "removal":
            removals.append(pair)
        elif line.marked:
            marked.append((pair, raw))
        elif raw[0] == true:
            removals.append(raw)
        else:
            bare.append(pair)
    if not removals and not marked:
        return _rule([], bare, fuzzy) if _all_bare(hunk, bare) else IDENTITY
    if _lost(hunk, removals + [pair for pair, _ in marked]):
        return None
    if not removals and _starred(hunk, marked):
        return fit([pair for pair, _ in marked], False)
    if all(map(_same, removals)) and all(_same(pair) or _same(raw) for pair, raw in marked):
        return IDENTITY if removals or not _overwritten(hunk, marked) else fit([pair for pair, _ in marked], False)
    if hunk.form == "search-replace" and _only_quoted(hunk, removals, [pair for pair, _ in marked]):
        return IDENTITY
    # A marked line may be one that lost its marker: what looks like the marker is then the first column.
    rules: list[Fit] = []
    for pairs in (removals + [pair for pair, _ in marked], removals, [raw for _, raw in marked]):
        rule = fit(pairs, any(true.startswith("\t") for _, true in pairs)) if pairs else None
        if rule is None or rule.rank == TABLE or any(rule.shift(one) != two for one, two in removals):
            continue
        if all(_explains(rule, *either) for either in marked):
            rules.append(rule)
    beside = all(_same(pair) or _same(raw) for pair, raw in marked) and hunk.form == "diff"
    if beside and (rule := _beside_marker(removals)) is not None:
        rules.append(rule)
    if rules:
        added = [indent_of(line.text) for line in hunk.lines if line.kind == "addition" and line.text.strip()]
        return min(rules, key=lambda rule: (any(rule.shift(one) is None for one in added), rule.rank))
    return _rule(removals, removals + [raw if _same(raw) else pair for pair, raw in marked], fuzzy)


def _only_quoted(hunk: Hunk, removals: Sequence[Pair], kept: Sequence[Pair]) -> bool:
    """True if what both halves have is indented as in the file, and what only the search has otherwise is so nowhere in the
    replacement.
    """
    if not all(map(_same, kept)) or not any(one for one, _ in kept):
        return False
    added = {indent_of(line.text) for line in hunk.lines if line.kind == "addition" and line.text.strip()}
    return added.isdisjoint(one for one, other in removals if one != other)


def _starred(hunk: Hunk, marked: Sequence[tuple[Pair, Pair]]) -> bool:
    """True if every line of a comment like this one lost its one blank: what looks like a lost marker is none then, or
    the added lines would have their blank.
    """
    added = [line.text for line in hunk.lines if line.kind == "addition" and line.text.strip()]
    return (
        bool(added)
        and all(text.startswith("*") for text in added)
        and all(pair == ("", " ") for pair, _ in marked)
        and all(line.text.startswith("*") for line in hunk.old if line.text.strip())
    )


def _beside_marker(removals: Sequence[Pair]) -> Fit | None:
    """The rule of changed lines whose markers stand over their first blank, or have blanks behind them. One blank more or
    less is more likely that than another width of indentation.
    """
    shifts = {len(true) - len(written) for written, true in removals}
    rule = fit(removals, False) if len(shifts) == 1 else None
    return rule if rule is None or shifts in ({1}, {-1}) else replace(rule, rank=TABLE)


def _overwritten(hunk: Hunk, marked: Sequence[tuple[Pair, Pair]]) -> bool:
    """True if the markers of all lines stand in the place of a blank, the added ones' too; False if the quoted lines have
    lost theirs: the added lines stand in the columns of what they stand between.
    """
    if any(_same(pair) for pair, _ in marked):
        return False
    # The lines of a block comment stand one blank further in, where nothing else does.
    quoted = [indent_of(line.text) for line in hunk.old if line.text.strip() and not line.text.lstrip().startswith("*")]
    added = [indent_of(line.text) for line in hunk.lines if line.kind == "addition" and line.text.strip()]
    shown, raw = set(quoted), {" " + indent for indent in quoted}
    return sum(one in shown for one in added) > sum(one in raw for one in added)


def _same(pair: Pair) -> bool:
    return pair[0] == pair[1]


def _lost(hunk: Hunk, pairs: Sequence[Pair]) -> bool:
    """True if every line lost its whole indentation, and they did not all have the same."""
    if any(one for one, _ in pairs) or len({true for _, true in pairs}) < 2:
        return False
    return not any(indent_of(line.text) for line in hunk.lines if line.kind == "addition" and line.text.strip())


def _explains(rule: Fit, pair: Pair, raw: Pair) -> bool:
    return rule.shift(pair[0]) == pair[1] or rule.shift(raw[0]) == raw[1]


def _all_bare(hunk: Hunk, bare: Sequence[Pair]) -> bool:
    """True if everything lost its indentation with its marker, the added lines too."""
    added = [line.text for line in hunk.lines if line.kind == "addition" and line.text.strip()]
    return any(true for _, true in bare) and not any(one for one, _ in bare) and not any(map(indent_of, added))


def _rule(removals: Sequence[Pair], pairs: Sequence[Pair], fuzzy: bool) -> Fit | None:
    tabs = any(true.startswith("\t") for _, true in pairs)
    if removals and all(map(_same, removals)):
        return IDENTITY
    rule = fit(pairs, tabs)
    if rule is not None and not (fuzzy and rule.rank == TABLE):
        return rule
    if removals and not fuzzy and (rule := fit(removals, tabs)) is not None:
        return rule
    return IDENTITY if not removals and 2 * sum(one == two for one, two in pairs) >= len(pairs) else None
