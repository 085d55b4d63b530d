"""`sharray.random` beside the real NumPy in one process: the same seeds give the same numbers, to the last bit."""

import pickle

import numpy
import pytest

import sharray as np

KINDS = ["PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"]
SEEDS = [0, 1, 42, 2**31 - 1, 2**64 + 5, 2**200 + 1]

#: Method, then one list of arguments after another.
CONTINUOUS = {
    "beta": [(0.5, 0.5), (2, 3), (1, 1), (0.1, [0.2, 3.0])],
    "chisquare": [(2,), ([0.5, 4],)],
    "exponential": [(), (2.0,)],
    "f": [(3, 4.5)],
    "gamma": [(0.5, 2.0), (3.0,), ([1.0, 0.0],)],
    "gumbel": [(), (1, 3)],
    "laplace": [(), (1, 3)],
    "logistic": [(), (1, 3)],
    "lognormal": [(), (1, 0.2)],
    "noncentral_chisquare": [(0.5, 1), (3, 2), (3, 0)],
    "noncentral_f": [(3, 4, 1)],
    "normal": [(), (1, 2), ([1, 2], 3)],
    "pareto": [(3,)],
    "power": [(0.1,), (4,)],
    "rayleigh": [(), (4,)],
    "standard_cauchy": [()],
    "standard_exponential": [()],
    "standard_gamma": [(0.0,), (0.3,), (1,), (7,)],
    "standard_normal": [()],
    "standard_t": [(3.3,)],
    "triangular": [(-1, 5, 6)],
    "uniform": [(), (-1, 3)],
    "vonmises": [(0, 1), (1, 4), (0, 1e-9), (2, 1e-6), (3, 1e7)],
    "wald": [(1, 1), (3, 0.5)],
    "weibull": [(0,), (1.5,)],
}
DISCRETE = {
    "binomial": [(10, 0.3), (1000, 0.5), (1000, 0.9), ([5, 500], 0.2)],
    "geometric": [(0.5,), (0.01,), (1,)],
    "hypergeometric": [(5, 5, 3), (100, 50, 30), (1000, 2000, 2900)],
    "logseries": [(0.1,), (0.9,)],
    "negative_binomial": [(10, 0.1), (3.3, 0.9)],
    "poisson": [(), (0,), (12.5,), ([3, 1e10],)],
    "zipf": [(1.5,), (4,)],
}
MULTIVARIATE = {
    "dirichlet": [([1.0, 2.0],), ([0.05, 0.02],)],
    "multinomial": [(20, [0.2, 0.3, 0.5])],
}
CASES = [
    (name, arguments)
    for table in (CONTINUOUS, DISCRETE, MULTIVARIATE)
    for name, many in table.items()
    for arguments in many
]


def generators(library, kind, seed):
    """A `Generator` and a `RandomState` over bit generators of this kind."""
    module = library.random
    bits = getattr(module, kind)
    return module.Generator(bits(seed)), module.RandomState(bits(seed))


def check(mine, reference, what):
    """The same dtype, shape and bytes, or the same plain number."""
    if isinstance(reference, (int, float, bytes)):
        assert type(mine) is type(reference) and mine == reference, what
        return
    assert str(mine.dtype) == str(reference.dtype), what
    assert mine.shape == reference.shape, what
    assert mine.tobytes() == reference.tobytes(), what


def check_call(kind, seed, call, what):
    for mine, reference in zip(generators(np, kind, seed), generators(numpy, kind, seed), strict=True):
        try:
            expected = call(reference)
        except (TypeError, ValueError, AttributeError) as error:
            with pytest.raises(type(error)):
                call(mine)
        else:
            check(call(mine), expected, (kind, seed, what, str(reference)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", SEEDS)
def test_distributions(kind, seed):
    for name, arguments in CASES:
        check_call(kind, seed, lambda g, n=name, a=arguments: getattr(g, n)(*a, size=(150, 2))[:], (name, arguments))
        check_call(kind, seed, lambda g, n=name, a=arguments: getattr(g, n)(*a), (name, arguments))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dtype", ["i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "?"])
