/// Phrases that say how the reader stands to what follows, or to what came before.
enum CueTable {
    static let stances = PhraseTable<Cue>([
        (
            .takes(.avoided),
            """
            not;no;without;not in the mood for;except;except for;excluding;apart from;other than;besides;nothing by;nothing from;nothing with;\
            nothing about;nothing;anything but;avoid;avoiding;never;dont want;do not want;doesnt want;didnt want;dont give me;\
            dont recommend;dont suggest;none of;none by;nor;neither;minus;enough of;had enough of;tired of;sick of;bored of;\
            bored with;fed up with;isnt;is not;arent;are not;skip;leave out;no more;rather than;instead of;only not;had it with;enough with;forget;forget about;spare me;barring;excepting;aside from;save for;not by;not another;not the;no more of;less;cannot read;cant read
            """
        ),
        (
            .takes(.softened),
            "not too;not so;not very;not overly;not that;not terribly;not quite so;not quite as;not really;a bit less;a little less;not as"
        ),
        (
            .takes(.disliked),
            """
            hate;hated;hates;i hate;cant stand;cannot stand;couldnt stand;can not stand;dont like;do not like;didnt like;did not like;\
            doesnt like;dislike;disliked;dislikes;detest;loathe;loathed;dont enjoy;didnt enjoy;do not enjoy;did not enjoy;dont love;\
            didnt love;not a fan of;not fond of;no fan of;couldnt get into;could not get into;cant get into;cannot get into;never got into;cant get on with;cannot get on with;\
            dont get on with;do not get on with;never got on with;have no time for;ive no time for;have no patience with;\
            i struggle with;i struggled with;dont get the fuss about;no love for;cant be doing with;couldnt finish;put off by;bored by;\
            dont care for;didnt care for;never liked;never enjoyed;cant bear;cannot bear;couldnt bear;allergic to;gave up on
            """
        ),
        (
            .takes(.liked),
            """
            love;loved;loves;loving;swear by;swears by;adore;adored;adores;enjoy;enjoyed;enjoys;liked;likes;i like;i really like;we like;they like;\
            i also like;i always like;really liked;favourite is;favourite book is;favorite is;favorite book is;favourites are;\
            favorites are;favourites include;favorites include;favourite author is;favorite author is;fan of;big fan of;\
            huge fan of;fond of;obsessed with;crazy about;mad about;keen on;im into;i am into;am really into;was blown away by;devoured;couldnt put down;could not put down;couldnt stop reading;was hooked on;cant get enough of;cannot get enough of;couldnt get enough of;i devour;devour;nothing beats;a sucker for
            """
        ),
        (
            .takes(.similar),
            """
            like;just like;similar to;in the vein of;in the style of;in the line of;along the lines of;in the spirit of;\
            in the manner of;comparable to;reminiscent of;akin to;as good as;resembling;books like;same as;same vein as;same style as;same kind as;same sort as;same spirit as;same mood as;reminds me of;\
            remind me of;reminded me of;close to;in the tradition of;a la;as dark as;as funny as;more like;inspired by;\
            something after;the mood of;the feel of;feels like;as much as
            """
        ),
        (
            .takes(.read),
            """
            im reading;i am reading;currently reading;ive read;i have read;weve read;we have read;have read;has read;hes read;shes read;had read;already read;just read;\
            just finished;ive finished;i have finished;i finished;we finished;having finished;finished;i read;he read;she read;we read;\
            ive just read;ive already read;i already know;know already;already know;been through;gone through;worked through;\
            i know;read all of;after reading;after finishing;reread;re read
            """
        ),
        (
            .neutral,
            """
            writing an essay;writing an essay on;writing an essay about;write an essay on;write an essay about;write an essay;writing a paper;\
            writing a paper on;write a paper on;writing my thesis;writing my dissertation;doing an essay on;have an essay on;essay due on;\
            my essay on;an essay for school;not only;no idea;no matter;not sure;why not;no problem;not least;nothing left;doesnt matter;does not matter;dont mind;\
            do not mind;dont care;do not care;may not know;might not know;do not know;dont know;not know;havent read;have not read;\
            hasnt read;never read;not read;never heard;not heard;nothing like;not yet;not necessarily;cant put down;dont want to end;\
            dont want it to end;never want it to end;not in a hurry;no rush;if not;or not;whether or not;not just;dont have;\
            not have;no time;not much time;never tried;no preference;no limit;for school;for class;for uni;for university;not long ago;not a problem;isnt it;arent they;\
            no longer have;should i read;can i read;could i read;do i read;shall i read;would i read;must i read;might i read;\
            will i read;should we read;can we read;could we read;shall we read;i read next;less than;fewer than;dont think;im not;i am not;not been;never been;not everything;\
            dont dislike;do not dislike;dont hate;do not hate;nothing against;have nothing against;nothing wrong with;nothing gripped me;\
            nothing moved me;nothing touched me;nothing has gripped me;nothing has moved me;im dying to;dying to;im depressed;im so depressed;\
            im sad;im stressed;im exhausted;im lonely;im anxious;im tired;im burnt out;im ill;im sick in bed;to die for;with a cold;have a cold;got a cold
            """
        ),
        (
            .resetsAlways,
            """
            but;instead;just give me;what;what next;which;where;i want;i would rather;id rather;please;maybe;perhaps;preferably;\
            recommend;suggest;looking for;i need;give me;can you;could you;would like;would love;id like;id love;i would like;\
            i would love;i feel like;feel like;feeling like;im after;i am after;in the mood for;suggestions;ideas;any recommendations;\
            what now;now what;though;however;and want;and need;and fancy
            """
        ),
        (
            .resets,
            "and i;so i;so it;i only;something;anything;any;other;others;another;more;next;and now;now;any other;some other"
        ),
        (
            .takes(.background),
            "im a;im an;i am a;i am an;i work as;i work in;i work on;used to be;i used to;used to love;used to like;used to adore;used to enjoy;i used to love;i used to like;i used to adore;i used to enjoy;hes a;shes a;he is a;she is a;i have a;i now have a;i had a;ive had a;i have had a;so i cant;so i can;so that i;so that we;its been a;ive got a;ive got the;i have the;i caught a;i caught the;i feel;im feeling;i am feeling"
        ),
        (.afterName, "after;beyond;since;following;once through"),
    ])

