/// Language codes: ISO 639-1 where there is one, else 639-2.
enum Languages {
    /// The code of a tag ("eng", "en-US", "fre", "fr") or an English name ("French"); nil for what is none.
    static func code(_ text: some StringProtocol) -> String? {
        let key = Folding.key(text)
        guard let first = key.foldedWords.first.map(String.init), key.utf8.count <= 40 else { return nil }
        if let known = byName[first] { return known }
        if let short = threeLetters[first] { return short.isEmpty ? nil : short }
        return (2...3).contains(first.utf8.count) && first.utf8.allSatisfy { $0 >= 0x61 && $0 <= 0x7a } ? first : nil
    }

    /// The codes of several; Greek stands for ancient Greek as well.
    static func codes(_ texts: some Sequence<String>) -> [String] {
        var codes = Set(texts.compactMap { code($0) })
        if codes.contains("el") { codes.insert("grc") }
        return codes.sorted()
    }

    /// The language of an adjective in a heading: "Epic poetry, Greek" and "French fiction" name theirs.
    static func named(inHeading key: String) -> String? {
        let words = key.foldedWords
        for word in [words.first, words.last] {
            if let word, let code = byName[String(word)] { return code }
        }
        return nil
    }

    /// The language most of a class of the Library of Congress was written in (https://www.loc.gov/catdir/cpso/lcco/);
    /// several where the class mixes literatures.
    static func written(inClass locc: String) -> [String] {
        switch locc {
        case "PR", "PS": ["en"]
        case "PQ": ["fr", "it", "es", "pt"]
        case "PT": ["de", "nl", "sv", "no", "da", "is", "fy"]
        case "PG": ["ru", "pl", "cs", "sr", "bg", "uk", "hr", "sl"]
        case "PA": ["el", "grc", "la"]
        case "PH": ["fi", "hu", "et", "eu"]
        case "PL": ["zh", "ja", "ko", "te", "ta"]
        case "PK": ["sa", "fa", "hi", "bn"]
        case "PJ": ["ar", "he", "yi"]
        default: []
        }
    }

    /// The literature a bookshelf is about.
    static let shelves: [String: String] = [
        "category british literature": "en", "category american literature": "en", "category french literature": "fr",
        "category german literature": "de", "category russian literature": "ru",
    ]

    private static let byName: [String: String] = [
        "english": "en", "french": "fr", "german": "de", "italian": "it", "spanish": "es", "portuguese": "pt",
        "russian": "ru",
        "polish": "pl", "czech": "cs", "greek": "el", "latin": "la", "finnish": "fi", "hungarian": "hu", "dutch": "nl",
        "swedish": "sv", "norwegian": "no", "danish": "da", "icelandic": "is", "chinese": "zh", "japanese": "ja",
        "arabic": "ar",
        "persian": "fa", "sanskrit": "sa", "hebrew": "he", "yiddish": "yi", "catalan": "ca", "bengali": "bn",
        "hindi": "hi",
        "american": "en", "irish": "ga", "welsh": "cy", "turkish": "tr", "ukrainian": "uk", "bulgarian": "bg",
        "serbian": "sr",
        "romanian": "ro", "esperanto": "eo", "flemish": "nl", "austrian": "de", "korean": "ko", "estonian": "et",
        "croatian": "hr", "slovenian": "sl", "vietnamese": "vi", "indonesian": "id", "tagalog": "tl", "occitan": "oc",
        "provencal": "oc", "tamil": "ta", "telugu": "te", "akkadian": "akk", "albanian": "sq", "armenian": "hy",
    ]

    private static let threeLetters: [String: String] = [
        "eng": "en", "fre": "fr", "fra": "fr", "ger": "de", "deu": "de", "spa": "es", "ita": "it", "por": "pt",
        "rus": "ru",
        "jpn": "ja", "chi": "zh", "zho": "zh", "ara": "ar", "nl": "nl", "dut": "nl", "nld": "nl", "swe": "sv",
        "nor": "no",
        "dan": "da", "fin": "fi", "pol": "pl", "cze": "cs", "ces": "cs", "hun": "hu", "tur": "tr", "gre": "el",
        "ell": "el",
        "lat": "la", "per": "fa", "fas": "fa", "rum": "ro", "ron": "ro", "vie": "vi", "ind": "id",
        "heb": "he",
        "mul": "", "und": "", "cat": "ca", "fil": "tl", "kor": "ko", "san": "sa", "ice": "is", "isl": "is",
    ]
}
