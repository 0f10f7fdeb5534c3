import Foundation
import Testing

@testable import Routes

@Suite struct RouteTableTests {
    @Test func `the program's routes are those that docs/openapi.yaml describes`() async throws {
        let site = try TestSite()
        let routes = Set(site.responder.routes.map { "\($0.method) \($0.pattern)" })
        await site.close()
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/openapi.yaml")
        var described: Set<String> = []
        var path = ""
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            if let found = line.wholeMatch(of: #/\ \ (/\S+):/#) {
                path = String(found.1)
            } else if let found = line.wholeMatch(of: #/\ {4}(get|post|put|patch|delete):/#) {
                described.insert("\(found.1.uppercased()) \(path)")
            }
        }
        #expect(described.count > 40)
        #expect(routes.filter { !$0.contains("/helpdesk/") } == described)
    }
}
