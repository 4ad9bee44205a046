"""A language server that finds one thing wrong: the tool whose problems an editor sends along to grok-ls.

``python linter.py LINE MESSAGE`` reports on that line (from 0) of each document that is opened.
"""

from __future__ import annotations

import sys

from tests.editors.recorder import read_message, write_message


def main(line: int, message: str) -> None:
    while (asked := read_message()) is not None and asked.get("method") != "exit":
        if "id" in asked and "method" in asked:
            sync = {"capabilities": {"textDocumentSync": 1}}
            write_message({"id": asked["id"], "result": sync if asked["method"] == "initialize" else None})
        elif asked.get("method") == "textDocument/didOpen":
            where = {"start": {"line": line, "character": 4}, "end": {"line": line, "character": 16}}
            problem = {"range": where, "message": message, "severity": 1, "source": "lint"}
            params = {"uri": asked["params"]["textDocument"]["uri"], "diagnostics": [problem]}
            write_message({"method": "textDocument/publishDiagnostics", "params": params})


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
