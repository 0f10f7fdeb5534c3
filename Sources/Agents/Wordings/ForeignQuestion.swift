// Messages told by wordings, in several languages (`agents/words`).

/// Questions in German, French and Spanish to agents whose documents are English: the words that are known are put into English.
struct ForeignQuestion: Sendable, Equatable {
    var text: String
    var language: MessageLanguage

    private static let tables = ForeignTable.all("questions")
    private static let maximumWords = 60

    /// Small words of these languages that are English as well: "will DEMO1 recover?"
    private static let englishToo: Set<String> = [
        "will", "was", "war", "so", "also", "an", "am", "hat", "die", "man", "in", "on", "no", "me", "he", "as", "has",
        "a", "or", "son", "plus", "long",
    ]

    /// The message in English, or as it is where it is in none of these languages.
    static func english(_ message: String) -> String { ForeignQuestion(message)?.text ?? message }

    /// Nil for a message that is in none of these languages.
    init?(_ message: String) {
        let parts = Self.parts(of: message)
        guard (1...Self.maximumWords).contains(parts.count) else { return nil }
        let folded = parts.map { Folding.fold($0.word) }
        let shared = folded.count(where: Self.englishToo.contains)
        let counts = Self.tables.map { table in (table: table, count: table.known(folded) - shared) }
        guard let (table, count) = counts.max(by: { $0.count < $1.count }), count * 3 >= parts.count,
            count > 1 || count == parts.count,
            count > folded.count(where: ForeignTable.englishWords.contains),
            !counts.contains(where: { $0.table.language != table.language && $0.count == count })
        else { return nil }
        let words = parts.map(\.word)
        var text = ""
        var index = 0
        while index < parts.count {
            if let known = table.meaning(at: index, of: folded, in: words) {
                text += known.meaning
                index += known.length
            } else {
                if !table.functionWords.contains(folded[index]) { text += words[index] }
                index += 1
            }
            text += parts[index - 1].after
        }
        self.text = text
        language = table.language
    }

    /// A message's words, each with what stands behind it.
    private static func parts(of message: String) -> [(word: String, after: String)] {
        var parts: [(word: String, after: String)] = []
        for character in message.unicodeScalars.prefix(4_000) {
            let isPart = character.properties.isAlphabetic || character.properties.numericType != nil
            if isPart, parts.isEmpty || !parts[parts.count - 1].after.isEmpty {
                parts.append((String(character), ""))
            } else if isPart {
                parts[parts.count - 1].word.unicodeScalars.append(character)
            } else if !parts.isEmpty {
                parts[parts.count - 1].after.unicodeScalars.append(character)
            }
        }
        return parts
    }
}

/// What agents with English documents say to who writes in another language.
struct DocumentPhrases {
    /// Before quotations.
    var lead: String
    var nothing, counted, greeting, thanks, farewell, topics: String
    /// Under what the tutor says.
    var lesson: String

    static func of(_ language: MessageLanguage) -> DocumentPhrases? {
        switch language {
        case .english: nil
        case .german:
            DocumentPhrases(
                lead: "Meine Unterlagen sind auf Englisch. Dazu steht in ihnen:",
                nothing:
                    "Dazu finde ich nichts in meinen Unterlagen, und ohne Sprachmodell kann ich nicht mehr sagen. Sie sind auf Englisch; frag mit anderen Worten oder auf Englisch.",
                counted: "Ich habe die Tage gezählt; die Rechnung ist auf Englisch:",
                greeting: "Hallo. Ich antworte aus meinen Unterlagen; sie sind auf Englisch.",
                thanks: "Gern geschehen.",
                farewell: "Auf Wiedersehen.", topics: "Ich habe Unterlagen zu:",
                lesson: "Meine Notizen sind auf Englisch. Sag „weiter“, „einfacher“ oder „frag mich ab“.")
        case .french:
            DocumentPhrases(
                lead: "Mes documents sont en anglais. Voici ce qu'ils en disent :",
                nothing:
                    "Je ne trouve rien là-dessus dans mes documents, et sans modèle de langue je ne peux pas en dire plus. Ils sont en anglais ; demande avec d'autres mots ou en anglais.",
                counted: "J'ai compté les jours ; le calcul est en anglais :",
                greeting: "Bonjour. Je réponds à partir de mes documents ; ils sont en anglais.",
                thanks: "Avec plaisir.",
                farewell: "Au revoir.", topics: "J'ai des documents sur :",
                lesson: "Mes notes sont en anglais. Dis « suite », « plus simple » ou « interroge-moi ».")
        case .spanish:
            DocumentPhrases(
                lead: "Mis documentos están en inglés. Esto es lo que dicen:",
                nothing:
                    "No encuentro nada sobre eso en mis documentos, y sin un modelo de lenguaje no puedo decir más. Están en inglés; pregunta con otras palabras o en inglés.",
                counted: "He contado los días; el cálculo está en inglés:",
                greeting: "Hola. Respondo con mis documentos; están en inglés.", thanks: "De nada.", farewell: "Adiós.",
                topics: "Tengo documentos sobre:",
                lesson: "Mis apuntes están en inglés. Di «siguiente», «más fácil» o «pregúntame».")
        }
    }
}
