/// What sort of work a task is. It decides what a prompt needs beside the task.
enum TaskSort {
    /// A question of fact, which needs nothing beside it.
    case question
    /// How or why: for whom, and in what form, changes the answer.
    case explanation
    /// Works on material that comes with it.
    case transformation
    /// Sorts or picks from material: an example shows what is meant.
    case sorting
    case programming
    case production

    func needs(_ property: Property.Name) -> Bool {
        switch property {
        case .context: self == .production || self == .programming
        case .audience: self == .production || self == .explanation
        case .format: self != .question && self != .programming
        case .constraints: self == .production || self == .programming || self == .transformation
        case .examples: self == .sorting
        case .task, .clarity, .completeness, .safety: true
        }
    }
}

enum Verbs {
    /// The sort of a task by the verb that it begins with.
    static let tasks: [String: TaskSort] = {
        let lists: [(TaskSort, String)] = [
            (
                .production,
                """
                write, create, generate, draft, compose, design, develop, make, give, suggest, propose, plan, brainstorm, list,
                produce, prepare, invent, come, build, outline, tell, recommend, devise, formulate, describe, provide, show,
                advise, imagine, craft, sketch, author, name, find, help, add, update, complete, continue, expand, elaborate,
                discuss, argue, debate, interview, act, play, simulate, schedule, organize, organise, research, think, pick,
                choose, decide, select, print, tabulate, pitch, narrate, quiz, test, teach, train, set, draw, paint, sing,
                plot, visualize, visualise, map, chart, introduce, highlight, break, walk, guide, inform, remind, roleplay,
                recite, send, book, run, remove, replace, insert, split, merge, combine, sum, measure, invite, thank, persuade
                """
            ),
            (
                .explanation,
                "explain, define, compare, contrast, teach, clarify, illustrate, demonstrate, interpret, evaluate, assess"
            ),
            (
                .transformation,
                """
                summarize, summarise, translate, rewrite, rephrase, paraphrase, proofread, edit, shorten, condense, correct,
                simplify, polish, reword, transcribe, improve, review, analyze, analyse, convert, transform, turn, reformat,
                check, read, revise, critique, restructure, clean, reduce, transpose
                """
            ),
            (
                .sorting,
                """
                classify, categorize, categorise, extract, label, tag, identify, detect, rank, sort, group, match, score, rate,
                count, parse, annotate, predict
                """
            ),
            (
                .programming,
                "implement, code, debug, refactor, fix, program, optimize, optimise, deploy, configure, port, migrate, solve"
            ),
            (.question, "calculate, compute, answer, convert, determine, estimate, prove, verify"),
        ]
        var verbs: [String: TaskSort] = [:]
        for (sort, names) in lists { for name in list(names) where verbs[name] == nil { verbs[name] = sort } }
        return verbs
    }()

    /// Verbs that say how, not what. Alone they are a task; beside another one they belong to it.
    static let secondary: Set<String> = [
        "respond", "reply", "return", "output", "format", "answer", "add", "print", "check",
    ]

    /// Verbs that say how, and are never a task.
    static let manner: Set<String> = [
        "use", "include", "avoid", "keep", "ensure", "limit", "focus", "follow", "stick", "remember", "don't", "do",
        "never",
        "always", "be", "mention", "assume", "start", "begin", "end", "cite", "skip", "exclude", "ignore", "consider",
        "respect", "maintain", "preserve", "leave", "refrain", "treat", "wait", "ask", "note", "stay", "base", "pay",
    ]

    /// Transforming verbs with a colon after them point to material.
    static func worksOnMaterial(_ verb: String) -> Bool {
        let sort = tasks[verb]
        return sort == .transformation || sort == .sorting
    }

    static let questionWords: Set<String> = [
        "what", "why", "how", "who", "whom", "whose", "where", "when", "which", "what's", "who's", "where's", "how's",
    ]
    static let auxiliaries: Set<String> = [
        "is", "are", "do", "does", "did", "can", "could", "should", "would", "will", "was", "were", "has", "have",
        "many",
        "much", "to", "long", "often", "am",
    ]

    /// What may stand before the verb of an instruction.
    static let politeness = PhraseTable([
        (
            .nothing,
            """
            please, kindly, now, then, also, first, second, third, next, finally, lastly, and, so, just, hi, hello, hey, ok, okay,
            but, or, secondly, thirdly, firstly, afterwards, can you, could you, would you, will you, can you please,
            could you please, i want you to, i need you to, i'd like you to, i would like you to, you should, you must, you will,
            you need to, you have to, your task is to, your job is to, your goal is to, your role is to, help me, help me to, let's,
            let us, i want to, i need to, i would like to, i'd like to, we need to, we want to, try to, the task is to, carefully,
            go ahead and, feel free to, thanks
            """
        )
    ])

    /// Wishes that name a thing and no verb.
    static let wishes: [[String]] = list(
        "i need, i want, we need, we want, i'm looking for, i am looking for, i would like, i'd like, looking for, any ideas, ideas for"
    ).map { $0.split(separator: " ").map(String.init) }

    /// Words that begin a phrase before the instruction: "In two sentences, explain …".
    static let introductions: Set<String> = [
        "in", "as", "using", "for", "given", "with", "based", "from", "after", "before", "when", "if", "to", "like",
        "since",
        "without", "imagine", "assuming", "considering", "on", "by", "because", "acting",
    ]
}
