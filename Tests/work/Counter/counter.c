#include "work_counter.h"

#if __has_include(<valgrind/callgrind.h>)
#include <valgrind/callgrind.h>

bool work_counter_runs(void) { return RUNNING_ON_VALGRIND != 0; }
void work_counter_write(const char *label) { CALLGRIND_DUMP_STATS_AT(label); }
#else
bool work_counter_runs(void) { return false; }
void work_counter_write(const char *label) { (void)label; }
#endif
