#ifndef CGETOPT_SHIM_H
#define CGETOPT_SHIM_H
#include <getopt.h>
#include <stdbool.h>

// A step of getopt_long(3), which tells most of it by variables that all threads share: Swift does not read such.
struct cgetopt_step {
    int found;         // what getopt_long gave: the option's `val`, '?', ':', or -1 behind the last option
    int letter;        // of one that is not known: itself, where it is a single letter
    int next;          // the place of the word that is looked at next
    const char *value; // null when the option has none
};

// The first word is passed over. Words that are no options come to stand at the end.
struct cgetopt_step cgetopt_next(int count, char **words, const struct option *options, bool begins);
#endif
