/// What a class of the Library of Congress says about a work (https://www.loc.gov/catdir/cpso/lcco/).
enum LibraryClass {
    /// Genres for a class mark such as "QH" or "D501"; empty for literature, which its headings describe better.
    static func genres(_ mark: String) -> [String] {
        let letters = String(mark.prefix { $0.isASCII && $0.isLetter })
        if let genres = classes[letters] { return genres }
        return letters.first.flatMap { classes[String($0)] } ?? []
    }

    /// Classes of imaginative literature.
    static func isLiterature(_ mark: String) -> Bool {
        ["PR", "PS", "PZ", "PQ", "PT", "PG", "PH", "PA"].contains(mark)
    }

    private static let classes: [String: [String]] = [
        "AE": ["reference"], "AG": ["reference"], "AP": ["periodicals"], "B": ["philosophy"], "BC": ["philosophy"],
        "BD": ["philosophy"], "BF": ["psychology"], "BH": ["philosophy"], "BJ": ["philosophy"], "BL": ["religion"],
        "BM": ["religion"], "BP": ["religion"], "BQ": ["religion"], "BR": ["religion"], "BS": ["religion"],
        "BT": ["religion"],
        "BV": ["religion"], "BX": ["religion"], "C": ["history"], "CT": ["biography"], "D": ["history"],
        "E": ["history"],
        "F": ["history"], "G": ["travel"], "GA": ["travel"], "GB": ["popular science"], "GC": ["popular science"],
        "GN": ["anthropology"], "GR": ["folklore"], "GT": ["anthropology"], "GV": ["sports"], "H": ["sociology"],
        "HA": ["economics"], "HB": ["economics"], "HC": ["economics"], "HD": ["economics"], "HF": ["economics"],
        "HG": ["economics"], "HJ": ["economics"], "HQ": ["sociology"], "HX": ["politics"], "J": ["politics"],
        "K": ["law"],
        "L": ["education"], "M": ["music"], "N": ["art"], "NA": ["architecture"], "PE": ["language"],
        "PC": ["language"],
        "PF": ["language"], "Q": ["popular science"], "QA": ["mathematics"], "QK": ["nature"], "QL": ["nature"],
        "QH": ["popular science", "nature"], "R": ["medicine"], "S": ["nature"], "SB": ["gardening"],
        "T": ["technology"],
        "TX": ["cooking"], "TT": ["crafts"], "U": ["war"], "V": ["war"], "VK": ["sea"], "Z": ["reference"], "P": [],
        "PN": [], "PZ": ["children's"], "CB": ["history"],
    ]
}
