/// The wordings by which a message is known to come from somebody in need, and what only sounds so.
enum CareTable {
    /// A language's wordings as they are written down: classes of words, `name: word word`, and wordings by kind.
    ///
    /// A kind with a question mark does not count where the message speaks of books, lessons or the like.
    struct Source {
        var classes: String
        var wordings: String
    }

    struct Wording: Sendable {
        var pattern: CarePattern
        var kind: CareKind
        var language: CareLanguage
        /// Whether other words of the message can take the meaning away.
        var isWeak: Bool
    }

    private static let parsed = Parsed([(.english, english), (.german, german), (.french, french), (.spanish, spanish)])

    static var vocabulary: CarePattern.Words { parsed.vocabulary }

    /// Idioms that may begin with a word.
    static func idioms(from word: String) -> [CarePattern] {
        (parsed.idioms[word] ?? []) + (Int(word) == nil ? [] : parsed.numberIdioms)
    }

    /// Wordings that may begin with a word.
    static func wordings(from word: String) -> [Wording] {
        (parsed.wordings[word] ?? []) + parsed.openWordings.filter { $0.pattern.first.contains(word) }
    }

    private struct Parsed {
        var idioms: [String: [CarePattern]] = [:]
        /// Those that begin with a number.
        var numberIdioms: [CarePattern] = []
        var wordings: [String: [Wording]] = [:]
        /// Those that begin with the beginning of a word.
        var openWordings: [Wording] = []
        var vocabulary = CarePattern.Words()

        init(_ sources: [(CareLanguage, Source)]) {
            for (language, source) in sources { read(source, language) }
            vocabulary.whole.formUnion(CareTable.keywords)
        }

        private mutating func read(_ source: Source, _ language: CareLanguage) {
            var classes: [String: CarePattern.Words] = [:]
            for line in source.classes.split(separator: "\n") {
                let parts = line.split(separator: ":")
                let words = parts[1].split(separator: " ").joined(separator: "|")
                classes[String(parts[0])] = CarePattern.words(words[...], [:])
            }
            var kind: CareKind?
            var isWeak = false
            for line in source.wordings.split(separator: "\n") {
                if line.last == ":" {
                    isWeak = line.dropLast().last == "?"
                    kind = CareKind(rawValue: String(line.dropLast(isWeak ? 2 : 1)))
                    continue
                }
                let pattern = CarePattern(line, classes: classes)
                note(pattern)
                guard let kind else {
                    if case .number? = pattern.elements.first { numberIdioms.append(pattern) }
                    for word in pattern.first.whole { idioms[word, default: []].append(pattern) }
                    continue
                }
                let wording = Wording(pattern: pattern, kind: kind, language: language, isWeak: isWeak)
                for word in pattern.first.whole { wordings[word, default: []].append(wording) }
                if !pattern.first.beginnings.isEmpty { openWordings.append(wording) }
            }
        }

        private mutating func note(_ pattern: CarePattern) {
            for case .words(let words) in pattern.elements {
                vocabulary.whole.formUnion(words.whole)
                vocabulary.beginnings += words.beginnings
            }
            vocabulary.beginnings = Array(Set(vocabulary.beginnings))
        }
    }

