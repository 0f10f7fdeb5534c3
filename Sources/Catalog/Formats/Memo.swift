/// Remembers what was made of a text. The headings, shelves and names of a catalogue recur thousands of times.
struct Memo<Value> {
    private var known: [String: Value] = [:]
    private let capacity: Int
    private let make: (String) -> Value

    init(capacity: Int, _ make: @escaping (String) -> Value) {
        self.capacity = capacity
        self.make = make
    }

    subscript(text: String) -> Value {
        mutating get {
            if let value = known[text] { return value }
            let value = make(text)
            // Starting over keeps memory bounded whatever the file holds; what is frequent is soon back.
            if known.count >= capacity { known.removeAll(keepingCapacity: true) }
            known[text] = value
            return value
        }
    }
}
