import Chat
import FCGIApp
import JSON
import Testing

@testable import Routes

@Suite struct CompletionRequestTests {
    private func read(_ body: String) throws -> CompletionRequest {
        let request = Request(variables: [], body: Array(body.utf8), bodyState: .complete)
        return try CompletionRequest(BodyFields(request, limit: 1 << 20))
    }

    private func mistakes(_ body: String) -> [String] {
        do {
            _ = try read(body)
            return []
        } catch let problem as Problem {
            return problem.errors.map(\.field)
        } catch {
            return ["\(error)"]
        }
    }

    private static let question = #""model":"m","messages":[{"role":"user","content":"hi"}]"#

    @Test func `a plain question is read, and leaves everything else to the provider`() throws {
        let read = try read("{\(Self.question)}")
        #expect(read.model == "m")
        #expect(read.request.messages == [ModelMessage(role: .user, content: "hi")])
        #expect(read.request.instructions == "")
        #expect(read.request.options == nil)
        #expect(read.request.maximumOutputTokens == nil && read.request.temperature == nil)
        #expect(!read.streams && !read.includesUsage && !read.isStored)
    }

    @Test func `more tokens than a model answers with, and longer prompts than it takes, are refused`() throws {
        let bounds = RequestBounds(promptTokens: 100, completionTokens: 50)
        func refused(_ members: String, _ bounds: RequestBounds) throws -> [String] {
            var request = try read("{\(Self.question)\(members)}")
            do {
                try request.check(against: bounds)
                return []
            } catch {
                return [error.code] + error.errors.map(\.field)
            }
        }
        #expect(try refused(#","max_completion_tokens":50"#, bounds) == [])
        for field in ["max_completion_tokens", "max_tokens"] {
            #expect(try refused(",\"\(field)\":10000000", bounds) == ["invalid_request", field])
            #expect(try refused(",\"\(field)\":10000000", RequestBounds()) == [])
        }
        // What counts is all that the model reads.
        let long = String(repeating: "x", count: 410)
        for members in [
            #","messages":[{"role":"user","content":"\#(long)"}]"#,
            #","messages":[{"role":"system","content":"\#(long)"},{"role":"user","content":"a"}]"#,
            #","messages":[{"role":"user","content":[{"type":"text","text":"\#(long)"}]}]"#,
        ] {
            var request = try read("{\"model\":\"m\"\(members)}")
            #expect(throws: Problem.self) { try request.check(against: bounds) }
        }
        let tools = #","tools":[{"type":"function","function":{"name":"f","description":"\#(long)"}}]"#
        #expect(try refused(tools, bounds) == ["context_length_exceeded", "messages"])
    }

    @Test func `a model's own bound holds for who asks for no number, the usual one does not`() throws {
        var request = try read("{\(Self.question)}")
        try request.check(against: RequestBounds(completionTokens: 50))
        #expect(request.request.maximumOutputTokens == nil)
        try request.check(against: RequestBounds(completionTokens: 50, holdsUnasked: true))
        #expect(request.request.maximumOutputTokens == 50)
    }

