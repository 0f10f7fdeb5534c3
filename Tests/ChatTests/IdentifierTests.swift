import Chat
import Testing

@Suite struct IdentifierTests {
    @Test(arguments: ["a", "usr_0-9.A:z", String(repeating: "x", count: 128)])
    func `what clients may use is accepted`(_ word: String) { #expect(Identifiers.isAcceptable(word)) }

    @Test(arguments: ["", " ", "a b", "a\n", "é", "a/b", String(repeating: "x", count: 129), "a\u{0}"])
    func `everything else is not`(_ word: String) { #expect(!Identifiers.isAcceptable(word)) }

    @Test func `identifiers made one after the other sort in that order`() {
        let made = (0..<5000).map { _ in Identifiers.message().rawValue }
        #expect(made == made.sorted())
        #expect(Set(made).count == made.count)
        for identifier in made { #expect(Identifiers.isAcceptable(identifier)) }
    }
}

@Suite struct TimestampTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (1_704_067_200_000, "2024-01-01T00:00:00.000Z"),
            (951_782_399_999, "2000-02-28T23:59:59.999Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        ] as [(Int64, String)])
    func `a time is written and read as RFC 3339`(_ milliseconds: Int64, _ text: String) {
        #expect(Timestamp(milliseconds: milliseconds).rfc3339 == text)
        #expect(Timestamp(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test func `a time that four digits cannot write is written as the nearest that they can`() {
        #expect(Timestamp(milliseconds: .min).rfc3339 == "0000-01-01T00:00:00.000Z")
        #expect(Timestamp(milliseconds: .max).rfc3339 == "9999-12-31T23:59:59.999Z")
    }

    @Test func `offsets and fractions are taken into account`() {
        #expect(Timestamp(rfc3339: "2024-01-01T02:00:00+02:00") == Timestamp(rfc3339: "2024-01-01T00:00:00Z"))
        #expect(Timestamp(rfc3339: "2024-01-01T00:00:00.1234567Z")?.milliseconds == 1_704_067_200_123)
    }

    @Test(arguments: [
        "", "2024-01-01", "2024-01-01T00:00:00", "2024-13-01T00:00:00Z", "2023-02-29T00:00:00Z", "2024-01-01T24:00:00Z",
        "2024-01-01T00:00:00.Z", "2024-01-01T00:00:00Zx", "24-01-01T00:00:00Z",
        // Before the year 0 and after 9999 in UTC, where the written form has no room.
        "0000-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00",
    ])
    func `anything else is no time`(_ text: String) { #expect(Timestamp(rfc3339: text) == nil) }
}
