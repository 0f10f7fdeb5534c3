import Chat
import Foundation
import Testing

@testable import Routes

@Suite struct RateLimiterTests {
    private let start = Timestamp(milliseconds: 1_700_000_000_000)
    private let secret: [UInt8] = Array(repeating: 7, count: 32)

    private func after(_ milliseconds: Int) -> Timestamp {
        Timestamp(milliseconds: start.milliseconds + Int64(milliseconds))
    }

    private func limiter(_ path: String? = nil) -> RateLimiter { RateLimiter(path: path, secret: secret) }

    /// A path for a file of buckets, removed after the test.
    private func withFile(_ body: (String) throws -> Void) rethrows {
        let path = FileManager.default.temporaryDirectory.path + "/buckets-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }

    @Test func `a burst of a whole minute's number is allowed and no more`() {
        let limiter = limiter()
        let rate = RequestRate("a", count: 3)
        #expect((0..<5).map { _ in limiter.take(rate, at: start).isAllowed } == [true, true, true, false, false])
        #expect(limiter.take(RequestRate("b", count: 3), at: start).isAllowed)
    }

    @Test(arguments: [1, 6, 7, 60, 61, 600, 999])
    func `a request is allowed after the time that was told, however often one asks in between`(_ perMinute: Int) {
        let limiter = limiter()
        let rate = RequestRate("a", count: perMinute)
        for _ in 0..<perMinute { #expect(limiter.take(rate, at: start).isAllowed) }
        let refused = limiter.take(rate, at: start)
        #expect(!refused.isAllowed)
        for millisecond in stride(from: 100, to: min(refused.resetSeconds * 1000, 60_000 / perMinute), by: 100) {
            #expect(!limiter.take(rate, at: after(millisecond)).isAllowed)
        }
        #expect(limiter.take(rate, at: after(refused.resetSeconds * 1000)).isAllowed)
    }

    @Test func `a steady stream at the allowed rate is never refused, one above it is`() {
        let limiter = limiter()
        let rate = RequestRate("a", count: 600)
        for _ in 0..<600 { _ = limiter.take(rate, at: start) }
        for number in 1...1000 { #expect(limiter.take(rate, at: after(number * 100)).isAllowed) }
        var allowed = 0
        for number in 1...1000 where limiter.take(rate, at: after(100_000 + number * 50)).isAllowed { allowed += 1 }
        #expect(allowed == 500)
    }

    @Test func `the fields tell the limit, what is left, and when`() {
        let standing = limiter().take(RequestRate("a", count: 60), at: start)
        #expect(standing.fields.map(\.name) == ["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"])
        #expect(standing.fields.map(\.value) == ["60", "59", "1"])
    }

    @Test func `who takes many at once has as many less left, and more than a bucket holds is all of it`() {
        let limiter = limiter()
        let rate = RequestRate("a", count: 268_435_456, seconds: 86_400)
        #expect(limiter.take(rate, 200_000_000, at: start).remaining == 68_435_456)
        #expect(!limiter.take(rate, 68_435_457, at: start).isAllowed)
        #expect(limiter.take(rate, 68_435_456, at: start).isAllowed)
        let refused = limiter.take(rate, 1_000, at: start)
        #expect(!refused.isAllowed && refused.resetSeconds == 1)
        #expect(limiter.take(rate, 1_000, at: after(1_000)).isAllowed)
        #expect(limiter.take(RequestRate("b", count: 10), 11, at: start).isAllowed)
        #expect(!limiter.take(RequestRate("b", count: 10), at: start).isAllowed)
    }

    @Test func `a day's number is counted over the day`() {
        let limiter = limiter()
        let rate = RequestRate("a", count: 2, seconds: 86_400)
        #expect((0..<3).map { _ in limiter.take(rate, at: start).isAllowed } == [true, true, false])
        #expect(!limiter.take(rate, at: after(43_199_000)).isAllowed)
        #expect(limiter.take(rate, at: after(43_200_000)).isAllowed)
    }

    @Test func `who shares a file shares its buckets, and who opens it later finds them`() throws {
        withFile { path in
            let (first, second) = (limiter(path), limiter(path))
            let rate = RequestRate("a", count: 60)
            let allowed = (0..<75).filter { number in
                // A process for each request, as plain CGI has, beside two that stay.
                let limiter = number % 3 == 0 ? first : number % 3 == 1 ? second : limiter(path)
                return limiter.take(rate, at: start).isAllowed
            }
            #expect(allowed.count == 60)
            #expect(!limiter(path).take(rate, at: start).isAllowed)
        }
    }

    @Test func `many who ask at once get no more than one after the other`() async throws {
        let path = FileManager.default.temporaryDirectory.path + "/buckets-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        let limiters = [limiter(path), limiter(path)]
        let start = start
        let allowed = await withTaskGroup(of: Int.self) { group in
            for number in 0..<8 {
                group.addTask {
                    (0..<50).count { _ in
                        limiters[number % 2].take(RequestRate("a", count: 100), at: start).isAllowed
                    }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(allowed == 100)
    }

    @Test
    func `a process that is frozen while it has the lock holds up nobody, and the others go on counting together`()
        throws
    {
        try withFile { path in
            let (first, second) = (limiter(path), limiter(path))
            let rate = RequestRate("a", count: 60)
            for _ in 0..<10 { #expect(first.take(rate, at: start).isAllowed) }
            // The lock as a frozen process has it: until it is killed or goes on.
            let frozen = open(path, O_RDWR | O_CLOEXEC)
            try #require(flock(frozen, LOCK_EX) == 0)
            for _ in 0..<25 {
                #expect(first.take(rate, at: start).isAllowed)
                #expect(second.take(rate, at: start).isAllowed)
            }
            #expect(!first.take(rate, at: start).isAllowed && !second.take(rate, at: start).isAllowed)
            close(frozen)
            #expect(!limiter(path).take(rate, at: start).isAllowed)
            // It takes the lock again, and gives it back.
            #expect(!first.take(rate, at: start).isAllowed && !second.take(rate, at: start).isAllowed)
            let other = open(path, O_RDWR | O_CLOEXEC)
            #expect(flock(other, LOCK_EX | LOCK_NB) == 0)
            close(other)
        }
    }

    @Test func `fifty thousand others in use do not make it forget who is at the limit`() throws {
        withFile { path in
            let limiter = limiter(path)
            let spent = (0..<100).map { RequestRate("spent \($0)", count: 10) }
            for rate in spent { for _ in 0..<10 { _ = limiter.take(rate, at: start) } }
            for number in 0..<50_000 { _ = limiter.take(RequestRate("other \(number)", count: 10), at: start) }
            #expect(spent.count { limiter.take($0, at: start).isAllowed } == 0)
        }
    }

    @Test func `the file does not grow with those who ask`() throws {
        withFile { path in
            let limiter = limiter(path)
            for number in 0..<2_000 { _ = limiter.take(RequestRate("\(number)", count: 10), at: start) }
            let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size]) as? Int ?? -1
            #expect((1...4_194_304).contains(size))
        }
    }

    @Test func `a clock that is set back makes nobody wait for longer than a whole bucket takes`() {
        let limiter = limiter()
        let rate = RequestRate("a", count: 60)
        for _ in 0..<60 { _ = limiter.take(rate, at: after(86_400_000)) }
        let refused = limiter.take(rate, at: start)
        #expect(!refused.isAllowed && refused.resetSeconds == 1)
        #expect(limiter.take(rate, at: after(1_000)).isAllowed)
    }

    @Test func `a limit that is lowered or raised holds for who has a bucket already`() {
        let limiter = limiter()
        for _ in 0..<60 { _ = limiter.take(RequestRate("a", count: 60), at: start) }
        #expect(!limiter.take(RequestRate("a", count: 6), at: start).isAllowed)
        #expect(!limiter.take(RequestRate("a", count: 600), at: start).isAllowed)
        #expect(limiter.take(RequestRate("a", count: 600), at: after(100)).isAllowed)
    }

    @Test func `where the file cannot be had, the process counts by itself`() {
        let limiter = limiter("/nowhere/at/all")
        let rate = RequestRate("a", count: 3)
        #expect((0..<4).map { _ in limiter.take(rate, at: start).isAllowed } == [true, true, true, false])
    }

    @Test(arguments: [
        ("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "20:1:d:b8:0:1:0:2/64"),
        ("2001:db8:1:2::9", "20:1:d:b8:0:1:0:2/64"), ("fe80::1%eth0", "fe:80:0:0:0:0:0:0/64"), ("", ""),
        ("no:address", "no:address"),
    ])
    func `addresses of one network of IPv6 are counted as one`(_ address: String, _ network: String) {
        #expect(ClientNetwork.of(address) == network)
    }

    @Test func `the machine itself is told from all others`() {
        for address in ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", ""] {
            #expect(ClientNetwork.isLoopback(ClientNetwork.of(address)), "\(address)")
        }
        for address in ["192.0.2.1", "10.0.0.1", "2001:db8::1"] {
            #expect(!ClientNetwork.isLoopback(ClientNetwork.of(address)), "\(address)")
        }
    }
}

@Suite struct StreamCountsTests {
    @Test func `a place is free again when its holder goes`() {
        let counts = StreamCounts()
        var places = (0..<3).map { _ in counts.enter("a", atMost: 2) }
        #expect(places.map { $0 != nil } == [true, true, false])
        #expect(counts.enter("b", atMost: 2) != nil)
        places[0] = nil
        places[2] = counts.enter("a", atMost: 2)
        #expect(places[2] != nil)
        #expect(counts.enter("a", atMost: 2) == nil)
    }
}
