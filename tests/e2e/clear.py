# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks for words in everything below a folder: in UTF-8 and UTF-16, plain or deflated."""

import os
import zlib

STARTS = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda", b"\x1f\x8b\x08")


def shapes(word):
    return word.encode("utf-8"), word.encode("utf-16-le"), word.encode("utf-16-be")


def unpacked(data):
    """The data, then whatever in it can be inflated."""
    yield data
    for start in STARTS:
        at = data.find(start)
        while at >= 0:
            try:
                yield zlib.decompressobj(47).decompress(data[at:], 1 << 24)
            except zlib.error:
                pass
            at = data.find(start, at + 1)


def files(folder, but=()):
    for path, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if os.path.join(path, name) not in but]
        yield from (os.path.join(path, name) for name in names if os.path.join(path, name) not in but)


def found(folder, words, but=()):
    """Where any of the words is, by its file; files come and go while a program works."""
    wanted = {word: shapes(word) for word in words}
    hits = []
    for path in files(folder, but):
        if not os.path.isfile(path):
            continue
        try:
            with open(path, "rb") as file:
                data = file.read()
        except FileNotFoundError:
            continue
        for text in unpacked(data):
            hits += [(word, path) for word, forms in wanted.items() if any(form in text for form in forms)]
    return sorted(set(hits))
