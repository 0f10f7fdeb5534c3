import Foundation

@testable import Configuration

let everything = Capabilities(implementedKinds: Set(ProviderKind.allCases))

/// Reads `text` as the file `etc/c.json5`.
func read(
    _ text: String, capabilities: Capabilities = everything, environment: [String: String] = [:]
) throws(SettingsError) -> Settings {
    try SettingsReader(environment: environment, capabilities: capabilities).read(Array(text.utf8), file: "etc/c.json5")
}

/// The mistakes in `text`; empty when it is well.
func mistakes(in text: String, capabilities: Capabilities = everything) -> [SettingsMistake] {
    do throws(SettingsError) {
        _ = try read(text, capabilities: capabilities)
        return []
    } catch {
        return error.mistakes
    }
}

/// A folder that goes away with the test.
final class Folder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("configuration-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file and gives its path.
    func write(_ text: String, to name: String, mode: Int = 0o600) throws -> String {
        let file = path + "/" + name
        let parent = (file as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
        return file
    }
}

/// A configuration in the root of the repository.
func shippedText(_ name: String) throws -> [UInt8] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    return Array(try Data(contentsOf: root.appendingPathComponent(name)))
}
