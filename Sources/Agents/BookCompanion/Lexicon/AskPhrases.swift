// The words that Noah knows: subjects, cues, phrases, authors.

/// The phrases by which questions, small talk and tasks are known.
extension AskReader {
    static let talk = PhraseTable<Ask>([
        (
            .greeting,
            "hello;hi;hey;good morning;good evening;good afternoon;good day;greetings;howdy;hello there;hi there;hallo;bonjour;hola;moin"
        ),
        (
            .thanks,
            """
            thanks;thank you;thanks a lot;thank you very much;many thanks;cheers;thx;great;perfect;wonderful;lovely;brilliant;awesome;cool;\
            sounds good;sounds great;that helps;that helped;thats great;thats perfect;nice;excellent;good idea;ill try that;ill read it;\
            i will read it;ill take it;ok;okay;alright
            """
        ),
        (.farewell, "bye;goodbye;good night;see you;see you later;farewell;ciao;so long;bye bye;until next time"),
        (
            .help,
            """
            help;help me;who are you;what are you;what can you do;what do you do;how do you work;what is this;whats this;what can i ask;\
            what can i ask you;how does this work;are you a robot;are you human;are you an ai;are you a bot;are you real;whats your name;\
            what is your name;what do you know;where do your books come from;are you a language model;are you chatgpt
            """
        ),
        (
            .wellbeing,
            "how are you;how are you doing;how are things;whats up;how do you do;hows it going;how is it going"
        ),
    ])

    static let filler: Set<String> = [
        "noah", "there", "so", "very", "much", "you", "today", "again", "for", "now", "dear", "and", "all",
    ]

    static let opening: Set<String> = [
        "please", "can", "could", "would", "will", "you", "hi", "hello", "hey", "noah", "ok", "okay", "so", "now",
        "kindly", "just", "and", "then",
        "well",
    ]

    static let arithmetic: Set<String> = [
        "what", "is", "whats", "calculate", "compute", "times", "plus", "minus", "divided", "by", "x", "the", "sum",
        "of", "and", "how", "much",
        "equals",
    ]

    static let bookWords: Set<String> = [
        "book", "novel", "story", "read", "reading", "author", "poem", "play", "title", "recommend", "recommendation",
        "literature", "fiction",
    ]

    static let imperatives = PhraseTable<ModelTask>([
        (.translation, "translate;translate this;how do you say;how do i say;what does"),
        (
            .writing,
            """
            write;write me;write a;write an;compose;draft;rewrite;rephrase;proofread;correct this;make up;invent;continue the story;\
            finish this story;tell me a joke;tell me a story;sing
            """
        ),
        (
            .retelling,
            """
            summarise;summarize;give me a summary of;give me a detailed summary;retell;explain the plot;explain the ending;\
            what happens at the end of;how does it end;quote;list the chapters;analyse;analyze;interpret;compare;write an essay;\
            give me a chapter by chapter
            """
        ),
        (
            .code,
            "code;program;debug;fix this code;write code;write a function;write a program;write a script;implement"
        ),
        (.calculation, "calculate;compute;solve;integrate;differentiate;convert"),
        (.news, "what time is it;what day is it;who won;whats the weather;what is the weather;hows the weather"),
        (
            .opinion,
            "explain;discuss;argue;debate;what do you think about;what do you think of;whats your opinion;what is your opinion"
        ),
    ])

    static let anywhere = PhraseTable<ModelTask>([
        (
            .news,
            "the weather;weather today;weather tomorrow;the news;todays news;latest news;stock price;exchange rate;football score;election result"
        ),
        (
            .code,
            "python code;python script;javascript;sql query;in python;in swift;in java;regular expression;stack trace;compiler error"
        ),
        (.calculation, "square root;the derivative;the integral;equation"),
        (.translation, "translate this;translate the;translation of this"),
    ])

    static let judgement = PhraseTable<Bool>([(true, "should i read;would i like;would i enjoy;should we read")]
    )

    /// Words that make "What … about?" an open question: "What novels are there about …".
    static let openWords: Set<String> = [
        "books", "novels", "stories", "other", "else", "should", "can", "do", "would", "you",
    ]

    static let aspectPhrases = PhraseTable<BookAspect>([
        (
            .author,
            "who wrote;who is the author of;who was the author of;author of;whos the author of;written by whom;who is it by"
        ),
        (
            .content,
            """
            what is it about;whats it about;what it is about;what its about;what happens in;tell me about;tell me more about;the plot of;\
            plot of;the story of about;what kind of book is;what sort of book is;describe;more about;what do you know about;information about;\
            info on;introduce me to
            """
        ),
        (
            .year,
            "when was;when did;how old is;what year was;what year did;which year was;publication date of;first published"
        ),
        (.length, "how long is;how many pages;is it long;how long does it take to read"),
        (
            .language,
            "what language was;which language was;what language is;original language of;written in what language"
        ),
        (
            .worth,
            """
            worth reading;is it worth;any good;is it good;is it hard to read;is it difficult;\
            what do people think of;how good is
            """
        ),
        (.rating, "how is it rated;rated;rating;ratings;rating of;what rating;how do readers rate"),
        (.availability, "do you have;have you got;do you know;have you read;is there a copy of"),
    ])

    static let identification = PhraseTable<Bool>([
        (
            true,
            """
            what is that book;whats that book;what is the book;whats the book;what book is it;which book is it;whats the name of the book;\
            what is the name of the book;whats the title of the book;what is the title of the book;name of that book;title of that book;\
            what is that novel;whats that novel;what is that story;whats that story;what was that book;what was the book;which book has;\
            which novel has;trying to remember a book;cant remember the title;cannot remember the title;cant remember the name;\
            dont remember the title;forgot the title;forgotten the title;forgot the name;i once read a book;what was it called;\
            whats it called;what is it called;what was that story;what was that novel;what was the novel;what was that play;whats that play;what is that play;which novel is it;what is the novel;whats the novel;in which book;in which novel
            """
        )
    ])
}
