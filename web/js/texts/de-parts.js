/** Words of the list, the leaves, the parts of answers and the settings, in German. @type {Record<string, string>} */
export default {
    'list.found.one': '1 gefunden', 'list.found.other': '{count} gefunden', 'books.more.one': 'Noch ein Buch', 'books.more.other': 'Noch {count} Bücher',
    'books.count.one': '1 Buch', 'books.count.other': '{count} Bücher', 'sources.count.one': '1 Quelle', 'sources.count.other': '{count} Quellen',
    'prompt.remarks.one': '1 Hinweis', 'prompt.remarks.other': '{count} Hinweise', 'taste.messages.one': 'aus 1 Nachricht', 'taste.messages.other': 'aus {count} Nachrichten',
    'focus.next': 'Next', 'focus.simpler': 'Simpler, please', 'focus.quiz': 'Quiz me',
    'focus.level.beginner': 'Explain it as for a beginner, simpler', 'focus.level.intermediate': 'In more detail', 'focus.level.advanced': 'More advanced, in more depth',

    // The list
    'You': 'Du', 'Conversation': 'Gespräch', 'Pinned': 'Angeheftet', 'Today': 'Heute', 'This week': 'Diese Woche', 'Earlier': 'Früher', 'Search': 'Suchen',
    'Search conversations': 'Gespräche durchsuchen', 'Conversations': 'Gespräche', 'Fold the list': 'Liste einklappen', 'New conversation': 'Neues Gespräch',
    'Signed in': 'Angemeldet', 'Guest': 'Gast', 'Not signed in': 'Nicht angemeldet', 'You and your data': 'Du und deine Daten',
    'Nothing with “{query}”. Fewer letters find more.': 'Nichts mit „{query}“. Weniger Buchstaben finden mehr.',
    'Your conversations will be listed here': 'Hier stehen bald deine Gespräche', 'Try again': 'Noch einmal', 'Rename': 'Umbenennen', 'Unpin': 'Lösen', 'Pin': 'Anheften',
    'Copy link': 'Link kopieren', 'Export': 'Exportieren', 'Delete': 'Löschen', 'Link copied. It works for you alone.': 'Link kopiert. Er gilt nur für dich.',
    '“{title}” deleted': '„{title}“ gelöscht', 'Undo': 'Rückgängig',
    'This conversation was deleted elsewhere.': 'Dieses Gespräch wurde anderswo gelöscht.', 'writing': 'schreibt', 'new reply': 'neue Antwort', 'cut off': 'abgebrochen', 'waits': 'wartet',
    'More: {title}': 'Mehr: {title}', 'More': 'Mehr', 'Title': 'Titel', 'Enter keeps it, Esc leaves it as it was': 'Enter übernimmt, Esc lässt es, wie es war',
    'The server cannot be reached. Try again.': 'Der Server ist nicht zu erreichen. Versuch es noch einmal.',
    'Too many requests at once. Try again in a moment.': 'Zu viele Anfragen auf einmal. Versuch es gleich noch einmal.',

    // Books
    'Already read': 'Schon gelesen', 'Not for you, and not shown again': 'Nichts für dich, kommt nicht wieder', 'Undo, {title}': 'Rückgängig, {title}', 'Read it free': 'Frei lesen',
    'opens in a new tab': 'öffnet einen neuen Tab', 'More like this': 'Mehr davon', 'More like {title}': 'More like {title}', 'Already read: {title}': 'Schon gelesen: {title}',
    'Not for me': 'Nichts für mich', 'Not for me: {title}': 'Nichts für mich: {title}',

    // The desk
    'Remove {symbol}': '{symbol} entfernen', 'Symbol': 'Kürzel', 'Add': 'Dazu', 'Goes with every message until you change it.': 'Geht mit jeder Nachricht mit, bis du es änderst.',
    'Securities': 'Wertpapiere', 'Those that your message names.': 'Die, die deine Nachricht nennt.', 'Keep {symbols}': '{symbols} behalten', 'Timeframe': 'Zeitraum',
    'How much fall you can bear': 'Wie viel Verlust du erträgst', 'Low, 10 %': 'Wenig, 10 %', 'Medium, 25 %': 'Mittel, 25 %', 'High, 50 %': 'Viel, 50 %', 'Who answers': 'Wer antwortet',
    'Last day {day}.': 'Letzter Tag {day}.', 'The answer is written when all have finished. You can leave; it goes on.': 'Die Antwort wird geschrieben, wenn alle fertig sind. Du kannst gehen; es läuft weiter.',
    'No prices: {symbols}.': 'Keine Kurse: {symbols}.', 'one week': 'eine Woche', 'one month': 'ein Monat', 'three months': 'drei Monate', 'six months': 'sechs Monate', 'this year': 'dieses Jahr',
    'one year': 'ein Jahr', 'three years': 'drei Jahre', 'five years': 'fünf Jahre', 'all there is': 'alles, was da ist', 'Last close': 'Letzter Schluss', 'Return': 'Rendite',
    'Volatility': 'Volatilität', 'Sharpe ratio': 'Sharpe-Quotient', 'Highest of a year': 'Jahreshoch', 'Lowest of a year': 'Jahrestief', 'In a week': 'In einer Woche', 'In a month': 'In einem Monat',
    '20-day average': '20-Tage-Schnitt', '50-day average': '50-Tage-Schnitt', '200-day average': '200-Tage-Schnitt', 'Relative strength': 'Relative Stärke',
    'Downside deviation': 'Abwärtsstreuung', 'Deepest fall': 'Tiefster Fall', 'Fall now': 'Fall jetzt', 'Value at risk, one day': 'Value at Risk, ein Tag', 'Expected shortfall': 'Expected Shortfall',
    'Risk figure': 'Risikozahl', 'Beta': 'Beta', 'Over its average': 'Über dem Schnitt', 'What became of 100': 'Was aus 100 wurde', 'How far it fell': 'Wie tief es fiel', 'Price': 'Kurs',
    'Deepest fall, and what you can bear': 'Tiefster Fall, und was du erträgst', 'Risk against what you can bear': 'Risiko gegen das, was du erträgst', 'How it moves with the market': 'Wie es mit dem Markt geht',
    'Above or below its long average': 'Über oder unter dem langen Schnitt', 'Figures': 'Zahlen', '{who}, daily closes': '{who}, Tagesschlüsse', '{who}, {time} of daily closes': '{who}, Tagesschlüsse, {time}',
    'limit {value}': 'Grenze {value}', 'Figure': 'Zahl', 'Correlation {a} and {b}': 'Korrelation {a} und {b}', 'Show as table': 'Als Tabelle', 'Show as picture': 'Als Bild',
    'Still being worked out': 'Wird noch gerechnet', 'at work': 'arbeitet', 'finished': 'fertig', 'failed': 'gescheitert', 'Working it out': 'Rechnet', 'Finished': 'Fertig',
    'Failed, the others go on': 'Gescheitert, die anderen machen weiter', 'Waits its turn': 'Kommt noch dran', 'Waits for all {count}': 'Wartet auf alle {count}', 'The desk at work': 'Das Pult arbeitet', 'How far it is': 'Wie weit es ist',
    'Full analysis': 'Volle Analyse', 'Portfolio review': 'Durchsicht des Depots', 'Comparison': 'Vergleich', 'Answer': 'Antwort', 'Context': 'Rahmen', 'What the desk looks at': 'Was das Pult ansieht',

    // Days and sources
    '1 day': '1 Tag', '{count} days': '{count} Tage', '{left} of {allowed} days left on {day} ({used} used).': '{left} von {allowed} Tagen übrig am {day} ({used} verbraucht).',
    'Longest stay from then on': 'Längster Aufenthalt von da an', 'to {day}': 'bis {day}', 'If you use them all, back on': 'Wenn du alle nutzt, wieder ab', 'Days over the limit': 'Tage über der Grenze',
    'day left on {day}': 'Tag übrig am {day}', 'days left on {day}': 'Tage übrig am {day}', 'Copy': 'Kopieren', 'Days counted': 'Gezählte Tage',
    'the 180 days that {day} looks back on': 'die 180 Tage, auf die der {day} zurückblickt', '{used} of {allowed} used, entry and exit day included': '{used} von {allowed} verbraucht, Ein- und Ausreisetag zählen mit',
    '{count} left': '{count} übrig', '{used} of {allowed} days that your visa allows': '{used} von {allowed} Tagen, die dein Visum erlaubt', 'none': 'keine', 'May be there again on': 'Darf wieder hin ab',
    'not known': 'nicht bekannt', 'from {day}': 'ab {day}', 'not counted': 'nicht gezählt', 'No stays in the 180 days up to {day}': 'Keine Aufenthalte in den 180 Tagen bis {day}',
    'Sources, {count}': 'Quellen, {count}', 'Sources': 'Quellen', 'This answer states nothing from a document.': 'Diese Antwort stützt sich auf kein Dokument.',
    'What this answer rests on, best first.': 'Worauf die Antwort beruht, das Beste zuerst.',
    'The days were counted by the program, by {rule}. No model worked them out.': 'Die Tage hat das Programm gezählt, nach {rule}. Kein Sprachmodell hat sie berechnet.',
    'written {day}': 'geschrieben am {day}', 'Open at this place': 'An dieser Stelle öffnen', 'Source': 'Quelle', 'Opening': 'Wird geöffnet',

    // The tutor
    'Beginner': 'Anfang', 'Intermediate': 'Mitte', 'Advanced': 'Fortgeschritten', 'The tutor plans with the first answer.': 'Der Tutor plant mit der ersten Antwort.', 'You are here': 'Hier bist du',
    'done': 'erledigt', 'Level': 'Niveau', 'Planned before each answer. Say “next”, “simpler” or “quiz me”.': 'Vor jeder Antwort geplant. Sag „next“, „simpler“ oder „quiz me“.', 'Topic': 'Thema',
    'Steps': 'Schritte', '{done} of {count} done': '{done} von {count} fertig', 'Next step': 'Nächster Schritt', 'Simpler': 'Einfacher', 'Quiz me': 'Frag mich ab',
    'From your tutor’s documents': 'Aus den Dokumenten des Tutors', 'Focus': 'Fokus',

    // A prompt
    'Prompt': 'Prompt', 'Your prompt': 'Dein Prompt', 'the task': 'die Aufgabe', 'the situation': 'die Lage', 'the reader': 'für wen', 'form of the answer': 'Form der Antwort', 'the limits': 'die Grenzen',
    'an example': 'ein Beispiel', 'clear words': 'klare Worte', 'everything it speaks of': 'alles, wovon er spricht', 'safe to send': 'nichts Heikles',
    'This server does not judge prompts.': 'Dieser Server beurteilt keine Prompts.', 'Write a prompt, and what a model would have to guess is named here.': 'Schreib einen Prompt, und hier steht, was ein Modell raten müsste.',
    '(taken out)': '(herausgenommen)', 'Apply': 'Anwenden', 'Applied: {title}': 'Angewandt: {title}', 'Apply: {title}': 'Anwenden: {title}', 'Copy: {title}': 'Kopieren: {title}', 'Dismiss': 'Verwerfen',
    'Dismiss: {title}': 'Verwerfen: {title}', 'of 100, judged by rules as you write': 'von 100, nach Regeln, während du schreibst', 'Nothing is missing.': 'Nichts fehlt.', 'Missing: {what}.': 'Es fehlt: {what}.',
    'There: {what}.': 'Da ist: {what}.', 'Suggestions': 'Vorschläge', 'Apply all {count}': 'Alle {count} anwenden', 'All applied.': 'Alle angewandt.', 'None.': 'Keine.', 'Remarks': 'Hinweise',

    // Taste
    'Your taste': 'Dein Geschmack', 'What Noah knows of you': 'Was Noah von dir weiß', 'never': 'nie', 'hardly ever': 'kaum je', 'rather not': 'eher nicht', 'no matter': 'egal', 'rather': 'eher', 'gladly': 'gern',
    'always': 'immer', 'sure': 'sicher', 'fairly sure': 'ziemlich sicher', 'a hunch': 'eine Ahnung', 'subject': 'Thema', 'author': 'Autor', 'period': 'Zeit', 'length': 'Länge', 'language': 'Sprache',
    'A later change was already stored; it stays.': 'Eine spätere Änderung war schon gespeichert; sie bleibt.', 'Noah will remember: {value}, {weight}': 'Noah merkt sich: {value}, {weight}',
    'Forgotten: {value}': 'Vergessen: {value}', 'How gladly: {value}': 'Wie gern: {value}', 'set by you on {day}': 'von dir gesetzt am {day}', 'from': 'aus', 'and {count} more': 'und {count} weitere',
    'That is right': 'Stimmt', 'That is right: {value}': 'Stimmt: {value}', 'Forget': 'Vergessen', 'Forget: {value}': 'Vergessen: {value}', 'counts before any guess': 'zählt vor jeder Vermutung', 'Kind': 'Art',
    'What': 'Was', 'science fiction': 'Science-Fiction', 'How gladly': 'Wie gern', 'Remember': 'Merken', 'Learn from what I say': 'Aus meinen Worten lernen',
    'Noah forgets all {count}, at once and for good.': 'Noah vergisst alle {count}, sofort und für immer.', 'Keep them': 'Behalten', 'Forget all': 'Alles vergessen', 'All forgotten.': 'Alles vergessen.',
    'Tell Noah something': 'Noah etwas sagen', 'Download': 'Herunterladen', 'Move a point to correct it. Forgetting is at once and for good.': 'Verschieb einen Punkt, um ihn zu berichtigen. Vergessen gilt sofort und für immer.',
    'Nothing yet. Talk with Noah, or tell it here.': 'Noch nichts. Sprich mit Noah, oder sag es hier.', 'You said so': 'Das hast du gesagt', 'Noah guesses': 'Das vermutet Noah', 'Looking': 'Sieht nach',

    // The settings
    'Keyboard': 'Tastatur', 'Single keys (?) work outside of fields': 'Einzelne Tasten (?) gelten außerhalb von Feldern', 'Debug': 'Debug',
    'Show figures under each answer, and log events in the console': 'Zahlen unter jeder Antwort zeigen und Ereignisse in die Konsole schreiben', 'What goes over the line, event by event': 'Was über die Leitung geht, Ereignis für Ereignis',
    'You are signed in': 'Du bist angemeldet', 'As {user}.': 'Als {user}.', 'Sign out': 'Abmelden', 'Sign out everywhere': 'Überall abmelden', 'On all devices: each token given to you until now ends.': 'Auf allen Geräten: jedes Token, das du bis jetzt hast, endet.', 'Your conversations belong to this browser.': 'Deine Gespräche gehören zu diesem Browser.',
    'Your conversations, {count} by now, belong to this browser. Sign in and take them along, or they end with the guest on {day}.': 'Deine Gespräche, bisher {count}, gehören zu diesem Browser. Melde dich an und nimm sie mit, sonst enden sie mit dem Gast am {day}.',
    'You are a guest': 'Du bist Gast', 'Token or JWT': 'Token oder JWT', 'The server does not know this token, or it is no longer good.': 'Der Server kennt dieses Token nicht, oder es gilt nicht mehr.', 'Sign in': 'Anmelden',
    'Take my conversations and my taste along': 'Meine Gespräche und meinen Geschmack mitnehmen', 'All conversations, your taste and your usage are removed for good.': 'Alle Gespräche, dein Geschmack und dein Verbrauch werden für immer gelöscht.',
    'Keep everything': 'Alles behalten', 'Erase me': 'Mich löschen', 'Your data': 'Deine Daten', 'Everything that is stored about you, as JSON Lines.': 'Alles, was über dich gespeichert ist, als JSON Lines.',
    'available': 'verfügbar', 'not configured': 'nicht eingerichtet', 'resting after failures': 'ruht nach Fehlern', 'resting as its provider asked': 'ruht, weil der Anbieter es will', 'asked first': 'wird zuerst gefragt',
    'The server names none.': 'Der Server nennt keine.', 'Providers': 'Anbieter', 'Reading': 'Lesen', 'Theme': 'Farben', 'As the system': 'Wie das System', 'Light': 'Hell', 'Dark': 'Dunkel', 'Text of answers': 'Text der Antworten',
    'Size': 'Größe', 'Smaller': 'Kleiner', 'Normal': 'Normal', 'Larger': 'Größer', 'Face': 'Schrift', 'Serif': 'Serif', 'Sans': 'Sans', 'Language of the page': 'Sprache der Seite', 'Usage': 'Verbrauch',
    'Settings': 'Einstellungen', 'Sections': 'Abschnitte', 'Counting': 'Zählt', 'tokens today, of {limit}. Begins anew at {time}.': 'Token heute, von {limit}. Beginnt neu um {time}.',
    '{count} more were written by the server itself, and do not count.': '{count} weitere hat der Server selbst geschrieben; sie zählen nicht.', 'tokens today. There is no limit.': 'Token heute. Es gibt keine Grenze.', 'Tokens of the last {count} days': 'Token der letzten {count} Tage', 'today': 'heute', 'Day': 'Tag', 'Who answered': 'Wer antwortete',
    'Answers': 'Antworten', 'Tokens': 'Token',

    // The SSE demo
    'Dialect 1, the book companion': 'Dialekt 1, der Buchbegleiter', 'Dialect 2, the tutor': 'Dialekt 2, der Tutor', 'Dialect 3, OpenAI’s': 'Dialekt 3, OpenAIs', 'Dialect 4, the plain agent': 'Dialekt 4, der einfache Agent',
    'Dialect 5, the desk': 'Dialekt 5, das Pult', 'Dialect': 'Dialekt', 'Your message': 'Deine Nachricht', 'Cut the line': 'Leitung kappen', 'SSE demo': 'SSE-Demo',
    'What goes over the line, beside what becomes of it': 'Was über die Leitung geht, neben dem, was daraus wird', 'Back to the page': 'Zurück zur Seite', 'When each event came': 'Wann jedes Ereignis kam',
    'Events': 'Ereignisse', 'How events are shown': 'Wie Ereignisse gezeigt werden', 'Raw': 'Roh', 'Readable': 'Lesbar', 'Copy all': 'Alles kopieren', 'Reply': 'Antwort',
    'How the reply is shown': 'Wie die Antwort gezeigt wird', 'Rendered': 'Gesetzt', 'Text': 'Text', 'The line is cut. Last-Event-ID {id}. Trying again in {seconds} s.': 'Die Leitung ist gekappt. Last-Event-ID {id}. Neuer Versuch in {seconds} s.',
    'Back. The server goes on after {id}: nothing lost, nothing twice.': 'Wieder da. Der Server macht nach {id} weiter: nichts verloren, nichts doppelt.', 'Ended, {count} events': 'Zu Ende, {count} Ereignisse', 'Cut': 'Gekappt',
    'Open, event {id}': 'Offen, Ereignis {id}', '{count} books': '{count} Bücher', 'once': 'einmal', '{count} times': '{count} Mal', 'First event': 'Erstes Ereignis', 'First word': 'Erstes Wort', 'Bytes': 'Bytes', 'Resumed': 'Aufgenommen',
};