def test_integers(kind, dtype):
    for low, high in [(0, 1), (0, 2), (-5, 90), (0, 2**15), (3, 2**31), (0, 2**33), (0, 2**63), (0, 2**64)]:
        for bounds in ((low, high), ([low, low], high)):
            check_call(
                kind,
                7,
                lambda g, b=bounds: getattr(g, "integers", getattr(g, "randint", None))(*b, size=(99, 2), dtype=dtype),
                (dtype, bounds),
            )


@pytest.mark.parametrize("kind", KINDS)
def test_single_precision(kind):
    for name in ("random", "standard_normal", "standard_exponential"):
        check_call(kind, 3, lambda g, n=name: getattr(g, n)(20_000, dtype="f4"), name)
    check_call(kind, 3, lambda g: g.standard_gamma([0.4, 3.0], size=(500, 2), dtype="f4"), "gamma")
    check_call(kind, 3, lambda g: g.standard_exponential(500, dtype="f4", method="inv"), "inverse")


@pytest.mark.parametrize("kind", KINDS)
def test_orders(kind):
    weights = [0.1, 0.2, 0.3, 0.2, 0.2]
    calls = [
        lambda g: g.permutation(100),
        lambda g: g.choice(100, 20, replace=False),
        lambda g: g.choice(100_000, 5_000, replace=False),
        lambda g: g.choice(5, 50, p=weights),
        lambda g: g.choice(5, 4, p=weights, replace=False),
        lambda g: g.choice([1.5, 2.5, 3.5], (2, 3)),
        lambda g: g.bytes(21),
    ]
    for place, call in enumerate(calls):
        check_call(kind, 11, call, place)
    for shape in [(7,), (3, 4), (2, 3, 4)]:
        for library, results in ((np, mine := []), (numpy, theirs := [])):
            for axis in range(len(shape)):
                generator, _ = generators(library, kind, 5)
                values = library.arange(library.prod(shape)).reshape(shape)
                results.append(generator.permuted(values, axis=axis))
                results.append(generator.permutation(values, axis=axis))
                generator.shuffle(values, axis=axis)
                results.append(values)
        for one, other in zip(mine, theirs, strict=True):
            check(one, other, shape)


#: Calls that draw words, halves of words and pieces of them in turn, in bulk and one by one.
MIXED = [
    lambda g, n, lib: g.random(n),
    lambda g, n, lib: g.random(n, "f4"),
    lambda g, n, lib: g.standard_normal(n),
    lambda g, n, lib: g.standard_normal(n, "f4"),
    lambda g, n, lib: g.standard_exponential(n),
    lambda g, n, lib: g.standard_exponential(n, "f4"),
    lambda g, n, lib: g.lognormal(0.1, 0.5, n),
    lambda g, n, lib: g.integers(-5, 1000, n),
    lambda g, n, lib: g.integers(-5, 10**13, n),
    lambda g, n, lib: g.integers(7, size=n, dtype="u1"),
    lambda g, n, lib: g.integers(2, size=n, dtype=bool),
    lambda g, n, lib: g.integers(0, lib.array([3, 70, 2**40])),
    lambda g, n, lib: g.integers(lib.array([[0], [5]]), lib.array([6, 7]), dtype="i2", endpoint=True),
    lambda g, n, lib: g.permutation(800),
    lambda g, n, lib: g.choice(40_000, 9, replace=False),
    lambda g, n, lib: g.choice(11, n),
    lambda g, n, lib: g.choice(11),
    lambda g, n, lib: g.bytes(n or 0),
    lambda g, n, lib: g.binomial(40, 0.2, n),
    lambda g, n, lib: g.gamma(0.0, size=n),
    lambda g, n, lib: g.poisson(4.5, n),
]