    private static func set(_ text: String) -> Set<String> {
        Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    /// Words by which a message speaks of something written, learnt or played.
    static let context: CarePattern.Words = {
        var words = CarePattern.Words()
        words.whole = set(
            """
            book books novel novels story stories read reading fiction essay essays poem poems poetry play plays film films movie
            movies series song songs lyrics character characters plot author authors writer writers writing memoir memoirs title titled
            titles chapter chapters literature thriller thrillers recommend recommendation recommendations scene hero heroine
            protagonist game games homework exam exercise maths math physics chemistry called quote anime manga
            buch bucher buecher roman romane geschichte geschichten lesen krimi krimis aufsatz gedicht lied figur figuren held heldin
            hausaufgaben klausur prufung pruefung aufgabe film spiel titel kapitel
            livre livres romans histoire histoires lire polar polars essai poeme poemes chanson personnage personnages heros heroine
            devoirs examen exercice jeu titre chapitre
            libro libros novela novelas historia historias leer cuento cuentos ensayo poema poemas pelicula cancion personaje personajes
            deberes tarea ejercicio juego titulo capitulo
            """)
        return words
    }()

    /// Words in which letters are hidden by asterisks.
    static let hidden = [
        "suicide", "suicidal", "kill", "killing", "killed", "die", "dying", "dead", "rape", "raped", "raping", "murder",
        "cutting", "cut", "harm", "selfharm", "sui", "kys", "kms", "hang", "shoot", "abuse", "abused", "overdose",
    ]

    private static let keywords: Set<String> = [
        "suicide", "suicidal", "suicides", "myself", "himself", "herself", "killing", "selbstmord", "suizid",
        "umbringen", "suicidio", "suicider", "suicidarme", "violaron", "kind", "kinds", "mild", "kills", "kiln",
    ]

    /// Words that a slip of the pen is taken for.
    private static let oftenMisspelt = [
        "suicide", "suicidal", "myself", "himself", "herself", "selbstmord", "suizid", "umbringen", "suicidio",
        "suicider", "suicidarme", "killing", "overdosed", "vergewaltigt", "violaron",
    ]

    /// The word that was meant by one with a slip of the pen: one letter too many, too few, wrong, or two exchanged.
    static func misspelt(_ word: String) -> String? {
        oftenMisspelt.first { meant in
            if meant.utf8.count >= 6, meant.utf8.first == word.utf8.first,
                AuthorMatch.slips(word, meant, atMost: meant.utf8.count >= 9 ? 2 : 1) != nil
            {
                return true
            }
            return word.utf8.count == meant.utf8.count && word.utf8.first == meant.utf8.first
                && word.utf8.sorted() == meant.utf8.sorted()
        }
    }

    /// Contractions, slang and words run together, as the wordings have them.
    static let expansions: [String: [String]] = {
        let table = """
            im: i am;iam: i am;ive: i have;id: i would;ill: i will;ima: i am going to;imma: i am going to;dont: do not;doesnt: does not;\
            didnt: did not;cant: can not;cannot: can not;couldnt: could not;wont: will not;wouldnt: would not;shouldnt: should not;\
            isnt: is not;arent: are not;wasnt: was not;havent: have not;hasnt: has not;hadnt: had not;aint: is not;hes: he is;\
            shes: she is;theyre: they are;youre: you are;whats: what is;theres: there is;hed: he would;wanna: want to;gonna: going to;\
            gunna: going to;gona: going to;tryna: trying to;gotta: need to;hafta: need to;needa: need to;dunno: do not know;\
            killmyself: kill myself;killmyslef: kill myself;killme: kill me;endmylife: end my life;wannadie: want to die;\
            wanttodie: want to die;iwanttodie: i want to die;iwannadie: i want to die;selfharming: self harming;nolonger: no longer;\
            everyones: everyone is;nobodys: nobody is;lifes: life is;thats: that is;its: it is;ur: your;u: you;urself: yourself;\
            pls: please;plz: please;bf: boyfriend;gf: girlfriend;wnt: want;wan: want;wana: want to;dyin: dying;killin: killing;\
            kil: kill;dies: dies;noones: no one is;noone: no one;tonite: tonight;tn: tonight;anymor: anymore;suside: suicide;\
            suiside: suicide;sucide: suicide;suacide: suicide;sewerside: suicide;jveux: je veux;jvais: je vais;jsuis: je suis;jpeux: je peux;selbsttötung: selbstmord
            """
        var expansions: [String: [String]] = [:]
        for entry in table.split(separator: ";") {
            let parts = entry.split(separator: ":")
            expansions[String(parts[0])] = parts[1].split(separator: " ").map(String.init)
        }
        return expansions
    }()
}
