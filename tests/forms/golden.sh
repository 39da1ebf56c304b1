#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Draws the pictures of all forms anew. usage: golden.sh BUILD
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$root/tests/forms/golden"
rm -f "$root"/tests/forms/golden/*.png
MC_GOLDEN_WRITE=1 MC_SOURCE_ROOT="$root" "$1/tests/forms/test-forms-golden" >/dev/null
ls "$root/tests/forms/golden"
