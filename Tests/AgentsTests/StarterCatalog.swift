import Catalog
import Foundation

/// The shipped catalogue in a real database, imported once for all tests.
enum StarterCatalog {
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
