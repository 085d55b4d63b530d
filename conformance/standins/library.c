/* What NumPy's tests of `ctypeslib` call in the compiled helper of the test suite. */

void *forward_pointer(void *pointer) { return pointer; }
