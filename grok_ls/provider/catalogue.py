"""What is known of models: prices, context, efforts, edit format. Data, with date and source; the endpoint's own
figures win over it.

Source: https://docs.x.ai/developers/pricing and the model cards, read in October and November 2026. Prices move:
every figure that is shown says where it comes from, and ``cost_in_usd_ticks`` of an answer is used whenever it is
there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from grok_ls.usage import Usage

AS_OF = "2026-11-21"
SOURCE = "https://docs.x.ai/developers/pricing"

# What the tier ``priority`` costs, times the price; billed only where the answer says that it was applied
# (https://docs.x.ai/developers/advanced-api-usage/priority-processing and the pricing page).
PRIORITY = "priority"
PRIORITY_FACTOR = 2.0

# A cloned repository's action may choose its model among those that cost about as much as the user's.
CLASS_FACTOR = 1.5

EditFormat = Literal["diff", "search-replace", "rewrite"]
# Prompts from this size on bill every token at the long column.
LONG_CONTEXT_TOKENS = 200_000


@dataclass(frozen=True, slots=True)
class Prices:
    """US dollars per million tokens."""

    input: float
    cached: float
    output: float


@dataclass(frozen=True, slots=True)
class Model:
    """``efforts``: what may be sent as reasoning effort, the quickest first, empty = nothing; ``default_effort``: the model's
    own where none is sent. ``context_tokens``: prompt and answer, 0 = unknown. ``long_from_tokens``: prompts from this
    size on bill every token at ``long_prices``.
    """

    slug: str
    context_tokens: int
    prices: Prices
    long_prices: Prices
    efforts: tuple[str, ...] = ()
    default_effort: str | None = None
    edit_format: EditFormat = "diff"
    long_from_tokens: int = LONG_CONTEXT_TOKENS

    def prices_at(self, input_tokens: int) -> Prices:
        """Every token of a prompt of this size bills at these."""
        return self.long_prices if input_tokens >= self.long_from_tokens else self.prices

    def times(self, factor: float) -> Model:
        """The same model where everything costs so many times as much."""
        return replace(self, prices=scaled(self.prices, factor), long_prices=scaled(self.long_prices, factor))


def scaled(prices: Prices, factor: float) -> Prices:
    return Prices(prices.input * factor, prices.cached * factor, prices.output * factor)


def _model(slug: str, context: int, prices: Prices, efforts: str = "", default: str | None = None) -> Model:
    return Model(slug, context, prices, scaled(prices, 2.0), tuple(efforts.split()), default)


MODELS: tuple[Model, ...] = (
    _model("grok-4.7", 500_000, Prices(2.00, 0.50, 6.00), "low medium high xhigh", "high"),
    _model("grok-4.6", 500_000, Prices(2.00, 0.50, 6.00), "low medium high xhigh", "high"),
    _model("grok-4.5", 500_000, Prices(2.00, 0.30, 6.00), "low medium high xhigh", "high"),
    _model("grok-4.3", 1_000_000, Prices(1.25, 0.20, 2.50), "none low medium high xhigh", "low"),
    _model("grok-4.20-0309-reasoning", 1_000_000, Prices(1.25, 0.20, 2.50)),
    _model("grok-4.20-0309-non-reasoning", 1_000_000, Prices(1.25, 0.20, 2.50)),
    _model("grok-build-0.1", 256_000, Prices(1.00, 0.20, 2.00)),
)


@dataclass(frozen=True, slots=True)
class Alias:
    """``retired``: the day since which the name is served by another model than it says."""

    slug: str
    retired: str | None = None


# https://docs.x.ai/developers/migration/may-15-retirement: its table routes the code model to grok-build-0.1.
_CODE = Alias("grok-build-0.1", "2026-05-15")
ALIASES: dict[str, Alias] = {
    "grok-code-fast-1": _CODE,
    "grok-code-fast": _CODE,
    "grok-code-fast-1-0825": _CODE,
    "grok-4.3-latest": Alias("grok-4.3"),
    "grok-4.20": Alias("grok-4.20-0309-reasoning"),
    "grok-4.20-reasoning": Alias("grok-4.20-0309-reasoning"),
    "grok-4.20-non-reasoning": Alias("grok-4.20-0309-non-reasoning"),
    "grok-4.20-0309": Alias("grok-4.20-0309-reasoning"),
}
_BY_SLUG = {model.slug: model for model in MODELS}
# The fact sheet's advice by kind of work: effort none is the one way to an edit within seconds.
INSTEAD = {"grok-4.3": "fast with grok.reasoningEffort none", "grok-4.7": "for hard cases"}
# Gateways put the vendor before the name.
_PREFIX = re.compile(r"^(?:x-ai|xai)/")
# Names of open models tell their size: "qwen2.5-coder:7b", "Llama-3.2-3B-Instruct".
_SIZE = re.compile(r"(?:^|[-_:/])(\d+(?:\.\d+)?)b(?:$|[-_:/.])")
_SMALL_B = 9.0
_LOCAL = re.compile(r"qwen2\.5-?coder|codellama|starcoder|deepseek-coder|codegemma|stable-code|\.gguf$")


def find(slug: str) -> Model | None:
    """The model that runs for a name: aliases and gateway prefixes resolved. ``None``: not in the table."""
    name = _PREFIX.sub("", slug.strip())
    alias = ALIASES.get(name)
    return _BY_SLUG.get(alias.slug if alias else name)


def retired(slug: str) -> Alias | None:
    """The alias, if the name is one of a retired model."""
    alias = ALIASES.get(_PREFIX.sub("", slug.strip()))
    return alias if alias and alias.retired else None


def price_in_words(model: Model) -> str:
    """Of a prompt below the long context: ``$1.25 in, $2.50 out a million tokens``."""
    return f"${model.prices.input:.2f} in, ${model.prices.output:.2f} out a million tokens"


def same_class(slug: str, other: str) -> bool:
    """Whether a model costs at most ``CLASS_FACTOR`` times what the other costs; what is not in the table is its own class."""
    one, two = find(slug), find(other)
    if one is None or two is None:
        return slug == other
    return one.prices.input <= CLASS_FACTOR * two.prices.input and one.prices.output <= CLASS_FACTOR * two.prices.output


def alternatives() -> str:
    """What to choose instead of a retired name, with prices, for a sentence."""
    return " or ".join(f"{slug} ({what}; {price_in_words(_BY_SLUG[slug])})" for slug, what in INSTEAD.items())


def edit_format(slug: str) -> EditFormat:
    """How a model is asked to write edits: Grok models follow unified diffs; small local ones only rewrite; others
    replace blocks.
    """
    name = slug.strip().lower()
    if find(name) is not None or "grok" in name:
        return "diff"
    size = _SIZE.search(name)
    small = float(size.group(1)) < _SMALL_B if size else _LOCAL.search(name) is not None
    return "rewrite" if small else "search-replace"


def effort_for(slug: str, wanted: str | None) -> str | None:
    """The effort to send: ``wanted`` if the model takes it, else none (grok-build and grok-4.20 answer 400 to any
    value).
    """
    model = find(slug)
    return wanted if wanted and model is not None and wanted in model.efforts else None


def hard_effort(slug: str) -> str | None:
    """For a hard case where the user chose no effort: models whose own is high think for 20 to 40 s at it, and bill it."""
    model = find(slug)
    return "medium" if model is not None and model.default_effort == "high" else None


def takes(model: Model | None, input_tokens: int) -> bool:
    """Whether a prompt of this size leaves the model room for an answer; an unknown model takes everything."""
    return model is None or not model.context_tokens or input_tokens < model.context_tokens


def is_small(slug: str) -> bool:
    """A local model of a few billion parameters: it follows short prompts only."""
    return edit_format(slug) == "rewrite"


def cost_usd(model: Model | str, usage: Usage) -> float | None:
    """US dollars of one request by the table; ``None`` if a count is missing or the model is not in it."""
    known = find(model) if isinstance(model, str) else model
    if known is None or usage.input_tokens is None or usage.output_tokens is None:
        return None
    prices = known.prices_at(usage.input_tokens)
    cached = min(usage.cached_tokens or 0, usage.input_tokens)
    fresh = usage.input_tokens - cached
    return (fresh * prices.input + cached * prices.cached + usage.output_tokens * prices.output) / 1e6


def worst_cost_usd(model: Model | str, input_tokens: int, max_output_tokens: int) -> float | None:
    """What a request costs at most: nothing cached, the whole limit written. ``None``: the price is unknown."""
    return cost_usd(model, Usage(input_tokens=input_tokens, cached_tokens=0, output_tokens=max_output_tokens))


def priced(usage: Usage, model: Model | str) -> Usage:
    """``usage`` with what it costs by the table, unless the endpoint said what it cost."""
    return usage if usage.cost_usd is not None else replace(usage, cost_usd=cost_usd(model, usage))
