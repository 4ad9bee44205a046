#!/usr/bin/env bash
# The tests of tests/editors with the editors of a newer Debian, and the Neovim of neovim.sh: run by debian.sh, in it.
set -euo pipefail
venv=/venv/editors
[ -x "$venv/bin/pytest" ] || { python3.13 -m venv "$venv" && "$venv/bin/pip" install --quiet -e '.[dev]'; }
EDITORS=newest exec "$venv/bin/pytest" -n0 -p no:cacheprovider tests/editors --ignore=tests/editors/vscode "$@"
