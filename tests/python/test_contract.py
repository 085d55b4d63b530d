"""`einsum` of one operand, two and some more: its short ways give what the general way and NumPy give, strides included."""

import itertools
from contextlib import nullcontext

import numpy
import pytest

import sharray as np
from sharray._core._contract import c_einsum as general

SIZES = dict(zip("abijklmno", (2, 3, 3, 4, 5, 6, 2, 1, 3), strict=True))
CONTRACTIONS = [
    "ij,jk->ik", "ij,jk", "ij,jk->ki", "ij,kj->ik", "ji,jk->ik", "ji,kj->ki", "i,i->", "i,i", "ij,j->i", "j,ij->i", "i,ij->j",
    "ij,ij->", "ij,ji->", "ij,ij->i", "ij,ij->j", "ij,ij->ij", "ij,ij->ji", "i,j->ij", "i,j->ji", "bij,bjk->bik", "bij,bjk->bki",
    "bij,bjk->ibk", "bij,bkj->bik", "aij,jk->aik", "ij,ajk->aik", "abij,abjk->abik", "abij,bajk->abik", "bij,bij->b", "bij,bj->bi",
    "bj,bij->bi", "ijk,kl->ijl", "ijk,ljk->il", "ijk,jkl->il", "ijk,lkj->il", "kij,kl->ijl", "ijkl,klmo->ijmo", "ijkl,lkmo->ijmo",
    "ijkl,imko->jlmo", "ij,kl->ijkl", "ij,kl->ikjl", "bi,bj->bij", "bi,bj->ijb", "in,nj->ij", "ni,nj->ij", "nij,njk->nik", "in,n->i",
    "ij,k->i", "ijj,k->ik", "i,ij", "kj,ik", "abc,acd->abd", " i j , j k -> i k ",
]  # fmt: skip
CHAINS = [
    "ij,jk,kl->il", "ij,jk,kl->li", "ij,jk,kl", "i,i,i->", "i,i,i->i", "i,j,k->ijk", "i,j,k->kij", "i,ij,j->", "ij,i,j->ij", "bij,bjk,bkl->bil",
    "bij,bj,bi->b", "ij,kj,ki->", "ni,nj,ij->n", "i,ij,jk,k->", "ai,bj,ab->ij", "ij,kl,jk->il", "i,j,j->i", ",ij,j->i", "ij,jk,kl,lm->im",
    "i,ij,ji", "ij,jk,k,i->",
]  # fmt: skip
EXTRA = {"c": 4, "d": 3}


def shapes(text):
    terms = text.replace(" ", "").split("->")[0].split(",")
    return [tuple((SIZES | EXTRA)[label] for label in term) for term in terms]


def layouts(array):
    """The values in memory orders of every kind."""
    yield array
    if array.ndim == 0:
        return
    yield numpy.asfortranarray(array)
    wide = numpy.zeros([2 * n for n in array.shape], array.dtype)
    wide[tuple(slice(None, None, 2) for _ in array.shape)] = array
    yield wide[tuple(slice(None, None, 2) for _ in array.shape)]
    yield numpy.flip(numpy.flip(array).copy())


def same_memory(ours, theirs):
    """Whether arrays are laid out alike: strides along axes of length 1 mean nothing."""
    if not hasattr(ours, "strides") or 0 in ours.shape:
        return True
    lengths = ours.shape
    return [s for s, n in zip(ours.strides, lengths, strict=True) if n > 1] == [
        s for s, n in zip(theirs.strides, lengths, strict=True) if n > 1
    ]


@pytest.mark.parametrize("text", CONTRACTIONS + CHAINS)
@pytest.mark.parametrize("optimize", [False, True])
def test_short_and_general_agree(text, optimize):
    values = [numpy.arange(1.0, 1 + numpy.prod(shape)).reshape(shape) % 11 for shape in shapes(text)]
    for given in itertools.product(*(list(layouts(one)) for one in values)):
        mine = [np.asarray(one) for one in given]
        ours, theirs = np.einsum(text, *mine, optimize=optimize), numpy.einsum(text, *given, optimize=optimize)
        assert type(ours).__name__ == type(theirs).__name__ and ours.shape == theirs.shape
        assert ours.tolist() == theirs.tolist()
        if not optimize:
            usual = general(text, *mine)
            assert type(ours) is type(usual) and ours.tolist() == usual.tolist()
            assert same_memory(ours, usual) and same_memory(ours, theirs)


@pytest.mark.parametrize("dtype", ["?", "i1", "u2", "i4", "i8", "u8", "f2", "f4", "f8", "c8", "c16", "g", "bfloat16"])
def test_every_dtype(dtype):
    for text in ("ij,jk->ik", "ij,kj->ik", "ij,ij->i", "ij,ij->", "ij,ij->ij", "bij,bjk->bik", "ij,jk,kl->il"):
        values = [(numpy.arange(numpy.prod(shape)) % 3).reshape(shape) for shape in shapes(text)]
        mine = [np.asarray(one).astype(dtype) for one in values]
        ours = np.einsum(text, *mine)
        assert ours.dtype == np.dtype(dtype)
        expected = numpy.einsum(text, *values)
        assert (np.asarray(ours).astype("c16") == (expected != 0 if dtype == "?" else expected)).all()


