import Chat
import JSON

/// The models that chat completions may ask for, `GET /v1/models`. docs/api.md has the wire format.
struct ModelRoutes: Sendable {
    let models: any ModelDirectory
    let agents: HouseAgents
    /// When the models came to be; OpenAI's object has such a time.
    let startedAt: Timestamp

    var routes: [Route] {
        OpenAIAddress.bases.flatMap { base in
            [
                Route("GET", base + "/models", listModels),
                // A name may have slashes in it: "meta-llama/llama-3.3-70b".
                Route("GET", base + "/models/{model}", takesRest: true, showModel),
            ]
        }
    }

    @Sendable private func listModels(_ exchange: Exchange) async throws -> Reply {
        let offered = await offered
        return .json { writer in
            writer.beginObject()
            writer.member("object", "list")
            writer.beginArray("data")
            for model in offered { write(model, to: &writer) }
            writer.endArray()
            writer.endObject()
        }
    }

    @Sendable private func showModel(_ exchange: Exchange) async throws -> Reply {
        let offered = await offered
        // A name may have a percent sign of its own, so what came is looked for first.
        for name in [exchange.rawPathParameter, exchange.pathParameter] {
            if let model = offered.first(where: { $0.name == name }) { return .json { write(model, to: &$0) } }
        }
        throw CompletionDialect.noModel(exchange.pathParameter)
    }

    /// Every name that would work: the house's agents, which come first where a model has the same name, and the models.
    private var offered: [OfferedModel] {
        get async {
            let agents = self.agents.names.map { OfferedModel(name: $0, owner: Self.house) }
            let names = Set(self.agents.names)
            // The models first: clients that are told nothing take the first name.
            return (await models.offered()).filter { !names.contains($0.name) } + agents
        }
    }

    /// Who owns what this server answers itself.
    private static let house = "chat-fcgi"

    private func write(_ model: OfferedModel, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("id", model.name)
        writer.member("object", "model")
        writer.member("created", startedAt.milliseconds / 1000)
        writer.member("owned_by", model.owner.isEmpty ? Self.house : model.owner)
        writer.endObject()
    }
}
