import pytest
from lsprotocol import types

from grok_ls.server.capabilities import resolve

PROGRESS = types.ClientCapabilities(window=types.WindowClientCapabilities(work_done_progress=True))


@pytest.mark.parametrize(
    ("name", "client", "freezes"),
    [
        ("Visual Studio Code", PROGRESS, False),
        ("", PROGRESS, False),
        ("Eglot", PROGRESS, True),
        ("emacs", PROGRESS, True),
        ("", types.ClientCapabilities(), True),
    ],
)
def test_an_editor_that_freezes_in_commands_is_known(
    name: str, client: types.ClientCapabilities, freezes: bool
) -> None:
    assert resolve(client, name).freezes_in_commands is freezes
