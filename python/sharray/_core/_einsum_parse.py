"""The subscripts of `einsum`: from any of its spellings to plain labels.

`parse(operands)` gives (input terms, output term, arrays) where terms are strings
of labels, the ellipsis already replaced by labels of its own.
"""

import operator
import string

from .multiarray import asanyarray

SYMBOLS = string.ascii_uppercase + string.ascii_lowercase
_SYMBOL_SET = frozenset(SYMBOLS)


def parse(operands):
    """(list of input terms, output term, list of arrays); ValueError for malformed subscripts."""
    if len(operands) == 0:
        raise ValueError("No input operands")
    if isinstance(operands[0], str):
        text = operands[0].replace(" ", "")
        arrays = [asanyarray(one) for one in operands[1:]]
        _check_characters(text)
    else:
        text, arrays = _from_lists(operands)
    _check_arrow(text)
    text = _expand_ellipsis(text, arrays)
    inputs, arrow, output = text.partition("->")
    terms = inputs.split(",")
    if not arrow:
        output = _implied_output(inputs.replace(",", ""))
    for label in output:
        if output.count(label) != 1:
            raise ValueError(f"Output character {label} appeared more than once in the output.")
        if label not in inputs:
            raise ValueError(f"Output character {label} did not appear in the input")
    if len(terms) != len(arrays):
        raise ValueError("Number of einsum subscripts must be equal to the number of operands.")
    return terms, output, arrays


def _check_characters(text):
    for character in text:
        if character not in _SYMBOL_SET and character not in ".,->":
            raise ValueError(f"Character {character} is not a valid symbol.")


def _check_arrow(text):
    if "-" in text or ">" in text:
        if text.count("-") > 1 or text.count(">") > 1 or text.count("->") != 1:
            raise ValueError("Subscripts can only contain one '->'.")


def _from_lists(operands):
    """The form einsum(a, [0, 1], b, [1, 2], [0, 2])."""
    operands = list(operands)
    output = operands.pop() if len(operands) % 2 else None
    arrays = [asanyarray(one) for one in operands[0::2]]
    text = ",".join(_labels(one) for one in operands[1::2])
    if output is not None:
        text += "->" + _labels(output)
    return text, arrays


def _labels(numbers):
    text = ""
    for number in numbers:
        if number is Ellipsis:
            text += "..."
            continue
        try:
            place = operator.index(number)
        except TypeError:
            raise TypeError("For this input type lists must contain either int or Ellipsis") from None
        if not 0 <= place < len(SYMBOLS):
            raise ValueError(f"subscript {place} is not within the valid range [0, {len(SYMBOLS)})")
        text += SYMBOLS[place]
    return text


def _implied_output(labels):
    return "".join(label for label in sorted(set(labels)) if labels.count(label) == 1)


def _expand_ellipsis(text, arrays):
    if "." not in text:
        return text
    for term in text.replace("->", ",").split(","):
        if "." in term and (term.count(".") != 3 or term.count("...") != 1):
            raise ValueError("Invalid Ellipses.")
    spare = [symbol for symbol in SYMBOLS if symbol not in text]
    inputs, arrow, output = text.partition("->")
    terms, longest = inputs.split(","), 0
    for place, (term, array) in enumerate(zip(terms, arrays, strict=False)):
        if "." not in term:
            continue
        count = max(array.ndim, 1) - (len(term) - 3) if array.shape != () else 0
        longest = max(longest, count)
        if count < 0:
            raise ValueError("Ellipses lengths do not match.")
        terms[place] = term.replace("...", "".join(spare[len(spare) - count :]) if count else "")
    extra = "".join(spare[len(spare) - longest :]) if longest else ""
    inputs = ",".join(terms)
    if arrow:
        return f"{inputs}->{output.replace('...', extra)}"
    named = "".join(sorted(set(_implied_output(inputs.replace(",", ""))) - set(extra)))
    return f"{inputs}->{extra}{named}"
