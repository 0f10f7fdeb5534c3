#include "shim.h"
#include <stddef.h>

struct cgetopt_step cgetopt_next(int count, char **words, const struct option *options, bool begins) {
    struct cgetopt_step step = {0};
    // The messages are ours.
    opterr = 0;
    if (begins) optind = 0;
    step.found = getopt_long(count, words, ":", options, NULL);
    step.letter = optopt;
    step.next = optind;
    step.value = optarg;
    return step;
}
