public import JSON

extension Usage {
    /// Writes the usage as the API shows it and the store keeps it.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("prompt_tokens")
        writer.integer(promptTokens)
        writer.key("completion_tokens")
        writer.integer(completionTokens)
        writer.key("total_tokens")
        writer.integer(totalTokens)
        writer.key("estimated")
        writer.bool(isEstimated)
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
        writer.key("ttft_ms")
        if let timeToFirstTokenMS { writer.integer(timeToFirstTokenMS) } else { writer.null() }
        writer.key("duration_ms")
        writer.integer(durationMS)
        if let thinkingMS {
            writer.key("thinking_ms")
            writer.integer(thinkingMS)
        }
        writer.key("tokens_per_second")
        writer.number(tokensPerSecond)
        writer.key("attempts")
        writer.integer(attempts)
        writeCache(to: &writer)
        writer.endObject()
    }

    /// Writes whether the answer is an earlier one, as members of an object.
    public func writeCache(to writer: inout JSONWriter) {
        writer.key("cached")
        guard let cachedQuestion else { return writer.bool(isCached) }
        writer.string("similar")
        writer.key("cached_question")
        writer.string(cachedQuestion)
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
        writer.key("code")
        writer.string(code)
        writer.key("message")
        writer.string(message)
        writer.key("retryable")
        writer.bool(isRetryable)
        writer.key("partial")
        writer.bool(isPartial)
        if let usage {
            writer.key("usage")
            usage.write(to: &writer)
        }
        if let retryAfterMS {
            writer.key("retry_after_ms")
            writer.integer(retryAfterMS)
        }
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
            writer.key("text")
            writer.string(piece)
        case .accepted(let acceptance):
            writer.key("accepted")
            writer.beginObject()
            writer.key("user_message_id")
            writer.string(acceptance.userMessageID.rawValue)
            writer.key("session_id")
            writer.string(acceptance.sessionID.rawValue)
            writer.key("reply_id")
            writer.string(acceptance.replyID.rawValue)
            writer.key("created_at_ms")
            writer.integer(acceptance.createdAt.milliseconds)
            writer.endObject()
        case .reasoning(let piece):
            writer.key("reasoning")
            writer.string(piece)
        case .reasoningDetails(let json):
            writer.key("reasoning_details")
            writer.rawJSON(json)
        case .toolCalls(let pieces):
            writer.key("tool_calls")
            writer.beginArray()
            for piece in pieces { piece.write(to: &writer) }
            writer.endArray()
        case .recommendations(let books):
            writer.key("recommendations")
            Book.write(books, to: &writer)
        case .note(let note):
            writer.key("note")
            writer.beginObject()
            writer.key("kind")
            writer.string(note.kind)
            writer.key("value")
            writer.rawJSON(note.json)
            writer.endObject()
        case .providerSwitch(let change):
            writer.key("provider_switch")
            writer.beginObject()
            writer.key("from")
            writer.string(change.from)
            writer.key("to")
            writer.string(change.to)
            writer.key("reason")
            writer.string(change.reason)
            writer.key("attempt")
            writer.integer(change.attempt)
            writer.key("reset")
            writer.bool(change.resetsText)
            writer.endObject()
        case .completed(let completion):
            writer.key("completed")
            writer.beginObject()
            writer.key("stopped")
            writer.bool(completion.wasStopped)
            writer.key("finish_reason")
            writer.string(completion.finishReason)
            writer.key("provider")
            writer.string(completion.provider)
            writer.key("model")
            writer.string(completion.model)
            writer.key("usage")
            completion.usage.write(to: &writer)
            writer.key("metrics")
            completion.metrics.write(to: &writer)
            writer.endObject()
        case .failed(let failure):
            writer.key("failed")
            failure.write(to: &writer)
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
        writer.key("index")
        writer.integer(index)
        if let id {
            writer.key("id")
            writer.string(id)
        }
        if let name {
            writer.key("name")
            writer.string(name)
        }
        writer.key("arguments")
        writer.string(arguments)
        if let extraContent {
            writer.key("extra_content")
            writer.rawJSON(extraContent)
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
