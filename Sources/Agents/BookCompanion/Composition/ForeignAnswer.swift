import Chat
import Substrings

/// Answers a wish in German, French or Spanish in short set phrases; what a book is about is told as the catalogue has it, in English.
struct ForeignAnswer {
    let language: MessageLanguage
    let wish: Wish
    let found: Recommendations
    /// Counts on with every answer of a conversation, so that two in a row do not read alike.
    var turn = 0

    private static let usuallyNamed = 4

    private var understood: [String] {
        wish.seeds.prefix(2).map { Phrase.plain($0.title) } + wish.knownSeries.prefix(1).map(\.name) + wish.understood
    }

    func sentences() -> [String] {
        guard !found.scored.isEmpty else { return [words.nothing] }
        var sentences: [String] = []
        if let known = wish.setAside { sentences.append(words.setAside(title(known)) + " ") }
        sentences.append(
            (understood.isEmpty
                ? Phrase.turned(turn, words.openings)
                : Phrase.turned(turn, words.openingsFor).replacing("…", with: quoted(understood))) + " ")
        let named = wish.count ?? Self.usuallyNamed
        let missing = missing(in: found.scored.prefix(named))
        if !missing.isEmpty { sentences.append(words.missing(quoted(missing)) + " ") }
        if !found.relaxed.isEmpty { sentences.append(words.relaxed + " ") }
        if !wish.gaps.isEmpty || !wish.excludedConcepts.isEmpty { sentences.append(words.unchecked + " ") }
        if found.scored.prefix(named).contains(where: { $0.entry.summary != nil }) { sentences.append(words.inEnglish) }
        sentences.append("\n\n")
        for scored in found.scored.prefix(named) {
            var text = book(scored.entry)
            if let summary = scored.entry.summary {
                text += ": " + Phrase.plain(summary) + (summary.last.map { ".!?".contains($0) } == true ? "" : ".")
            } else if let length = scored.entry.length {
                text += ", \(words.length(length))."
            } else {
                text += "."
            }
            sentences += [text, "\n\n"]
        }
        if found.scored.count > named {
            sentences.append(
                words.also(found.scored.dropFirst(named).prefix(3).map { title($0.entry) }.joined(separator: ", "))
                    + " ")
        }
        sentences.append(Phrase.turned(turn, words.further))
        return sentences
    }

    /// Facts about one book.
    func facts(_ entry: CatalogEntry, _ aspects: Set<BookAspect>) -> [String] {
        var sentences = [book(entry) + ". "]
        if aspects.contains(.length) {
            sentences.append((entry.length.map { words.itIs(words.length($0)) } ?? words.unknown) + " ")
        }
        if aspects.contains(.year), entry.year == nil { sentences.append(words.unknown + " ") }
        if !aspects.isDisjoint(with: [.content, .worth, .availability]) {
            sentences.append(entry.summary.map { "\(words.inEnglish) \(Phrase.plain($0))" } ?? words.unknown)
        }
        return sentences
    }

    /// Books of the list that were chosen.
    func chosen(_ entries: [CatalogEntry]) -> [String] {
        guard !entries.isEmpty else { return [words.unknown] }
        return [words.take(entries.map(book).joined(separator: ", "))]
    }

    private func quoted(_ said: [String]) -> String {
        let marks: (String, String) =
            switch language {
            case .french, .spanish: ("« ", " »")
            default: ("„", "“")
            }
        return said.prefix(6).map { marks.0 + $0 + marks.1 }.joined(separator: ", ")
    }

    private func title(_ entry: CatalogEntry) -> String { "*\(Phrase.plain(entry.title))*" }

    private func book(_ entry: CatalogEntry) -> String {
        var text = title(entry)
        if let author = entry.authors.first { text += " \(words.by) \(author)" }
        if let year = entry.year { text += year < 0 ? " (\(-year) \(words.beforeChrist))" : " (\(year))" }
        return text
    }

    /// Words of the wish that no book of the list has.
    private func missing(in books: ArraySlice<Scored>) -> [String] {
        let texts = books.map { scored -> StemmedText in
            var text = StemmedText()
            text.append(scored.entry.title)
            for subject in scored.entry.subjects { text.append(subject) }
            if let summary = scored.entry.summary { text.append(summary) }
            return text
        }
        return wish.ownWords.filter { word in !texts.contains { $0.contains(StemmedText.phrase([Folding.stem(word)])) }
        }.prefix(4)
            .map(\.self)
    }

    // MARK: - Set phrases

    private var words: SetPhrases {
        switch language {
        case .french: .french
        case .spanish: .spanish
        default: .german
        }
    }
}

/// What is said in a language.
private struct SetPhrases {
    var by, beforeChrist, nothing, relaxed, unchecked, inEnglish, unknown: String
    /// Said in turns; "…" is what was understood.
    var openings, openingsFor, further: [String]
    var missing, also, setAside, take, itIs: @Sendable (String) -> String
    var lengths: [BookLength: String]

    func length(_ length: BookLength) -> String { lengths[length] ?? "" }

