// A C target needs one source file; the wrappers are inline in the header.
#include "shim.h"
