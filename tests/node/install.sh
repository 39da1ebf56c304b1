#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# install.sh FOLDER: puts the pinned packages into FOLDER, beside the sources and never among them.
# What is there already and is of this lock file stays.

set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "$1"
cd "$1"

if [ -d node_modules ] && cmp -s "$here/package-lock.json" installed-lock.json; then
  exit 0
fi
rm -f installed-lock.json
cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" .
npm ci --prefer-offline --no-progress
cp package-lock.json installed-lock.json
