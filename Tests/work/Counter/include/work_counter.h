#pragma once
#include <stdbool.h>

/// Counts the instructions that this process executes, by callgrind (https://valgrind.org/docs/manual/cl-manual.html), under
/// which it must run. What is counted is the same in each run.

/// Whether somebody counts.
bool work_counter_runs(void);
/// Writes what was executed since the last call to callgrind's next file, under `label`.
void work_counter_write(const char *label);
