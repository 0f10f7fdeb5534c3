import Foundation
import Testing

@testable import Catalog

@Suite struct InputFileTests {
    /// `printf 'title\nMoby Dick\n' | gzip -n`.
    static let packed: [UInt8] = Array(
        Data(base64Encoded: "H4sIAAAAAAAAAyvJLMlJ5fLNT6pUcMlMzuYCAEZnaCUQAAAA") ?? Data())
    static let text = "title\nMoby Dick\n"

    private func read(_ bytes: [UInt8], limit: Int = 1 << 20) throws -> String {
        let folder = try TemporaryFolder()
        let path = folder.path("input")
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let file = try InputFile(path: path, maximumUnpackedBytes: limit)
        var text: [UInt8] = []
        var buffer: [UInt8] = []
        while try file.read(into: &buffer) { text += buffer }
        #expect(file.consumedBytes == bytes.count)
        #expect(file.totalBytes == bytes.count)
        return String(decoding: text, as: UTF8.self)
    }

    @Test func `a plain file is read as it is`() throws {
        #expect(try read(Array(Self.text.utf8)) == Self.text)
        #expect(try read([]) == "")
        #expect(try read([0x41]) == "A")
    }

    @Test func `a packed file is unpacked, whatever its name`() throws {
        #expect(try read(Self.packed) == Self.text)
    }

    @Test func `several packed texts one after another are one`() throws {
        #expect(try read(Self.packed + Self.packed) == Self.text + Self.text)
        #expect(try read(Self.packed + [0, 0, 0]) == Self.text)
    }

    @Test func `a packed file cut short is told from a whole one, wherever it was cut`() throws {
        for count in 2..<Self.packed.count {
            let error = #expect(throws: InputFileError.self) { _ = try read(Array(Self.packed[..<count])) }
            #expect(error?.reason == .truncated, "cut to \(count) bytes")
        }
    }

    @Test func `a damaged packed file is refused`() throws {
        var bytes = Self.packed
        bytes[bytes.count - 6] ^= 0xff
        let error = #expect(throws: InputFileError.self) { _ = try read(bytes) }
        #expect(error?.reason == .damaged)
    }

    @Test func `a file that unpacks to more than the limit is refused`() throws {
        let error = #expect(throws: InputFileError.self) { _ = try read(Self.packed, limit: 10) }
        #expect(error?.reason == .tooLarge(limit: 10))
    }

    @Test func `a missing file is told by name`() {
        let error = #expect(throws: InputFileError.self) { _ = try InputFile(path: "/nonexistent/catalog.csv") }
        #expect(error?.description == "/nonexistent/catalog.csv: No such file or directory")
    }
}
