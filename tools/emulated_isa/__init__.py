"""The kernels' tests on an emulated machine with AVX-512.

``python -m tools.emulated_isa`` (``make test-avx512``) compiles the test binaries of ``crates/kernels``, packs them with
a small Linux into a bootable image, and runs them inside Bochs, an emulator of whole PCs that knows AVX-512. For
machines without it: slow (a few minutes up to half an hour), and it says nothing about speed. Where the machine has
AVX-512, ``make rust-test`` runs the same tests natively.

Bochs 2.7 errs in places. Its x87 logarithm and arc tangent are good for some 50 bits only, so the long double reference
of the accuracy tests of ``log``, ``arccos`` and ``arcsinh`` is wrong there (``logl(1.4143730461147177)`` differs from a
real processor's in the last 14 bits): these three tests fail in it for that reason. It refuses AVX-512 gathers by a
register above 15.

What it needs from Debian: the packages in :data:`tools.emulated_isa.image.PACKAGES`, installed, and a kernel package,
which is downloaded and unpacked, not installed.

:mod:`image` makes the disk image, :mod:`machine` runs it and reads what it prints.
"""
