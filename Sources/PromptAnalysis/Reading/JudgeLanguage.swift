extension Inspection {
    private static let english: Set<String> = Set(
        list(
            """
            the, a, an, of, to, and, in, for, is, are, with, that, this, it, on, as, be, by, from, what, how, why, which, you,
            your, me, my, i, we, please, about, into, should, must, not, don't, does, can, or, at, if, all, each, using, who,
            when, where, i'm, what's, between, than, them, these, those, there, have, has, would, could, will, more, only
            """)
    ).union(Verbs.tasks.keys).union(Verbs.manner)

    private static let others: Set<String> = Set(
        list(
            """
            der, das, und, ist, nicht, ein, eine, einen, mit, für, auf, zu, von, den, dem, sich, bitte, schreibe, erkläre, wie,
            ich, mir, mein, über, le, la, les, des, un, une, est, et, pour, dans, avec, que, qui, sur, écris, expliquez, moi,
            du, au, cette, el, los, las, una, es, y, para, con, por, en, del, como, escribe, mi, sobre, il, lo, gli, che, di,
            scrivi, sono, della, per, os, uma, com, não, em, escreva, het, een, van, voor, niet, op, dat, de, schrijf, napisz,
            jest, się, na, för, och, att, som, på, skriv, eller, bir, ve, için, bu, yaz, kirjoita, ja, написать
            """)
    ).subtracting(english)

    /// Finds out whether the author's words are English. What only looks foreign to English counts too, where there is
    /// nothing English about it.
    mutating func judgeLanguage() {
        var english = 0
        var other = 0
        var count = 0
        var letters = 0
        var foreignLetters = 0
        for word in words where word.region == .author {
            count += 1
            if Self.english.contains(word.text) { english += 1 }
            if Self.others.contains(word.text) { other += 1 }
            for position in word.start..<word.end where scalars[position].isLetter {
                letters += 1
                if scalars[position].value >= 0x370 { foreignLetters += 1 }
            }
        }
        isEnglish = !(foreignLetters * 10 > letters * 3 || other > english || (english == 0 && count >= 4))
        guard !isEnglish else { return }
        findings.add(
            .languageNotJudged, .info, text.whole,
            "This does not seem to be in English. Task, context, audience, format, constraints, examples and clarity were not "
                + "judged; placeholders, secrets, hidden characters and delimiters were.")
    }
}