@pytest.mark.parametrize("kind", KINDS)
def test_mixed_calls_leave_the_same_state(kind):
    for round_ in range(4):
        order = numpy.random.RandomState(round_).permutation(len(MIXED) * 3)
        mine, _ = generators(np, kind, round_)
        reference, _ = generators(numpy, kind, round_)
        for step in order.tolist():
            call, count = MIXED[step % len(MIXED)], [None, 3, 301][step // len(MIXED)]
            check(call(mine, count, np), call(reference, count, numpy), (kind, round_, step))
            states = [comparable(one.bit_generator.state) for one in (mine, reference)]
            assert states[0] == states[1], (kind, round_, step)


@pytest.mark.parametrize("dtype", ["?", "i1", "u2", "i4", "f8", "M8[s]", "c16", "S3", "O"])
def test_shuffle_in_place(dtype):
    for library, results in ((np, mine := []), (numpy, theirs := [])):
        values = library.arange(700).astype(dtype)
        generators(library, "PCG64", 8)[0].shuffle(values)
        generators(library, "PCG64", 9)[1].shuffle(values)
        generators(library, "PCG64", 9)[0].shuffle(values[::3])
        results += values.tolist()
    assert mine == theirs


@pytest.mark.filterwarnings("ignore:Providing a dtype with a non-native")
def test_foreign_byte_order():
    with pytest.raises(ValueError, match="non-native byteorder"):
        np.random.default_rng(1).integers(3, size=3, dtype=">i4")
    check(
        np.random.RandomState(1).randint(30, size=9, dtype=">i4"),
        numpy.random.RandomState(1).randint(30, size=9, dtype=">i4"),
        "randint",
    )
    with pytest.warns(DeprecationWarning, match="non-native byteorder"):
        np.random.RandomState(1).randint(30, size=9, dtype=">u2")


def comparable(state):
    """A state as nested lists."""
    if isinstance(state, dict):
        return {name: comparable(part) for name, part in state.items()}
    return state.tolist() if hasattr(state, "tolist") else state


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", SEEDS)
def test_states_and_jumps(kind, seed):
    mine, theirs = getattr(np.random, kind)(seed), getattr(numpy.random, kind)(seed)
    assert comparable(mine.state) == comparable(theirs.state)
    for bits in (mine, theirs):
        bits.random_raw(3)
    if hasattr(theirs, "jumped"):
        assert comparable(mine.jumped(2).state) == comparable(theirs.jumped(2).state)
    if hasattr(theirs, "advance"):
        assert comparable(mine.advance(-12345).state) == comparable(theirs.advance(-12345).state)
    copy = pickle.loads(pickle.dumps(mine))
    assert comparable(copy.state) == comparable(mine.state)
    assert mine.random_raw(5).tolist() == theirs.random_raw(5).tolist() == copy.random_raw(5).tolist()


def test_foreign_bit_generator():
    shared = numpy.random.PCG64(9)
    first = np.random.Generator(shared).random(3)
    check(first, numpy.random.Generator(numpy.random.PCG64(9)).random(3), "drawn")
    check(numpy.random.Generator(shared).random(3), numpy.random.Generator(numpy.random.PCG64(9)).random(6)[3:], "on")


def test_lock():
    generator = np.random.default_rng(1)
    with generator.bit_generator.lock:
        assert generator.bit_generator.lock.locked()
        assert 0 <= generator.random() < 1
    assert not generator.bit_generator.lock.locked()
    with pytest.raises(RuntimeError):
        generator.bit_generator.lock.release()


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda g: g.normal(0, -1), "scale < 0"),
        (lambda g: g.normal(0, [1, -1]), "scale < 0"),
        (lambda g: g.binomial(5, 1.5), "p < 0, p > 1"),
        (lambda g: g.poisson(-1), "lam < 0"),
        (lambda g: g.normal([1, 2], size=3), "compatible"),
        (lambda g: g.integers(5, 5), "low >= high"),
        (lambda g: g.random(-1), "negative"),
        (lambda g: g.hypergeometric(1, 2, 4), "nsample"),
        (lambda g: g.multinomial(5, [0.9, 0.9, 0.1]), "sum"),
    ],
)
def test_bad_values(call, error):
    with pytest.raises(ValueError, match=error):
        call(np.random.default_rng(1))


@pytest.mark.parametrize("bounds", [(-2,), ([-2],), (0, -3), ([0, 0], [5, -1]), (3, 1), ([3, 9], [5, 2])])
@pytest.mark.parametrize("closed", [True, False])
def test_ranges_without_integers(bounds, closed):
    with pytest.raises(ValueError) as theirs:
        numpy.random.default_rng(1).integers(*bounds, endpoint=closed)
    with pytest.raises(ValueError, match=f"^{theirs.value}: high is -?[0-9]+$"):
        np.random.default_rng(1).integers(*bounds, endpoint=closed)
