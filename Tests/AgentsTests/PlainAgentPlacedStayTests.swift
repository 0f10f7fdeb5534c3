import Testing

@testable import Agents

/// Days in a known place are counted, or said not to count, whatever other words a message has.
@Suite struct PlainAgentPlacedStayTests {
    private static let today = CalendarDay(year: 2026, month: 7, day: 15)!

    private static func finding(_ text: String, earlier: [String] = []) -> SchengenTool.Finding? {
        SchengenTool.finding(for: text, earlier: earlier, today: today)
    }

    /// A line each: days used, a bar, the message.
    private static let counted = """
        10|I was in London from 1 May 2026 to 31 May 2026 and in Paris from 2 June 2026 to 11 June 2026. How many days?
        0|I was in Ireland from 1 May to 30 May 2026
        10|I spent 1 to 20 March 2026 in Istanbul and 1 to 10 April 2026 in Rome
        20|Croatia 1 June 2026 to 20 June 2026
        5|My passport was issued on 1 May 2020 and expires on 1 May 2030. I was in Greece 1 to 5 June 2026
        12|Switzerland 1 to 10 June 2026 and Liechtenstein 11 to 12 June 2026
        0|I was in Albania 1-30 June 2026 and in Serbia in July 2026
        10|Canary Islands 1 to 10 May 2026
        0|French Guiana 1 to 10 May 2026
        0|Andorra 1 to 10 May 2026
        0|Réunion, 1 to 10 May 2026
        10|I flew from New York to Madrid on 1 May 2026 and back on 10 May 2026
        7|I was born on 3 March 1990; Norway 1-7 July 2026
        9|We toured Poland from the 3rd to the 11th of May 2026
        6|Lisbon, June 2–7, 2026
        6|I stayed in Vienna June 2 through June 7, 2026
        20|Tenerife 1.5. - 20.5.2026
        10|Ich war vom 1. bis 10. Mai 2026 in Österreich
        31|Ich war vom 1. Mai 2026 bis 31. Mai 2026 in Spanien
        0|Ich war vom 1. bis 10. Mai 2026 in Albanien
        10|J'étais en Espagne du 1er au 10 mai 2026
        0|J'étais au Maroc du 1er au 10 mai 2026
        10|Estuve en Italia del 1 al 10 de mayo de 2026
        0|Estuve en Inglaterra del 1 al 10 de mayo de 2026
        15|I flew from Toronto to Frankfurt on 1 June 2026 and flew home on 15 June 2026
        10|I took the train to Budapest on 1 June 2026 and left on 10 June 2026
        10|I drove from Serbia to Hungary on 1 June 2026 and returned to Serbia on 10 June 2026
        10|Landed in Oslo on 1 June 2026, departed 10 June 2026
        10|Arriving in Lisbon on 1 June 2026, departing 10 June 2026
        45|I have been in Spain since 1 June 2026
        10|My birthday is 4 June 1988 and I was in Malta from 1 June 2026 to 10 June 2026
        10|My ID card expires 3 March 2031. Slovenia 1 June 2026 - 10 June 2026
        0|I was in Cyprus from 1 June 2026 to 20 June 2026
        10|Azores 1 to 10 June 2026, then Greenland 11 to 20 June 2026
        0|Faroe Islands 1 to 10 June 2026
        0|I was in the Dominican Republic between the 3rd and 9th of May 2026
        7|I was in Estonia between the 3rd and 9th of May 2026
        10|1-10 June 2026: Madeira. 11-20 June 2026: Morocco.
        0|Kosovo and North Macedonia 1 to 10 June 2026
        0|Bosnia, 1 to 10 June 2026; Montenegro, 11 to 20 June 2026
        31|I spent the whole of May 2026 in Portugal
        0|I spent May 2026 in Georgia
        0|I spent April to June 2026 in Thailand
        10|Prague 1/6/2026 to 10/6/2026, day first
        30|I'm a US citizen. I was in Spain from 1 June 2026 to 30 June 2026
        30|I live in Dubai. I visited Athens from 1 June 2026 to 30 June 2026
        10|I was in Italy from 1 June 2026 to 10 June 2026 for work
        20|Bulgaria 1 to 10 May 2026, Romania 11 to 20 May 2026
        0|Isle of Man 1 to 10 May 2026
        10|I hiked in Iceland from 1 June 2026 to 10 June 2026
        7|I flew from London to Nice on 3 June 2026 and from Nice to London on 9 June 2026
        10|I have a UK residence permit and was in Paris 1 to 10 June 2026
        5|Work trip to Munich 1 to 5 June 2026
        5|I stayed in Åland 1 to 5 June 2026
        8|Trip to Iceland, June 5 to June 12, 2026
        43|I entered Greece on 3 June 2026 and I am still there
        10|Arrived Rome 2026-06-01, left Rome 2026-06-10, arrived Tirana 2026-06-10, left Tirana 2026-06-20
        10|Ich war vom 3.6. bis 12.6.2026 in Kroatien und vom 13.6. bis 20.6.2026 in Bosnien
        10|Je suis arrivé en Grèce le 3 juin 2026 et reparti le 12 juin 2026
        10|Llegué a España el 3 de junio de 2026 y salí el 12 de junio de 2026
        0|I was at home in Kenya from 1 May 2026 to 10 May 2026
        """.split(separator: "\n")

