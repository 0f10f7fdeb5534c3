import Substrings

/// Topics of library headings in everyday words.
enum Topics {
    /// "Holmes, Sherlock (Fictitious character)" is "sherlock holmes", "World War, 1914-1918" is "first world war", "London
    /// (England)" is "london". A heading that belongs to a wider theme yields that as well: "Brothers" is "brothers" and
    /// "siblings". Empty for dates and other parts that say nothing alone.
    static func named(_ part: String, _ key: String) -> [String] {
        if let known = renamed[key] { return known.isEmpty ? [] : [known] }
        guard let own = everyday(part, key) else { return [] }
        guard let wider = themes[key], wider != own else { return [own] }
        return [own, wider]
    }

    private static func everyday(_ part: String, _ key: String) -> String? {
        if key.hasPrefix("translations ") || key.hasPrefix("early works") || key.hasPrefix("to 1") { return nil }
        var text = part
        var isCharacter = false
        if let open = text.firstIndex(of: "("), open != text.startIndex {
            isCharacter = text[open...].contains("haracter")
            text = TitleForms.trimmed(text[..<open])
        }
        if text.utf8.contains(0x2c) {
            var pieces = text.split(separator: ",").map { AuthorName.spaced($0) }
            if pieces.count > 1, let last = pieces.last, LifeDates(last) != nil {
                // A person's dates, or an event's.
                let name = AuthorName(heading: text)
                pieces.removeLast()
                if let name, pieces.count > 1 { return name.display.lowercased() }
            } else if isCharacter, pieces.count > 1, let name = AuthorName(heading: text) {
                return name.display.lowercased()
            } else if pieces.count == 2, nationalities.contains(Folding.key(pieces[1])) {
                pieces.removeLast()
            }
            text = Self.straight(pieces) ?? pieces.joined(separator: ", ")
        }
        let plain = SubjectTerms.plain(text)
        guard !plain.isEmpty, plain.utf8.count <= SubjectTerms.maximumTermBytes else { return nil }
        return plain.utf8.contains { $0 >= 0x30 && $0 <= 0x39 } ? nil : plain
    }

    /// "Ethics, Evolutionary" is evolutionary ethics, "Knowledge, Theory of" theory of knowledge. Nil for a list.
    private static func straight(_ pieces: [String]) -> String? {
        guard pieces.count == 2, !pieces[1].utf8.contains(0x20) || pieces[1].hasSuffix(" of") else { return nil }
        let endings = ["al", "ic", "ary", "ern", "an", "ish", "ive", "ous", "ese", "ed", " of"]
        return endings.contains { pieces[1].hasSuffix($0) } ? pieces[1] + " " + pieces[0] : nil
    }

    /// Headings that people call otherwise; empty for those that say nothing alone.
    private static let renamed: [String: String] = [
        "world war 1914 1918": "first world war", "world war 1939 1945": "second world war",
        "civil war 1861 1865": "american civil war", "revolution 1775 1783": "american revolution",
        "revolution 1789 1799": "french revolution", "revolution 1917 1921": "russian revolution",
        "napoleon i emperor of the french 1769 1821": "napoleon", "napoleonic wars 1800 1815": "napoleonic wars",
        "man woman relationships": "love", "jesus christ": "jesus", "indians of north america": "native americans",
        "great britain": "britain", "enslaved persons": "slavery", "new york n y": "new york",
        "human alien encounters": "aliens",
        "extraterrestrial beings": "aliens", "seafaring life": "seafaring", "motion pictures": "film",
        "romanies": "roma",
        "rome": "ancient rome", "rome history": "ancient rome", "children s stories": "",
        "interplanetary voyages": "space travel",
        "history": "", "fiction": "", "texts": "", "pictorial works": "", "collections": "", "etc": "",
        "congresses": "",
        "popular literature": "", "illustrated periodicals": "", "periodicals": "", "miscellanea": "", "english": "",
        "in literature": "", "literary collections": "", "popular works": "", "general": "", "literature": "",
        "19th century": "", "20th century": "", "18th century": "", "17th century": "", "16th century": "",
        "15th century": "",
        "questions and answers": "", "social life and customs": "", "history and criticism": "",
        "politics and government": "",
        "social conditions": "", "political aspects": "", "religious aspects": "", "social aspects": "",
        "investigation": "",
        "description and travel": "", "adventure and adventurers": "", "early works": "", "philosophy": "philosophy",
        "conduct of life": "ethics", "criticism and interpretation": "", "stage history": "",
        "antiquities": "archaeology", "study and teaching": "", "societies and clubs": "",
        "united states": "united states",
    ]