    /// What comes after the thing it judges.
    static let verdicts = PhraseTable<Stance>([
        (
            .read,
            "i have already;i already have;i already read;ive already read;i have already read;i have read;ive read;i already know;i know;i know already;i know well;i know by heart;i know too well"
        ),
        (
            .avoided,
            """
            excluded;excepted;not included;aside;not him;not her;no thanks;no thank you;god no;please no;rather not;id rather not;no way;\
            not today;not tonight;not this time;not now
            """
        ),
        (
            .similar,
            "what is like it;whats like it;anything like it;something like it;anything similar;what else is like it"
        ),
        (
            .liked,
            """
            is my favourite;is my favorite;is my all time favourite;is my all time favorite;are my favourites;are my favorites;\
            was wonderful;was great;was amazing;was brilliant;was fantastic;was excellent;was superb;is wonderful;is brilliant;\
            is amazing;is great;are great;were great;blew me away;were wonderful;was a delight;was my favourite;was my favorite;\
            changed my life;and love it;and loved it;and liked it;and enjoyed it;and adored it;and am loving it;is one of my favourites;is one of my favorites;is one of my all time favourites;\
            is one of my all time favorites;is one of my favourite books;is one of my favorite books;made me laugh;made me cry;\
            were thrilled;was thrilled;stayed with me;made me happy;was perfect;was so good;hes wonderful;he is wonderful;shes wonderful;she is wonderful;theyre wonderful;\
            they are wonderful;hes great;he is great;shes great;she is great;theyre great;they are great;hes brilliant;shes brilliant;\
            is my thing;are my thing;is my cup of tea;are my cup of tea
            """
        ),
        (
            .disliked,
            """
            was boring;was dull;was awful;was terrible;was dreadful;was tedious;bored me;bores me;bores us;bore me;leaves me cold;annoys me;puts me off;puts me to sleep;is boring;is dull;is tedious;was too slow;\
            put me to sleep;is not my thing;isnt my thing;not my thing;are not my thing;arent my thing;\
            is not my cup of tea;isnt my cup of tea;not my cup of tea;are not my cup of tea;arent my cup of tea;is not my kind of thing;\
            isnt my kind of thing;is not my style;isnt my style;is not to my taste;isnt to my taste;is not my taste;isnt my taste;\
            is not my kind of writer;isnt my kind of writer;is not my kind of book;isnt my kind of book;is not my genre;isnt my genre;\
            not my genre;are not for me;arent for me;not for me;does nothing for me;do nothing for me;did nothing for me;\
            doesnt do it for me;does not do it for me;dont do it for me;do not do it for me;didnt do it for me;doesnt work for me;\
            does not work for me;dont work for me;didnt work for me;doesnt appeal to me;does not appeal to me;dont appeal to me;\
            never appealed to me;doesnt interest me;does not interest me;dont interest me;holds no interest for me;is overrated;\
            are overrated;was overrated;is so overrated;is a bore;was a bore;are a bore;bores me to death;bores me stiff;\
            bores me to tears;bored me to death;bored me stiff;bored me to tears;bore me to death;bore me to tears;drives me mad;\
            drives me crazy;drive me crazy;gets on my nerves;get on my nerves;irritates me;irritated me;irritate me;annoyed me;annoy me;\
            wears me out;leave me cold;turns me off;turn me off;put me off;is unreadable;was unreadable;is too dry;was too dry;\
            is too slow;is so slow;is so boring;was so boring;are so boring;is really boring;is really dull;are boring;are dull;\
            are tedious;were boring;were dull;is awful;is terrible;is dreadful;are awful;are terrible;is tiresome;was tiresome;\
            is insufferable;is unbearable;makes me yawn;made me yawn;make me yawn;sends me to sleep;sent me to sleep;\
            and i hate it;and hate it;and hated it;and i hated it;but i hate it;but hated it;but i hated it;and cant stand it;and i cant stand it;\
            and it bores me;but it bores me;is not for me;was not for me;wasnt for me;isnt for me;left me cold;now i cant stand it;now i cant stand them;now i hate it;\
            now i hate them;i cant stand it now;cant stand it any more;cant stand it anymore;now it bores me;now they bore me;\
            not any more;not anymore;no longer do;no longer does;disappointed me;was disappointing
            """
        ),
    ])
}
