import Catalog

let arguments = Array(CommandLine.arguments.dropFirst())
if arguments.first == "import" {
    let importer = CatalogImporter(path: arguments[1])
    for file in arguments.dropFirst(2) {
        let report = try importer.run(file: file)
        print("\(file): \(report)")
    }
}