def test_results_are_their_own():
    a, b = np.ones((3, 4)), np.ones((4, 5))
    one = np.einsum("ij,jk->ik", a, b)
    assert one.base is None and one.flags.owndata and one.flags.writeable
    for text, first, second in (("i,i->", a[0], a[1]), ("ij,ij->i", a, a), ("ij,kl->ijkl", a, b)):
        result = np.einsum(text, first, second)
        before = np.asarray(result).tolist()
        first[...] = 7.0
        assert np.asarray(result).tolist() == before
        first[...] = 1.0


def test_extents_that_do_not_fit():
    for text, first, second in (
        ("ij,jk->ik", (2, 3), (4, 5)), ("i,i->", 3, 4), ("ij,jk->ik", (2, 3), 3), ("ij,jk->iz", (2, 3), (3, 2)),
        ("ij,jk->ii", (2, 3), (3, 2)), ("bij,bjk->bik", (2, 2, 2), (3, 2, 2)), ("ij,jk->i>", (2, 3), (3, 2)),
    ):  # fmt: skip
        for library in (np, numpy):
            with pytest.raises(ValueError):
                library.einsum(text, library.zeros(first), library.zeros(second))


def test_chains_that_do_not_fit_or_stretch():
    wrong = [
        ("ij,jk,kl->il", (2, 3), (4, 5), (5, 2)), ("ij,jk,kl->il", (2, 3), (3, 4), (5, 2)), ("i,i,i->ii", 3, 3, 3),
        ("ij,jk,kl->iz", (2, 3), (3, 4), (4, 2)), ("i,i,i->", (2, 3), 3, 3), ("i,i,i,i->", 3, 3, 3),
    ]  # fmt: skip
    for text, *lengths in wrong:
        for library in (np, numpy):
            with pytest.raises(ValueError):
                library.einsum(text, *map(library.zeros, lengths))
    for text, *lengths in (("ij,jk,kl->il", (2, 1), (3, 4), (4, 2)), ("i,i,i->", 3, 1, 3), ("i,i,i->", 0, 0, 0)):
        ours, theirs = (library.einsum(text, *map(library.ones, lengths)) for library in (np, numpy))
        assert ours.shape == theirs.shape and ours.tolist() == theirs.tolist()


def test_stretched_and_empty():
    for text, first, second in (
        ("ij,jk->ik", (2, 1), (3, 4)), ("i,i->", 1, 4), ("bij,bjk->bik", (1, 2, 3), (4, 3, 2)),
        ("ij,jk->ik", (0, 3), (3, 2)), ("ij,jk->ik", (2, 0), (0, 2)), ("i,i->", 0, 0), ("i,j->ij", 0, 2),
    ):  # fmt: skip
        ours, theirs = (library.einsum(text, library.ones(first), library.full(second, 2.0)) for library in (np, numpy))
        assert ours.shape == theirs.shape and ours.tolist() == theirs.tolist()


def test_overrides_are_asked():
    class Taking:
        def __array_function__(self, function, types, args, kwargs):
            return "taken"

    assert np.einsum("i,i->", np.ones(3), Taking()) == "taken"

    class Named(np.ndarray):
        pass

    x = np.ones((2, 2)).view(Named)
    assert type(np.einsum("ij,jk->ik", x, np.ones((2, 2)))) is np.ndarray


ALONE = [
    "ij->", "ij", "ji", "ij->ij", "ij->ji", "ij->i", "ij->j", "ii", "ii->i", "ii->", "iji->j", "iij->ij", "iji->ji", "iii->i", "iii",
    "kij->k", "kij->ij", "kij->jk", "kij", "jik", " i j -> j ", "i->", "i", "i->i", "nin->n", "ijkl->l", "ijkl->lkji", "in->i",
]  # fmt: skip


@pytest.mark.parametrize("dtype", ["f8", "f4", "f2", "c16", "i8", "i1", "?", ">f8"])
@pytest.mark.parametrize("text", ALONE)
def test_one_operand(text, dtype):
    sizes = SIZES | {"j": 4, "i": 4} if "ii" in text else SIZES
    shape = tuple(sizes[label] for label in text.replace(" ", "").split("->")[0])
    values = (numpy.arange(numpy.prod(shape)) % 3).reshape(shape).astype(dtype)
    for theirs in layouts(values):
        mine = np.asarray(theirs)
        expected, result = numpy.einsum(text, theirs), np.einsum(text, mine)
        assert type(result).__name__ == type(expected).__name__
        assert result.dtype == expected.dtype and result.shape == expected.shape
        assert result.tolist() == expected.tolist() and same_memory(result, expected)
        is_view = isinstance(expected, numpy.ndarray) and numpy.shares_memory(expected, theirs)
        assert is_view == (isinstance(result, np.ndarray) and np.shares_memory(result, mine))
        if is_view:
            assert result.flags.writeable == expected.flags.writeable and result is not mine


@pytest.mark.parametrize("text", ["ii", "ij->k", "i", "ijk", "ij->ii", "i j->", "i1->"])
def test_wrong_subscripts_of_one_operand(text):
    for module in (numpy, np):
        with pytest.raises(ValueError) if text != "i j->" else nullcontext():
            module.einsum(text, module.ones((2, 3)))
