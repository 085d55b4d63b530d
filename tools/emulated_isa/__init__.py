"""The kernels' tests on an emulated machine with AVX-512.

``python -m tools.emulated_isa`` (``make test-avx512``) compiles the test binaries of ``crates/kernels``, packs them with
a small Linux into a bootable image, and runs them inside Bochs, an emulator of whole PCs that knows AVX-512. For
machines without it: slow, and it says nothing about speed. Where the machine has AVX-512, ``make rust-test`` runs the same
tests natively. ``make test`` does not run this, and needs nothing of it.

Some tests fail in Bochs 2.7 that real processors pass at the AVX2 level: they are left out
(:data:`tools.emulated_isa.image.SKIPPED`; ``--unskipped`` runs them). Among them are the accuracy tests, whose reference is
computed with the x87 unit. In their place the test ``levels`` compares AVX-512's results with AVX2's bit by bit. To save
time ``shapes`` runs at selected lengths only (``--all-lengths``), and loops that AVX-512 shares with a lower level are not
run again. With these omissions the 40 tests of the 12 files in ``crates/kernels/tests`` passed in it.

What it needs from Debian: the packages in :data:`tools.emulated_isa.image.PACKAGES`, installed, and a kernel package,
which is downloaded and unpacked, not installed.

:mod:`image` makes the disk image, :mod:`machine` runs it and reads what it prints.
"""
