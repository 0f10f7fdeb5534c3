import PromptAnalysis
import Testing

@Suite struct KindsTests {
    @Test(arguments: Corpus.all)
    func `a prompt shows what is the matter with it, and nothing else is claimed`(_ example: Case) {
        let analysis = PromptAnalyser().analyse(example.prompt)
        let kinds = Set(analysis.insights.map(\.kind))
        let missing = example.seen.subtracting(kinds).map(\.rawValue).sorted()
        let wrong = example.unseen.intersection(kinds).map(\.rawValue).sorted()
        #expect(missing.isEmpty, "\(example.prompt)")
        #expect(wrong.isEmpty, "\(example.prompt)")
    }
}
