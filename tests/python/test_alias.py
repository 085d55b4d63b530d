"""The name ``numpy`` for sharray: ``install_as_numpy``, ``python -m sharray``, child processes, real libraries.

Each case is a program run in a process of its own, because an alias is for a whole process.
"""

import os
import subprocess
import sys
import textwrap

import pytest


def run(*arguments, **environment):
    """Run Python with these arguments; return what it printed."""
    variables = {k: v for k, v in os.environ.items() if not k.startswith("SHARRAY")} | environment
    done = subprocess.run(
        [sys.executable, *map(str, arguments)], capture_output=True, text=True, env=variables, timeout=100
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


def program(text, folder, *arguments, **environment):
    """Run a program text with ``python -m sharray run``."""
    script = folder / "program.py"
    script.write_text(textwrap.dedent(text))
    return run("-m", "sharray", "run", script, *arguments, **environment)


ALIASED = "import sharray; sharray.install_as_numpy()\n"

# What holds in a process after install_as_numpy(): one expression each, which must be true.
FACTS = {
    "attribute": "numpy.add is sharray.add",
    "submodule": "numpy.linalg is sharray.linalg",
    "import of a submodule": "importlib.import_module('numpy.lib.stride_tricks') is sharray.lib.stride_tricks",
    "private module": "importlib.import_module('numpy._core.numeric') is sharray._core.numeric",
    "the module keeps its own spec": "(importlib.import_module('numpy.lib'), sharray.lib.__spec__.name)[1] == 'sharray.lib'",
    "version": "numpy.__version__.startswith('2.4.')",
    "version by metadata": "importlib.metadata.version('numpy') == numpy.__version__",
    "extras are hidden from dir": "not {'interop', 'threads', 'install_as_numpy'} & set(dir(numpy))",
    "extras are no attributes": "not hasattr(numpy, 'interop')",
    "extras are no modules": "fails(ModuleNotFoundError, 'import numpy.interop')",
    "unknown module": "fails(ModuleNotFoundError, 'import numpy.no_such_module')",
    "unknown attribute": "fails(AttributeError, 'numpy.no_such_name', \"module 'numpy' has no attribute\")",
    "star import": "(exec('from numpy import *', scope := {}), scope['arange'])[1] is sharray.arange",
    "what is set on one is set on both": "(setattr(numpy, 'mark', 1), sharray.mark)[1] == 1",
    "second call": "sharray.install_as_numpy() is None and sys.modules['numpy'] is numpy",
    "nothing of the real NumPy": "not [m for m in sys.modules.values() if '/numpy/' in (getattr(m, '__file__', '') or '')]",
}


@pytest.mark.parametrize("fact", FACTS.values(), ids=FACTS)
def test_after_install(fact):
    code = f"""{ALIASED}
import importlib, importlib.metadata, sys, numpy
def fails(error, code, words=''):
    try:
        exec(code)
    except error as caught:
        return words in str(caught)
assert {fact}
"""
    run("-c", code)


def test_refused_when_numpy_is_loaded():
    code = """
import numpy, sharray
try:
    sharray.install_as_numpy()
except RuntimeError as error:
    print(error)
"""
    assert "already loaded" in run("-c", code)


def test_version_without_any_numpy_installed(tmp_path):
    """Without site-packages, but with sharray on the path, the version is answered all the same."""
    code = "import importlib.metadata as m, sys; sys.path = [p for p in sys.path if 'site-packages' not in p]\n" + (
        f"{ALIASED}print(m.version('numpy'))"
    )
    import sharray

    home = os.path.dirname(os.path.dirname(sharray.__file__))
    if "site-packages" in home:
        pytest.skip("sharray lies in site-packages itself")
    assert run("-c", code, PYTHONPATH=home).startswith("2.4.")


def test_run_script_with_arguments(tmp_path):
    text = "import sys, numpy; print(sys.argv[1:], __name__, numpy.__spec__.name, numpy.arange(3).sum())"
    assert program(text, tmp_path, "-x", "y") == "['-x', 'y'] __main__ numpy 3"


def test_run_sees_modules_beside_the_script(tmp_path):
    (tmp_path / "beside.py").write_text("import numpy\nvalue = int(numpy.ones(3).sum())")
    assert program("import beside; print(beside.value)", tmp_path) == "3"


def test_run_module(tmp_path):
    (tmp_path / "tool.py").write_text("import sys, numpy; print(sys.argv[1:], 'interop' in dir(numpy))")
    assert run("-m", "sharray", "run", "-m", "tool", "a", PYTHONPATH=f"{tmp_path}{os.pathsep}{path()}") == "['a'] False"


def path():
    return os.environ.get("PYTHONPATH", "")


def test_run_passes_the_exit_status_on(tmp_path):
    (tmp_path / "leave.py").write_text("raise SystemExit(7)")
    done = subprocess.run([sys.executable, "-m", "sharray", "run", str(tmp_path / "leave.py")])
    assert done.returncode == 7


def test_run_of_a_missing_script(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "sharray", "run", str(tmp_path / "no.py")], capture_output=True, text=True
    )
    assert done.returncode == 2 and "no.py" in done.stderr


