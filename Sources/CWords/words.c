/* The files of agents/words, as they are at the build. */
#include "CWords.h"

// Clang takes #embed in every version of C, and says so with every file.
#pragma clang diagnostic ignored "-Wc23-extensions"

#include <stddef.h>
#include <string.h>

static const char asides_english[] = {
#embed "../../agents/words/asides/english.txt"
    , 0};
static const char asides_french[] = {
#embed "../../agents/words/asides/french.txt"
    , 0};
static const char asides_german[] = {
#embed "../../agents/words/asides/german.txt"
    , 0};
static const char asides_spanish[] = {
#embed "../../agents/words/asides/spanish.txt"
    , 0};
static const char books_authors[] = {
#embed "../../agents/words/books/authors.txt"
    , 0};
static const char books_genres[] = {
#embed "../../agents/words/books/genres.txt"
    , 0};
static const char books_headings[] = {
#embed "../../agents/words/books/headings.txt"
    , 0};
static const char books_plot_words[] = {
#embed "../../agents/words/books/plot-words.txt"
    , 0};
static const char books_series[] = {
#embed "../../agents/words/books/series.txt"
    , 0};
static const char books_stop_words[] = {
#embed "../../agents/words/books/stop-words.txt"
    , 0};
static const char books_subjects[] = {
#embed "../../agents/words/books/subjects.txt"
    , 0};
static const char care_english[] = {
#embed "../../agents/words/care/english.txt"
    , 0};
static const char care_french[] = {
#embed "../../agents/words/care/french.txt"
    , 0};
static const char care_german[] = {
#embed "../../agents/words/care/german.txt"
    , 0};
static const char care_spanish[] = {
#embed "../../agents/words/care/spanish.txt"
    , 0};
static const char places[] = {
#embed "../../agents/words/places.txt"
    , 0};
static const char questions_french[] = {
#embed "../../agents/words/questions/french.txt"
    , 0};
static const char questions_german[] = {
#embed "../../agents/words/questions/german.txt"
    , 0};
static const char questions_spanish[] = {
#embed "../../agents/words/questions/spanish.txt"
    , 0};
static const char table_questions_english[] = {
#embed "../../agents/words/table-questions/english.txt"
    , 0};
static const char wishes_french[] = {
#embed "../../agents/words/wishes/french.txt"
    , 0};
static const char wishes_german[] = {
#embed "../../agents/words/wishes/german.txt"
    , 0};
static const char wishes_spanish[] = {
#embed "../../agents/words/wishes/spanish.txt"
    , 0};

static const struct {
    const char *name;
    const char *text;
} files[] = {
    {"asides/english", asides_english},
    {"asides/french", asides_french},
    {"asides/german", asides_german},
    {"asides/spanish", asides_spanish},
    {"books/authors", books_authors},
    {"books/genres", books_genres},
    {"books/headings", books_headings},
    {"books/plot-words", books_plot_words},
    {"books/series", books_series},
    {"books/stop-words", books_stop_words},
    {"books/subjects", books_subjects},
    {"care/english", care_english},
    {"care/french", care_french},
    {"care/german", care_german},
    {"care/spanish", care_spanish},
    {"places", places},
    {"questions/french", questions_french},
    {"questions/german", questions_german},
    {"questions/spanish", questions_spanish},
    {"table-questions/english", table_questions_english},
    {"wishes/french", wishes_french},
    {"wishes/german", wishes_german},
    {"wishes/spanish", wishes_spanish},
};

const char *embedded_words(const char *name) {
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        if (strcmp(files[i].name, name) == 0) return files[i].text;
    return NULL;
}
