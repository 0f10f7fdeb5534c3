#ifndef CSQLITE_SHIM_H
#define CSQLITE_SHIM_H
// SQLite's C interface for Swift. Everything that Swift imports by itself is used as it is; a wrapper stands here
// only where Swift cannot reach the original, and says which obstacle it removes.
#include <sqlite3.h>

// SQLITE_TRANSIENT is a macro that casts -1 to a function pointer; Swift does not import it. Every text and blob is
// copied by SQLite during the call: a Swift string's bytes live only as long as the closure that exposes them.
// A null pointer would bind NULL instead of the empty text (https://sqlite.org/c3ref/bind_blob.html), and an empty
// Swift buffer may have no address: hence the "".
static inline int csqlite_bind_text(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
    return sqlite3_bind_text64(statement, index, bytes ? (const char *)bytes : "", count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static inline int csqlite_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
    return sqlite3_bind_blob64(statement, index, bytes ? bytes : "", count, SQLITE_TRANSIENT);
}

// sqlite3_db_config is variadic; Swift does not import variadic C functions. Of its verbs only the on/off switches
// are used (https://sqlite.org/c3ref/c_dbconfig_defensive.html); the null says that nobody reads the old setting.
static inline int csqlite_set_switch(sqlite3 *connection, int verb, int on) {
    return sqlite3_db_config(connection, verb, on, (int *)0);
}
#endif
