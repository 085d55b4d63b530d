"""NumPy's own tests as the yardstick: run them from the installed wheel, unmodified, on sharray.

``python -m conformance`` runs them; ``python -m conformance --help`` tells the options. The modules, in the order
in which a run meets them:

* ``scope``: which test files belong, and why the others do not;
* ``reference``: what those files collect on the real NumPy, the denominator of every score;
* ``worker``: one process that runs one file on one subject, with ``substitute`` (name resolution) and
  ``recorder`` (a pytest plugin that writes what happens, line by line);
* ``supervise``: starts workers, two at a time, and survives their crashes and hangs;
* ``score``: results against the reference, per test function;
* ``expected``: the list of expected failures, each with its reason;
* ``report``: the JSON report and the table in the terminal.
"""
