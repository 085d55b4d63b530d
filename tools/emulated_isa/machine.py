"""The emulated machine: its configuration, a run of it, and what the run printed on its serial port."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import threading
import time

from .image import Work

#: A processor with AVX-512 F, BW, DQ, VL and CD; one core, as fast as the host can.
CONFIGURATION = """
display_library: term
romimage: file=/usr/share/bochs/BIOS-bochs-latest
vgaromimage: file=/usr/share/bochs/VGABIOS-lgpl-latest
cpu: model=corei7_skylake_x, count=1, ips=100000000, reset_on_triple_fault=0
memory: guest=1024, host=1024
ata0: enabled=1, ioaddr1=0x1f0, ioaddr2=0x3f0, irq=14
ata0-master: type=cdrom, path="{iso}", status=inserted
boot: cdrom
com1: enabled=1, mode=file, dev="{serial}"
log: "{log}"
clock: sync=none, time0=1700000000
panic: action=fatal
error: action=ignore
info: action=ignore
"""


def run(work: Work, tests: list[str], limit: float) -> int:
    """Boot the image, show what it prints; return 1 unless the machine has AVX-512 and every test binary passed."""
    serial, log = work.folder / "serial.txt", work.folder / "bochs.log"
    serial.unlink(missing_ok=True)
    configuration, commands = work.folder / "bochsrc", work.folder / "commands"
    configuration.write_text(CONFIGURATION.format(iso=work.iso, serial=serial, log=log))
    commands.write_text("c\n")
    command = ["bochs-bin", "-q", "-f", str(configuration), "-rc", str(commands)]
    begin, shown = time.monotonic(), 0
    machine, screen = start(command)
    try:
        while machine.poll() is None and time.monotonic() - begin < limit:
            time.sleep(1)
            shown = show(serial, shown)
    finally:
        if machine.poll() is None:
            machine.send_signal(signal.SIGKILL)
        machine.wait()
        os.close(screen)
    show(serial, shown)
    return report(serial.read_text(errors="replace") if serial.exists() else "", tests, time.monotonic() - begin)


def start(command: list[str]) -> tuple[subprocess.Popen[bytes], int]:
    """Start Bochs on a terminal of its own, whose text is thrown away."""
    screen, terminal = pty.openpty()
    machine = subprocess.Popen(
        command,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env={**os.environ, "TERM": "vt100"},
        start_new_session=True,
    )
    os.close(terminal)

    def drain() -> None:
        try:
            while os.read(screen, 65536):
                pass
        except OSError:
            pass

    threading.Thread(target=drain, daemon=True).start()
    return machine, screen


def show(serial, shown: int) -> int:
    """Print what is new on the serial port; return how much there is."""
    if not serial.exists():
        return shown
    text = serial.read_bytes()
    print(text[shown:].decode(errors="replace"), end="", flush=True)
    return len(text)


def report(text: str, tests: list[str], seconds: float) -> int:
    """Judge a run by its text: print the counts and what is missing or failed, return 1 if anything is."""
    features = re.search(r"EMULATED features (.*)", text)
    wide = features is not None and "avx512f" in features[1]
    status = {name: int(code) for name, code in re.findall(r"EMULATED result (\w+) (\d+)", text)}
    passed = sum(int(count) for count in re.findall(r"test result: \w+\. (\d+) passed", text))
    failed = sum(int(count) for count in re.findall(r"test result: \w+\. \d+ passed; (\d+) failed", text))
    bad = [test for test in tests if status.get(test) != 0]
    print(
        f"\n{passed} tests passed, {failed} failed, in {len(status)} of {len(tests)} binaries, {seconds:.0f} s emulated"
    )
    if not wide:
        print("the emulated machine shows no AVX-512")
    if bad:
        print("failed or not finished:", ", ".join(bad))
    return int(bool(bad) or not wide or failed > 0)
