"""Writes the package's stubs: signatures as the package shows them, types from tables and from `by_hand/*.pyi`."""
