#ifndef CZLIB_SHIM_H
#define CZLIB_SHIM_H
// zlib's inflate for Swift. Swift imports inflate, inflateReset and inflateEnd as they are.
#include <string.h>
#include <zlib.h>

// inflateInit2 is a function-like macro, which Swift does not import. 15 + 16: the largest window, and a gzip header
// (https://zlib.net/manual.html#Advanced). The stream is zeroed first: zlib takes null allocators for its own.
static inline int czlib_inflate_gzip(z_stream *stream) {
    memset(stream, 0, sizeof *stream);
    return inflateInit2(stream, 15 + 16);
}
#endif
