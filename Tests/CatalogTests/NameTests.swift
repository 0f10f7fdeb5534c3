import Testing

@testable import Catalog

/// Names and titles.
@Suite struct NameTests {
    @Test(
        arguments: [
            ("Alice’s Adventures", "alices adventures"), ("Œuvres complètes", "oeuvres completes"),
            ("Straße", "strasse"), ("E\u{301}mile", "emile"), ("Émile", "emile"), ("Moby-Dick;  or", "moby dick or"),
            ("Crime & Punishment", "crime and punishment"), ("Ἰλιάς", "ιλιασ"), ("Ёлка", "елка"),
            ("Nguyễn Du", "nguyen du"), ("Łódź", "lodz"), ("H.G. Wells", "h g wells"), ("紅樓夢", "紅樓夢"),
            ("...", ""), ("", ""),
        ])
    func `spellings of one name fold to one key`(_ text: String, _ key: String) {
        #expect(Folding.key(text) == key)
    }

    @Test(
        arguments: [
            ("Wells, H. G. (Herbert George), 1866-1946", "H. G. Wells", 1884...1946),
            ("Shelley, Mary Wollstonecraft, 1797-1851", "Mary Wollstonecraft Shelley", 1815...1851),
            ("Homer, -750--650", "Homer", -732 ... -650),
            ("Ovid, -43-17", "Ovid", -25...17),
            ("Euripides, --406", "Euripides", -456 ... -406),
            ("Mackubin, Ellen, -1915", "Ellen Mackubin", 1865...1915),
            ("Krol, Ed, 1951-", "Ed Krol", 1969...2031),
            ("Chrétien, de Troyes, active 12th century", "Chrétien de Troyes", 1101...1200),
            ("Sunzi, active 6th century B.C.", "Sunzi", -600 ... -501),
            ("Han, Ying, active 150 B.C.", "Ying Han", -170 ... -120),
            ("Gan, Bao, active 317-322", "Bao Gan", 297...352),
            ("S. W., active 1801-1820?", "S. W.", 1781...1850),
            ("Wu, Chuhou, jin shi 1053", "Chuhou Wu", 1033...1083),
            ("Pausanias, active approximately 150-175", "Pausanias", 130...205),
            ("Li, Yuxiu, active 17th century-18th century", "Yuxiu Li", 1601...1800),
            ("Tennyson, Alfred Tennyson, Baron, 1809-1892", "Alfred Tennyson", 1827...1892),
            ("Chateaubriand, François-René, vicomte de, 1768-1848", "François-René de Chateaubriand", 1786...1848),
            ("Alger, Horatio, Jr., 1832-1899", "Horatio Alger Jr.", 1850...1899),
            ("Alexander, Mrs., 1825-1902", "Mrs. Alexander", 1843...1902),
            ("Caldwell, Erskine, 1903?-1987", "Erskine Caldwell", 1921...1987),
        ])
    func `library headings become names in natural order with the years of writing`(
        _ heading: String, _ display: String, _ years: ClosedRange<Int>
    ) throws {
        let name = try #require(AuthorName(heading: heading))
        #expect(name.display == display)
        #expect(name.dates?.writingYears == years)
    }

