#!/usr/bin/env bash
# luacheck and StyLua over every Lua file of the plugin; `lua.sh --write` formats instead of complaining. Neither looks for its settings above or
# below the folder it is started in, so this goes to where they are. StyLua is the build for WebAssembly that its authors put on npm: the other
# package there downloads a program. Installed once, into .cache.
set -euo pipefail
cd "$(dirname "$0")/.."
version=2.5.2 folder=$(cd ../.. && pwd)/.cache/stylua
case ${1:-} in
'' | --write) ;;
*)
  echo "lua.sh takes nothing or --write, not '$1'" >&2
  exit 2
  ;;
esac
if [ ! -f "$folder/installed-$version" ]; then
  npm install --silent --no-audit --no-fund --no-save --prefix "$folder" "@johnnymorganz/stylua@$version"
  touch "$folder/installed-$version"
fi
status=0
node scripts/stylua.cjs "$folder/node_modules/@johnnymorganz/stylua" "${1:---check}" || status=1
luacheck --quiet --no-color . || status=1
exit $status
