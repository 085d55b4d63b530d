"""The Python reference, by pdoc: ``python -m tools.reference FOLDER``.

pdoc takes ufuncs and other callable objects for variables, whose text it looks for in the source; here they show their own
docstrings. Modules that `sharray.__all__` does not list are named.
"""

import argparse
import inspect
import warnings
from pathlib import Path

#: What is shown: the package, public modules beside its list, and not what is private or a former name.
SHOWN = ["sharray", "sharray.interop", "sharray.threads", "!sharray._", "!sharray.core"]


def main():
    """Write the pages."""
    parser = argparse.ArgumentParser(prog="python -m tools.reference", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the pages go")
    folder = parser.parse_args().folder
    warnings.simplefilter("ignore")

    import pdoc

    plain = pdoc.doc.Variable.__init__

    def with_the_object_s_text(self, *args, **kwargs):
        plain(self, *args, **kwargs)
        value = self.default_value
        if not self.docstring and callable(value) and not inspect.isclass(value):
            self.docstring = inspect.getdoc(value) or ""

    pdoc.doc.Variable.__init__ = with_the_object_s_text
    pdoc.render.configure(docformat="numpy")
    pdoc.pdoc(*SHOWN, output_directory=folder)


if __name__ == "__main__":
    main()
