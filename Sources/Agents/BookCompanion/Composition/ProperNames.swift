extension Phrase {
    /// A subject as it is written in a sentence: the catalogue's terms and the lexicon's names are in lower case, and "books about
    /// paris" is a mistake.
    static func subject(_ name: String) -> String {
        if let whole = properPhrases[name] { return whole }
        return name.split(separator: " ", omittingEmptySubsequences: false).map { word in
            properWords.contains(word.lowercased()) ? word.prefix(1).uppercased() + word.dropFirst() : String(word)
        }.joined(separator: " ")
    }

    /// Names that are more than their words.
    private static let properPhrases: [String: String] = [
        "new york": "New York", "new zealand": "New Zealand", "new england": "New England",
        "new orleans": "New Orleans",
        "school stories": "school life", "gothic": "gothic horror", "epistolary": "letters",
        "letters in novels": "letters", "american south": "the American South",
        "the south seas": "the South Seas", "the wild west": "the Wild West", "native americans": "Native Americans",
        "united states": "the United States", "great britain": "Great Britain", "south africa": "South Africa",
        "south america": "South America", "north america": "North America", "san francisco": "San Francisco",
        "los angeles": "Los Angeles", "king arthur": "King Arthur", "the french revolution": "the French Revolution",
        "the american revolution": "the American Revolution", "the american civil war": "the American Civil War",
        "the russian revolution": "the Russian Revolution", "the first world war": "the First World War",
        "the second world war": "the Second World War", "world war i": "World War I", "world war ii": "World War II",
        "civil war": "the Civil War", "middle ages": "the Middle Ages", "middle east": "the Middle East",
    ]

    private static let properWords: Set<String> = [
        "mars", "africa", "india", "china", "japan", "egypt", "rome", "greece", "greek", "norse", "roman", "russia",
        "russian",
        "france", "french", "paris", "london", "england", "english", "scotland", "scottish", "ireland", "irish",
        "wales",
        "welsh", "britain", "british", "italy", "italian", "spain", "spanish", "germany", "german", "austria", "vienna",
        "switzerland", "belgium", "netherlands", "denmark", "sweden", "norway", "finland", "poland", "hungary",
        "portugal",
        "turkey", "persia", "iran", "iraq", "israel", "jerusalem", "korea", "vietnam", "tibet", "arabia", "algeria",
        "morocco", "kenya", "nigeria", "congo", "australia", "australian", "canada", "canadian", "mexico", "mexican",
        "brazil", "argentina", "chile", "peru", "cuba", "america", "american", "americans", "europe", "european",
        "asia",
        "venice", "florence", "berlin", "moscow", "madrid", "dublin", "edinburgh", "oxford", "cambridge", "boston",
        "chicago", "california", "texas", "virginia", "alaska", "hawaii", "philippines", "napoleon", "tudor",
        "victorian",
        "christmas", "buddhism", "buddhist", "christianity", "christian", "judaism", "jewish", "jews", "islam",
        "muslim",
        "catholic", "hindu", "chinese", "japanese", "indian", "egyptian", "african", "bible", "shakespeare",
        "arthurian",
    ]
}
