#include "csimdjson.h"

#include <cstring>
#include <memory>
#include <new>
#include <simdjson.h>

namespace {
// A parser costs about 14 bytes for each byte of the largest document it has seen. Above this it is not kept.
constexpr size_t kept_capacity = 64 * 1024;
}

struct csj_parser {
    simdjson::dom::parser parser;
    simdjson::dom::document document;
    std::unique_ptr<uint8_t[]> padded;
    size_t capacity = 0;
};

namespace {
thread_local std::unique_ptr<csj_parser> idle;

// Whether every number outside strings is written as RFC 8259, section 6, has it. simdjson 3.0.1 has one error for a number that is
// malformed and one that 64 bits do not hold.
bool numbers_are_well_formed(const uint8_t *at, const uint8_t *end) {
    auto digits = [&] {
        auto start = at;
        while (at < end && *at >= '0' && *at <= '9') at++;
        return at > start;
    };
    while (at < end) {
        if (*at == '"') {
            for (at++; at < end && *at != '"'; at++) at += *at == '\\';
            at++;
        } else if (*at == '-' || (*at >= '0' && *at <= '9')) {
            at += *at == '-';
            bool leads_with_zero = at + 1 < end && at[0] == '0' && at[1] >= '0' && at[1] <= '9';
            if (leads_with_zero || !digits()) return false;
            if (at < end && *at == '.' && (at++, !digits())) return false;
            if (at < end && (*at == 'e' || *at == 'E')) {
                at++;
                at += at < end && (*at == '+' || *at == '-');
                if (!digits()) return false;
            }
            if (at < end && !strchr(" \t\r\n,]}", *at)) return false;
        } else {
            at++;
        }
    }
    return true;
}
}

csj_parser *csj_parser_take(void) {
    if (idle) return idle.release();
    return new (std::nothrow) csj_parser();
}

void csj_parser_give_back(csj_parser *parser) {
    if (idle || parser->capacity > kept_capacity) {
        delete parser;
    } else {
        idle.reset(parser);
    }
}

csj_status csj_parse(csj_parser *p, const uint8_t *bytes, size_t count, csj_document *document, const char **message) {
    if (count > simdjson::SIMDJSON_MAXSIZE_BYTES) {
        *message = "the document is larger than 4 GiB";
        return CSJ_TOO_LARGE;
    }
    if (count > p->capacity || !p->padded) {
        size_t capacity = 512; // grown by doubling: growing documents do not reallocate each time
        while (capacity < count) capacity *= 2;
        p->padded.reset(new (std::nothrow) uint8_t[capacity + simdjson::SIMDJSON_PADDING]);
        p->capacity = p->padded ? capacity : 0;
        // Sizes the parser and the document once for the whole buffer.
        if (!p->padded || p->parser.allocate(capacity) || p->document.allocate(capacity)) {
            p->capacity = 0;
            *message = "out of memory";
            return CSJ_OUT_OF_MEMORY;
        }
    }
    if (count) memcpy(p->padded.get(), bytes, count);
    memset(p->padded.get() + count, ' ', simdjson::SIMDJSON_PADDING);

    auto error = p->parser.parse_into_document(p->document, p->padded.get(), count, false).error();
    if (!error) {
        document->tape = p->document.tape.get();
        document->strings = p->document.string_buf.get();
        return CSJ_OK;
    }
    switch (error) {
    case simdjson::UTF8_ERROR: *message = "the text is not valid UTF-8"; return CSJ_INVALID_UTF8;
    case simdjson::DEPTH_ERROR: *message = "nested too deeply"; return CSJ_TOO_DEEP;
    case simdjson::CAPACITY: *message = "too large"; return CSJ_TOO_LARGE;
    case simdjson::MEMALLOC: *message = "out of memory"; return CSJ_OUT_OF_MEMORY;
    case simdjson::EMPTY: *message = "the text is empty"; return CSJ_NOT_JSON;
    case simdjson::STRING_ERROR: *message = "a string is malformed"; return CSJ_NOT_JSON;
    case simdjson::UNESCAPED_CHARS: *message = "a string contains a control character"; return CSJ_NOT_JSON;
    case simdjson::UNCLOSED_STRING: *message = "a string has no end"; return CSJ_NOT_JSON;
    case simdjson::NUMBER_ERROR:
        if (numbers_are_well_formed(p->padded.get(), p->padded.get() + count)) {
            *message = "a number is too large";
            return CSJ_NUMBER_TOO_LARGE;
        }
        *message = "a number is malformed";
        return CSJ_NOT_JSON;
    default: *message = "the text is not well-formed JSON"; return CSJ_NOT_JSON;
    }
}

bool csj_is_utf8(const uint8_t *bytes, size_t count) {
    return count == 0 || simdjson::validate_utf8(reinterpret_cast<const char *>(bytes), count);
}
