import Testing

@testable import Agents

@Suite struct ForeignQuestionTests {
    @Test(
        arguments: [
            ("Volle Analyse von DEMO1", "full analysis"), ("Wo werden meine Daten gespeichert?", "data"),
            ("Erklär mir die Photosynthese", "photosynthesis"),
            ("je dois apprendre la photosynthèse", "photosynthesis"),
            ("¿Cómo puedo borrar mis datos?", "delete"), ("danke", "thanks"),
        ])
    func `questions in other languages are put into English`(message: String, english: String) throws {
        let question = try #require(ForeignQuestion(message))
        #expect(question.text.contains(english), "\(question.text)")
    }

    @Test(arguments: [
        "quiz me", "visa", "What is a transit visa?", "DEMO1", "compare DEMO1 and DEMO2", "the risk of it",
        "will DEMO1 recover?", "was DEMO1 so high?", "",
    ])
    func `English questions are what they are`(message: String) {
        #expect(ForeignQuestion(message) == nil)
    }
}
