#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes JSON files as a C header: core reads no file.

usage: embed.py HEADER FILE...
"""

import json
import pathlib
import sys


def main():
    header, *files = map(pathlib.Path, sys.argv[1:])
    lines = ['/* SPDX-License-Identifier: GPL-3.0-or-later */', '#pragma once']
    for path in files:
        text = json.dumps(json.loads(path.read_text(encoding='utf-8')), separators=(',', ':'))
        cut = (text[i:i + 90] for i in range(0, len(text), 90))
        pieces = [piece.replace('\\', '\\\\').replace('"', '\\"') for piece in cut]
        lines.append(f'static const char {header.stem}_{path.stem}[] ='.replace('-', '_'))
        lines += [f'  "{piece}"' for piece in pieces[:-1]] + [f'  "{pieces[-1]}";']
    header.write_text('\n'.join(lines) + '\n', encoding='utf-8')


if __name__ == '__main__':
    main()