    /// The wider themes of frequent headings, in the words that people ask with.
    private static let themes: [String: String] = [
        "brothers": "siblings", "sisters": "siblings", "twins": "siblings", "brothers and sisters": "siblings",
        "families": "family", "family life": "family", "family": "family", "cousins": "family", "uncles": "family",
        "aunts": "family", "married people": "marriage", "married women": "marriage", "husband and wife": "marriage",
        "spouses": "marriage", "mate selection": "marriage", "courtship": "love", "love stories": "love",
        "mothers and daughters": "motherhood", "mothers and sons": "motherhood", "mothers": "motherhood",
        "fathers and daughters": "fatherhood", "fathers and sons": "fatherhood", "parent and child": "family",
        "male friendship": "friendship", "female friendship": "friendship", "social classes": "social class",
        "upper class": "social class", "aristocracy": "nobility", "poor": "poverty", "wealth": "money",
        "rich people": "money",
        "inheritance and succession": "money", "working class": "work", "farm life": "country life",
        "villages": "country life",
        "city and town life": "city life", "frontier and pioneer life": "american west", "west": "american west",
        "cowboys": "american west", "ranch life": "american west", "southern states": "american south",
        "plantation life": "american south", "arctic regions": "polar regions", "antarctica": "polar regions",
        "kings and rulers": "royalty", "queens": "royalty", "princesses": "royalty", "princes": "royalty",
        "knights and knighthood": "knights", "schools": "school", "boarding schools": "school", "students": "school",
        "college students": "school", "prisons": "prison", "prisoners": "prison", "treasure troves": "treasure",
        "witchcraft": "witches", "dogs": "animals", "cats": "animals", "horses": "animals", "rabbits": "animals",
        "wild animals": "animals", "bears": "animals", "spies": "espionage", "spy stories": "espionage",
        "voyages and travels": "journey", "quests": "quest", "race relations": "racism", "mental illness": "madness",
        "mentally ill": "madness", "insanity": "madness", "psychopaths": "madness", "diseases": "disease",
        "plague": "disease",
        "epidemics": "disease", "criminals": "crime", "thieves": "crime", "emigration and immigration": "migration",
        "immigrants": "migration", "exiles": "exile", "adulterers": "adultery", "triangles": "love", "lovers": "love",
        "theater": "theatre", "actors": "theatre", "actresses": "theatre", "painters": "art", "artists": "art",
        "authors": "writing", "authorship": "writing", "poets": "writing", "books and reading": "books",
        "musicians": "music",
        "composers": "music", "sex": "sexuality", "sexual behavior": "sexuality", "ghosts": "ghosts",
        "haunted houses": "ghosts",
        "space colonies": "space", "space ships": "space", "space travelers": "space", "interstellar travel": "space",
        "life on other planets": "aliens", "martians": "aliens", "robots": "robots", "androids": "robots",
        "sailors": "sea", "ship captains": "sea", "ocean travel": "sea", "sailing": "sea", "shipwrecks": "sea",
        "whaling": "sea", "castaways": "islands", "island life": "islands", "desert animals": "desert",
        "deserts": "desert",
        "clergy": "religion", "christian life": "faith", "women": "women's lives", "young women": "women's lives",
        "women s rights": "feminism", "suffrage": "feminism", "girls": "childhood", "boys": "childhood",
        "children": "childhood",
        "orphans": "childhood", "older people": "ageing", "aging": "ageing", "detectives": "detectives",
        "private investigators": "detectives", "police": "detectives", "gods": "gods", "mythology greek": "gods",
        "war": "war", "soldiers": "war", "generals": "war", "utopias": "society", "social problems": "society",
        "revolutions": "revolution", "revolutionaries": "revolution", "imperialism": "colonialism",
        "colonies": "colonialism",
        "wizards": "magic", "fairies": "magic", "dragons": "dragons", "vampires": "vampires", "monsters": "monsters",
        "physicians": "medicine", "scientists": "science", "inventors": "technology", "inventions": "technology",
        "evolution": "evolution", "prehistoric peoples": "evolution", "time travel": "time",
        "immortalism": "immortality",
    ]

    static let nationalities: Set<String> = [
        "english", "american", "french", "german", "italian", "spanish", "russian", "finnish", "hungarian", "dutch",
        "greek",
        "latin", "irish", "scottish", "scots", "chinese", "japanese", "norwegian", "swedish", "danish", "portuguese",
        "canadian", "australian", "polish", "jewish", "british", "middle english", "yiddish", "arabic", "persian",
        "sanskrit",
    ]
}
