"""How well input tokens are estimated, before and after calibration, against the local model's own tokenizer.

``python tests/benchmarks/context/bench_tokens.py ROOT... [--count 240] [--requests 24]`` takes files below the roots with a
fixed seed, builds the prompt of a fix, a refactoring or an explanation at a random place of each, and counts its tokens
with the local model (0.5B, ``/tokenize``). ``--requests`` of them are also really sent, with one token of output, and the
endpoint's ``usage`` is compared with that count. ``--tokenizer FILE`` counts with another tokenizer instead, of a
``tokenizer.json`` (needs the package ``tokenizers``): the weights were not fitted to it. Calibrated is with the first prompts, tested with the others.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import statistics
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from grok_ls.context.collect import collect
from grok_ls.context.languages import language_of
from grok_ls.context.tokens import Weight
from grok_ls.engine.calibration import Calibration, Seen, fitted
from grok_ls.local.serve import LocalServer, local_server
from grok_ls.prompts.build import Note, Task, build, seal
from grok_ls.prompts.prompt import HIDDEN_TOKENS, Prompt
from grok_ls.redaction.redact import Vocabulary
from grok_ls.text import Source, Span

SUFFIXES = (".py", ".ts", ".tsx", ".js", ".go", ".rs", ".java", ".c", ".h", ".rb", ".php", ".lua", ".cs", ".kt")
HOSTILE = {
    "numbers": lambda rng: "x = [" + ", ".join(str(rng.randrange(10**6)) for _ in range(2500)) + "]",
    "hex": lambda rng: f'KEYS = "{rng.randbytes(5000).hex()}"',
    "capitals": lambda rng: 'X = "' + "".join(rng.choice("BCDFGHJKLMNPQRSTVWXZ") for _ in range(8000)) + '"',
    "ideographs": lambda rng: "# " + "".join(chr(rng.randrange(0x4E00, 0x9FA5)) for _ in range(4000)),
    "signs": lambda rng: "# " + "".join(rng.choice("!@#$%^&*()[]{};:,.<>/?|~`+-=_") for _ in range(8000)),
}


@dataclass(frozen=True, slots=True)
class Counted:
    kind: str
    prompt: Prompt
    weighed: Weight
    tokens: int

    @property
    def bytes(self) -> int:
        return sum(len(message.content.text.encode()) for message in self.prompt.messages)


def prompt_at(source: Source, at: int, action: str) -> Prompt:
    language = language_of(source.path, "", source.line_text(0))
    context = collect(source, Span(at, at), tokens=12_000, language=language)
    line = source.line_of(at) + 1
    findings = (
        (Note(line, line, "this is wrong", "check", "E1", source.line_text(line - 1)),) if action == "fix" else ()
    )
    task = Task(
        action=action,
        result="explain" if action == "explain" else "edit",
        edit_format="diff",
        path=source.path,
        language=language.id if language else "",
        context=context,
        first_line=line,
        last_line=line,
        findings=findings,
    )
    return seal(build(task), Vocabulary(b"0123456789abcdef"))


def prompts(roots: Sequence[Path], count: int) -> Iterator[tuple[str, Prompt]]:
    rng = random.Random(7)
    found = sorted(path for root in roots for path in root.rglob("*") if path.suffix in SUFFIXES and path.is_file())
    rng.shuffle(found)
    made = 0
    for path in found:
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        if not 1_000 < len(text) < 400_000:
            continue
        made += 1
        yield (
            path.suffix,
            prompt_at(Source(text, path.name), rng.randrange(len(text)), rng.choice(("fix", "refactor", "explain"))),
        )
        if made >= count:
            break
    for name, text in HOSTILE.items():
        yield name, prompt_at(Source(text(rng), "data.py"), 0, "explain")


def asked(url: str, body: object) -> dict[str, object]:
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=600) as answer:
        found: dict[str, object] = json.load(answer)
    return found


def tokens_of(server: LocalServer, prompt: Prompt) -> int:
    base = server.base_url.removesuffix("/v1")
    said = "".join(f"<|im_start|>{m.role}\n{m.content.text}<|im_end|>\n" for m in prompt.messages)
    found = asked(f"{base}/tokenize", {"content": f"{said}<|im_start|>assistant\n", "parse_special": True})["tokens"]
    assert isinstance(found, list)
    return len(found)


def billed(server: LocalServer, prompt: Prompt) -> int:
    messages = [{"role": message.role, "content": message.content.text} for message in prompt.messages]
    answer = asked(
        f"{server.base_url}/chat/completions", {"model": server.model, "messages": messages, "max_tokens": 1}
    )
    usage = answer["usage"]
    assert isinstance(usage, dict)
    return int(usage["prompt_tokens"])


def quantile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def errors(name: str, pairs: Sequence[tuple[float, int]]) -> None:
    found = [abs(estimate / tokens - 1) for estimate, tokens in pairs]
    least = min(estimate / tokens - 1 for estimate, tokens in pairs)
    print(f"{name:52} p50 {quantile(found, 0.5):6.1%}  p95 {quantile(found, 0.95):6.1%}  lowest {least:+6.1%}")


def report(counted: Sequence[Counted]) -> None:
    real = [each for each in counted if each.kind.startswith(".")]
    print(f"{len(real)} prompts, {statistics.median(each.tokens for each in real):.0f} tokens (median)")
    errors("a third of the bytes", [(each.bytes / 3, each.tokens) for each in real])
    errors("weighed, not calibrated", [(each.weighed.likely, each.tokens) for each in real])
    errors("reserved, not calibrated (hidden tokens apart)", [(each.weighed.most, each.tokens) for each in real])
    hostile = [each for each in counted if not each.kind.startswith(".")]
    errors("    of hostile prompts", [(each.weighed.most, each.tokens) for each in hostile])
    errors("    of hostile prompts, a third of the bytes", [(each.bytes / 3, each.tokens) for each in hostile])
    for known in (8, 24, 96):
        rng = random.Random(known)
        likely: list[tuple[float, int]] = []
        most: list[tuple[float, int]] = []
        for _ in range(20):
            drawn = rng.sample(real, min(known, len(real) // 2))
            fit = fitted([Seen(each.weighed.likely, each.weighed.digits, each.tokens) for each in drawn])
            rest = [each for each in real if each not in drawn]
            likely += [(fit.expected(each.weighed).likely, each.tokens) for each in rest]
            most += [(fit.expected(each.weighed).most, each.tokens) for each in (*rest, *hostile)]
        errors(f"after {known} requests", likely)
        errors("    reserved, hostile ones too", most)
    print("last calibration:", fit)
    print("not calibrated:", Calibration(), "hidden", HIDDEN_TOKENS)


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("roots", type=Path, nargs="+")
    parser.add_argument("--count", type=int, default=240)
    parser.add_argument("--requests", type=int, default=0)
    parser.add_argument("--tokenizer", type=Path)
    options = parser.parse_args()
    made = list(prompts([root.resolve() for root in options.roots], options.count))
    if options.tokenizer:
        other = import_module("tokenizers").Tokenizer.from_file(str(options.tokenizer))
        texts = [(kind, prompt, "\n\n".join(m.content.text for m in prompt.messages)) for kind, prompt in made]
        report([Counted(kind, prompt, prompt.weighed(), len(other.encode(text).ids)) for kind, prompt, text in texts])
        return
    async with local_server("0.5b") as server:
        counted = [
            Counted(kind, prompt, prompt.weighed(), await asyncio.to_thread(tokens_of, server, prompt))
            for kind, prompt in made
        ]
        short = sorted(counted, key=lambda each: each.tokens)[: options.requests]
        for each in short:
            usage = await asyncio.to_thread(billed, server, each.prompt)
            if usage != each.tokens:
                print(f"the endpoint bills {usage} for a prompt of {each.tokens} tokens")
    report(counted)


if __name__ == "__main__":
    asyncio.run(main())
