/// What authors of the last hundred years are known for. The form of a line: `AuthorTable`.
enum ModernAuthorTable {
    static let british = """
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

    static let american = """
        Isaac Asimov|american|science fiction; robots; space; short stories
        Robert A. Heinlein|american|science fiction; space; the future
        Ray Bradbury|american|science fiction; mars; short stories; dystopia; lyrical
        Philip K. Dick|american|science fiction; strange; dystopia
        Frank Herbert|american|science fiction; epic; space; the desert
        Ursula K. Le Guin|american|fantasy; science fiction; thoughtful; magic; dragons
        Madeleine L'Engle|american|children's; science fiction; fantasy
        Kurt Vonnegut|american|satire; science fiction; funny; war stories
        Kim Stanley Robinson|american|science fiction; mars
        Andy Weir|american|science fiction; mars; exciting
        Orson Scott Card|american|science fiction; war stories; young adult
        William Gibson|american|science fiction; thriller
        Neal Stephenson|american|science fiction; epic sweep
        Dan Simmons|american|science fiction; horror; epic
        Octavia E. Butler|american|science fiction; race; time travel
        Anne McCaffrey|irish|dragons; fantasy; science fiction
        John Scalzi|american|science fiction; funny
        Ernest Cline|american|science fiction; young adult; exciting
        Hugh Howey|american|dystopia; science fiction
        Suzanne Collins|american|dystopia; young adult; exciting
        Veronica Roth|american|dystopia; young adult
        James Dashner|american|dystopia; young adult
        Lois Lowry|american|dystopia; children's; young adult
        Cormac McCarthy|american|dark; western; the end of the world
        George R. R. Martin; George R.R. Martin|american|fantasy; epic; epic sweep; betrayal; politics
        Robert Jordan|american|fantasy; epic; magic
        Brandon Sanderson|american|fantasy; epic; magic
        Patrick Rothfuss|american|fantasy; magic; lyrical
        Lev Grossman|american|fantasy; magic; urban fantasy; university life
        Scott Lynch|american|fantasy; heists and thieves
        Jim Butcher|american|urban fantasy; fantasy; magic; detective fiction
        Naomi Novik|american|fantasy; dragons; magic; the navy
        V. E. Schwab; V.E. Schwab; Victoria Schwab|american|fantasy; magic; urban fantasy
        Erin Morgenstern|american|fantasy; magic; romance; lyrical
        Deborah Harkness|american|fantasy; witches; vampires; romance
        Alice Hoffman|american|magical realism; witches; women's lives
        Peter S. Beagle|american|fantasy; lyrical
        Lloyd Alexander|american|fantasy; children's
        Robin Hobb|american|fantasy; epic
        Raymond E. Feist; David Eddings; Terry Goodkind; Terry Brooks; Tad Williams|american|fantasy; epic; magic
        Marion Zimmer Bradley|american|fantasy; king arthur
        Mercedes Lackey; Tamora Pierce|american|fantasy; magic; young adult
        Christopher Paolini|american|fantasy; dragons; young adult
        Rick Riordan|american|fantasy; greek myths; children's; funny; exciting
        Cassandra Clare; Sarah J. Maas; Richelle Mead; Leigh Bardugo|american|fantasy; urban fantasy; young adult; romance
        Holly Black|american|fantasy; children's; fairies; creepy
        Cornelia Funke|german|fantasy; children's
        Michael Ende|german|fantasy; children's
        Stephenie Meyer|american|vampires; romance; young adult
        Charlaine Harris; Laurell K. Hamilton; Ilona Andrews; Kim Harrison; Patricia Briggs|american|urban fantasy; vampires; fantasy
        Anne Rice|american|vampires; horror; gothic
        Stephen King|american|horror; creepy; thriller
        Dean Koontz; Peter Straub; Joe Hill|american|horror; thriller; creepy
        Shirley Jackson|american|horror; creepy; haunted houses; psychological fiction; gothic
        Richard Matheson|american|horror; science fiction
        Ira Levin|american|horror; thriller
        R. L. Stine; R.L. Stine|american|children's; horror; creepy
        Alvin Schwartz|american|children's; creepy; folklore
        Lemony Snicket|american|children's; funny; orphans; dark
        Deborah Howe; James Howe|american|children's; funny; creepy; animals
        Derek Landy; Darren Shan|irish|children's; horror; fantasy; creepy
        John Bellairs|american|children's; creepy; magic
        Tony DiTerlizzi|american|children's; fantasy; fairies
        Dan Brown|american|thriller; mysterious; exciting
        John Grisham|american|thriller; law and courts
        Michael Crichton|american|thriller; science fiction; exciting
        Tom Clancy|american|thriller; espionage; war stories
        Robert Ludlum; Vince Flynn; David Baldacci; James Patterson|american|thriller; exciting; espionage
        Michael Connelly; Jeffery Deaver; Patricia Cornwell; Kathy Reichs; Tess Gerritsen; Karin Slaughter|american|crime; detective fiction; thriller
        Sue Grafton; Janet Evanovich; Harlan Coben|american|detective fiction; crime; thriller
        Tana French|irish|detective fiction; psychological fiction
        Jo Nesbø; Henning Mankell; Camilla Läckberg|norwegian|crime; detective fiction; thriller
        Gillian Flynn|american|thriller; psychological fiction; marriage; dark
        Patricia Highsmith|american|crime; psychological fiction; thriller
        Truman Capote|american|crime; novel
        Thomas Harris|american|thriller; horror; murder
        Dennis Lehane; James Ellroy; Elmore Leonard|american|crime; thriller
        Donna Tartt|american|novel; university life; murder; psychological fiction
        Harper Lee|american|novel; race; law and courts; coming of age
        J. D. Salinger; J.D. Salinger|american|coming of age; novel
        Sylvia Plath|american|madness; women's lives; poetry
        Ken Kesey|american|madness; novel
        Joseph Heller|american|satire; war stories; funny
        John Kennedy Toole|american|funny; satire
        Jack Kerouac|american|travel; novel
        Toni Morrison|american|race; slavery; novel
        Maya Angelou|american|memoir; race; women's lives
        Alice Walker|american|race; women's lives; letters in novels
        James Baldwin; Richard Wright; Ralph Ellison|american|race; novel; serious
        Philip Roth; Saul Bellow; John Updike|american|novel; psychological fiction
        Don DeLillo; Thomas Pynchon; David Foster Wallace|american|novel; strange; satire
        Jonathan Franzen; Jeffrey Eugenides; Michael Chabon|american|novel; family
        Arthur Miller|american|plays; serious; tragedy; family
        Tennessee Williams|american|plays; serious; family; tragedy
        Edward Albee; August Wilson; David Mamet|american|plays; serious
        Tom Stoppard|english|plays; comedy; thoughtful
        Wallace Stegner; Larry McMurtry|american|western; novel; the wild west
        Louis L'Amour|american|western; the wild west
        Barbara Kingsolver|american|novel; family; nature
        Amy Tan; Lisa See|american|china; family; women's lives
        Khaled Hosseini|american|novel; family; sad
        Kathryn Stockett|american|race; women's lives; novel
        Sue Monk Kidd; Fannie Flagg|american|women's lives; gentle; novel
        Jan Karon|american|gentle; clergy; country life
        Maeve Binchy|irish|gentle; ireland; women's lives
        Rosamunde Pilcher|english|gentle; family; romance
        Nora Roberts; Danielle Steel; Nicholas Sparks; Julia Quinn; Jude Deveraux; Lisa Kleypas|american|romance; love and courtship
        E. L. James; E.L. James|english|romance
        Diana Gabaldon|american|historical fiction; romance; time travel; scotland
        Audrey Niffenegger|american|time travel; romance
        John Green; Rainbow Rowell; Sarah Dessen; Stephen Chbosky|american|young adult; coming of age; romance
        Markus Zusak|australian|the second world war; young adult
        Anthony Doerr; Kristin Hannah|american|the second world war; historical fiction
        Gregory David Roberts|australian|india; crime; epic sweep
        James Clavell|english|japan; historical fiction; epic sweep; china
        James A. Michener; Leon Uris; Herman Wouk; Edward Rutherfurd|american|historical fiction; epic sweep
        Colleen McCullough|australian|historical fiction; epic sweep; australia
        Noah Gordon; Irving Stone|american|historical fiction
        Nathaniel Philbrick|american|history; the sea; whaling; shipwreck
        Hampton Sides; Alfred Lansing|american|history; exploration; polar exploration
        Jon Krakauer|american|mountaineering; wilderness; memoir
        Sebastian Junger|american|the sea; memoir
        Laura Hillenbrand|american|history; horses; the second world war
        Erik Larson; David McCullough; Doris Kearns Goodwin; Ron Chernow; Stephen E. Ambrose|american|history; biography
        Barbara W. Tuchman; Barbara Tuchman|american|history
        Jared Diamond; Yuval Noah Harari|american|history; popular science
        Bill Bryson|american|travel; funny; popular science
        Carl Sagan|american|popular science; astronomy
        Stephen Jay Gould; Jerry A. Coyne; Neil Shubin|american|evolution; popular science
        Oliver Sacks; Atul Gawande; Siddhartha Mukherjee|american|medicine; popular science; psychology
        Daniel Kahneman; Steven Pinker|american|psychology; popular science
        Malcolm Gladwell; Steven D. Levitt|american|sociology; economics; popular science
        Mary Roach|american|popular science; funny
        Rachel Carson; Annie Dillard; Aldo Leopold|american|nature
        David Sedaris; Jenny Lawson; Tina Fey; Dave Barry|american|funny; memoir; essays
        Erma Bombeck; James Thurber; Dorothy Parker|american|funny; short stories
        Garrison Keillor|american|funny; gentle; country life
        William Goldman|american|funny; adventure; fantasy; romance
        Christopher Moore; Carl Hiaasen|american|funny; satire
        Chuck Palahniuk; Bret Easton Ellis|american|dark; satire
        Raymond Carver; Flannery O'Connor; George Saunders|american|short stories
        Elizabeth Gilbert; Cheryl Strayed; Jeannette Walls; Frank McCourt|american|memoir
        Anne Frank; Elie Wiesel; Primo Levi; Viktor E. Frankl|german|memoir; the second world war
        Dale Carnegie; Stephen R. Covey; Napoleon Hill; Eckhart Tolle|american|self-help
        E. B. White; E.B. White|american|children's; animals; gentle
        Laura Ingalls Wilder|american|children's; girls; pioneers; family
        Beverly Cleary; Judy Blume|american|children's; funny; family
        Katherine Paterson; Louis Sachar; Natalie Babbitt; Kate DiCamillo|american|children's; friendship
        Marguerite Henry; Walter Farley|american|horses; children's
        Scott O'Dell; Gary Paulsen; Jean Craighead George|american|children's; adventure; castaways; wilderness
        Wilson Rawls; Fred Gipson; Jean de Brunhoff|american|dogs; children's; animals
        Maurice Sendak; Eric Carle; Margaret Wise Brown; Dr. Seuss; Arnold Lobel; Robert McCloskey; Ezra Jack Keats; Don Freeman|american|\
        picture books; children's
        Shel Silverstein|american|picture books; poetry; children's; funny
        Jeff Kinney; Dav Pilkey|american|children's; funny
        Norton Juster; Trenton Lee Stewart; Chris Colfer|american|children's; fantasy; funny
        Eoin Colfer|irish|children's; fantasy; heists and thieves; funny
        Carolyn Keene; Franklin W. Dixon; Gertrude Chandler Warner|american|children's; detective fiction
        Jean M. Auel|american|historical fiction; lost worlds
        Yann Martel|canadian|castaways; the sea; thoughtful
        Libba Bray|american|young adult; fantasy; castaways
        Alex Haley|american|slavery; family; historical fiction
        Colson Whitehead; Edward P. Jones|american|slavery; race; novel
        Olaudah Equiano; Mary Prince; Sojourner Truth; William Wells Brown; Josiah Henson; Elizabeth Keckley; Harriet Tubman|american|slavery; memoir
        Ayn Rand|american|political fiction; philosophy; novel
        """
}
