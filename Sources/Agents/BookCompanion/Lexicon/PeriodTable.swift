/// Names of periods in which books were written.
enum PeriodTable {
    /// Years and the name as an answer says it.
    struct Period: Sendable, Equatable {
        var years: ClosedRange<Int>
        var label: String
        /// A leaning rather than a condition: "modern".
        var isLoose = false
        /// Lower-case adjective of the literature that is so called.
        var nation: String?
    }

    private static func period(_ years: ClosedRange<Int>, _ label: String, isLoose: Bool = false, nation: String? = nil)
        -> Period
    {
        Period(years: years, label: label, isLoose: isLoose, nation: nation)
    }

    static let names = PhraseTable<Period>([
        (
            period(1837...1901, "Victorian", nation: "english"),
            "victorian;victorians;victorian era;victorian age;victorian times"
        ),
        (period(1901...1914, "Edwardian", nation: "english"), "edwardian;edwardian era;edwardian age"),
        (period(1714...1837, "Georgian", nation: "english"), "georgian;georgian era"),
        (period(1795...1837, "Regency", nation: "english"), "regency;regency era"),
        (period(1558...1603, "Elizabethan", nation: "english"), "elizabethan;elizabethan age;elizabethan era"),
        (period(1603...1625, "Jacobean", nation: "english"), "jacobean"),
        (
            period(1660...1710, "Restoration", nation: "english"),
            "restoration;restoration era"
        ),
        (period(1350...1650, "Renaissance"), "renaissance;the renaissance"),
        (
            period(450...1500, "medieval"),
            """
            written in the middle ages;really written in the middle ages;from the middle ages;of the middle ages;medieval literature;\
            medieval poetry;medieval poems;medieval texts;medieval writing;written in medieval times;from medieval times;mediaeval literature
            """
        ),
        (
            period(-900...500, "ancient"),
            "ancient;antiquity;classical antiquity;the ancients;ancient world;ancient times"
        ),
        (period(1685...1815, "Enlightenment"), "enlightenment;the enlightenment;age of reason"),
        (
            period(1780...1850, "Romantic"),
            "romantic era;romantic period;romantic poets;romantic poetry;the romantics;romanticism"
        ),
        (period(1880...1914, "turn-of-the-century"), "fin de siecle;turn of the century;belle epoque"),
        (period(1918...1939, "interwar"), "interwar;between the wars;inter war"),
        (
            period(1910...1942, "golden age"),
            "golden age of detective fiction;golden age;golden age of crime;golden age mystery"
        ),
        (period(1918...1930, "Jazz Age", nation: "american"), "jazz age"),
        (period(1945...1965, "post-war"), "post war;postwar"),
        (period(1900...1945, "modernist"), "modernist;modernists;modernism"),
        (
            period(1970...2100, "contemporary"),
            "contemporary;nowadays;set today;set now;in our time;in our times;recent;recently written;published recently;present day;modern day;twenty first century;new releases;brand new"
        ),
        (
            period(2000...2100, "this century"),
            """
            this century;the last decade;last decade;past decade;the last few years;last few years;past few years;recent years;\
            last two decades;past two decades;last ten years;past ten years;last 10 years;past 10 years;last fifteen years;last 15 years;\
            last twenty years;past twenty years;last 20 years;past 20 years
            """
        ),
        (period(1880...2100, "modern", isLoose: true), "modern"),
    ])

    /// Words before a period's name that make it the story's time rather than the book's.
    static let settingCues: Set<String> = ["set", "about", "during", "takes", "happens", "taking", "happening"]

    static let ordinals: [String: Int] = {
        let names = [
            "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
            "twelfth",
            "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
            "twentieth",
        ]
        var table: [String: Int] = [:]
        for (index, name) in names.enumerated() { table[name] = index + 1 }
        for number in 1...21 {
            let ending = number == 1 || number == 21 ? "st" : number == 2 ? "nd" : number == 3 ? "rd" : "th"
            table["\(number)\(ending)"] = number
        }
        return table
    }()

    static let decades: [String: Int] = [
        "twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960, "seventies": 1970,
        "eighties": 1980, "nineties": 1990,
    ]
}
