/// Finds and reads the configuration, and tells every mistake in it at once.
public struct SettingsReader: Sendable {
    /// Most bytes of a configuration file: 1 MiB.
    public static let maximumFileSize = JSON5Parser.maximumSize

    let environment: [String: String]
    let capabilities: Capabilities
    /// The file of the machine, looked for last.
    let systemPath: String
    /// Where `./chat-fcgi.json5` is looked for; empty: where the process is.
    let workingFolder: String

    /// - Parameter environment: the variables of the process; keys of providers are not taken from them here.
    public init(environment: [String: String], capabilities: Capabilities) {
        self.init(
            environment: environment, capabilities: capabilities, workingFolder: "",
            systemPath: "/etc/chat-fcgi/chat-fcgi.json5")
    }

    /// For tests: looks elsewhere.
    init(environment: [String: String], capabilities: Capabilities, workingFolder: String, systemPath: String) {
        self.environment = environment
        self.capabilities = capabilities
        self.workingFolder = workingFolder
        self.systemPath = systemPath
    }

    /// Reads `configPath` (from `--config`), else the file that `$CHAT_FCGI_CONFIG` names, else `./chat-fcgi.json5`, else
    /// `/etc/chat-fcgi/chat-fcgi.json5`, else takes the defaults and the providers whose usual variable is set.
    ///
    /// That the last two are not there is no error; a file that is there and cannot be read is.
    /// - Throws: `SettingsError` with every mistake.
    public func read(configPath: String? = nil) throws(SettingsError) -> Settings {
        if let configPath { return try read(file: configPath, origin: "--config", isOptional: false) ?? defaults() }
        if let path = environment["CHAT_FCGI_CONFIG"], !path.isEmpty {
            return try read(file: path, origin: "$CHAT_FCGI_CONFIG", isOptional: false) ?? defaults()
        }
        let local = Paths.resolve("./chat-fcgi.json5", in: workingFolder)
        if let settings = try read(file: local, origin: "found here", isOptional: true) { return settings }
        if let settings = try read(file: systemPath, origin: "of this machine", isOptional: true) { return settings }
        return defaults()
    }

    /// Reads a configuration from its text.
    /// - Parameter file: its path, for messages; relative paths in the text are put behind its folder.
    /// - Throws: `SettingsError` with every mistake.
    public func read(_ text: [UInt8], file: String, origin: String = "given") throws(SettingsError) -> Settings {
        let mistakes = MistakeList(file: file)
        let document: JSON5Document
        do {
            document = try JSON5Parser.document(of: text)
        } catch {
            let remedy =
                switch error.kind {
                case .syntax, .duplicateKey: "Mend the text here; the format is JSON5, https://json5.org"
                case .invalidUTF8: "Save the file as UTF-8"
                case .tooLarge, .tooDeep: "Make it smaller"
                }
            mistakes.add(error.location, "", error.detail, remedy)
            throw SettingsError(mistakes: mistakes.mistakes)
        }
        for duplicate in document.duplicateKeys {
            let path = duplicate.path.reduce("") { $1.hasPrefix("[") ? $0 + $1 : keyPath($0, $1) }
            mistakes.add(duplicate.location, path, duplicate.detail, "Keep one of the two; names are given once")
        }
        var settings = Settings()
        settings.source = .file(path: file, origin: origin)
        if let root = Section(document.root, at: "", mistakes: mistakes) {
            var reading = FileReading(
                root: root, folder: Paths.folder(of: file), capabilities: capabilities, environment: environment)
            reading.read(into: &settings)
        }
        if let error = mistakes.error { throw error }
        return settings
    }

    /// Nil when `isOptional` and there is no such file.
    private func read(file: String, origin: String, isOptional: Bool) throws(SettingsError) -> Settings? {
        let contents: FileContents
        do {
            contents = try FileContents(of: file, maximumSize: Self.maximumFileSize)
        } catch {
            if error.isAbsent, isOptional { return nil }
            throw SettingsError(mistakes: [
                SettingsMistake(
                    file: file, line: nil, column: nil, keyPath: "",
                    problem: "the configuration (\(origin)) cannot be read: \(error.detail)",
                    remedy: "Name a file that is there and that this user may read")
            ])
        }
        return try read(contents.bytes, file: file, origin: origin)
    }

    /// What runs without any file.
    private func defaults() -> Settings {
        var settings = Settings()
        let vendors = Vendor.all.filter { $0.isUsual(in: environment) }
        settings.providers.insert(contentsOf: vendors.map(\.provider), at: 0)
        settings.models[0].chain.insert(
            contentsOf: vendors.map { ModelRoute.Step(provider: $0.name, model: $0.model) }, at: 0)
        return settings
    }
}