    static let german = SetPhrases(
        by: "von", beforeChrist: "v. Chr.",
        nothing:
            "Dazu habe ich nichts im Katalog. Nenn mir einen Titel, eine Autorin oder ein anderes Thema, und ich suche noch einmal.",
        relaxed: "Alles zusammen trifft auf zu wenige Bücher zu, deshalb ist ein Teil der Bedingungen gelockert.",
        unchecked: "Nicht alles davon steht im Katalog; was er nicht sagt, konnte ich nicht prüfen.",
        inEnglish: "Die Beschreibungen habe ich nur auf Englisch.",
        unknown: "Das sagt der Katalog leider nicht.",
        openings: [
            "Hier sind meine Vorschläge.", "Da hätte ich etwas für dich.", "Wie wäre es damit?",
            "Diese hier passen am ehesten.",
            "Das würde ich mir ansehen.",
        ],
        openingsFor: [
            "Zu … fallen mir diese Bücher ein.", "Bei … würde ich hier anfangen.", "…: Das käme in Frage.",
            "Für … habe ich ein paar Vorschläge.", "Ich habe nach … gesucht und das hier gefunden.",
        ],
        further: [
            "Soll ich weitersuchen, zum Beispiel nach etwas Kürzerem, Älterem oder Lustigerem?",
            "Soll ich zu einem davon mehr erzählen?",
            "Passt das, oder soll es in eine andere Richtung gehen?",
            "Kennst du eines davon schon? Dann lasse ich es weg.",
        ],
        missing: { "Zu \($0) habe ich im Katalog nichts gefunden; die Liste geht nach dem Rest." },
        also: { "Auch einen Blick wert: \($0)." }, setAside: { "Dann lasse ich \($0) weg." },
        take: { "Dann nimm \($0)." }, itIs: { "Es ist \($0)." },
        lengths: [.short: "kurz", .medium: "mittellang", .long: "lang"])

    static let french = SetPhrases(
        by: "de", beforeChrist: "av. J.-C.",
        nothing:
            "Je n'ai rien là-dessus dans le catalogue. Donne-moi un titre, un auteur ou un autre sujet, et je chercherai de nouveau.",
        relaxed: "Trop peu de livres répondent à tout cela, j'ai donc assoupli une partie des conditions.",
        unchecked: "Le catalogue ne dit pas tout ; ce qu'il ne dit pas, je n'ai pas pu le vérifier.",
        inEnglish: "Les descriptions ne sont qu'en anglais.",
        unknown: "Le catalogue ne le dit malheureusement pas.",
        openings: [
            "Voici mes suggestions.", "J'ai peut-être ce qu'il te faut.", "Que dirais-tu de ceux-ci ?",
            "Voilà ce qui s'en approche le plus.",
        ],
        openingsFor: [
            "Pour …, je pense à ces livres.", "Avec …, je commencerais par ceux-ci.",
            "J'ai cherché … et voici ce que j'ai trouvé.",
            "Côté …, je te propose ceci.",
        ],
        further: [
            "Veux-tu que je cherche encore, par exemple quelque chose de plus court, de plus ancien ou de plus drôle ?",
            "Veux-tu en savoir plus sur l'un d'eux ?", "Est-ce la bonne direction ?",
            "En as-tu déjà lu un ? Alors je le laisse de côté.",
        ],
        missing: { "Je n'ai rien trouvé pour \($0) dans le catalogue ; la liste suit le reste." },
        also: { "À voir aussi : \($0)." }, setAside: { "Alors je laisse \($0) de côté." },
        take: { "Alors prends \($0)." }, itIs: { "C'est \($0)." },
        lengths: [.short: "court", .medium: "de longueur moyenne", .long: "long"])

    static let spanish = SetPhrases(
        by: "de", beforeChrist: "a. C.",
        nothing: "No tengo nada de eso en el catálogo. Dime un título, un autor u otro tema y busco de nuevo.",
        relaxed: "Muy pocos libros cumplen todo eso, así que he relajado una parte de las condiciones.",
        unchecked: "El catálogo no lo dice todo; lo que no dice no lo he podido comprobar.",
        inEnglish: "Las descripciones solo las tengo en inglés.",
        unknown: "Por desgracia el catálogo no lo dice.",
        openings: [
            "Aquí van mis propuestas.", "Puede que tenga algo para ti.", "¿Qué te parecen estos?",
            "Esto es lo que más se acerca.",
        ],
        openingsFor: [
            "Para … se me ocurren estos libros.", "Con … empezaría por aquí.", "He buscado … y he encontrado esto.",
            "Sobre … te propongo estos.",
        ],
        further: [
            "¿Sigo buscando, por ejemplo algo más corto, más antiguo o más divertido?", "¿Te cuento más de alguno?",
            "¿Va por buen camino, o busco otra cosa?", "¿Has leído ya alguno? Entonces lo dejo fuera.",
        ],
        missing: { "No he encontrado nada en el catálogo para \($0); la lista va por lo demás." },
        also: { "También vale la pena: \($0)." }, setAside: { "Entonces dejo fuera \($0)." },
        take: { "Entonces quédate con \($0)." }, itIs: { "Es \($0)." },
        lengths: [.short: "corto", .medium: "de extensión media", .long: "largo"])
}
