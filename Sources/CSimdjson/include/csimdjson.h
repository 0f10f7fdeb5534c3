// simdjson (simdjson.org, Debian's libsimdjson 3.0.1) is C++; this is the part of it that Swift needs, as plain C.
//
// A document is parsed once, strictly, into simdjson's "tape" (github.com/simdjson/simdjson, doc/tape.md): an array of
// 64-bit words, the type in the top 8 bits and the payload in the lower 56. Walking it needs no C++ at all, so the
// accessors below are static inline C and Swift's optimizer sees through them.
#ifndef CSIMDJSON_H
#define CSIMDJSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct csj_parser csj_parser;

// What parsing came to. simdjson's own codes are an unstable C++ enum; these are ours.
typedef enum {
    CSJ_OK = 0,
    CSJ_NOT_JSON,
    CSJ_NUMBER_TOO_LARGE,
    CSJ_INVALID_UTF8,
    CSJ_TOO_DEEP,
    CSJ_TOO_LARGE,
    CSJ_OUT_OF_MEMORY,
} csj_status;

// A parsed document. Valid until its parser parses again or is given back.
typedef struct {
    const uint64_t *tape;
    const uint8_t *strings;
} csj_document;

// Takes this thread's parser, or makes one when it is in use (a walk inside a walk) or absent. NULL: out of memory.
// Kept per thread and not per stream, since a parser holds about 20 KB even for small documents.
csj_parser *csj_parser_take(void);

// Gives it back for the thread's next document; one that a large document has made large is freed instead.
void csj_parser_give_back(csj_parser *parser);

// Copies the bytes into the parser's own buffer (simdjson reads up to 64 bytes past the end) and parses them.
// *message, on failure, is a static sentence.
csj_status csj_parse(csj_parser *parser, const uint8_t *bytes, size_t count, csj_document *document,
                     const char **message);

// Whether the bytes are valid UTF-8, at simdjson's speed.
bool csj_is_utf8(const uint8_t *bytes, size_t count);

// The word at `index`: its type is one of { [ " l u d t f n.
static inline uint8_t csj_type(csj_document d, size_t index) { return (uint8_t)(d.tape[index] >> 56); }

// The index just past the element at `index`, so the next one's.
static inline size_t csj_after(csj_document d, size_t index) {
    uint64_t word = d.tape[index];
    switch ((uint8_t)(word >> 56)) {
    case '{':
    case '[':
        return (size_t)(uint32_t)word; // the low 32 bits: one past the closing bracket
    case 'l':
    case 'u':
    case 'd':
        return index + 2; // the value has a word of its own
    default:
        return index + 1;
    }
}

// The number of elements of an array or members of an object; 0xFFFFFF means that many or more.
static inline uint32_t csj_count(csj_document d, size_t index) { return (uint32_t)(d.tape[index] >> 32) & 0xFFFFFF; }

// The bytes of the string at `index`, unescaped, and their number.
static inline const uint8_t *csj_string(csj_document d, size_t index, size_t *count) {
    const uint8_t *at = d.strings + (d.tape[index] & 0x00FFFFFFFFFFFFFF);
    uint32_t length;
    memcpy(&length, at, sizeof length);
    *count = length;
    return at + sizeof length;
}

static inline bool csj_string_is(csj_document d, size_t index, const uint8_t *text, size_t text_count) {
    size_t count;
    const uint8_t *bytes = csj_string(d, index, &count);
    return count == text_count && memcmp(bytes, text, count) == 0;
}

static inline int64_t csj_int64(csj_document d, size_t index) { return (int64_t)d.tape[index + 1]; }
static inline uint64_t csj_uint64(csj_document d, size_t index) { return d.tape[index + 1]; }
static inline double csj_double(csj_document d, size_t index) {
    double value;
    memcpy(&value, &d.tape[index + 1], sizeof value);
    return value;
}

// The index of the value of the first member with this key in the object at `index`; 0 when there is none
// (index 0 is the tape's root word, never a value).
static inline size_t csj_find(csj_document d, size_t index, const uint8_t *key, size_t key_count) {
    size_t end = csj_after(d, index) - 1;
    size_t at = index + 1;
    while (at < end) {
        if (csj_string_is(d, at, key, key_count)) return at + 1;
        at = csj_after(d, at + 1);
    }
    return 0;
}

#ifdef __cplusplus
}
#endif
#endif
