import Substrings

/// How words are typed in haste, in slang and in disguise.
enum Spellings {
    /// Words in which letters are hidden by asterisks.
    static let hidden = [
        "suicide", "suicidal", "kill", "killing", "killed", "die", "dying", "dead", "rape", "raped", "raping", "murder",
        "cutting", "cut", "harm", "selfharm", "sui", "kys", "kms", "hang", "shoot", "abuse", "abused", "overdose",
    ]

    static let keywords: Set<String> = [
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
                EditDistance.slips(word, meant, limit: meant.utf8.count >= 9 ? 2 : 1) != nil
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
