"""The parts of `sharray.testing`."""
