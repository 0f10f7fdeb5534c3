import Chat
import JSON

/// Reads the parts of a message's content (platform.openai.com/docs/api-reference/chat/create): text, pictures, recordings, files.
struct PartReading {
    /// Pictures, recordings and files of a request: as many as Anthropic takes, which takes the fewest.
    static let maximumAttachments = 100
    private static let urlBytes = 1...8_192
    private static let imageTypes: Set = ["image/png", "image/jpeg", "image/gif", "image/webp"]
    private static let audioTypes = ["wav": "audio/wav", "mp3": "audio/mpeg"]
    private static let details: Set = ["auto", "low", "high"]

    /// Where the strings of a large body are.
    let large: LargeBody

    /// A message's text, and its parts when some of them are no text. Nil when a mistake was found, which `body` is told.
    /// - Parameter takesAttachments: whether what is no text may be among them.
    func content(
        of parts: [JSONValue], _ place: String, takesAttachments: Bool, _ body: inout BodyFields
    ) -> (text: String, parts: [MessagePart])? {
        var read: [MessagePart] = []
        read.reserveCapacity(parts.count)
        var text = ""
        for (index, value) in parts.enumerated() {
            let place = "\(place)[\(index)]"
            switch part(value, takesAttachments: takesAttachments) {
            case .success(let part):
                if case .text(let piece) = part { text += piece }
                read.append(part)
            case .failure(let mistake):
                body.reject(place, mistake.problem)
                return nil
            }
        }
        let isText = read.allSatisfy { if case .text = $0 { true } else { false } }
        return (text, isText ? [] : read)
    }

    /// Anthropic's `cache_control`, on parts of a message's content or on the message, as others who speak this interface
    /// take it.
    func cacheMarks(of message: JSONValue) -> [CacheMark] {
        let control = Self.cacheControl(of: message)
        guard let parts = message["content"]?.arrayValue else {
            guard let control, let text = message["content"]?.stringValue else { return [] }
            return [CacheMark(end: large.string(text).utf8.count, control: control)]
        }
        var marks: [CacheMark] = []
        var end = 0
        var attachments = 0
        for (index, part) in parts.enumerated() where !ReasoningReading.isThought(part) {
            let type = part["type"]?.stringValue
            let isText = type == "text" || type == "refusal"
            if isText, let text = (type == "text" ? part["text"] : part["refusal"])?.stringValue {
                end += large.string(text).utf8.count
            }
            if let control = Self.cacheControl(of: part) ?? (index == parts.count - 1 ? control : nil) {
                marks.append(CacheMark(end: end, attachment: isText ? nil : attachments, control: control))
            }
            if !isText { attachments += 1 }
        }
        return marks
    }

    private static func cacheControl(of value: JSONValue) -> [UInt8]? {
        guard let control = value["cache_control"], case .object = control else { return nil }
        return control.encoded
    }

    private struct Mistake: Error {
        let problem: String

        /// - Parameter member: within the part; empty for the part itself.
        init(member: String = "", problem: String) {
            self.problem = member.isEmpty ? problem : "\(member) \(problem)"
        }
    }

    private func part(_ value: JSONValue, takesAttachments: Bool) -> Result<MessagePart, Mistake> {
        do throws(Mistake) {
            switch value["type"]?.stringValue {
            case "text":
                guard let text = value["text"]?.stringValue else { throw Mistake(problem: "must have a text") }
                return .success(.text(large.string(text)))
            case "refusal":
                guard let text = value["refusal"]?.stringValue else { throw Mistake(problem: "must have a refusal") }
                return .success(.text(large.string(text)))
            case "image_url" where takesAttachments: return .success(.attachment(try image(value)))
            case "input_audio" where takesAttachments: return .success(.attachment(try audio(value)))
            case "file" where takesAttachments: return .success(.attachment(try file(value)))
            case "image_url", "input_audio", "file":
                throw Mistake(problem: "must be a part of type text; pictures, recordings and files are the user's")
            default: throw Mistake(problem: "must be a part of type text, image_url, input_audio or file")
            }
        } catch {
            return .failure(error)
        }
    }

    private func image(_ value: JSONValue) throws(Mistake) -> Attachment {
        // Some clients write the address by itself.
        guard let text = value["image_url"]?["url"]?.stringValue ?? value["image_url"]?.stringValue else {
            throw Mistake(member: "image_url.url", problem: "is required")
        }
        let detail = value["image_url"]?["detail"].flatMap { $0.isNull ? nil : $0 }
        if let detail, !Self.details.contains(detail.stringValue ?? "") {
            throw Mistake(member: "image_url.detail", problem: "must be one of auto, low, high")
        }
        let url = large.bytes(of: text)
        var attachment = Attachment(kind: .image, source: .url(""), detail: detail?.stringValue)
        if let data = try dataURL(url, "image_url.url") {
            // A name that many write, and that providers refuse.
            attachment.mediaType = data.mediaType == "image/jpg" ? "image/jpeg" : data.mediaType
            guard Self.imageTypes.contains(attachment.mediaType) else {
                throw Mistake(
                    member: "image_url.url",
                    problem: "must be a picture of type image/png, image/jpeg, image/gif or image/webp")
            }
            attachment.source = .base64(data.base64)
        } else {
            attachment.source = .url(try address(url, "image_url.url"))
        }
        return attachment
    }

