"""The Python reference, by pdoc: ``python -m tools.reference FOLDER``.

pdoc goes by the source; what the package makes at run time is told to it here. Ufuncs and other callable objects show their
own docstrings, a class shows what it inherits from private modules, and decorators that only set names are left out.
"""

import argparse
import inspect
import re
import warnings
from pathlib import Path

#: What the package offers beside NumPy's names.
EXTRAS = ["install_as_numpy", "interop", "threads"]
#: What is shown: the package, and not what is private or a former name.
SHOWN = ["sharray", "!sharray._", "!sharray.core"]
#: Decorators that say something to whoever calls a function.
TELLING = {"@classmethod", "@staticmethod", "@property"}


def patch(pdoc):
    """Teach pdoc what the package is like."""
    variable, convert = pdoc.doc.Variable.__init__, pdoc.docstrings.numpy
    own, value = pdoc.doc.Class.own_members.func, pdoc.doc.Variable.default_value_str.func

    def with_the_object_s_text(self, *args, **kwargs):
        variable(self, *args, **kwargs)
        if not self.docstring and _is_function(self.default_value):
            self.docstring = inspect.getdoc(self.default_value) or ""

    def own_members(self):
        hidden = (held for (module, _), held in self.inherited_members.items() if "._" in module)
        return [*own(self), *(one for held in hidden for one in held)]

    pdoc.doc.Variable.__init__ = with_the_object_s_text
    pdoc.doc.Variable.default_value_str = property(lambda self: "" if _is_function(self.default_value) else value(self))
    pdoc.doc.Class.own_members = property(own_members)
    for kind in (pdoc.doc.Class, pdoc.doc.Function):
        everything = kind.decorators.func
        kind.decorators = property(lambda self, of=everything: [one for one in of(self) if one in TELLING])
    # The stubs have neither the texts nor, for functions with several forms, signatures that tell of all.
    pdoc.doc_pyi.find_stub_file = lambda name: None
    pdoc.docstrings.numpy = lambda text: convert(_plain_marks(text))


def _is_function(value):
    return callable(value) and not inspect.isclass(value)


def _plain_marks(text):
    """A docstring in which the marks of ``*args``, and of defaults without a value, mean themselves."""
    text = re.sub(r"(?m)^\*.*$", lambda line: line[0].replace("*", "\\*"), text)
    return text.replace("=<no value>", "=&lt;no value&gt;")


def main():
    """Write the pages."""
    parser = argparse.ArgumentParser(prog="python -m tools.reference", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the pages go")
    folder = parser.parse_args().folder
    warnings.simplefilter("ignore")

    import pdoc

    import sharray

    # The list is NumPy's, for `from sharray import *`.
    sharray.__all__ = [*sharray.__all__, *EXTRAS]
    patch(pdoc)
    pdoc.render.configure(docformat="numpy")
    pdoc.pdoc(*SHOWN, output_directory=folder)


if __name__ == "__main__":
    main()
