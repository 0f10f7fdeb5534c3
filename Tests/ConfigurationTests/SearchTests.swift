import Glibc
import Testing

@testable import Configuration

/// Finding the configuration.
@Suite struct SearchTests {
    private func reader(_ folder: Folder, _ environment: [String: String] = [:]) -> SettingsReader {
        SettingsReader(
            environment: environment, capabilities: everything, workingFolder: folder.path + "/cwd",
            systemPath: folder.path + "/system/chat-fcgi.json5")
    }

    @Test func `--config goes before the variable, the variable before the folder, the folder before the machine`()
        throws
    {
        let folder = try Folder()
        #expect(try reader(folder).read().source == .defaults)
        let system = try folder.write("{ data_dir: 'd' }", to: "system/chat-fcgi.json5")
        #expect(try reader(folder).read().dataDirectory == folder.path + "/system/d")
        #expect(try reader(folder).read().source == .file(path: system, origin: "of this machine"))
        _ = try folder.write("{ data_dir: 'd' }", to: "cwd/chat-fcgi.json5")
        #expect(try reader(folder).read().dataDirectory == folder.path + "/cwd/d")
        let variable = try folder.write("{ data_dir: 'd' }", to: "variable/c")
        let environment = ["CHAT_FCGI_CONFIG": variable]
        #expect(try reader(folder, environment).read().dataDirectory == folder.path + "/variable/d")
        #expect(try reader(folder, ["CHAT_FCGI_CONFIG": ""]).read().dataDirectory == folder.path + "/cwd/d")
        let option = try folder.write("{ data_dir: 'd' }", to: "option/c")
        #expect(try reader(folder, environment).read(configPath: option).dataDirectory == folder.path + "/option/d")
    }

    @Test func `a file that was named and is not there, or that is no file, is an error`() throws {
        let folder = try Folder()
        _ = try folder.write("{}", to: "cwd/chat-fcgi.json5")
        let absent = folder.path + "/absent"
        func problem(_ body: () throws(SettingsError) -> Settings) -> String? {
            do throws(SettingsError) {
                _ = try body()
                return nil
            } catch {
                return error.description
            }
        }
        #expect(
            problem { () throws(SettingsError) in try reader(folder).read(configPath: absent) }?.contains("--config")
                == true)
        let named = problem { () throws(SettingsError) in
            try reader(folder, ["CHAT_FCGI_CONFIG": absent]).read()
        }
        #expect(named?.contains("$CHAT_FCGI_CONFIG") == true)
        #expect(named?.hasPrefix(absent + ": ") == true)
        #expect(
            problem { () throws(SettingsError) in try reader(folder).read(configPath: folder.path) }?
                .contains("no regular file") == true)
        // A named pipe without a writer does not stop the start.
        let pipe = folder.path + "/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        #expect(
            problem { () throws(SettingsError) in try reader(folder).read(configPath: pipe) }?
                .contains("no regular file") == true)
        let large = try folder.write(String(repeating: " ", count: 1_048_577), to: "large")
        #expect(
            problem { () throws(SettingsError) in try reader(folder).read(configPath: large) }?
                .contains("more than 1,048,576 bytes") == true)
    }

    @Test func `without any file, vendors with their usual variable come first and builtin last`() throws {
        let folder = try Folder()
        let settings = try reader(folder, ["GROQ_API_KEY": "g", "OPENAI_API_KEY": "o", "MISTRAL_API_KEY": " "]).read()
        #expect(settings.providers.map(\.name) == ["openai", "groq", "builtin"])
        #expect(settings.route(for: "x")?.chain.map(\.provider) == ["openai", "groq", "builtin"])
        #expect(settings.models[0].chain.prefix(2).allSatisfy { $0.model != nil })
        #expect(settings.dataDirectory == "./var")
        let all = try reader(
            folder, Dictionary(uniqueKeysWithValues: Vendor.all.map { ($0.variable, "k") })
        ).read()
        #expect(
            all.providers.map(\.name)
                == [
                    "openai", "anthropic", "gemini", "groq", "deepseek", "mistral", "openrouter", "xai", "together",
                    "fireworks", "cerebras", "builtin",
                ])
        #expect(Set(all.providers.map(\.name)).count == all.providers.count)
        #expect(all.providers.allSatisfy { $0.baseURL.map { BaseURL($0)?.isEncrypted == true } ?? true })
    }

    @Test func `with a file that has no providers, a usual variable changes nothing and is noted`() throws {
        let settings = try read("{}", environment: ["OPENAI_API_KEY": "hunter2"])
        #expect(settings.providers.map(\.name) == ["builtin"])
        #expect(settings.notes.count == 1)
        #expect(settings.notes.first?.contains("OPENAI_API_KEY") == true)
        #expect(settings.notes.first?.contains("hunter2") == false)
    }
}
