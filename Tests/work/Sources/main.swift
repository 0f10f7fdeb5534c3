import CWorkCounter
import Glibc
import JSON

// counted-work list                    the readers, a JSON object a line: name, and the sources whose words it looks for
// counted-work prepare FOLDER          makes what the readers need
// counted-work count FOLDER INPUTS     reads each of the inputs (a JSON object a line: reader, text), under callgrind

let words = CommandLine.arguments.dropFirst()

func fail(_ message: String) -> Never {
    print("counted-work: \(message)")
    exit(1)
}

// Not `await` at top level: valgrind does not survive libdispatch's end of the main thread.
Task.detached {
    do {
        switch Array(words) {
        case ["list"]: for reader in Readers.table { print(reader.description) }
        case let words where words.count == 2 && words[0] == "prepare": try Readers.prepare(in: words[1])
        case let words where words.count == 3 && words[0] == "count":
            guard work_counter_runs() else { fail("nobody counts: run it under callgrind") }
            try await count(inputs: words[2], with: try Readers(in: words[1]))
        default: fail("list, prepare FOLDER, or count FOLDER INPUTS")
        }
        exit(0)
    } catch {
        fail("\(error)")
    }
}
while true { pause() }

/// What is done only once (tables of words, pages of a database) is done before anything is counted.
func count(inputs path: String, with readers: Readers) async throws {
    guard let bytes = FileBytes.read(path) else { fail("\(path) cannot be read") }
    let inputs = try bytes.split(separator: UInt8(ascii: "\n")).map { line in
        let input = try JSONValue(parsing: Array(line))
        guard let name = input["reader"]?.stringValue, let text = input["text"]?.stringValue,
            let reader = Readers.byName[name]
        else { fail("\(path) has a line that is no input") }
        return (reader, text)
    }
    var ready: Set<String> = []
    for (number, (reader, text)) in inputs.enumerated() {
        if ready.insert(reader.name).inserted {
            await readers.run(reader, on: Readers.usual)
            work_counter_write("ready")
        }
        await readers.run(reader, on: text)
        work_counter_write("\(number)")
    }
}
