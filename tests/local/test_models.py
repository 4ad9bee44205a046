"""The pinned data."""

from __future__ import annotations

import pytest

from grok_ls.errors import ConfigError
from grok_ls.local.models import DEFAULT, MODELS, LocalModel, find_model


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_parts_of_the_mirror_make_up_the_file(model: LocalModel) -> None:
    assert (model.mirror.parts - 1) * model.mirror.part_bytes < model.size_bytes
    assert model.size_bytes <= model.mirror.parts * model.mirror.part_bytes
    assert len(bytes.fromhex(model.sha256)) == 32
    assert model.url.startswith("https://")
    assert model.url.endswith(model.file)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_model_is_found_by_name_file_and_size(model: LocalModel) -> None:
    for name in (model.name, model.file, model.name.upper(), model.name.split("-")[2]):
        assert find_model(name) is model


def test_no_name_is_the_default() -> None:
    assert find_model(None) is DEFAULT


def test_unknown_model_names_the_known_ones() -> None:
    with pytest.raises(ConfigError, match=r"'7b'.*qwen2\.5-coder-1\.5b-instruct, qwen2\.5-coder-0\.5b-instruct"):
        find_model("7b")
