extension AuthorTable {
    /// American authors of the last hundred years, and some of their peers elsewhere.
    static let modernAmerican = """
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
