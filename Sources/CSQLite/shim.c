// The wrappers are inline; this file makes the folder a C target.
#include "shim.h"
