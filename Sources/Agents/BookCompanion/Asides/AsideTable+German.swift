extension AsideTable {
    static let german = WordingSource(
        classes: """
            daten: daten konto account verlauf chatverlauf unterhaltung unterhaltungen gespräche nachrichten profil angaben informationen \
            vorlieben
            es: es das dies dieses ihn sie die diese den
            """,
        wordings: """
            data:
            meine|mein|meinen|alle|unsere|unser ~2 $daten ~5 löschen|lösche|löscht|exportieren|herunterladen|einsehen|sehen|entfernen|bekommen|kündigen
            lösch|lösche|löschen|exportiere|entferne|vergiss ~2 mein|meine|meinen|alles|alle ~3 $daten|.|über
            welche|was ~2 daten|informationen ~3 speicherst|gespeichert|speichert|sammelst|sammelt|weisst|hast
            was ~2 weisst|speicherst|speichert|merkst ~3 mich|mir
            speicherst|speichert|merkst|sammelst ~3 daten|mich|gespräche|chats|alles|das|nachrichten
            wer ~2 liest|lesen|sieht|sehen ~3 chats|nachrichten|mit|das|gespräche|daten
            < datenschutz|dsgvo|datenschutzerklärung >

            human:
            mit ~2 ~1 menschen|person|mitarbeiter|berater|jemandem|bibliothekar|bibliothekarin|echten ~2 sprechen|reden|chatten|schreiben|verbinden|verbunden
            sprechen|reden ~2 mit ~2 menschen|person|mitarbeiter|jemandem|mensch
            echter|echten|echte|richtigen|richtiger mensch|menschen|person
            kundendienst|kundenservice|support|hotline|telefonnummer|ansprechpartner
            wie ~3 kontaktieren|erreichen|erreiche ~2 .|euch|sie|jemanden
            ist ~1 da jemand

            account:
            passwort|kennwort ~2 vergessen|ändern|.
            anmelden|einloggen|registrieren .

            price:
            was|wieviel ~1 kostet|kosten ~1 es|das|dies|buch|bücher|noah|dienst|sie .
            < was|wieviel kostet|kosten ~2 >
            wie viel|teuer ~2 kostet|kosten|ist ~4 .
            ist ~2 kostenlos|gratis|umsonst .
            muss ich ~3 bezahlen|zahlen

            buying:
            wo ~4 kaufen|bestellen|ausleihen|bekommen|herunterladen|leihen|bekomme|kriege|kaufe|bestelle|kriegen ~2 .|$es
            wo ~1 bekomme|kriege|kaufe|finde ich ~1 $es|buch ~1 .
            wo ~1 gibt es ~1 $es|buch ~1 .|zu
            kann ~2 $es|buch ~2 kaufen|bestellen|ausleihen|herunterladen|leihen|lesen
            verkaufst|verkauft|liefert|verleiht|verleihst ~3 .|bücher|buch|$es
            ich ~3 $es|buch ~1 kaufen|bestellen|ausleihen .

            buying?:
            wo ~6 kaufen|bestellen|ausleihen|bekomme|herunterladen .

            ending:
            wie ~1 endet ~4 .
            wie ~4 aus|endet|ausgeht .
            verrat|verrate|erzähl|erzähle|sag|spoiler|spoilere ~3 ende|schluss|ausgang
            was ~2 passiert ~2 am ende|schluss
            wer ~1 stirbt
            wer ist ~2 mörder|täter
            ^ stirbt ~3 .|am

            opening:
            wie ~1 beginnt ~4 .
            wie ~1 fängt|fangt|geht ~4 an|los .
            wie ~1 lautet|ist|heisst|lauten ~3 satz|anfang|zeile|sätze
            erster|ersten|erste|letzter|letzte|letzten satz|zeile|sätze|zeilen|worte
            lies ~1 mir ~2 vor
            zitier|zitiere ~3 .

            medical?:
            was ~4 gegen ~2 kopfschmerzen|fieber|erkältung|husten|schmerzen|grippe|schlaflosigkeit|migräne
            ich habe ~1 kopfschmerzen|fieber|husten|grippe|bauchschmerzen|zahnschmerzen|schnupfen ~5 .
            soll ich ~2 zum arzt

            legal?:
            darf mein ~1 vermieter|chef|arbeitgeber
            ist ~2 legal|erlaubt|verboten|strafbar .
            rechtsberatung|anwalt|mietrecht|kündigungsfrist
            welche rechte habe ich

            money?:
            soll ich ~4 aktien|bitcoin|gold|etf ~2 kaufen|verkaufen|.
            welche aktien|aktie

            translation?:
            übersetz|übersetze|übersetzen|übersetzung ~6 .
            was heisst|bedeutet ~4 auf englisch|deutsch|französisch|spanisch|italienisch
            wie sagt man

            code?:
            schreib|schreibe|programmier|programmiere ~4 code|programm|skript|funktion|script|python|javascript|webseite|app
            python|javascript|java|html code|skript|programm

            calculation?:
            was|wieviel ist|sind|ergibt # ~2 #
            wie viel ist|sind|ergibt # ~2 #
            wurzel aus|von
            berechne|rechne ~3 .

            writing?:
            schreib|schreibe|verfass|verfasse ~3 ~2 gedicht|brief|aufsatz|mail|email|bewerbung|lied|rede
            erzähl|erzähle|kennst ~2 ~1 witz

            news?:
            wie ~2 wetter ~4 .
            wetter|wettervorhersage ~2 .|morgen|heute|in
            regnet|schneit ~1 es ~2 .
            wie spät|viel ~1 ist|uhr ~2 .|es
            welcher|welches tag|datum ~1 ist|haben
            nachrichten|schlagzeilen .|heute|von
            wer hat ~2 gewonnen
            aktienkurs|wechselkurs|spielstand

            knowledge?:
            wer ist|war ~2 präsident|präsidentin|bundeskanzler|bundeskanzlerin|kanzler|kanzlerin|könig|königin|papst|bürgermeister|chef ~4 .
            was|welche ~1 ist|war ~2 hauptstadt ~4 .
            hauptstadt von|der
            wie ~1 hoch|gross|weit|alt|tief|schnell|schwer ist|sind|war ~4 .
            wie viele ~1 einwohner|menschen|länder|planeten|tage ~4 .
            wer ~1 hat ~4 erfunden|entdeckt|gebaut|gemalt
            was ist ~1 photosynthese|schwerkraft|demokratie|inflation|liebe .
            warum ist ~2 himmel|wasser|meer ~2 .
            wo ist|liegt ~2 .

            task?:
            buch|buche|reservier|reserviere|bestell|bestelle mir|uns|einen|ein|eine ~2 flug|tisch|hotel|pizza|taxi|ticket|zimmer
            spiel|spiele ~2 musik|lied
            stell|stelle ~2 wecker|timer
            rezept für
            erinner|erinnere mich
            zeichne|male ~2 bild|.

            identity?:
            bist du ~3 ki|mensch|roboter|bot|echt|chatgpt|computer|maschine|programm|mensch|person|chatbot|intelligenz
            wer|was bist du
            wie heisst|heißt du
            wie alt bist du
            rede|spreche|schreibe|chatte ich ~2 mit ~2 mensch|menschen|bot|maschine|ki|computer|roboter|person|programm

            capability?:
            was|wobei ~1 kannst|machst|kann|weisst ~1 du|noah|ich ~2 .|fragen|helfen|tun|machen
            wie ~1 funktionierst|funktioniert|kannst|benutze ~2 du|das|mir|helfen ~2 .
            < hilfe ~1 >
            < hilf mir >
            sprichst du ~1 deutsch|englisch|französisch|spanisch
            welche sprachen

            farewell:
            < tschüss|tschau|ciao|tschüs ~2 >
            < auf wiedersehen|wiederhören ~1 >
            < bis bald|später|morgen|dann >
            < gute nacht ~1 >
            < schönen|schönes tag|abend|wochenende ~1 >

            thanks?:
            < ~2 danke|dankeschön|dank ?dir|schön|sehr|noah|euch|für ?die|deine|das|schön|sehr|noah ?hilfe|tipps|tipp|antwort >

            wellbeing?:
            < ~1 wie geht|gehts ~3 >
            < alles klar|gut >
            < was geht ~1 >

            greeting:
            < hallo|servus|moin|hallöchen|grüezi|huhu ?moin|noah|zusammen|du|da >
            < guten|gute|grüss tag|morgen|abend|gott|dich ?noah|zusammen >
            """)
}
