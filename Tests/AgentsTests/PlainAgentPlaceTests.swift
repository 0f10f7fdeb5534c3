import Testing

@testable import Agents

/// Where somebody was decides whether a day counts.
@Suite struct PlainAgentPlaceTests {
    private static let today = CalendarDay(year: 2026, month: 11, day: 21)!

    private static func finding(_ text: String, earlier: [String] = []) -> SchengenTool.Finding? {
        SchengenTool.finding(for: text, earlier: earlier, today: today)
    }

    /// A line each: days used, a bar, the message.
    private static let counted = """
        10|I was in the UK 2026-07-01 to 2026-07-31 and in France 2026-08-01 to 2026-08-10. How many Schengen days used on 2026-09-01?
        10|I was in Ireland from 1 July 2026 to 30 July 2026 and in Spain from 1 August 2026 to 10 August 2026. How many Schengen days have I used on 1 September 2026?
        0|I was in Ireland from 1 July 2026 to 30 July 2026. How many Schengen days used on 1 September 2026?
        0|I was in Turkey from 1 July 2026 to 30 July 2026. How many Schengen days used on 1 September 2026?
        0|I was in London from 1 July 2026 to 30 July 2026. How many Schengen days used on 1 September 2026?
        0|I was outside the Schengen area from 1 June 2026 to 31 August 2026. How many days used on 1 September 2026?
        0|I was not in Schengen from 1 June 2026 to 31 August 2026. How many Schengen days have I used on 1 September 2026?
        0|I wasn't in the Schengen area from 2026-06-01 to 2026-08-31, how many days left on 2026-09-01?
        30|I'm not an EU citizen. I was in Schengen from 1 May 2026 to 30 May 2026. Days used on 1 June 2026?
        30|I am a US citizen and was in Schengen from 1 May 2026 to 30 May 2026. How many days used on 1 June 2026?
        30|Indian passport, no residence permit. In Schengen from 1 May 2026 to 30 May 2026. How many days used on 1 June 2026?
        0|I was in Croatia from 1 June 2022 to 30 June 2022. How many Schengen days used on 1 July 2022?
        10|I was in Croatia from 20 December 2022 to 10 January 2023. How many Schengen days used on 11 January 2023?
        30|I was in Croatia from 1 June 2024 to 30 June 2024. How many Schengen days used on 1 July 2024?
        0|I was in Bulgaria from 1 January 2024 to 30 January 2024. Schengen days used on 1 March 2024?
        10|I was in Romania from 1 March 2024 to 9 April 2024. Schengen days used on 15 April 2024?
        30|I was in Sofia from 1 June 2025 to 30 June 2025. Schengen days used on 1 July 2025?
        10|My birthday is 3 May 1990. I was in Schengen from 1 July 2026 to 10 July 2026. Days used on 1 August 2026?
        10|I applied on 3 March 2026, my passport expires on 4 May 2030, and I was in Italy from 1 July 2026 to 10 July 2026. Schengen days used on 1 August 2026?
        10|Today is 1 August 2026. I was in Schengen from 1 July 2026 to 10 July 2026. How many days have I used?
        20|I entered Schengen on 1 May 2026, left on 10 May 2026, returned on 20 May 2026 and left on 29 May 2026. How many days used on 1 June 2026?
        10|I entered Spain on 1 May 2026 and left on 10 May 2026. May I return on 1 June 2026 under Schengen rules?
        22|I entered Schengen on 1 May 2026. I left on 10 May 2026 and came back on 20 May 2026. How many days used on 31 May 2026?
        0|I was in Bali from 1 May 2026 to 30 May 2026. Schengen days used on 1 June 2026?
        0|i was in turkey from 1 may 2026 to 30 may 2026. how many schengen days used on 1 june 2026?
        0|i was in cyprus from 1 may 2026 to 30 may 2026. how many schengen days used on 1 june 2026?
        0|From 1 May 2026 to 30 May 2026 I was in Dublin. How many Schengen days used on 1 June 2026?
        10|From 1 May 2026 to 10 May 2026 I was in France, and from 11 May 2026 to 30 May 2026 in Ireland. Schengen days used on 1 June 2026?
        10|UK: 2026-05-11 to 2026-05-30. France: 2026-05-01 to 2026-05-10. Schengen days used on 2026-06-01?
        30|I live in London. I was in Spain from 1 May 2026 to 30 May 2026. How many Schengen days used on 1 June 2026?
        30|I am from Turkey. I was in Schengen from 1 May 2026 to 30 May 2026. How many days used on 1 June 2026?
        10|I entered France on 1 May 2026 and returned to the UK on 10 May 2026. How many Schengen days used on 1 June 2026?
        10|I flew from Istanbul to Paris on 1 May 2026 and left on 10 May 2026. How many Schengen days used on 1 June 2026?
        10|I was in Schengen from 1 May 2026 to 10 May 2026. I have been back home since 11 May 2026. Days used on 1 June 2026?
        20|In Paris 2026-05-01 to 2026-05-10, in Rome 2026-05-11 to 2026-05-20. Schengen days used on 2026-06-01?
        0|Ich war 01.05.2026 - 30.05.2026 in Großbritannien. Schengen am 01.06.2026?
        0|Ich war vom 01.05.2026 bis 30.05.2026 in der Türkei. Wie viele Schengen Tage am 01.06.2026?
        30|Ich war vom 01.05.2026 bis 30.05.2026 in Frankreich. Wie viele Schengen Tage am 01.06.2026?
        0|J'étais en Irlande du 01.05.2026 au 30.05.2026. Combien de jours Schengen le 01.06.2026?
        30|J'étais en Espagne du 01.05.2026 au 30.05.2026. Combien de jours Schengen le 01.06.2026?
        0|Estuve en Reino Unido del 01.05.2026 al 30.05.2026. ¿Cuántos días Schengen el 01.06.2026?
        0|Ich war nicht im Schengenraum 01.05.2026 - 30.05.2026. Schengen Tage am 01.06.2026?
        39|I was in the Schengen area from 3 May 2026 to 10 June 2026. How many days do I have left on 1 July 2026?
        89|In Schengen from 1 Mar 2026 to 30 Mar 2026, from 2026-06-01 to 2026-07-30. How many days have I left on 28 August 2026?
        95|Schengen: entered 1 January 2026, left 5 April 2026. How many days used on 5 April 2026?
        9|Schengen from 2026-05-01 to 2026-05-09, how many days left on 2026-06-01?
        0|I was never in Schengen from 1 May 2026 to 30 May 2026. Days used on 1 June 2026?
        10|In Germany from 1 July 2026 to 10 July 2026 (my visa was issued on 1 June 2026). Schengen days used on 1 August 2026?
        10|I was in Norway from 1 May 2026 to 10 May 2026 and in Serbia from 11 May 2026 to 30 May 2026; Schengen days used on 1 June 2026?
        0|I was in New York 2026-05-01 - 2026-05-30, Schengen days used on 2026-06-01?
        30|Holiday in the Netherlands 2026-05-01 - 2026-05-30, Schengen days used on 2026-06-01?
        30|Czech Republic 2026-05-01 - 2026-05-30, Schengen days used on 2026-06-01?
        10|Entry 1 May 2026, exit 10 May 2026. How many Schengen days used on 1 June 2026?
        30|I visited my aunt in Lyon from 1 May 2026 to 30 May 2026. Schengen days used on 1 June 2026?
        0|I was away from 1 May 2026 to 30 May 2026. Schengen days used on 1 June 2026?
        30|I was in Schengen from 1 May 2026 to 30 May 2026. Will I still be OK if I fly to London on 5 June 2026?
        10|I was in Barcelona from 1 May 2026 to 10 May 2026, then in Morocco from 11 May 2026 to 20 May 2026. How many Schengen days left on 1 June 2026?
        30|I was in Schengen with a UK residence permit from 1 May 2026 to 30 May 2026. Days used on 1 June 2026?
        30|I am a British citizen. I was in Spain from 1 May 2026 to 30 May 2026. Schengen days used on 1 June 2026?
        30|As a Canadian I was in Italy from 1 May 2026 to 30 May 2026. Schengen days used on 1 June 2026?
        30|I hold an Indian passport and a Schengen visa type C. In Schengen from 1 May 2026 to 30 May 2026. Days used on 1 June 2026?
        30|I have a US green card. In Schengen from 1 May 2026 to 30 May 2026. Days used on 1 June 2026?
        30|My Schengen visa is valid from 1 April 2026 to 30 September 2026. I was in Schengen from 1 May 2026 to 30 May 2026. Days used on 1 June 2026?
        0|My visa is valid from 1 April 2026 to 30 September 2026. How many Schengen days do I have left on 1 June 2026?
        30|Visa issued on 1 April 2026. Schengen from 1 May 2026 to 30 May 2026. Days used on 1 June 2026?
        30|Flight booked on 3 April 2026; Schengen from 1 May 2026 to 30 May 2026. Days used on 1 June 2026?
        30|Schengen from 1 May 2026 to 30 May 2026. My passport is valid until 1 June 2027. Days used on 1 June 2026?
        30|Born 12 December 1980. Schengen 1 May 2026 to 30 May 2026. Used on 1 June 2026?
        30|Schengen 1 May 2026 to 30 May 2026, interview at the embassy on 15 June 2026. Days used on 1 June 2026?
        30|It is 1 June 2026 today. I was in Schengen from 1 May 2026 to 30 May 2026. Days left?
        10|I spent 1 May 2026 to 10 May 2026 in Spain and 11 May 2026 to 30 May 2026 in Morocco, Schengen days used on 1 June 2026?
        0|I spent 1 May 2026 to 10 May 2026 in Northern Ireland, Schengen days used on 1 June 2026?
        0|I was in Edinburgh, Scotland, from 1 May 2026 to 10 May 2026; Schengen days used on 1 June 2026?
        10|I was in Marbella, Spain, from 1 May 2026 to 10 May 2026; Schengen days used on 1 June 2026?
        10|I was in Nice from 1 May 2026 to 10 May 2026; Schengen days used on 1 June 2026?
        0|I was in Tirana from 1 May 2026 to 10 May 2026; Schengen days used on 1 June 2026?
        0|I was in Belgrade from 1 May 2026 to 10 May 2026; Schengen days used on 1 June 2026?
        0|I was in the USA from 1 May 2026 to 10 May 2026; Schengen days used on 1 June 2026?
        0|I was in the U.S. from 1 May 2026 to 10 May 2026; Schengen days used on 1 June 2026?
        0|I was in the U.K. from 1 May 2026 to 10 May 2026; Schengen days used on 1 June 2026?
        0|1 May 2026 to 10 May 2026 in Istanbul; Schengen days used on 1 June 2026?
        0|My trip to Ireland was from 1 May 2026 to 10 May 2026; Schengen days used on 1 June 2026?
        0|I went to Dubai from 1 May 2026 to 10 May 2026; Schengen days used on 1 June 2026?
        10|I went to Lisbon from 1 May 2026 to 10 May 2026; Schengen days used on 1 June 2026?
        0|I left the Schengen area and was at home from 1 May 2026 to 10 May 2026; Schengen days used on 1 June 2026?
        0|From 1 May 2026 to 10 May 2026 I was not in any Schengen country; Schengen days used on 1 June 2026?
        0|I did not enter Schengen from 1 May 2026 to 10 May 2026; days used on 1 June 2026?
        0|I was in a non-Schengen country from 1 May 2026 to 10 May 2026; Schengen days used on 1 June 2026?
        0|Non-Schengen: 1 May 2026 to 10 May 2026. Schengen days used on 1 June 2026?
        0|I spent 1 May 2026 to 10 May 2026 outside of Schengen, days used on 1 June 2026?
        0|I was out of the Schengen area from 1 May 2026 to 10 May 2026, days used on 1 June 2026?
        0|hors de l'espace Schengen 01.05.2026 - 10.05.2026, Schengen jours le 01.06.2026?
        0|ausserhalb des Schengenraums 01.05.2026 - 10.05.2026, Schengen Tage am 01.06.2026?
        0|fuera del espacio Schengen 01.05.2026 - 10.05.2026, días Schengen el 01.06.2026?
        20|I was in Schengen from 1 May 2026 to 10 May 2026, outside from 11 May 2026 to 31 May 2026, and in Schengen again from 1 June 2026 to 10 June 2026. Days used on 15 June 2026?
        20|In Spain 1 May 2026 - 10 May 2026; in Britain 11 May 2026 - 31 May 2026; in Spain 1 June 2026 - 10 June 2026. Schengen days used on 15 June 2026?
        42|I entered on 1 May 2026, left on 10 May 2026, entered again on 20 May 2026 and am still in Schengen. Days used on 20 June 2026?
        42|I entered on 1 May 2026, left on 10 May 2026, returned on 20 May 2026. Schengen days used on 20 June 2026?
        20|Entered Germany 1 May 2026. Left 10 May 2026. Entered Germany 20 May 2026. Left 29 May 2026. Schengen days used on 20 June 2026?
        10|I arrived in Rome on 1 May 2026 and flew home on 10 May 2026. How many Schengen days used on 1 June 2026?
        10|I arrived in Rome on 1 May 2026 and flew to London on 10 May 2026. How many Schengen days used on 1 June 2026?
        10|I crossed from Serbia into Hungary on 1 May 2026 and left on 10 May 2026. Schengen days used on 1 June 2026?
        0|I crossed into Serbia from Hungary on 1 May 2026 and stayed in Serbia until 10 May 2026. Schengen days used on 1 June 2026?
        0|I was in Greenland from 1 May 2026 to 10 May 2026. Schengen days used on 1 June 2026?
        0|I was in Martinique from 1 May 2026 to 10 May 2026. Schengen days used on 1 June 2026?
        10|I was in Tenerife from 1 May 2026 to 10 May 2026. Schengen days used on 1 June 2026?
        5|I was in Zagreb from 28 December 2022 to 5 January 2023. Schengen days used on 10 January 2023?
        11|I was in Bucharest from 20 March 2024 to 10 April 2024. Schengen days used on 12 April 2024?
        30|I was in Romania and Bulgaria from 1 May 2025 to 30 May 2025. Schengen days used on 12 June 2025?
        20|I was in Schengen from 1 May 2026 to 20 May 2026. I plan to be in Turkey from 1 July 2026 to 10 July 2026. Schengen days used on 1 August 2026?
        10|I visited Prague (1 May 2026 to 10 May 2026) and Kyiv (11 May 2026 to 20 May 2026). Schengen days used on 1 June 2026?
        10|Prague 1 May 2026 to 10 May 2026, Kyiv 11 May 2026 to 20 May 2026: Schengen days used on 1 June 2026?
        10|I stayed in Paris from 1 May 2026 to 10 May 2026 with my friend from London. Schengen days used on 1 June 2026?
        10|I stayed with my brother who lives in London, then in Paris from 1 May 2026 to 10 May 2026. Schengen days used on 1 June 2026?
        10|After London I was in Paris from 1 May 2026 to 10 May 2026. Schengen days used on 1 June 2026?
        0|After Paris I was in London from 1 May 2026 to 10 May 2026. Schengen days used on 1 June 2026?
        10|Schengen 1.5.2026-10.5.2026, UK 11.5.2026-20.5.2026, used on 1.6.2026?
        """.split(separator: "\n")

