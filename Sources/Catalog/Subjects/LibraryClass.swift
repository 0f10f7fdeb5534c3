/// What a class of the Library of Congress says about a work (https://www.loc.gov/catdir/cpso/lcco/).
enum LibraryClass {
    /// Genres for a class mark such as "QH" or "D501"; empty for literature, which its headings describe better.
    static func genres(_ mark: String) -> GenreSet {
        let letters = String(mark.prefix { $0.isASCII && $0.isLetter })
        if let genres = classes[letters] { return genres }
        return letters.first.flatMap { classes[String($0)] } ?? []
    }

    private static let classes: [String: GenreSet] = [
        "AE": [.reference], "AG": [.reference], "AP": [.periodicals], "B": [.philosophy], "BF": [.psychology],
        "BL": [.religion], "BM": [.religion], "BP": [.religion], "BQ": [.religion], "BR": [.religion],
        "BS": [.religion],
        "BT": [.religion], "BV": [.religion], "BX": [.religion], "C": [.history], "CT": [.biography], "D": [.history],
        "E": [.history], "F": [.history], "G": [.travel], "GB": [.popularScience], "GC": [.popularScience],
        "GN": [.anthropology], "GR": [.folklore], "GT": [.anthropology], "GV": [.sport], "H": [.sociology],
        "HA": [.economics], "HB": [.economics], "HC": [.economics], "HD": [.economics], "HE": [.economics],
        "HF": [.economics], "HG": [.economics], "HJ": [.economics], "HX": [.politics, .politicalThought],
        "J": [.politics],
        "JC": [.politics, .politicalThought], "K": [.law], "L": [.education], "M": [.music], "N": [.art],
        "NA": [.architecture], "P": [], "PC": [.language], "PE": [.language], "PF": [.language], "PZ": [.childrens],
        "Q": [.popularScience], "QA": [.mathematics], "QH": [.popularScience, .nature], "QK": [.nature],
        "QL": [.nature],
        "R": [.medicine], "S": [.nature], "SB": [.gardening], "SH": [.nature], "SK": [.sport], "T": [.technology],
        "TT": [.crafts], "TX": [.cooking], "U": [.war], "V": [.war], "VK": [.sea], "Z": [.reference],
    ]
}
