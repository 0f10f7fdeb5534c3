import Testing

@testable import HTTPClient

/// Dates and waiting in HTTP.
@Suite struct HTTPDateTests {
    @Test(
        arguments: [
            "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
        ])
    func `all three forms name the same time`(_ text: String) {
        #expect(HTTPDate(text)?.secondsSinceEpoch == 784_111_777)
    }

    @Test(
        arguments: [
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199),
            ("Fri, 01 Mar 2024 00:00:00 GMT", 1_709_251_200), ("Tue, 01 Mar 2100 00:00:00 GMT", 4_107_542_400),
            ("Tue, 29 Feb 2000 12:00:00 GMT", 951_825_600), ("Wed, 31 Dec 1969 23:59:59 GMT", -1),
            ("Sat, 31 Dec 2016 23:59:60 GMT", 1_483_228_800),
        ])
    func `days are counted right over leap years and centuries`(_ text: String, _ seconds: Int) {
        #expect(HTTPDate(text)?.secondsSinceEpoch == seconds)
    }

    @Test func `a year of two digits is at most fifty years ahead`() {
        let now = HTTPDate("Sat, 21 Nov 2026 00:00:00 GMT")!
        #expect(
            HTTPDate("Friday, 06-Nov-76 00:00:00 GMT", now: now) == HTTPDate("Fri, 06 Nov 2076 00:00:00 GMT"))
        #expect(HTTPDate("Saturday, 06-Nov-77 00:00:00 GMT", now: now) == HTTPDate("Sun, 06 Nov 1977 00:00:00 GMT"))
        #expect(HTTPDate("Saturday, 21-Nov-26 00:00:00 GMT", now: now) == now)
    }

    @Test(
        arguments: [
            "", "soon", "120", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET",
            "Sun, 32 Nov 1994 08:49:37 GMT", "Sun, 06 Nop 1994 08:49:37 GMT", "Sun, 06 Nov 94 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:49 GMT", "Sun, 06 Nov 1994 -8:49:37 GMT",
            "Sunday, 06-Nov-1994 08:49:37 GMT", "Sunday, 06--94 08:49:37 GMT", "Sun Nov 6 08:49:37 94",
            "Sun, 06 Nov ١٩٩٤ 08:49:37 GMT", String(repeating: "1 ", count: 60),
        ])
    func `what is no date is none`(_ text: String) { #expect(HTTPDate(text) == nil) }

    @Test(
        arguments: [
            (["Retry-After: 20"], 20), (["retry-after: 0"], 0), (["Retry-After: 1.5"], 1.5),
            (["retry-after-ms: 1500", "Retry-After: 9"], 1.5),
            (["Retry-After: Sun, 06 Nov 1994 08:50:07 GMT"], 20),
            (["Retry-After: Sun, 06 Nov 1994 08:50:07 GMT", "Date: Sun, 06 Nov 1994 08:50:00 GMT"], 7),
            (["Retry-After: Sun Nov  6 08:50:07 1994", "Date: Sunday, 06-Nov-94 08:49:07 GMT"], 60),
            (["Retry-After: Sun, 06 Nov 1994 08:50:07 GMT", "Date: yesterday"], 20),
            (["Retry-After: Sun, 06 Nov 1994 08:49:00 GMT"], 0), (["Retry-After: -1"], nil),
            (["Retry-After: nan"], nil),
            (["Retry-After: soon"], nil), (["X: 1"], nil),
        ] as [([String], Double?)])
    func `how long to wait is told in seconds, from the response's own time when it has one`(
        _ lines: [String], _ seconds: Double?
    ) {
        let headers = lines.map { line in
            let colon = line.firstIndex(of: ":")!
            return HTTPHeader(String(line[..<colon]), String(line[line.index(colon, offsetBy: 2)...]))
        }
        let now = HTTPDate("Sun, 06 Nov 1994 08:49:47 GMT")!
        #expect(HTTPResponseHead(status: 429, headers: headers).retryAfterSeconds(now: now) == seconds)
    }
}