    @Test(arguments: counted)
    func `only days that are said to be in the area count`(line: Substring) throws {
        let parts = line.split(separator: "|", maxSplits: 1)
        let finding = try #require(Self.finding(String(parts[1])))
        let text = finding.lines.joined(separator: "\n")
        #expect(!finding.isQuestion && text.contains("In them \(parts[0]) day"), "\(text)")
    }

    /// A line each: a part of the question, a bar, the message.
    private static let asked = """
        Article 6(2)|I have a German residence permit and was in Germany from 1 January 2026 to 31 August 2026. How many Schengen days do I have left on 1 September 2026?
        Article 6(2)|I was in France on a French D visa from 1 January 2026 to 31 August 2026. How many Schengen days left?
        Article 6(2)|With my long-stay visa I stayed in France 2026-01-01 to 2026-08-31, Schengen days?
        Article 6(2)|Ich habe einen Aufenthaltstitel. Schengen 01.01.2026 - 31.08.2026?
        Article 6(2)|J'ai un titre de séjour. Schengen 01.01.2026 - 31.08.2026?
        Article 6(2)|Tengo permiso de residencia. Schengen 01.01.2026 - 31.08.2026?
        Article 6(2)|I was in Italy on a national visa (type D) from 1 March 2026 to 1 June 2026, how many Schengen days used?
        freely|I am a Spanish citizen. I was in France from 1 May 2026 to 30 August 2026. Schengen days left?
        freely|I'm Spanish, in France from 1 May 2026 to 30 August 2026. How many Schengen days do I have left?
        freely|As an EU citizen I was in Schengen from 1 May 2026 to 30 August 2026. Days left?
        freely|I hold an Irish passport. In Schengen from 1 May 2026 to 30 August 2026. Did I overstay?
        freely|I am a citizen of Switzerland, in Schengen from 1 May 2026 to 30 August 2026, days left?
        Whose days|My wife is a German citizen. We were in Schengen from 1 May 2026 to 30 May 2026. Days left?
        entered|I left Schengen on 10 May 2026 and returned on 20 May 2026. How many days left on 1 June 2026?
        separate|In Schengen from 1 May 2026 to 30 May 2026 except 10 to 15 May 2026 in London. How many days?
        separate|I was in Schengen from 1 May 2026 to 30 May 2026, except for a trip to Ireland. Days used?
        |I was in France and Ireland from 1 May 2026 to 30 May 2026. Schengen days used on 1 June 2026?
        |I was in Europe from 1 May 2026 to 30 May 2026. Schengen days used on 1 June 2026?
        |I was in the EU from 1 May 2026 to 30 May 2026. Schengen days used on 1 June 2026?
        Ubud|I was in Ubud from 1 May 2026 to 30 May 2026. Schengen days used on 1 June 2026?
        |In Schengen from 1 May 2026 to 10 May 2026 in London. Days used on 1 June 2026?
        |I was in the UK from 1 May 2026 to 10 May 2026 and from 1 June 2026 to 10 June 2026. Schengen days used on 1 July 2026?
        not the same|Between 1 May 2026 and 30 May 2026 I was in Europe, Schengen days left?
        |I travelled around the Balkans from 1 May 2026 to 30 May 2026. Schengen days used on 1 June 2026?
        Article 6(2)|I lived in Germany with a residence permit until 30 June 2026, then I stayed in Schengen from 1 July 2026 to 10 July 2026. Days left?
        Article 6(2)|My Aufenthaltserlaubnis covers Jan 2026 to Aug 2026; Schengen from 1 January 2026 to 31 August 2026?
        Article 6(2)|I have an EU Blue Card. How many Schengen days do I have left?
        Article 6(2)|I have a student visa for France from 1 September 2026 to 30 June 2027. How many Schengen days?
        Article 6(2)|As a holder of a Spanish residence card I was in Spain 1 January 2026 to 31 August 2026, how many days too many under the 90/180 rule?
        Article 6(2)|my visa is type D, in Schengen from 1 January 2026 to 31 August 2026, days left?
        Article 6(2)|visa long séjour, Schengen 01.01.2026 - 31.08.2026
        freely|I have dual US and Italian citizenship. Schengen from 1 January 2026 to 31 August 2026, days left?
        freely|I am Polish and was in Germany from 1 May 2026 to 31 August 2026, how many Schengen days left?
        freely|We are EU citizens, in Schengen from 1 May 2026 to 31 August 2026; days left?
        freely|Ich bin Unionsbürger. Schengen 01.01.2026 - 31.08.2026?
        freely|Ich bin deutscher Staatsbürger. Schengen 01.01.2026 - 31.08.2026?
        freely|Je suis citoyen français. Schengen 01.01.2026 - 31.08.2026?
        freely|Soy ciudadano español. Schengen 01.01.2026 - 31.08.2026?
        freely|I have a Swiss passport; Schengen 2026-01-01 to 2026-08-31, overstay?
        freely|Norwegian national here. Schengen 2026-01-01 to 2026-08-31, overstay?
        freely|I am a British and Irish dual citizen, Schengen 2026-01-01 to 2026-08-31, overstay?
        |I spent 1 May 2026 to 30 May 2026 in Spain and Morocco, Schengen days used on 1 June 2026?
        |I was in Gibraltar from 1 May 2026 to 10 May 2026. Schengen days used on 1 June 2026?
        |I was in Monaco from 1 May 2026 to 10 May 2026. Schengen days used on 1 June 2026?
        |I was in Romania and Bulgaria from 1 March 2024 to 10 April 2024. Schengen days used on 12 April 2024?
        |I was in Schengen from 1 May 2026 to 30 May 2026 but not from 10 May 2026 to 15 May 2026. Days used on 1 June 2026?
        |I was in Schengen from 1 May 2026 to 30 May 2026 with a break in London from 10 May 2026 to 15 May 2026. Days used on 1 June 2026?
        |I was in Schengen, the UK and Ireland from 1 May 2026 to 20 May 2026. Days used on 1 June 2026?
        |I was there from 1 May 2026 to 10 May 2026 and in London from 11 May 2026 to 20 May 2026. Schengen days used on 1 June 2026?
        """.split(separator: "\n")

