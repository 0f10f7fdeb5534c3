public import Chat

/// What the tools of personas work with, beyond their own documents. What is not there, no tool is given for.
public struct ToolServices: Sendable {
    /// Finds messages of a user's earlier conversations.
    public var history: (any MessageSearch)?
    /// The books, and who recommends them.
    public var companion: BookCompanion?
    /// The prices.
    public var desk: Desk?

    public init(
        history: (any MessageSearch)? = nil, companion: BookCompanion? = nil, desk: Desk? = nil
    ) {
        self.history = history
        self.companion = companion
        self.desk = desk
    }

    /// The tools of these names for one turn, each once; `own` are the agent's, which come first.
    func tools(_ names: [ToolName], own: [any AgentTool] = [], _ turn: TurnContext) -> [any AgentTool] {
        var tools = own
        var given = Set(own.map(\.name))
        for name in names where given.insert(name).inserted {
            switch name {
            case .searchBooks, .bookDetails, .similarBooks, .readerPreferences, .setPreference:
                tools += companion?.desk(turn).tools([name]) ?? []
            case .schengenDays: tools.append(SchengenDays(today: CalendarDay(turn.createdAt)))
            case .searchHistory: if let history { tools.append(SearchHistory(messages: history, turn: turn)) }
            case .priceFigures, .comparePrices: tools += desk?.tools([name], turn) ?? []
            // Only an agent that has documents, or a plan, can have these.
            case .searchDocuments, .setFocus: break
            }
        }
        return tools
    }
}
