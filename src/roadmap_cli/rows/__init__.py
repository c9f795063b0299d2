"""Rows with stable keys: what tables, JSON, tab-separated lines and every face share.

`types` and its neighbours say what a row holds, once: the type checker holds makers and faces to
it, and the published JSON Schemas are made from it. Commands make rows without loading types.
"""