    @Test(arguments: counted)
    func `are counted where the place is in the area, and not where it is outside`(line: Substring) throws {
        let parts = line.split(separator: "|", maxSplits: 1)
        let finding = try #require(Self.finding(String(parts[1])), "\(parts[1])")
        let text = finding.lines.joined(separator: "\n")
        #expect(finding.kind == .count && text.contains("In them \(parts[0]) day"), "\(parts[1]): \(text)")
    }

    /// A line each: a part of the question, a bar, the message.
    private static let asked = """
        Article 6(2)|I have a German residence permit. I was in Berlin 1 January 2026 to 30 June 2026
        Article 6(2)|I hold a French D visa valid 1 January 2026 to 30 June 2026
        Article 6(2)|I had a student visa for Spain from 1 September 2025 to 30 June 2026
        Article 6(2)|With my Portuguese work permit I was in Lisbon from 1 January 2026 to 30 June 2026
        Article 6(2)|Mein Aufenthaltstitel gilt vom 1. Januar 2026 bis 30. Juni 2026
        Article 6(2)|J'ai une carte de séjour, j'étais à Lyon du 1er janvier 2026 au 30 juin 2026
        Article 6(2)|Tengo permiso de residencia en España. Estuve en Madrid del 1 de enero de 2026 al 30 de junio de 2026
        freely|I am a Spanish citizen, I was in Italy 1 Jan 2026 to 30 June 2026
        freely|We're Italian and were in Greece from 1 January 2026 to 30 June 2026
        freely|As a Dutch national I stayed in France 1 January 2026 to 30 June 2026
        freely|I am from Norway and spent 1 January 2026 to 30 June 2026 in Spain
        freely|Soy español, estuve en Francia del 1 de enero de 2026 al 30 de junio de 2026
        freely|Ich bin Schweizer und war vom 1. Januar 2026 bis 30. Juni 2026 in Italien
        Whose days|My wife is German and I was with her in Portugal 1 May to 20 May 2026
        Whose days|My husband is a Dutch national; we were in Spain 1 to 20 May 2026
        Whose days|I am married to an Italian and stayed in Rome 1 to 20 May 2026
        Whose days|I was with my Polish wife in Warsaw from 1 May 2026 to 20 May 2026
        Whose days|Meine Frau ist Deutsche. Ich war vom 1. bis 20. Mai 2026 in Berlin
        Whose days|Ma femme est française, j'étais à Nice du 1er au 20 mai 2026
        entered|I left Spain on 3 May 2026 and came back on 20 May 2026
        entered|I left Italy on 3 May 2026 and returned on 20 May 2026
        day first|I was in Rome from 03/05/2026 to 04/06/2026
        Which year|I was in Rome from 3 May to 4 June
        France|Monaco 1 to 10 May 2026
        Italy|San Marino 1 to 3 May 2026
        Italy|I was in the Vatican from 1 May 2026 to 3 May 2026
        British|Gibraltar 1 to 10 May 2026
        do not know whether|I was in Muggia from 1 May 2026 to 10 May 2026
        cannot tell|Ich bin am 3. Juni 2026 nach Spanien geflogen und am 12. Juni 2026 zurück
        Norwegian|I was in Svalbard from 1 May 2026 to 10 May 2026
        Which days|I was in Italy in May 2026
        Which days|I stayed in Berlin in June 2026
        """.split(separator: "\n")

