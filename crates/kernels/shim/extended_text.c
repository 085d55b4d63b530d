/* Text of long double: digits at a given precision, and reading. Called from src/cast/text/. */
#include <stdio.h>
#include <stdlib.h>

/* Writes |a| as d.ddde±x with `precision` digits after the point; returns the length, or a negative number. */
int sharray_ld_digits(char *out, size_t room, const long double *a, int precision) {
    const long double value = *a < 0 ? -*a : *a;
    return snprintf(out, room, "%.*Le", precision, value);
}

/* Reads the longest prefix of a null-terminated text that is a number; returns how many bytes it took. */
size_t sharray_ld_parse(long double *out, const char *text) {
    char *end = 0;
    *out = strtold(text, &end);
    return (size_t)(end - text);
}
