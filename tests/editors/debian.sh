#!/usr/bin/env bash
# A command in a newer Debian, for editors and Pythons that the machine's own lacks: `debian.sh SUITE COMMAND...`, for example
#   tests/editors/debian.sh sid python3.14 -m pytest tests/text
# The first call makes the folder .cache/debian-SUITE (1 GB, some minutes); it needs root, mmdebstrap and the network. The project is there at its
# own path, with an environment for each Python in .cache/debian-SUITE/venv; the command sees the machine's loopback and nothing else of it.
set -euo pipefail
suite=${1:?debian.sh SUITE COMMAND...}
shift
root=$(cd "$(dirname "$0")/../.." && pwd)
system=$root/.cache/debian-$suite
mirror=http://deb.debian.org/debian

case $suite in
trixie) pythons=(3.13) ;;
sid) pythons=(3.13 3.14) ;;
*)
  echo "debian.sh knows trixie and sid, not '$suite'" >&2
  exit 2
  ;;
esac

if [ ! -e "$system/etc/installed" ]; then
  packages=(ca-certificates gcc g++ git redis-server tmux hx emacs-nox elpa-lsp-mode)
  for version in "${pythons[@]}"; do packages+=("python$version-venv" "python$version-dev"); done
  rm -rf "$system"
  mkdir -p "$root/.cache"
  # Signatures are checked; a mirror of sid that lags is as good.
  mmdebstrap --quiet --variant=apt --aptopt='Acquire::Check-Valid-Until "false"' --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --include="$(IFS=,; echo "${packages[*]}")" "$suite" "$system" "$mirror"
  # What the machine trusts, and how it finds names.
  cp /etc/ssl/certs/ca-certificates.crt "$system/etc/ssl/certs/ca-certificates.crt"
  cp /etc/resolv.conf /etc/hosts "$system/etc/"
  touch "$system/etc/installed"
fi

# Mounts of its own, which end with the command.
export system root
exec unshare --mount bash -c '
  set -e
  mkdir -p "$system$root"
  mount --bind "$root" "$system$root"
  mount -t proc proc "$system/proc"
  mount --rbind /dev "$system/dev"
  exec chroot "$system" /usr/bin/env -i HOME=/root TERM="${TERM:-dumb}" LC_ALL=C.UTF-8 PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin \
    PIP_DISABLE_PIP_VERSION_CHECK=1 SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt PIP_CERT=/etc/ssl/certs/ca-certificates.crt \
    EDITORS="${EDITORS:-}" bash -c "cd \"\$0\" && exec \"\$@\"" "$root" "$@"
' bash "$@"