    @Test func `what a model thought is read back, as members and as parts`() throws {
        func reasoning(_ members: String) throws -> Reasoning? {
            try read(
                #"{"model":"m","messages":[{"role":"user","content":"a"},{"role":"assistant",\#(members)}]}"#
            ).request.messages[1].reasoning
        }
        let signed = Reasoning.anthropicDetail(thinking: "Hm.", signature: "S")
        let hidden = Reasoning.anthropicDetail(redacted: "D")
        #expect(try reasoning(#""content":"b""#) == nil)
        #expect(try reasoning(#""content":"b","reasoning_content":"Hm.""#) == Reasoning(text: "Hm."))
        #expect(try reasoning(#""content":"b","reasoning":"Hm.""#) == Reasoning(text: "Hm."))
        #expect(
            try reasoning(#""content":"b","reasoning_details":[{"type":"reasoning.text","text":"Hm."}]"#)
                == Reasoning(details: [Array(#"{"type":"reasoning.text","text":"Hm."}"#.utf8)]))
        let blocks = #"[{"type":"thinking","thinking":"Hm.","signature":"S"},{"type":"redacted_thinking","data":"D"}"#
        #expect(try reasoning(#""content":"b","thinking_blocks":\#(blocks)]"#) == Reasoning(details: [signed, hidden]))
        #expect(
            try reasoning(#""content":\#(blocks),{"type":"text","text":"b"}]"#) == Reasoning(details: [signed, hidden]))
        #expect(try reasoning(#""content":[{"type":"reasoning","text":"Hm."}]"#) == Reasoning(text: "Hm."))
        #expect(
            try reasoning(#""content":[{"type":"thinking","thinking":[{"type":"text","text":"Hm."}]}]"#)
                == Reasoning(text: "Hm."))
    }

    @Test func `marks for a provider's cache are read with their places`() throws {
        let content =
            #"[{"type":"text","text":"é"},{"type":"text","text":"b","cache_control":{"type":"ephemeral"}},{"type":"text","text":"c"}]"#
        let message = try read(#"{"model":"m","messages":[{"role":"user","content":\#(content)}]}"#).request.messages[0]
        #expect(message.content == "ébc")
        let control = Array(#"{"type":"ephemeral"}"#.utf8)
        #expect(message.cacheMarks == [CacheMark(end: 3, control: control)])
        // On a message, and on a picture.
        func marks(_ members: String) throws -> [CacheMark] {
            try read(#"{"model":"m","messages":[{"role":"user",\#(members)}]}"#).request.messages[0].cacheMarks
        }
        let mark = #""cache_control":{"type":"ephemeral"}"#
        let picture = #"{"type":"image_url","image_url":{"url":"https://h.example/1.png"}"#
        #expect(try marks(#""content":"é",\#(mark)"#) == [CacheMark(end: 2, control: control)])
        #expect(
            try marks(#""content":[{"type":"text","text":"a"}],\#(mark)"#) == [CacheMark(end: 1, control: control)])
        #expect(
            try marks(#""content":[\#(picture)},{"type":"text","text":"a"},\#(picture),\#(mark)}]"#)
                == [CacheMark(end: 1, attachment: 1, control: control)])
        #expect(try marks(#""content":"a","cache_control":"yes""#) == [])
    }

    @Test func `a tool's call is read back with what its provider wants, and arguments in any form`() throws {
        func call(_ members: String) throws -> ToolCall? {
            try read(
                #"{"model":"m","messages":[{"role":"user","content":"a"},{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function",\#(members)}]}]}"#
            ).request.messages[1].toolCalls.first
        }
        let extra = #"{"google":{"thought_signature":"SIG"}}"#
        #expect(
            try call(#""function":{"name":"f","arguments":{"a":1}},"extra_content":\#(extra)"#)
                == ToolCall(id: "c", name: "f", arguments: #"{"a":1}"#, extraContent: Array(extra.utf8)))
        #expect(try call(#""function":{"name":"f"}"#) == ToolCall(id: "c", name: "f", arguments: "{}"))
    }

    @Test func `every role and form of content is read`() throws {
        let read = try read(
            #"""
            {"model":"m","messages":[
              {"role":"system","content":"Be brief."},
              {"role":"developer","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},
              {"role":"user","content":"What is the weather?","name":"ann"},
              {"role":"assistant","content":null,"tool_calls":[
                {"id":"c1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Oslo\"}"}}]},
              {"role":"tool","tool_call_id":"c1","content":"rain"},
              {"role":"assistant","content":null,"refusal":"I will not say."},
              {"role":"user","content":"Well?"}]}
            """#)
        #expect(read.request.messages.map(\.role) == [.system, .system, .user, .assistant, .tool, .assistant, .user])
        #expect(
            read.request.messages.map(\.content) == [
                "Be brief.", "ab", "What is the weather?", "", "rain", "I will not say.", "Well?",
            ])
        #expect(
            read.request.messages[3].toolCalls == [ToolCall(id: "c1", name: "weather", arguments: #"{"city":"Oslo"}"#)])
        #expect(read.request.messages[4].toolCallID == "c1")
        #expect(read.request.messages[2].name == "ann")
    }

    @Test func `every parameter reaches the provider's request`() throws {
        let read = try read(
            #"""
            {"model":"m","messages":[{"role":"user","content":"hi"}],"stream":true,"stream_options":{"include_usage":true},
             "temperature":0.5,"top_p":0.9,"max_tokens":7,"stop":["a","b"],"seed":-3,"presence_penalty":-1,
             "frequency_penalty":2,"parallel_tool_calls":false,"reasoning_effort":"low","user":"u",
             "tools":[{"type":"function","function":{"name":"f","description":"d","strict":true,
                       "parameters":{"type":"object","properties":{}}}}],
             "tool_choice":{"type":"function","function":{"name":"f"}},
             "response_format":{"type":"json_schema","json_schema":{"name":"s","strict":true,"schema":{"type":"object"}}},
             "store":true,"metadata":{"session_id":"s1","topic":"x"},"logit_bias":{},"unknown":1}
            """#)
        #expect(read.streams && read.includesUsage && read.isStored)
        #expect(read.session == "s1")
        #expect(read.request.temperature == 0.5)
        #expect(read.request.maximumOutputTokens == 7)
        let options = try #require(read.request.options)
        #expect(options.topP == 0.9)
        #expect(options.stop == ["a", "b"])
        #expect(options.seed == -3)
        #expect(options.presencePenalty == -1 && options.frequencyPenalty == 2)
        #expect(options.allowsParallelToolCalls == false)
        #expect(options.reasoningEffort == "low")
        #expect(options.user == "u")
        #expect(
            options.tools == [
                Tool(
                    name: "f", description: "d", parameters: Array(#"{"type":"object","properties":{}}"#.utf8),
                    isStrict: true)
            ])
        #expect(options.toolChoice == .tool("f"))
        #expect(
            options.responseFormat
                == .jsonSchema(name: "s", schema: Array(#"{"type":"object"}"#.utf8), isStrict: true))
    }

    @Test func `the newer name of the token limit goes before the older`() throws {
        #expect(
            try read("{\(Self.question),\"max_tokens\":5,\"max_completion_tokens\":9}").request.maximumOutputTokens == 9
        )
    }

    @Test(arguments: [
        ("{}", ["model", "messages"]),
        (#"{"model":"m","messages":[]}"#, ["messages"]),
        (#"{"model":"m","messages":"hi"}"#, ["messages"]),
        (#"{"model":"m","store":true,"messages":[{"role":"system","content":"x"}]}"#, ["messages"]),
        (#"{"model":"m","messages":[1,{"role":"user","content":"x"}]}"#, ["messages[0]"]),
        (
            #"{"model":"m","messages":[{"role":"robot","content":"x"},{"role":"user","content":"x"}]}"#,
            ["messages[0].role"]
        ),
        (#"{"model":"m","messages":[{"role":"user"}]}"#, ["messages[0].content"]),
        (
            #"{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"x"}}]}]}"#,
            ["messages[0].content[0]"]
        ),
        (
            #"{"model":"m","messages":[{"role":"user","content":"x"},{"role":"tool","content":"y"}]}"#,
            ["messages[1].tool_call_id"]
        ),
        ("{\(question),\"n\":2}", ["n"]),
        ("{\(question),\"logprobs\":true}", ["logprobs"]),
        ("{\(question),\"audio\":{\"voice\":\"x\"}}", ["audio"]),
        ("{\(question),\"modalities\":[\"text\",\"audio\"]}", ["modalities"]),
        ("{\(question),\"functions\":[{\"name\":\"f\"}]}", ["functions"]),
        ("{\(question),\"function_call\":{\"name\":\"f\"}}", ["function_call"]),
        ("{\(question),\"temperature\":3}", ["temperature"]),
        ("{\(question),\"top_p\":-1}", ["top_p"]),
        ("{\(question),\"max_tokens\":0}", ["max_tokens"]),
        ("{\(question),\"max_tokens\":1.5}", ["max_tokens"]),
        ("{\(question),\"stop\":[\"a\",\"b\",\"c\",\"d\",\"e\"]}", ["stop"]),
        ("{\(question),\"stop\":[\"a\",1]}", ["stop"]),
        ("{\(question),\"stream_options\":{\"include_usage\":true}}", ["stream_options"]),
        ("{\(question),\"tools\":[{\"type\":\"web_search\"}]}", ["tools[0]"]),
        (
            "{\(question),\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a b\"}}]}",
            ["tools[0].function.name"]
        ),
        ("{\(question),\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}}}", ["tool_choice"]),
        ("{\(question),\"response_format\":{\"type\":\"xml\"}}", ["response_format.type"]),
        ("{\(question),\"response_format\":{\"type\":\"json_schema\"}}", ["response_format.json_schema"]),
        ("{\(question),\"store\":true,\"metadata\":{\"session_id\":\"a b\"}}", ["metadata.session_id"]),
        ("{\(question),\"store\":true,\"metadata\":[]}", ["metadata"]),
        ("{\(question),\"user\":7}", ["user"]),
    ])
    func `what cannot be done is refused, naming the field`(_ body: String, _ fields: [String]) {
        #expect(mistakes(body) == fields)
    }

    @Test(
        arguments: [
            #""metadata":{"session_id":"a b","n":1,"deep":{"list":[1,null]}}"#, #""metadata":"free""#,
            #""metadata":{"long":"\#(String(repeating: "x", count: 20_000))"}"#, #""user":"""#, #""user":null"#,
            #""functions":[]"#, #""functions":null"#, #""function_call":"none""#, #""function_call":"auto""#,
            #""functions":[],"function_call":"none""#, #""stop":"""#, #""stop":[]"#, #""stop":null"#, #""stop":[""]"#,
            #""stop":["","","","",""]"#, #""tools":[]"#, #""tools":null,"tool_choice":null"#,
            #""tools":[],"tool_choice":"auto""#, #""tool_choice":"none""#, #""tool_choice":"""#, #""logit_bias":{}"#,
            #""logit_bias":null"#, #""max_tokens":-1"#, #""max_completion_tokens":null,"max_tokens":null"#,
            #""stream_options":{}"#, #""stream_options":null"#, #""stream_options":{"include_usage":false}"#,
            #""reasoning_effort":"""#, #""response_format":null"#, #""modalities":[]"#, #""modalities":null"#,
            #""audio":null"#, #""logprobs":null,"top_logprobs":null"#, #""top_logprobs":0"#,
            #""parallel_tool_calls":null"#, #""seed":null,"temperature":null,"top_p":null"#,
            #""presence_penalty":null,"frequency_penalty":null"#, #""store":null,"stream":null"#,
            #""service_tier":"auto","prediction":null,"verbosity":"low""#, #""model_item":{"id":"m"},"chat_id":"c""#,
            #""n":null"#, #""prompt_cache_key":"k","safety_identifier":"s","web_search_options":{}"#,
            #""extra":[[[{}]]]"#,
        ])
    func `what clients send that says nothing is taken, and asks for nothing`(_ member: String) throws {
        let read = try read("{\(Self.question),\(member)}")
        #expect(read.request.maximumOutputTokens == nil && read.request.temperature == nil)
        #expect(read.metadata == nil && read.session == nil && !read.includesUsage)
        var nothing = read.request.options ?? ModelRequest.Options()
        nothing.toolChoice = nil
        #expect(nothing == ModelRequest.Options())
    }

    @Test(
        arguments: [
            (#"{"role":"assistant","content":null}"#, ""), (#"{"role":"assistant"}"#, ""),
            (#"{"role":"assistant","content":"","tool_calls":null,"name":null,"refusal":null,"audio":null}"#, ""),
            (#"{"role":"assistant","content":"x","tool_calls":[],"function_call":null,"name":""}"#, "x"),
            (#"{"role":"tool","tool_call_id":"c","content":null}"#, ""), (#"{"role":"user","content":[]}"#, ""),
        ])
    func `messages that say nothing are taken`(_ message: String, _ content: String) throws {
        let read = try read(#"{"model":"m","messages":[\#(message),{"role":"user","content":"x"}]}"#)
        #expect(read.request.messages.map(\.content) == [content, "x"])
        #expect(read.request.messages[0].toolCalls.isEmpty && read.request.messages[0].name == nil)
    }

    @Test func `metadata of a stored exchange is kept as it is`() throws {
        let read = try read(#"{\#(Self.question),"store":true,"metadata":{"session_id":"s","n":[1,{"a":null}]}}"#)
        #expect(read.session == "s")
        #expect(try JSONValue(parsing: read.metadata ?? []) == ["session_id": "s", "n": [1, ["a": .null]]])
    }

    @Test func `what asks for nothing unusual is taken`() throws {
        #expect(mistakes(#"{"model":"m","messages":[{"role":"system","content":"x"}]}"#) == [])
        for n in ["1", "null"] { #expect(mistakes("{\(Self.question),\"n\":\(n)}") == []) }
        #expect(mistakes("{\(Self.question),\"logprobs\":false,\"modalities\":[\"text\"],\"stop\":null}") == [])
    }
}
