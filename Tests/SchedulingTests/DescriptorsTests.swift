import Glibc
import Testing

@testable import Scheduling

@Suite struct DescriptorsTests {
    @Test func `descriptors are scarce when no more than those to be spared are free, and not once one is given back`()
    {
        #expect(!Descriptors.areScarce(sparing: 8))
        var limit = rlimit()
        #expect(getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
        // Other tests open descriptors meanwhile, so the whole range is spared: then they are scarce with certainty.
        #expect(Descriptors.areScarce(sparing: Int(limit.rlim_cur)))
    }

    @Test func `those that are taken count also where lower numbers have become free`() {
        let opened = (0..<600).map { _ in
            Descriptors.opened()
            return open("/dev/null", O_RDONLY | O_CLOEXEC)
        }
        #expect(opened.allSatisfy { $0 >= 0 })
        for descriptor in opened.sorted().prefix(300) {
            close(descriptor)
            Descriptors.closed()
        }
        defer {
            for descriptor in opened.sorted().suffix(300) {
                close(descriptor)
                Descriptors.closed()
            }
        }
        #expect(Descriptors.areScarce(sparing: Descriptors.limit - 250))
    }
}
