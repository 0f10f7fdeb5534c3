/// Words for people whom a message tells of, folded.
enum PeopleWords {
    /// A question may be about them: "Can my wife come along?"
    static let family: Set<String> = [
        "husband", "wife", "partner", "spouse", "boyfriend", "girlfriend", "fiance", "fiancee", "mother", "mom", "mum",
        "mummy", "father", "dad", "daddy", "parents", "sister", "brother", "son", "daughter", "child", "children",
        "grandmother", "grandma", "granny", "gran", "grandfather", "grandpa", "grandad", "grandson", "granddaughter",
        "stepson", "stepdaughter",
    ]
    /// Nobody's subject: "my cousin Tobias asks".
    static let others: Set<String> = [
        "friend", "friends", "cousin", "colleague", "colleagues", "neighbour", "neighbor", "buddy", "mate", "bestie",
        "classmate", "roommate", "flatmate", "boss", "teacher", "professor", "niece", "nephew", "aunt", "uncle",
    ]
}