    @Test(arguments: asked)
    func `what would be a guess is asked, and what the rule does not cover is said`(line: Substring) throws {
        let parts = line.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        let finding = try #require(Self.finding(String(parts[1])))
        let text = finding.lines.joined(separator: "\n")
        #expect(
            finding.isQuestion && (parts[0].isEmpty || text.lowercased().contains(parts[0].lowercased())), "\(text)")
    }

    /// A line each: what the answer has, a bar, the message.
    private static let said = """
        you may stay 30 days, to 4 October 2026|My visa allows 30 days, valid 1 September 2026 to 31 December 2026, I enter 5 September 2026. How many Schengen days may I stay?
        you may stay 30 days, to 4 October 2026|My Schengen visa allows 30 days and is valid from 1 September 2026 to 31 December 2026. I enter on 5 September 2026. How long may I stay?
        On 1 June 2026|I entered Spain on 1 May 2026 and left on 10 May 2026. May I return on 1 June 2026 under Schengen rules?
        15 days|I have a 15-day Schengen visa valid from 1 May 2026 to 30 June 2026. I enter on 10 May 2026. How many days may I stay?
        15 days, of which 10 are used|My visa for 15 days is valid from 1 April 2026 to 30 September 2026. I was in Schengen from 1 May 2026 to 10 May 2026. Days left on 1 June 2026?
        may stay 5 days|My visa for 15 days is valid from 1 April 2026 to 30 September 2026. I was in Schengen from 1 May 2026 to 10 May 2026. How long may I stay if I enter on 1 June 2026?
        may stay 90|I was in Schengen from 1 January 2026 to 31 March 2026. When may I return?
        you may stay 30 days, to 4 October 2026|My visa allows 30 days, valid 1 September to 31 December 2026, I enter 5 September. How many Schengen days may I stay?
        you may stay 30 days, to 4 October 2026|My Schengen visa allows 30 days and is valid from 1 September to 31 December 2026. I enter on 5 September. How long may I stay?
        you may stay 10 days, to 14 January 2027|My Schengen visa allows 10 days and is valid from 1 December 2026 to 31 January 2027. I enter on 5 January. How long may I stay?
        You name no country|entered on 1 June 2026 left on 29 August 2026 may I return on 20 November 2026
        On 20 November 2026 the 180 days reach back to|entered on 1 June 2026 left on 29 August 2026 may I return on 20 November 2026
        You name no country|I entered on 1 May 2026 and left on 10 May 2026. When can I come back?
        """.split(separator: "\n")

    @Test(arguments: said)
    func `a visa for fewer days is no stay, and its days are the limit`(line: Substring) throws {
        let parts = line.split(separator: "|", maxSplits: 1)
        let finding = try #require(Self.finding(String(parts[1])))
        #expect(!finding.isQuestion && finding.lines.joined(separator: "\n").contains(parts[0]), "\(finding.lines)")
    }

    @Test func `the answer says which days do not count, and why`() throws {
        let both = try #require(
            Self.finding(
                "I was in the UK 2026-07-01 to 2026-07-31 and in France 2026-08-01 to 2026-08-10. How many Schengen days used on "
                    + "2026-09-01?"))
        #expect(
            both.lines.contains(
                "1 July 2026 to 31 July 2026 in the United Kingdom: not counted, since the United Kingdom is not in the Schengen area."
            ))
        let croatia = try #require(
            Self.finding("In Croatia from 20 December 2022 to 10 January 2023, Schengen days used on 11 January 2023?"))
        #expect(croatia.lines.contains { $0.contains("its days count from 1 January 2023 on") })
        let romania = try #require(
            Self.finding("In Romania from 1 March 2024 to 9 April 2024, Schengen days used on 15 April 2024?"))
        #expect(romania.lines.contains { $0.contains("from 31 March 2024 on") && $0.contains("1 January 2025") })
    }

    @Test func `how long one may stay in another country is for the documents first`() throws {
        let kingdom = try #require(
            Self.finding("I am in the UK from 1 May 2026 to 30 May 2026, how many days can I stay?"))
        #expect(kingdom.isBeside && kingdom.lines[0].contains("not counted"))
        let spain = try #require(
            Self.finding("I am in Spain from 1 May 2026 to 30 May 2026, how many days can I stay?"))
        #expect(!spain.isBeside)
    }

    @Test(arguments: 0..<8)
    func `every shape of a plain question is counted as day by day`(form: Int) throws {
        let joints = [
            "from %a to %b", "from %a until %b", "%a - %b", "between %a and %b", "%a to %b",
            "entered on %a and left on %b",
            "arrived %a, left %b", "from %a through %b",
        ]
        var seed: UInt64 = 7 &+ UInt64(form)
        func random(_ count: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % count
        }
        for round in 0..<30 {
            var day = CalendarDay(year: 2025, month: 1, day: 1)! + random(500)
            var present: Set<Int> = []
            var stays: [String] = []
            for _ in 0...random(4) {
                let first = day + (1 + random(50))
                let last = first + random(25)
                present.formUnion(first.number...last.number)
                stays.append(
                    String(
                        joints[form].split(separator: "%a", omittingEmptySubsequences: false).joined(
                            separator: first.name
                        )
                        .split(separator: "%b", omittingEmptySubsequences: false).joined(separator: last.name)))
                day = last
            }
            let asked = day + (1 + random(120))
            let used = (asked.number - 179...asked.number).filter(present.contains).count
            let place = ["the Schengen area", "Spain", "Oslo", "Schengen"][round % 4]
            let text =
                "I was in \(place) \(stays.joined(separator: "; ")). How many Schengen days have I used on \(asked.name)?"
            let finding = try #require(Self.finding(text))
            #expect(finding.lines.contains { $0.contains("In them \(used) day") }, "\(text) \(finding.lines)")
        }
    }
}
