/// Reads whether well-known books are wanted or hidden ones.
enum FameReader {
    static func read(_ tokens: [Token]) -> Int { phrases.first(in: tokens)?.value ?? 0 }

    private static let phrases = PhraseTable<Int>([
        (
            -1,
            """
            lesser known;less known;little known;not well known;obscure;hidden gem;hidden gems;underrated;overlooked;forgotten;neglected;\
            may not know;might not know;dont know yet;havent heard of;never heard of;off the beaten track;off the beaten path;unknown;not famous;\
            less famous;rarely read
            """
        ),
        (
            1,
            """
            famous;well known;best known;most famous;must read;must reads;essential;essentials;greatest;place to start;where to start;where do i start;\
            where should i start;start with;which first;ones first;which one first;most popular;popular;everyone should read;best of;the best
            """
        ),
    ])
}
