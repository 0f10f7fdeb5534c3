/**
 * Words of the list, the leaves, the parts of answers and the settings, in English: those with a plural, and those that are
 * sent to an agent. All others have their English text as their key.
 * @type {Record<string, string>}
 */
export default {
    'list.found.one': '1 found', 'list.found.other': '{count} found', 'books.more.one': 'One more book', 'books.more.other': '{count} more books',
    'books.count.one': '1 book', 'books.count.other': '{count} books', 'sources.count.one': '1 source', 'sources.count.other': '{count} sources',
    'prompt.remarks.one': '1 remark', 'prompt.remarks.other': '{count} remarks', 'taste.messages.one': 'from 1 message', 'taste.messages.other': 'from {count} messages',
    // The tutor's own rules know these words, and they read English.
    'focus.next': 'Next', 'focus.simpler': 'Simpler, please', 'focus.quiz': 'Quiz me',
    'focus.level.beginner': 'Explain it as for a beginner, simpler', 'focus.level.intermediate': 'In more detail', 'focus.level.advanced': 'More advanced, in more depth',
};
