public import JSON

extension Usage {
    /// Writes the usage as the API shows it and the store keeps it.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("prompt_tokens", promptTokens)
        writer.member("completion_tokens", completionTokens)
        writer.member("total_tokens", totalTokens)
        writer.member("estimated", isEstimated)
        writer.endObject()
    }

    /// Reads what `write` wrote; nil when it is something else.
    public init?(json: JSONValue?) {
        guard let prompt = json?["prompt_tokens"]?.integerValue,
            let completion = json?["completion_tokens"]?.integerValue
        else { return nil }
        self.init(
            promptTokens: Int(prompt), completionTokens: Int(completion),
            isEstimated: json?["estimated"]?.boolValue ?? false)
    }
}

extension ReplyMetrics {
    /// Writes the metrics as the API shows them and the store keeps them.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("ttft_ms", orNull: timeToFirstTokenMS)
        writer.member("duration_ms", durationMS)
        writer.member("thinking_ms", ifPresent: thinkingMS)
        writer.member("tokens_per_second", tokensPerSecond)
        writer.member("attempts", attempts)
        writeCache(to: &writer)
        writer.endObject()
    }

    /// Writes whether the answer is an earlier one, as members of an object.
    public func writeCache(to writer: inout JSONWriter) {
        writer.key("cached")
        guard let cachedQuestion else { return writer.bool(isCached) }
        writer.string("similar")
        writer.member("cached_question", cachedQuestion)
    }

    /// Reads what `write` wrote.
    public init(json: JSONValue?) {
        self.init(
            timeToFirstTokenMS: json?["ttft_ms"]?.integerValue.map(Int.init),
            durationMS: Int(json?["duration_ms"]?.integerValue ?? 0),
            tokensPerSecond: json?["tokens_per_second"]?.numberValue ?? 0,
            attempts: Int(json?["attempts"]?.integerValue ?? 1),
            isCached: json?["cached"]?.boolValue ?? (json?["cached"]?.stringValue != nil),
            cachedQuestion: json?["cached_question"]?.stringValue)
        thinkingMS = json?["thinking_ms"]?.integerValue.map { Int($0) }
    }
}

extension ReplyFailure {
    /// Writes the failure as the store keeps it and the history shows it.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("code", code)
        writer.member("message", message)
        writer.member("retryable", isRetryable)
        writer.member("partial", isPartial)
        if let usage {
            writer.member("usage") { usage.write(to: &$0) }
        }
        writer.member("retry_after_ms", ifPresent: retryAfterMS)
        writer.endObject()
    }

    /// Reads what `write` wrote; nil when it is something else.
    public init?(json: JSONValue?) {
        guard let code = json?["code"]?.stringValue else { return nil }
        self.init(
            code: code, message: json?["message"]?.stringValue ?? "",
            isRetryable: json?["retryable"]?.boolValue ?? false, isPartial: json?["partial"]?.boolValue ?? false,
            usage: Usage(json: json?["usage"]))
        retryAfterMS = json?["retry_after_ms"]?.integerValue.map { Int($0) }
    }
}