CHILDREN = {
    "subprocess": """
        import subprocess, sys
        code = "import numpy, sys; print(sys.modules['sharray'].add is numpy.add)"
        print(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip())
    """,
    "metadata first": """
        import subprocess, sys
        code = "import importlib.metadata as m; print(m.version('numpy').startswith('2.4.'), 'sharray' in __import__('sys').modules)"
        out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
        print(out == "True True")
    """,
    "spawn": """
        import multiprocessing
        def child(_):
            import numpy, sys
            return sys.modules["sharray"].add is numpy.add
        if __name__ == "__main__":
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                print(pool.map(child, [0])[0])
    """,
    "fork": """
        import multiprocessing
        def child(_):
            import numpy, sys
            return sys.modules["sharray"].add is numpy.add
        with multiprocessing.get_context("fork").Pool(1) as pool:
            print(pool.map(child, [0])[0])
    """,
    "another sitecustomize still runs": """
        import os, pathlib, subprocess, sys, tempfile
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "sitecustomize.py").write_text("import builtins; builtins.mark = 1")
            os.environ["PYTHONPATH"] += os.pathsep + folder
            code = "import numpy, sys; print(mark == 1 and 'sharray' in sys.modules)"
            print(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip())
    """,
    "no numpy, no cost": """
        import subprocess, sys
        code = "import sys; print('sharray' not in sys.modules)"
        print(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip())
    """,
}


@pytest.mark.parametrize("text", CHILDREN.values(), ids=CHILDREN)
def test_child_processes(text, tmp_path):
    assert program(text, tmp_path) == "True"


@pytest.mark.parametrize("consumer", ["pandas", "matplotlib"])
def test_compiled_consumer_is_named(consumer, tmp_path):
    pytest.importorskip(consumer)
    text = f"""
        try:
            import {consumer}
        except ImportError as error:
            print(error.name, "import sharray as np" in str(error))
    """
    assert program(text, tmp_path) == f"{consumer} True"


# Public pure-Python packages that import NumPy: a small job of each, with the answer.
LIBRARIES = {
    "uncertainties": (
        """
        from uncertainties import unumpy
        a = unumpy.uarray([1.0, 2.0], [0.1, 0.2])
        print(a.sum(), unumpy.nominal_values(a * 2).tolist())
        """,
        "3.00+/-0.22 [2.0, 4.0]",
    ),
    "pint": (
        """
        import numpy as np, pint
        u = pint.UnitRegistry()
        print((np.array([1.0, 2.0]) * u.km).to("m").magnitude.tolist(), np.mean([1.0, 3.0] * u.s))
        """,
        "[1000.0, 2000.0] 2.0 second",
    ),
    "einops": (
        """
        import numpy as np, einops
        x = np.arange(24).reshape(2, 3, 4)
        print(einops.rearrange(x, "a b c -> (a c) b").shape, einops.reduce(x, "a b c -> b", "sum").tolist())
        """,
        "(8, 3) [60, 92, 124]",
    ),
    "numpy_financial": (
        """
        import numpy_financial as npf
        print(round(float(npf.npv(0.08, [-100.0, 60.0, 60.0])), 4), round(float(npf.fv(0.05, 10, -100, -100)), 2))
        """,
        "6.9959 1420.68",
    ),
    "autograd": (
        """
        import autograd.numpy as np
        from autograd import grad
        print(float(grad(lambda x: np.sum(x ** 3))(np.array([1.0, 2.0]))[1]))
        """,
        "12.0",
    ),
}


@pytest.mark.parametrize("name", LIBRARIES)
def test_pure_python_library(name, tmp_path):
    pytest.importorskip(name)
    text, answer = LIBRARIES[name]
    assert program(text, tmp_path) == answer


def test_info(tmp_path):
    import sharray as np

    np.save(tmp_path / "a.npy", np.zeros((3, 4), dtype="f4"))
    np.savez(tmp_path / "b.npz", x=np.arange(3), y=np.zeros(2))
    out = run("-m", "sharray", "info", tmp_path / "a.npy", tmp_path / "b.npz")
    assert "float32 (3, 4), C order, 48 bytes" in out
    assert "2 arrays" in out and "x: int64 (3,)" in out


def test_info_of_no_array(tmp_path):
    (tmp_path / "c.npy").write_bytes(b"nothing")
    done = subprocess.run(
        [sys.executable, "-m", "sharray", "info", str(tmp_path / "c.npy")], capture_output=True, text=True
    )
    assert done.returncode == 1 and "c.npy" in done.stderr
