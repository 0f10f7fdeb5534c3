extension AuthorTable {
    /// Authors of the British Isles of the last hundred years.
    static let modernBritish = """
        Virginia Woolf|english|novel; psychological fiction; women's lives; lyrical
        James Joyce|irish|novel; ireland; strange; coming of age
        W. B. Yeats|irish|poetry; ireland; folklore
        J. M. Synge|irish|plays; ireland
        Samuel Beckett|irish|plays; strange
        Flann O'Brien|irish|funny; strange
        D. H. Lawrence|english|novel; love and courtship; psychological fiction
        W. Somerset Maugham|english|novel; short stories; the south seas
        Aldous Huxley|english|dystopia; satire; novel; thoughtful
        George Orwell|english|dystopia; totalitarianism; political fiction; essays
        Evelyn Waugh|english|satire; funny; high society
        Graham Greene|english|espionage; thriller; guilt
        Stella Gibbons|english|funny; country life
        Nancy Mitford|english|funny; high society; family
        Dodie Smith|english|gentle; coming of age; family
        Daphne du Maurier|english|gothic; dark; mysterious; romance
        Jean Rhys|english|women's lives; dark
        Agatha Christie|english|detective fiction; murder; detectives; mysterious
        Dorothy L. Sayers|english|detective fiction; detectives
        Margery Allingham|english|detective fiction
        Ngaio Marsh|new zealand|detective fiction
        Josephine Tey|scottish|detective fiction
        Anthony Berkeley|english|detective fiction
        P. D. James|english|detective fiction; crime
        Ruth Rendell|english|crime; psychological fiction
        Ian Rankin|scottish|crime; detective fiction; scotland
        Alexander McCall Smith|scottish|detective fiction; africa; gentle
        Colin Dexter|english|detective fiction
        J. R. R. Tolkien|english|fantasy; epic; magic; dragons
        C. S. Lewis|irish|fantasy; children's; christianity; magic
        T. H. White|english|fantasy; king arthur
        Mervyn Peake|english|fantasy; gothic; strange
        Susan Cooper|english|fantasy; young adult; children's; magic
        Alan Garner|english|fantasy; children's
        Diana Wynne Jones|english|fantasy; children's; magic; funny
        Richard Adams|english|animals; fantasy; adventure
        Brian Jacques|english|fantasy; animals; children's
        Terry Pratchett|english|fantasy; funny; satire; magic
        Douglas Adams|english|science fiction; funny; space
        Neil Gaiman|english|fantasy; urban fantasy; mythology; creepy; strange
        Susanna Clarke|english|fantasy; magic; historical fiction
        J. K. Rowling; J.K. Rowling|english|fantasy; magic; children's; school stories; young adult
        Robert Galbraith|english|detective fiction; crime
        Philip Pullman|english|fantasy; young adult; children's
        Jonathan Stroud|english|fantasy; children's; magic; funny
        Ben Aaronovitch|english|urban fantasy; fantasy; magic; detective fiction; london
        Joe Abercrombie|english|fantasy; dark
        China Miéville|english|fantasy; strange; science fiction
        Jasper Fforde|english|funny; fantasy; writers and books
        Arthur C. Clarke|english|science fiction; space
        John Wyndham|english|science fiction; the end of the world
        Olaf Stapledon|english|science fiction; the future
        Iain M. Banks; Iain Banks|scottish|science fiction; space
        Alastair Reynolds|welsh|science fiction; space
        John le Carré|english|espionage; thriller; spies
        Ian Fleming|english|espionage; spies; thriller; exciting
        Frederick Forsyth|english|thriller; espionage
        Ken Follett|english|historical fiction; thriller; epic sweep; knights and castles
        Jack Higgins; Alistair MacLean|scottish|thriller; war stories; adventure
        Lee Child|english|thriller; exciting
        Dick Francis|english|thriller; horses; crime
        C. S. Forester|english|the navy; sea stories; war at sea; adventure
        Patrick O'Brian|english|the navy; sea stories; historical fiction; sailing ships
        Bernard Cornwell|english|historical fiction; war stories; napoleon; adventure
        Dudley Pope; Alexander Kent|english|the navy; sea stories
        Hilary Mantel|english|historical fiction; tudor england
        Philippa Gregory|english|historical fiction; tudor england; romance
        Robert Graves|english|historical fiction; ancient rome; memoir
        Mary Renault|english|historical fiction; ancient greece; greek myths
        Robert Harris|english|historical fiction; thriller; ancient rome
        Georgette Heyer|english|romance; historical fiction; funny; high society
        Susan Hill|english|ghost stories; creepy
        James Herbert; Clive Barker|english|horror
        William Golding|english|castaways; novel; dark
        Anthony Burgess|english|dystopia; satire
        Kingsley Amis|english|funny; satire; university life
        Muriel Spark|scottish|satire; novel; school stories
        Iris Murdoch|irish|novel; psychological fiction; philosophy
        Barbara Pym|english|gentle; funny; clergy; country life
        Laurie Lee|english|memoir; country life
        Gerald Durrell|english|memoir; animals; funny; gentle
        James Herriot|english|animals; memoir; country life; gentle; funny
        Helene Hanff|american|letters; writers and books; gentle
        Mary Ann Shaffer|american|letters in novels; gentle; writers and books
        Helen Fielding|english|funny; romance; diaries
        Nick Hornby|english|funny; music; love and courtship
        David Nicholls|english|romance; funny
        Jojo Moyes|english|romance; sad
        Ian McEwan|english|novel; psychological fiction
        Zadie Smith|english|novel; london; immigrants
        Sarah Waters|welsh|historical fiction; same-sex love; gothic
        Paula Hawkins|english|thriller; psychological fiction
        Roald Dahl|english|children's; funny; magic; creepy
        Enid Blyton|english|children's; adventure; school stories
        Arthur Ransome|english|children's; adventure; sailing ships
        Noel Streatfeild|english|children's; girls; orphans; the stage
        Michael Bond|english|children's; picture books; gentle
        Julia Donaldson|english|picture books; children's
        Jacqueline Wilson|english|children's; girls; family
        Michael Morpurgo|english|children's; horses; war stories
        Eva Ibbotson|english|children's; adventure; ghost stories
        Malala Yousafzai|pakistani|memoir; women's lives; education
        Stephen Hawking|english|popular science; physics; astronomy
        Richard Dawkins|english|popular science; evolution
        Charles Darwin|english|popular science; evolution; nature; travel
        Alfred Russel Wallace|english|evolution; nature; travel; popular science
        Thomas Henry Huxley|english|evolution; popular science
        Charles Lyell; James Hutton|scottish|geology; popular science
        David Attenborough|english|nature; popular science
        Simon Winchester|english|history; popular science; geology
        Winston S. Churchill; Winston Churchill|english|history; memoir; the second world war
        Edward Gibbon|english|history; ancient rome
        Thomas Carlyle|scottish|history; essays; the french revolution
        Bertrand Russell|english|philosophy; essays
        David Hume|scottish|philosophy
        John Stuart Mill|english|philosophy; politics; women's lives
        Adam Smith|scottish|economics; philosophy
        Ernest Shackleton; Ernest Henry Shackleton|irish|polar exploration; memoir; exploration
        Robert Falcon Scott|english|polar exploration; diaries; exploration
        Apsley Cherry-Garrard|english|polar exploration; memoir
        Roald Amundsen; Fridtjof Nansen|norwegian|polar exploration; exploration; travel
        Douglas Mawson|australian|polar exploration; exploration
        Robert E. Peary; Frederick A. Cook|american|polar exploration; exploration
        """
}
