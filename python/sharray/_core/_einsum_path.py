"""In which order `einsum` contracts its operands.

A path is a list of tuples: the places of the operands to contract next; the
result goes to the end of the list of operands. Two searches: `greedy` takes the
pair that shrinks the intermediate results most at each step, `optimal` tries every order
of pairs. Both refuse steps beyond the memory limit or paths dearer than one
contraction of everything at once.
"""

import itertools

# Terms are frozensets of labels here: a repeated label costs nothing more.


def term_size(labels, sizes):
    """The number of elements of an array with these labels."""
    result = 1
    for label in labels:
        result *= sizes[label]
    return result


def flop_count(labels, has_sum, terms, sizes):
    """Multiplications and additions for one contraction over all `labels`."""
    return term_size(labels, sizes) * (max(1, terms - 1) + bool(has_sum))


def contraction(places, terms, output):
    """(result's labels, remaining terms with the result last, labels summed over, all labels)."""
    involved = frozenset().union(*(terms[i] for i in places))
    remaining = [term for i, term in enumerate(terms) if i not in places]
    needed = frozenset(output).union(*remaining)
    result = involved & needed
    return result, [*remaining, result], involved - result, involved


def optimal(terms, output, sizes, limit):
    """The cheapest path by trying all; it falls back to one step for everything."""
    found = [(0, [], terms)]
    for count in range(len(terms), 1, -1):
        following = []
        for cost, path, remaining in found:
            for pair in itertools.combinations(range(count), 2):
                result, rest, summed, involved = contraction(pair, remaining, output)
                if term_size(result, sizes) > limit:
                    continue
                following.append((cost + flop_count(involved, summed, 2, sizes), [*path, pair], rest))
        if following:
            found = following
            continue
        cost, path, remaining = min(found, key=lambda one: one[0])
        return [*path, tuple(range(count))]
    if len(terms) == 1:
        return [(0,)]
    return min(found, key=lambda one: one[0])[1]


def greedy(terms, output, sizes, limit):
    """A path that takes the pair with the greatest saving at each step."""
    if len(terms) == 1:
        return [(0,)]
    if len(terms) == 2:
        return [(0, 1)]
    _, _, summed, involved = contraction(tuple(range(len(terms))), terms, output)
    naive = flop_count(involved, summed, len(terms), sizes)
    path, spent = [], 0
    while len(terms) > 1:
        step = _best_pair(terms, output, sizes, limit, spent, naive)
        if step is None:
            path.append(tuple(range(len(terms))))
            break
        cost, pair, terms = step
        path.append(pair)
        spent += cost
    return path


def _best_pair(terms, output, sizes, limit, spent, naive):
    pairs = list(itertools.combinations(range(len(terms)), 2))
    sharing = [pair for pair in pairs if not terms[pair[0]].isdisjoint(terms[pair[1]])]
    for candidates in (sharing, pairs):
        best = None
        for pair in candidates:
            result, rest, summed, involved = contraction(pair, terms, output)
            size = term_size(result, sizes)
            if size > limit:
                continue
            cost = flop_count(involved, summed, 2, sizes)
            if spent + cost > naive:
                continue
            saved = sum(term_size(terms[i], sizes) for i in pair) - size
            key = (-saved, cost)
            if best is None or key < best[0]:
                best = (key, cost, pair, rest)
        if best is not None:
            return best[1:]
    return None
