/// Words that say nothing about a book.
enum StopWords {
    static let all: Set<String> = {
        let text = """
            a an the and or but if of in on at by to for from with about as into onto over under up down out off than then so too very just
            also only even still ever never not no nor yet again once here there now next more most much many some any all both each every
            few less least own same other another such
            i me my mine myself we us our ours you your yours he him his she her hers it its they them their theirs this that these those
            who whom whose which what whats when where why how
            am is are was were be been being do does did doing done have has had having can could will would shall should may might must
            im ive id ill youre youve hes shes its were weve theyre theyve dont doesnt didnt isnt arent wasnt werent cant couldnt wont
            wouldnt shouldnt havent hasnt hadnt lets thats theres
            book books read reads reading reader novel novels title titles author authors writer work works written write wrote published
            story stories tale tales volume volumes edition text literature literary
            recommend recommends recommendation recommendations recommended suggest suggestion suggestions suggested advise advice find
            show give given gives tell told want wants wanted wish need needs like likes liked love loved enjoy enjoyed favourite favorite
            favourites favorites look looking looks search searching seek please thanks thank hello hi hey ok okay well
            something anything nothing everything someone anyone somebody anybody thing things stuff kind kinds sort sorts type bit lot lots
            good great best better nice interesting new old big little long short real really quite rather pretty fairly maybe perhaps
            probably possibly preferably especially definitely certainly actually basically
            go goes going get gets got getting make makes made take takes took come comes came know knows knew think thinks thought
            start starts started begin first last finish finished try tried put keep left let see seen say says said
            place time times day days week month year years today tonight evening morning afternoon night way one two three four five
            man woman people person someone
            set during around between through while because since until before after against without within along
            shorter longer older newer similar different
            noah bot assistant
            ask asking question questions idea ideas suggest worth
            years yet already recently lately always often sometimes usually
            which whatever whichever
            called name named
            having able
            whole sat sit
            matter matters mean means
            minute minutes hour hours
            bored surprise choose pick up mood feel feeling feels after whatever woman women by female male author writers
            free audiobook audiobooks ebook kindle paperback prize award
            original learning learn translation translated translations modern account fiction nonfiction
            quiet quietly put away enough ending endings else instead somehow liking keen really gonna wanna
            """
        return Set(text.split { $0 == " " || $0 == "\n" }.map(String.init))
    }()

    static func contains(_ word: String) -> Bool { all.contains(word) }
}
