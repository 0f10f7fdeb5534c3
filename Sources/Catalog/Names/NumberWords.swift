/// Numbers in titles as words, so that "Around the World in 80 Days" and "… in Eighty Days" are one.
enum NumberWords {
    /// The English words of a whole number up to six digits; nil for anything else.
    ///
    /// Four digits from 1100 to 1999 are read as a year ("nineteen eighty four"), as titles mean them.
    static func spelled(_ digits: Substring) -> String? {
        guard digits.utf8.count <= 6, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let number = Int(digits)
        else { return nil }
        if (1_100..<2_000).contains(number) {
            let rest = number % 100
            return below100(number / 100) + (rest == 0 ? " hundred" : " " + below100(rest))
        }
        if number < 1_000 { return below1000(number) }
        let rest = number % 1_000
        return below1000(number / 1_000) + " thousand" + (rest == 0 ? "" : " " + below1000(rest))
    }

    private static let small = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ]
    private static let tens = [
        "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ]

    private static func below100(_ number: Int) -> String {
        if number < 20 { return small[number] }
        return tens[number / 10] + (number % 10 == 0 ? "" : " " + small[number % 10])
    }

    private static func below1000(_ number: Int) -> String {
        if number < 100 { return below100(number) }
        return small[number / 100] + " hundred" + (number % 100 == 0 ? "" : " " + below100(number % 100))
    }
}
