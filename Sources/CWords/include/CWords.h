/* Embeds the words that the agents read by: C takes a file in where Swift would need a generator (#embed, C23). */
#ifndef CWORDS_H
#define CWORDS_H

/* The text of agents/words/NAME.txt, UTF-8; NULL where there is no such file. */
const char *embedded_words(const char *name);

#endif
