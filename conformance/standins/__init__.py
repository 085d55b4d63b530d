"""Importable stand-ins for the compiled helpers of NumPy's tests; only the conformance run uses them."""