    private func audio(_ value: JSONValue) throws(Mistake) -> Attachment {
        guard let format = value["input_audio"]?["format"]?.stringValue, let mediaType = Self.audioTypes[format] else {
            throw Mistake(member: "input_audio.format", problem: "must be wav or mp3")
        }
        guard let data = value["input_audio"]?["data"]?.stringValue else {
            throw Mistake(member: "input_audio.data", problem: "is required")
        }
        return Attachment(
            kind: .audio, mediaType: mediaType, source: .base64(try base64(large.bytes(of: data), "input_audio.data")))
    }

    private func file(_ value: JSONValue) throws(Mistake) -> Attachment {
        func text(_ member: String, bytes: ClosedRange<Int>) throws(Mistake) -> String? {
            guard let value = value["file"]?[member], !value.isNull else { return nil }
            guard let text = value.stringValue, bytes.contains(large.bytes(of: text).count) else {
                throw Mistake(
                    member: "file.\(member)",
                    problem: "must be a text of \(bytes.lowerBound) to \(bytes.upperBound) bytes")
            }
            return text
        }
        let name = try text("filename", bytes: 0...255)
        if let data = value["file"]?["file_data"]?.stringValue {
            guard let url = try dataURL(large.bytes(of: data), "file.file_data") else {
                throw Mistake(
                    member: "file.file_data",
                    problem: "must be a data URL in base64, such as data:application/pdf;base64,…")
            }
            return Attachment(kind: .file, mediaType: url.mediaType, source: .base64(url.base64), name: name)
        }
        guard let id = try text("file_id", bytes: 1...255) else {
            throw Mistake(member: "file", problem: "must have file_data or file_id")
        }
        return Attachment(kind: .file, source: .fileID(id), name: name)
    }

    // MARK: - Addresses and data

    /// An https address, which the provider is to get it from.
    private func address(_ bytes: ArraySlice<UInt8>, _ member: String) throws(Mistake) -> String {
        guard Self.urlBytes.contains(bytes.count), bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw Mistake(
                member: member,
                problem: "must be a data URL in base64, or an https URL of at most \(Self.urlBytes.upperBound) bytes")
        }
        let url = String(decoding: bytes, as: UTF8.self)
        guard url.lowercased().hasPrefix("https://"), url.utf8.count > "https://".utf8.count else {
            throw Mistake(member: member, problem: "must be a data URL in base64, or an https URL")
        }
        guard PictureHost.isPublicName(in: url) else {
            throw Mistake(
                member: member, problem: "must be at a host with a public name; send what is elsewhere as a data URL")
        }
        return url
    }

    /// What a data URL has (RFC 2397); nil when this is none.
    private func dataURL(
        _ bytes: ArraySlice<UInt8>, _ member: String
    ) throws(Mistake) -> (mediaType: String, base64: ArraySlice<UInt8>)? {
        guard bytes.prefix(5).map({ $0 | 0x20 }).elementsEqual("data:".utf8.map { $0 | 0x20 }) else { return nil }
        // What is no header of a data URL is not looked through to its end.
        guard let comma = bytes.prefix(256).firstIndex(of: UInt8(ascii: ",")) else {
            throw Mistake(member: member, problem: "must be a data URL with its type, such as data:image/png;base64,…")
        }
        let words = String(decoding: bytes[(bytes.startIndex + 5)..<comma], as: UTF8.self).lowercased()
            .split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        guard words.count >= 2, words.last == "base64", Self.isMediaType(words[0]) else {
            throw Mistake(member: member, problem: "must be a data URL in base64, such as data:image/png;base64,…")
        }
        return (words[0], try base64(bytes[(comma + 1)...], member))
    }

    /// RFC 9110, section 8.3.1, without parameters.
    private static func isMediaType(_ text: String) -> Bool {
        let halves = text.split(separator: "/", omittingEmptySubsequences: false)
        return halves.count == 2
            && halves.allSatisfy { half in
                (1...127).contains(half.utf8.count)
                    && half.utf8.allSatisfy { byte in
                        switch byte {
                        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
                        default: "!#$&^_.+-".utf8.contains(byte)
                        }
                    }
            }
    }

    /// Checks base64 without decoding it: its alphabet, its padding, and that no bit is left over (RFC 4648, sections 4 and 3.5).
    private func base64(_ bytes: ArraySlice<UInt8>, _ member: String) throws(Mistake) -> ArraySlice<UInt8> {
        guard Self.isBase64(bytes) else {
            throw Mistake(member: member, problem: "must have base64 with its padding, and nothing else in it")
        }
        return bytes
    }

    static func isBase64(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard !bytes.isEmpty, bytes.count % 4 == 0 else { return false }
        let padding = bytes.suffix(2).reduce(0) { $0 + ($1 == UInt8(ascii: "=") ? 1 : 0) }
        let digits = bytes.dropLast(padding)
        let isPlain = digits.withUnsafeBufferPointer { digits in
            DataBytes.isBase64.withUnsafeBufferPointer { table in digits.allSatisfy { table[Int($0)] } }
        }
        guard isPlain, let last = digits.last else { return false }
        // Bits of the last digit that are no part of a byte.
        let left: UInt8 = padding == 0 ? 0 : padding == 1 ? 0b11 : 0b1111
        return value(of: last) & left == 0
    }

    private static func value(of digit: UInt8) -> UInt8 {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): digit - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        default: 63
        }
    }
}