/// The archive's form of the events that are no text. Each dialect has its own words for clients; these stay as they are,
/// because recorded turns are read by later versions.
extension ChatEvent {
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        switch self {
        case .text(let piece):
            writer.member("text", piece)
        case .accepted(let acceptance):
            writer.beginObject("accepted")
            writer.member("user_message_id", acceptance.userMessageID.rawValue)
            writer.member("session_id", acceptance.sessionID.rawValue)
            writer.member("reply_id", acceptance.replyID.rawValue)
            writer.member("created_at_ms", acceptance.createdAt.milliseconds)
            writer.endObject()
        case .reasoning(let piece):
            writer.member("reasoning", piece)
        case .reasoningDetails(let json):
            writer.member("reasoning_details", json: json)
        case .toolCalls(let pieces):
            writer.beginArray("tool_calls")
            for piece in pieces { piece.write(to: &writer) }
            writer.endArray()
        case .recommendations(let books):
            writer.key("recommendations")
            Book.write(books, to: &writer)
        case .note(let note):
            writer.beginObject("note")
            writer.member("kind", note.kind)
            writer.member("value", json: note.json)
            writer.endObject()
        case .providerSwitch(let change):
            writer.beginObject("provider_switch")
            writer.member("from", change.from)
            writer.member("to", change.to)
            writer.member("reason", change.reason)
            writer.member("attempt", change.attempt)
            writer.member("reset", change.resetsText)
            writer.endObject()
        case .completed(let completion):
            writer.beginObject("completed")
            writer.member("stopped", completion.wasStopped)
            writer.member("finish_reason", completion.finishReason)
            writer.member("provider", completion.provider)
            writer.member("model", completion.model)
            writer.member("usage") { completion.usage.write(to: &$0) }
            writer.member("metrics") { completion.metrics.write(to: &$0) }
            writer.endObject()
        case .failed(let failure):
            writer.member("failed") { failure.write(to: &$0) }
        }
        writer.endObject()
    }

    init?(json: JSONValue) {
        if let piece = json["text"]?.stringValue {
            self = .text(piece)
        } else if let value = json["accepted"] {
            guard let user = value["user_message_id"]?.stringValue, let session = value["session_id"]?.stringValue,
                let reply = value["reply_id"]?.stringValue, let created = value["created_at_ms"]?.integerValue
            else { return nil }
            self = .accepted(
                Acceptance(
                    userMessageID: MessageID(rawValue: user), sessionID: SessionID(rawValue: session),
                    replyID: MessageID(rawValue: reply), createdAt: Timestamp(milliseconds: created)))
        } else if let piece = json["reasoning"]?.stringValue {
            self = .reasoning(piece)
        } else if let value = json["reasoning_details"] {
            self = .reasoningDetails(value.encoded)
        } else if let value = json["tool_calls"]?.arrayValue {
            self = .toolCalls(value.compactMap(ToolCallPiece.init(json:)))
        } else if let value = json["note"] {
            guard let kind = value["kind"]?.stringValue else { return nil }
            self = .note(AgentNote(kind: kind, json: (value["value"] ?? .null).encoded))
        } else if let value = json["recommendations"] {
            self = .recommendations(Book.list(json: value))
        } else if let value = json["provider_switch"] {
            self = .providerSwitch(
                ProviderSwitch(
                    from: value["from"]?.stringValue ?? "", to: value["to"]?.stringValue ?? "",
                    reason: value["reason"]?.stringValue ?? "", attempt: Int(value["attempt"]?.integerValue ?? 0),
                    resetsText: value["reset"]?.boolValue ?? false))
        } else if let value = json["completed"] {
            guard let usage = Usage(json: value["usage"]) else { return nil }
            self = .completed(
                Completion(
                    wasStopped: value["stopped"]?.boolValue ?? false,
                    finishReason: value["finish_reason"]?.stringValue ?? "stop",
                    provider: value["provider"]?.stringValue ?? "", model: value["model"]?.stringValue ?? "",
                    usage: usage, metrics: ReplyMetrics(json: value["metrics"])))
        } else if let failure = ReplyFailure(json: json["failed"]) {
            self = .failed(failure)
        } else {
            return nil
        }
    }
}

extension ToolCallPiece {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("index", index)
        writer.member("id", ifPresent: id)
        writer.member("name", ifPresent: name)
        writer.member("arguments", arguments)
        if let extraContent {
            writer.member("extra_content", json: extraContent)
        }
        writer.endObject()
    }

    fileprivate init?(json: JSONValue) {
        guard let index = json["index"]?.integerValue else { return nil }
        self.init(
            index: Int(index), id: json["id"]?.stringValue, name: json["name"]?.stringValue,
            arguments: json["arguments"]?.stringValue ?? "", extraContent: json["extra_content"]?.encoded)
    }
}
