/// The wordings of messages that wish for no book. All are weak: where a message speaks of books, novels or stories, it is a wish.
/// What is asked of a book itself ("how does it end?") stands under kinds without a question mark.
enum AsideTable {
    static let wordings = Wordings<Aside>(
        [(.english, english), (.german, german), (.french, french), (.spanish, spanish)])

    static let english = WordingSource(
        classes: """
            my: my our all everything the these this
            data: data account history conversation conversations chat chats messages profile information preferences searches records info
            it: it this that them these those one copy copies
            shop: buy purchase order get borrow rent download find
            """,
        wordings: """
            idiom:
            help me choose|find|pick|decide|with ~3 book|read|gift|something
            who is the president in|of the ~3 novel|book|story
            thanks|thank you ~1 for ~3 book|books
            what do you know about !me|us
            do you know about !me|us

            data:
            delete|erase|remove|export|download|clear|wipe|purge|see|view|access|get|copy ~3 my ~2 $data
            delete|erase|remove|clear|wipe ~1 everything|all ~3 me|stored|saved|know|account|data
            delete|erase|forget ~1 me|yourself .
            forget everything|what ~5 me|said|told|know
            what ~2 data|information|info ~3 store|stored|collect|keep|save|saved|know|have|share|sell
            what ~3 know|store|stored|save|saved|keep|remember|record about me
            do|does|are|is ~2 you|this|it|noah ~1 store|save|keep|record|log|track|sell|share|storing|saving|recording|logging|tracking ~3 me|$data|this|what
            who ~2 read|see|access ~2 my|this|our|what ~2 $data
            is ~2 my|this|our ~1 data|chat|conversation|information ~1 safe|private|secure|confidential|stored|saved|shared
            is this private|confidential|anonymous|safe|secure
            privacy policy|settings
            close|cancel|terminate ~1 my account

            data?:
            gdpr|dsgvo|ccpa
            data protection|privacy .
            < privacy >

            human:
            talk|speak|chat|connect|transfer|put ~2 to|with|through ~3 human|person|someone|somebody|agent|representative|operator|librarian|staff|support|people|manager
            can|could|may|want|like|need|get ~4 human|agent|representative|operator|person .
            real|live|actual human|person|agent|librarian|people
            ^ human|agent|operator|representative please
            < human|agent|operator|representative >
            customer service|support|care
            contact|reach|email|call|phone ~2 support|you|someone|somebody|operator|team|staff|owner|admin|administrator
            phone|telephone number
            email|mail address
            make|file|have|lodge a complaint
            is there ~1 anyone|anybody|someone|human ~1 there|here|.

            account:
            log|sign in|up|out
            ^ login|logout|signup|register
            my|forgot|change|reset|new ~2 password|username|login
            change ~1 my email
            create|open|make ~1 account

            price:
            how much does|do|is|are|did ~7 cost|costs
            what does|do|did ~7 cost|costs
            how much is|are|was the|a|an ~6 .
            how much ~2 does|do|is|are|will|would|for ~2 $it|cost|noah|membership|subscription|service ~2 cost|.|costs
            how much .
            how expensive ~2 .|$it
            what ~3 price|cost|costs|fee|fees of|for ~1 $it|service
            what ~3 price|cost|costs|fee|fees .
            what ~2 $it|you|service cost|costs
            what do|does|will|would ~2 cost|charge
            is ~1 $it|noah|service|using|chat ~2 free|paid|expensive .
            do|must|should i ~2 pay|subscribe
            is there ~1 fee|charge|subscription

            buying?:
            where ~3 buy|purchase|order|get|borrow|rent|download ~6 .
            can|could|may|how|do i|we ~3 buy|purchase|order|borrow|rent|download ~6 .

            buying:
            where|how ~3 i|we|one|you|people ~1 $shop $it
            where|how|can|could|may ~3 i|we|to ~1 buy|purchase|order|borrow|rent|download ~2 $it|book|books ~2 .|from|here|online|somewhere|for|you|near
            where|how ~2 to ~1 buy|purchase|order|borrow|rent|download ~1 $it
            where ~2 is|are ~1 $it ~2 available|sold|find|stock
            i ~3 want|like|wish|need to ~1 buy|order|purchase|borrow $it
            do|does|can|could you|noah|they ~1 sell|deliver|ship|lend|rent ~2 .|$it|books|book|to
            send|deliver|ship $it ~1 to ~1 me|my|us
            is|are ~1 $it ~1 available|sold ~1 as|on|in|at|for|from|near ~2 kindle|audible|amazon|stock|library|stores|store|shops|me
            link ~1 to|for ~2 $it|buy|book|amazon|download
            give me|us the|a link
            isbn|amazon link
            add to cart|basket
            any ~2 shop|shops|bookstore|bookstores|bookshop|bookshops ~2 near|nearby|around
            can|could i ~1 read $it|book ~1 online|here|free

            ending:
            how|tell|say|what ~2 does|did|do|me|us ~4 end|ends|finish|turn .|out|badly|well
            how ~1 does|did|do ~4 end|finish .
            tell|give|spoil|reveal|spoiler|know|what|whats ~3 the|its|that ~1 ending|end|finale|twist ~1 .|of|for|to
            what happens|happened ~2 at|in the ~2 end|ending|last
            does|do|did ~4 die|survive|marry .|at|in|end
            who ~1 dies|killed|died|survives|did ~3 .|it|end
            who ~1 is the ~1 killer|murderer|culprit
            spoil|spoiler|spoilers ~2 .|me|it|please

            opening:
            how|tell ~4 does|did|me|it ~3 begin|start|open|begins|starts|opens .
            what|whats|tell|give|quote|recite|read|know|cite|say ~4 first|opening|last|final|closing line|lines|sentence|sentences|words|word|paragraph|page|pages
            ^ first|opening|last line|lines|sentence|sentences of|.
            quote|recite|read|cite ~2 me|us|a|the|from ~2 passage|page|text|chapter|$it|line|lines|aloud|passages|excerpt
            give|show|send me|us ~1 excerpt|passage|full ~1 ?text ~1 .|of|from
            read ~1 $it ~1 to|aloud|out ~1 me

            medical?:
            what|which|should|can|how ~4 take|treat|cure|dose|dosage|medicine|medication|remedy ~5 headache|cold|fever|flu|pain|cough|migraine|insomnia|infection|rash|.
            i have ~2 headache|fever|cold|flu|rash|cough|migraine|covid|infection|toothache|nausea ~6 .
            should i ~2 see|call|visit|go ~2 doctor|dentist|therapist
            ibuprofen|paracetamol|antibiotics|aspirin|antidepressants
            diagnose|diagnosis ~2 me|my
            what ~2 symptoms of|for
            is it safe to take|eat|drink
            medical|health advice|question

            legal?:
            can|may|should i ~3 sue|divorce|evict|appeal
            is it ~1 legal|illegal|allowed|lawful to|for|if
            what are my rights
            my ~1 landlord|employer|lawyer|contract|lease|boss ~8 ?can|may|legal|law|rights|fired
            legal|tax advice|question|help
            need ~2 lawyer|attorney
            how ~4 write|make|contest a will

            money?:
            should i ~2 buy|sell|invest|hold ~3 stock|stocks|shares|bitcoin|crypto|gold|etf|house|bonds
            which|what ~1 stocks|stock|shares|etf|crypto|fund ~3 buy|sell|invest
            how ~3 invest|save ~2 money

            translation?:
            translate ~3 this|that|it|following|into|to|sentence|text|word|for
            translation of|for ~1 this|that|it|word|following|sentence
            how ~3 say ~4 in french|german|spanish|italian|english|latin|japanese|chinese|russian|portuguese
            what ~2 mean|means in english|german|french|spanish

            code?:
            write|give|show|fix|debug|code|make|create|help|generate ~4 code|script|program|function|regex|app|website|html|css|python|javascript|java|sql|bug|algorithm|query|software
            how|can ~4 code|program|compile|debug|install|reverse|sort|parse|loop ~4 in|python|java|javascript|list|array|string|linux|windows|.
            python|javascript|java|sql|html|css|bash|regex code|script|error|function|query|syntax|loop|class
            ^ code|program|debug me|this|a|for

            calculation?:
            what|whats|calculate|compute|solve ~2 # ~3 #
            square|cube root of
            derivative|integral of
            solve ~3 equation|for|x
            convert ~1 # ~4 to|into|in

            writing:
            write|compose|draft me|us|a|an|my ~3 poem|essay|email|letter|song|speech|cv|resume|haiku|limerick|rap|tweet|report|homework|application|paragraph|sonnet|blurb|review
            proofread|rephrase|paraphrase|rewrite ~1 this|my|it

            writing?:
            tell|know me ~1 a|another|any ~1 joke|riddle
            ^ write|compose|draft|sing ~3 .

            news?:
            what|whats|how|hows ~3 weather|forecast|temperature ~5 .
            weather|forecast|temperature today|tomorrow|outside|now|report|here|like
            weather|forecast in ~2 .
            < weather|forecast >
            will|is it ~1 rain|raining|snow|snowing|sunny|cold|hot|warm
            what time is|do ~2 .|it
            what day|date ~1 is ~1 it|today
            what|whats ~1 today|todays date
            what|whats|tell|any|latest|todays ~3 news|headlines ~1 .|today|on|about
            who won|wins ~6 .
            stock|share price|prices
            exchange rate
            football|soccer|basketball|baseball|game|match score|scores|result|results
            election result|results

            knowledge?:
            who ~1 is|was|are|were ~2 president|prime|chancellor|king|queen|pope|ceo|minister|mayor|founder|governor|monarch|champion|richest|tallest|first|inventor ~6 .
            what|whats|which ~2 capital|population|currency|language|flag|area of|in ~3 .
            capital of
            how ~1 tall|high|far|deep|fast|heavy|big|large is|are|was ~5 .
            how many ~2 people|countries|planets|days|hours|states|continents|inhabitants|legs|bones|calories|miles|kilometers ~5 .
            who ~1 invented|discovered|founded|built|painted|composed|sang|sings|directed|played|plays ~5 .
            what is|are|does ~3 definition|meaning ~1 of|.
            define ~3 .
            how ~2 does|do|can ~2 work|photosynthesis|fly|sleep|engine|internet .
            why is|are|do|does ~2 sky|grass|sea|cats|dogs|water|ocean|people|sun|we ~4 .
            when ~1 is|was ~3 christmas|easter|thanksgiving|halloween|election|ramadan|sunday|olympics|eclipse|revolution|war|battle ~2 .
            where ~1 is|are ~2 .
            what happened ~1 in|on # .
            what is ~1 photosynthesis|gravity|democracy|inflation|bitcoin|blockchain|love|ai .
            which ~1 planet|country|animal|river|mountain ~1 is|has ~3 largest|biggest|smallest|longest|highest|hottest|fastest|tallest
            explain ~2 to|me|how ~1 ?how ~1 ?the ~1 gravity|photosynthesis|relativity|inflation|blockchain|physics|evolution .

            task:
            ^ book|reserve ~1 me|us|a|the|an ~2 flight|flights|table|hotel|taxi|ticket|tickets|room|car|restaurant
            ^ play ~2 music|song|spotify
            recommend|suggest ~1 me|us|a|some|any|good ~1 restaurant|restaurants|hotel|hotels|movie|movies|song|songs|wine|recipe|recipes|podcast|podcasts|gym

            task?:
            order|find|call|get me|us|a|the|my|an ~2 flight|flights|table|hotel|pizza|taxi|uber|ticket|tickets|room|car|restaurant|doctor
            set|start ~2 alarm|timer|reminder
            remind me
            turn on|off ~2 light|lights|tv
            recipe for|with
            how ~3 cook|bake|boil ~4 .
            send ~2 email|message|text|sms
            call|text|email my
            draw|generate|make|create|paint me|us|a|an ~2 picture|image|drawing|logo|painting|photo

            identity?:
            are|r you|u ~2 ai|human|robot|bot|real|chatgpt|gpt|computer|machine|person|alive|conscious|program|sentient|gemini|claude|people|algorithm|chatbot
            < ~2 who|what are|r you|u ~1 >
            you|u are|r ~2 bot|robot|ai|human|machine|computer .
            am i ~1 talking|speaking|chatting|writing to|with ~2 bot|robot|human|ai|machine|person|computer|program|someone
            is this ~1 ai|bot|robot|human|chatbot|chatgpt .
            what ~2 your name|age|gender
            ^ your name
            how old are you
            who|what ~1 made|built|created|trained|programmed|developed|designed you
            what|which ~2 model|llm|ai|version ~2 are|you|is ~2 ?you ~2 ?use .
            do you ~1 have|feel|sleep|eat|dream|think|love|get ~1 feelings|emotions|family|soul|consciousness|bored|friends
            where ~1 are|do you ~1 from|live|located|come

            capability?:
            what|what ~1 can|else|do|could ~1 you|u|noah|this ~1 do|know|offer|help ~3 .
            what ~2 you|noah|this ~1 able|capable ~3 .
            what are you ~2 for|good|able .
            what ~1 i|we ~1 ask|do|say ~3 .
            what ~1 can|should|may|could i ~1 ask|do|say ~3 .
            how|who ~2 can|do|does|could you|this|it|noah|i ~2 help|work|use|start ~3 .
            < ~1 help ~2 me|please|. ~2 >
            < instructions|commands|menu|options|start|faq >
            where ~1 do ~1 your ~1 books|data|knowledge ~1 come|from
            do you speak ~2 german|french|spanish|english|italian|deutsch
            which|what languages ~2 you

            farewell:
            < bye|goodbye|cya|farewell|cheerio ~2 >
            < see you|ya ~2 >
            < good night ~2 >
            < have a ~1 good|nice|great|lovely ~1 day|evening|night|one|weekend >
            < talk|see ~2 later|soon|tomorrow >

            thanks?:
            < ~2 thanks|thank|thx|ty|cheers ?you ?so|very|a|again ?very|much|lot|again|noah ?much|noah >
            < ~2 thanks|thank|thx|ty|cheers ?you ?so|very ?much for ~2 help|tip|tips|answer|info|time|everything|advice|list|suggestion|suggestions|that|this >
            < much appreciated|obliged >

            wellbeing?:
            < ~2 how|hows|what ~1 are|r|is|up|have|it|you ~2 you|u|going|life|doing|been|up|things|day ~2 >
            < ~1 whats up ~1 >
            < ~2 i love|like|hate you|noah ~2 >
            < you are ~2 stupid|useless|dumb|great|awesome|cute|funny|terrible|smart|amazing|bad|sweet ~1 >
            < you suck|rock >
            < will you marry me >
            < ~1 am ~1 bored|tired >

            greeting:
            < hi|hello|hey|hiya|yo|greetings|howdy|heya|sup|helloo ?hi|hello|hey|there ?there|noah|all|friend|everyone|again >
            < good morning|afternoon|evening|day ?to ?there|noah|all|you|sir|everyone >
            """)
}
