"""The same statements on NumPy and sharray, interleaved in one process: ``python -m benchmarks --help``.

``cases/*.toml`` hold the statements as data, ``measure`` takes the times, ``summary`` draws conclusions from them,
``picture`` draws them.
"""
