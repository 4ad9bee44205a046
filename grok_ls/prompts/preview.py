"""A prompt for people's eyes: Markdown of exactly what would be sent, and which words in it stand for something else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from grok_ls.prompts.data import fenced
from grok_ls.prompts.prompt import Prompt
from grok_ls.redaction.placeholder import PERSONAL, PLACEHOLDER, kind_of, spoken


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A word that stands in the prompt for a value that stays here, in so many ``places``."""

    word: str
    places: int

    @property
    def kind(self) -> str:
        """In words: ``API key``."""
        return spoken(kind_of(self.word))

    @property
    def personal(self) -> bool:
        return kind_of(self.word) in PERSONAL


def placeholders_in(prompt: Prompt, stands_for_something: Callable[[str], bool]) -> tuple[Placeholder, ...]:
    """In the order in which they are met. A word of the same form that stood in the files stands for nothing but itself."""
    counts = Counter(word for message in prompt.messages for word in PLACEHOLDER.findall(message.content.text))
    return tuple(Placeholder(word, places) for word, places in counts.items() if stands_for_something(word))


def render_preview(
    prompt: Prompt, likely: int | None = None, most: int | None = None, placeholders: tuple[Placeholder, ...] = ()
) -> str:
    """The messages one by one, exactly as they are; what was replaced stands above them, by kind. ``likely`` and ``most``:
    input tokens where more is known of the model than the prompt's own upper estimate.
    """
    bound = prompt.estimated_tokens() if most is None else most
    said = f"at most {bound}" if likely is None or likely >= bound else f"about {likely}, at most {bound}"
    parts = [f"Prompt `{prompt.version}`, {said} input tokens"]
    if placeholders:
        parts += ["Placeholders, for what does not leave this machine:", _by_kind(placeholders)]
    for message in prompt.messages:
        parts += [f"## {message.role}", fenced(message.content.text).text]
    return "\n\n".join(parts) + "\n"


def _by_kind(placeholders: tuple[Placeholder, ...]) -> str:
    kinds = sorted({each.kind for each in placeholders}, key=str.lower)
    return "\n".join(_one_kind(kind, [each for each in placeholders if each.kind == kind]) for kind in kinds)


def _one_kind(kind: str, of_it: list[Placeholder]) -> str:
    words = ", ".join(f"`{each.word}`" + (f" in {each.places} places" if each.places > 1 else "") for each in of_it)
    return f"- {kind} ({len(of_it)}): {words}"
