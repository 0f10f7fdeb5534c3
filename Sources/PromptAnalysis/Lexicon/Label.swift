// The words that the rules know.

/// What a section of a prompt is about, by its label.
enum Label: Equatable {
    case property(Property.Name)
    /// Which of two contradicting wishes counts.
    case priority
    /// What to do in place of what is forbidden.
    case instead
    case material
    /// A part of an example, with the name of its counterpart.
    case exampleQuestion, exampleAnswer
    case other

    static let longest = 24

    static let byName: [String: Label] = {
        let lists: [(Label, String)] = [
            (.property(.task), "task, your task, the task, goal, objective, instruction, instructions, question"),
            (.property(.context), "context, background, role, persona, situation, about me, about us, purpose"),
            (.property(.audience), "audience, target audience, reader, readers, intended audience"),
            (.property(.format), "format, output format, response format, answer format, output, structure"),
            (
                .property(.constraints),
                "constraints, constraint, requirements, rules, guidelines, limits, length, tone, style, criteria"
            ),
            (.property(.examples), "example, examples, sample"),
            (.priority, "priority"), (.instead, "instead"),
            (
                .material,
                "text, article, email, e-mail, document, code, review, transcript, passage, data, content, source, letter"
            ),
            (.exampleQuestion, "input, q"), (.exampleAnswer, "a"),
            (.other, "note, notes, steps, topic"),
        ]
        var labels: [String: Label] = [:]
        for (label, names) in lists { for name in list(names) { labels[name] = label } }
        return labels
    }()

    /// Tags that hold the author's own words. What other tags hold is material.
    static let byTag: [String: Label] = [
        "task": .property(.task), "instructions": .property(.task), "instruction": .property(.task),
        "goal": .property(.task), "context": .property(.context), "background": .property(.context),
        "role": .property(.context), "audience": .property(.audience), "format": .property(.format),
        "output_format": .property(.format), "output": .property(.format), "constraints": .property(.constraints),
        "rules": .property(.constraints), "requirements": .property(.constraints),
        "guidelines": .property(.constraints), "tone": .property(.constraints), "steps": .other, "prompt": .other,
    ]

    /// Tags that hold examples.
    static let exampleTags: Set<String> = ["example", "examples", "sample", "samples"]

    /// Tags that people put around material; alone on a line and never closed, one is a mistake.
    static let materialTags: Set<String> = [
        "text", "document", "article", "input", "data", "content", "email", "code", "quote", "source", "material",
        "passage", "transcript", "review", "letter", "message",
    ]
}
