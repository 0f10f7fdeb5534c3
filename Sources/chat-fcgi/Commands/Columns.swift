/// Lines of words in columns: texts to the left, numbers to the right.
enum Columns {
    /// - Parameter texts: how many columns, from the left, are texts.
    static func lines(_ head: [String], _ rows: [[String]], texts: Int) -> [String] {
        let all = [head] + rows
        let widths = head.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            var line = ""
            for (column, word) in row.enumerated() {
                let space = String(repeating: " ", count: widths[column] - word.count)
                line += column < texts ? word + space : space + word
                if column + 1 < row.count { line += "  " }
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}
