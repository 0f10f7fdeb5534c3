import Catalog
import Foundation

@testable import Agents

/// The shipped catalogue in a real database, imported once for all tests.
enum StarterCatalog {
    /// Over it; what it reads from the catalogue beforehand is read once.
    static let recommender = Recommender(catalog: shared)

    static let shared: SQLiteBookCatalog = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = FileManager.default.temporaryDirectory.appending(path: "agents-tests-\(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let path = folder.appending(path: "catalog.db").path()
            _ = try CatalogImporter(path: path).run(file: root.appending(path: "catalog/starter.csv").path())
            return try SQLiteBookCatalog(path: path)
        } catch {
            fatalError("the starter catalogue cannot be imported: \(error)")
        }
    }()
}
