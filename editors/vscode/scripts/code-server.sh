#!/usr/bin/env bash
# The VS Code that the tests drive: code-server, whose npm package holds the whole editor, without the two steps of its install script that
# download from elsewhere. Needs node 20, npm, g++, make, python3 and ripgrep. Does nothing if it is there already.
set -euo pipefail
version=${1:-4.100.3}
root=$(cd "$(dirname "$0")/../../.." && pwd)
folder=$root/.cache/code-server
entry=$folder/node_modules/code-server/out/node/entry.js
done=$folder/installed-$version
[ -f "$done" ] && exit 0
# Node's own headers, where they lie beside it: node-gyp would fetch them.
prefix=$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")
for headers in "$prefix" /usr; do
  [ -f "$headers/include/node/node.h" ] && { export npm_config_nodedir=$headers; break; }
done
export npm_config_yes=true npm_config_audit=false npm_config_fund=false npm_config_loglevel=error
mkdir -p "$folder"
cd "$folder"
[ -f package.json ] || echo '{"private":true}' >package.json
npm install --ignore-scripts "code-server@$version"
npm rebuild argon2
cd node_modules/code-server/lib/vscode
npm install --ignore-scripts --omit=dev
npm rebuild node-pty @vscode/spdlog native-watchdog
ln -sfn node_modules node_modules.asar
mkdir -p node_modules/@vscode/ripgrep/bin
ln -sf "$(command -v rg)" node_modules/@vscode/ripgrep/bin/rg
node "$entry" --version
touch "$done"