    @Test(arguments: asked)
    func `are asked about where something else decides`(line: Substring) throws {
        let parts = line.split(separator: "|", maxSplits: 1)
        let finding = try #require(Self.finding(String(parts[1])), "\(parts[1])")
        let text = finding.lines.joined(separator: "\n")
        #expect(finding.isQuestion && text.contains(parts[0]), "\(parts[1]): \(text)")
    }

    /// A line each: a part of the answer, a bar, the message.
    private static let said = """
        may stay 30 days|My visa is valid from 1 September 2026 to 31 December 2026 for 30 days and I enter on 5 September 2026
        is no stay|My visa is valid from 1 September 2026 to 31 December 2026
        is no stay|My Italian visa is valid from 1 September 2026 to 28 February 2027. Does that mean I can be there all the time?
        Days in Bulgaria count from 31 March 2024|Is Bulgaria a Schengen country?
        of which 10 are used|My visa allows 45 days between 1 May 2026 and 31 October 2026. I was in France from 3 May 2026 to 12 May 2026.
        Days in Croatia count from 1 January 2023|Is Croatia in Schengen?
        Days in Ireland do not count|Do days in Ireland count?
        Days in Andorra do not count|Does my time in Andorra count towards the 90 days?
        Days in Réunion do not count|Do days in Réunion count?
        Monaco is not a Schengen state|Does Monaco count as Schengen?
        Days in Switzerland count|Is Switzerland part of the Schengen area?
        Days in Albania do not count|Do weeks in Albania count?
        Ireland is not in the Schengen area|I was in Ireland from 1 May to 30 May 2026
        French Guiana is not in the Schengen area|French Guiana 1 to 10 May 2026
        """.split(separator: "\n")

    @Test(arguments: said)
    func `are explained`(line: Substring) throws {
        let parts = line.split(separator: "|", maxSplits: 1)
        let finding = try #require(Self.finding(String(parts[1])), "\(parts[1])")
        #expect(
            !finding.isQuestion && finding.lines.joined(separator: "\n").contains(parts[0]),
            "\(parts[1]): \(finding.lines)")
    }

    @Test(
        arguments: [
            "Hello", "Which visa do I need to study in Germany?", "My passport expires on 3 May 2027",
            "I have an appointment at the German embassy on 3 May 2027",
            "Do I need a Schengen visa for Croatia?", "My US student visa is valid from 1 May 2026 to 1 May 2027",
            "How long does a Schengen visa take?", "I live in Spain",
            "My UK visa is valid from 1 May 2026 to 1 June 2026",
            "I was born in Paris on 3 May 1990", "I married in Rome on 3 May 2020",
        ])
    func `messages on other matters start no count`(message: String) {
        #expect(Self.finding(message) == nil)
    }

    @Test func `a question about papers is for the documents first`() {
        #expect(
            Self.finding("I want to study in Germany from 1 October 2026 to 30 September 2027, which visa do I need?")?
                .isBeside
                == true)
        #expect(
            Self.finding("I am in the UK from 1 May 2026 to 30 May 2026, how many days can I stay?")?.isBeside == true)
        #expect(Self.finding("I was in Rome from 1 May 2026 to 30 May 2026")?.isBeside == false)
    }

    @Test func `dates that follow a question for them are the stays`() throws {
        let question = "How many Schengen days do I have left on 1 August 2026?"
        let finding = try #require(Self.finding("1 June 2026 to 10 June 2026", earlier: [question]))
        #expect(finding.lines.contains { $0.contains("On 1 August 2026") && $0.contains("In them 10 days") })
        #expect(Self.finding("1 June 2026 to 10 June 2026", earlier: ["Hello"]) == nil)
        let next = try #require(
            Self.finding("And on 1 August 2026?", earlier: ["I was in Rome from 1 June 2026 to 10 June 2026"]))
        #expect(next.lines.contains { $0.contains("On 1 August 2026") && $0.contains("In them 10 days") })
    }
}
