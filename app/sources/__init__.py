"""Bytes to articles, lazily. `registry.read` yields the articles of one file, `walk.files` finds the files.

A broken record is a value in the stream (a `SourceError`), so that the records after it still land.
"""