    @Test func `headings without dates, of bodies and of nobody`() {
        #expect(AuthorName(heading: "Edwards, Clayton (Author of A treasury of heroes)")?.display == "Clayton Edwards")
        #expect(AuthorName(heading: "United States. War Department")?.display == "United States. War Department")
        #expect(AuthorName(heading: "Dante Alighieri, 1265-1321")?.surnames == ["alighieri"])
        #expect(AuthorName(heading: "Cervantes Saavedra, Miguel de, 1547-1616")?.surnames == ["cervantes", "saavedra"])
        for nobody in ["Various", "Anonymous", "Unknown", "", "  "] { #expect(AuthorName(heading: nobody) == nil) }
    }

    @Test func `translators, editors and illustrators are no authors`() {
        #expect(AuthorName(heading: "Garnett, Constance, 1861-1946 [Translator]") == nil)
        #expect(AuthorName(heading: "Doré, Gustave, 1832-1883 [Illustrator]") == nil)
        #expect(AuthorName(heading: "Hope, Anthony, 1863-1933 [Author]")?.display == "Anthony Hope")
    }

    @Test func `names in natural order get a space after each initial`() throws {
        let name = try #require(AuthorName(natural: " J.R.R.  Tolkien"))
        #expect(name.display == "J. R. R. Tolkien")
        #expect(name.surnames == ["tolkien"])
        #expect(name.initial == "j")
        #expect(AuthorName(natural: "Kurt Vonnegut Jr.")?.surnames == ["vonnegut"])
    }

    @Test(
        arguments: [
            ("Frankenstein; Or, The Modern Prometheus", "frankenstein", "modern prometheus", false),
            ("Moby-Dick or, The Whale", "moby dick", "whale", false),
            ("Frankenstein, ou le Prométhée moderne Volume 1 (of 3)", "frankenstein", "promethee moderne", true),
            ("Les Misérables, v. 2/5: Cosette", "miserables", nil, true),
            ("The Nursery, No. 106, October, 1875. Vol. XVIII.", "nursery", nil, true),
            ("Harper's Young People, June 29, 1880\nAn Illustrated Weekly", "harpers young people", nil, true),
            (
                "The Uncollected Writings of Thomas de Quincey—Vol. 1\nWith a Preface",
                "uncollected writings of thomas de quincey", nil, true
            ),
            ("Itinerarium : $b or, an account of antiquities", "itinerarium", nil, false),
            ("Rózsa Sándor II. kötet", "rozsa sandor", nil, true),
            ("The Adventures of Tom Sawyer, Part 5.", "adventures of tom sawyer", nil, true),
            ("Around the World in 80 Days", "around the world in eighty days", nil, false),
            ("20,000 Leagues Under the Sea", "twenty thousand leagues under the sea", nil, false),
            ("1984", "nineteen eighty four", nil, false),
            ("The Iliad", "iliad", nil, false), ("L'Étranger", "letranger", nil, false),
            (
                "The History of England, from the Accession of\nJames II", "england from the accession of james ii",
                nil, false
            ),
            ("Book of Nonsense", "book of nonsense", nil, false),
            ("Mother", "mother", nil, false),
        ])
    func `main titles are found before subtitles, second titles and volumes`(
        _ title: String, _ main: String, _ second: String?, _ isVolume: Bool
    ) {
        let forms = TitleForms(title, cutsVolumes: true, cutsParts: true)
        #expect(forms.main == main)
        #expect(forms.second.map { $0.count >= 5 ? $0 : nil } ?? nil == second)
        #expect(forms.isVolume == isVolume)
    }

    @Test func `parts of plays are works of their own`() {
        let first = TitleForms("King Henry IV, Part 1", cutsVolumes: true, cutsParts: false)
        let second = TitleForms("King Henry IV, Part 2", cutsVolumes: true, cutsParts: false)
        #expect(first.main != second.main)
    }

    @Test func `an author's own name at the end of a title is left out`() {
        #expect(TitleForms("The Iliad of Homer", cutsVolumes: true, cutsParts: true, owners: ["homer"]).main == "iliad")
        #expect(
            TitleForms("Poems by Emily Dickinson", cutsVolumes: true, cutsParts: true, owners: ["dickinson"]).main
                == "poems")
        #expect(
            TitleForms("The Life of Johnson", cutsVolumes: true, cutsParts: true, owners: ["boswell"]).main
                == "life of johnson")
    }

    @Test func `transliterations of a name sound alike`() {
        #expect(
            Set(["dostoyevsky", "dostoevsky", "dostoievski", "dostojewskij"].map { Likeness.sound($0) }).count == 1)
        #expect(Likeness.sound("tolstoy") == Likeness.sound("tolstoi"))
        #expect(Likeness.sound("wells") != Likeness.sound("verne"))
    }
}

/// A small generator with a fixed start (https://prng.di.unimi.it/splitmix64.c), so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
