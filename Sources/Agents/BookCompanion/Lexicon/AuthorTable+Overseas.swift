extension AuthorTable {
    /// Writers of the Americas, Asia, Africa and Australia.
    static let newWorld = """
        Benjamin Franklin|american|memoir; essays
        Washington Irving|american|short stories; ghost stories; travel
        James Fenimore Cooper|american|adventure; the wild west; sea stories; native americans
        Edgar Allan Poe|american|horror; short stories; detective fiction; poetry; dark; gothic
        Nathaniel Hawthorne|american|guilt; gothic; short stories; novel
        Herman Melville|american|sea stories; whaling; the sea; the south seas; novel
        Richard Henry Dana|american|sailing ships; sea stories; memoir
        Ralph Waldo Emerson|american|essays; philosophy
        Henry David Thoreau|american|nature; essays; wilderness; philosophy
        Harriet Beecher Stowe|american|slavery; novel
        Frederick Douglass|american|slavery; memoir
        Harriet A. Jacobs; Harriet Jacobs|american|slavery; memoir; women's lives
        Solomon Northup|american|slavery; memoir
        Booker T. Washington|american|memoir; slavery; education
        W. E. B. Du Bois|american|race; essays; sociology
        Walt Whitman|american|poetry
        Emily Dickinson|american|poetry
        Louisa May Alcott|american|girls; family; children's; gentle
        Susan Coolidge|american|girls; children's; family
        Mark Twain|american|funny; adventure; satire; boys; travel
        Bret Harte|american|the wild west; short stories; the gold rush
        Ambrose Bierce|american|horror; satire; short stories; the american civil war
        William Dean Howells|american|novel; high society
        Edward Bellamy|american|utopia; time travel; the future
        Anna Katharine Green|american|detective fiction
        Joel Chandler Harris|american|folklore; animals; children's
        Lew Wallace|american|historical fiction; christianity; ancient rome
        Frank R. Stockton|american|funny; short stories
        Sarah Orne Jewett|american|country life; gentle; women's lives
        Kate Chopin|american|women's lives; marriage; short stories
        Charlotte Perkins Gilman|american|women's lives; utopia; madness; short stories
        Stephen Crane|american|war stories; the american civil war; novel
        Frank Norris|american|novel; money; serious
        Theodore Dreiser|american|novel; serious; money
        Upton Sinclair|american|novel; poverty; socialism; politics
        Jack London|american|adventure; the gold rush; dogs; wilderness; sea stories
        O. Henry|american|short stories; funny; new york
        Owen Wister|american|western; the wild west
        Zane Grey|american|western; the wild west; adventure
        Max Brand|american|western; the wild west
        L. Frank Baum|american|fantasy; children's; magic
        Edgar Rice Burroughs|american|adventure; mars; science fiction; the jungle; lost worlds
        Robert W. Chambers|american|horror; strange; romance
        Edith Wharton|american|novel; high society; new york; marriage; ghost stories
        Willa Cather|american|pioneers; novel; country life
        Sherwood Anderson|american|short stories; country life
        Sinclair Lewis|american|satire; novel; country life
        Booth Tarkington|american|novel; funny; family
        Ellen Glasgow|american|novel; country life
        Edna Ferber|american|novel; women's lives; pioneers
        F. Scott Fitzgerald|american|novel; high society; money; love and courtship
        Ernest Hemingway|american|novel; war stories; short stories
        William Faulkner|american|novel; family; psychological fiction
        John Dos Passos|american|novel; new york; political fiction
        Thornton Wilder|american|novel; plays; thoughtful
        Anita Loos|american|funny; satire; diaries
        Nella Larsen|american|race; women's lives; novel
        Zora Neale Hurston|american|race; women's lives; novel
        Jean Toomer|american|race; short stories
        Eugene O'Neill; Eugene O’Neill|american|plays; serious; family; tragedy
        John Steinbeck|american|novel; poverty; serious; friendship
        Pearl S. Buck|american|china; family; novel
        Margaret Mitchell|american|historical fiction; the american civil war; romance; epic sweep
        Jean Webster|american|girls; letters in novels; orphans; funny
        Kate Douglas Smith Wiggin; Kate Douglas Wiggin|american|girls; children's; orphans
        Eleanor H. Porter|american|girls; children's; orphans; uplifting
        Gene Stratton-Porter|american|girls; nature; romance
        Thornton W. Burgess|american|picture books; animals; children's
        Johnny Gruelle|american|picture books; children's
        Margery Williams Bianco; Margery Williams|english|picture books; children's
        Mary Roberts Rinehart|american|detective fiction; funny
        S. S. Van Dine|american|detective fiction; new york
        Dashiell Hammett|american|detective fiction; crime; detectives
        Raymond Chandler|american|detective fiction; crime; detectives
        Rex Stout|american|detective fiction; funny
        Ellery Queen|american|detective fiction
        H. P. Lovecraft|american|horror; creepy; strange; short stories
        Robert E. Howard|american|fantasy; adventure; horror
        A. Merritt|american|fantasy; lost worlds
        Clark Ashton Smith|american|fantasy; horror
        James Branch Cabell|american|fantasy; satire; funny
        William James|american|psychology; philosophy; religion
        John Muir|american|nature; wilderness; mountaineering
        Henry Adams|american|memoir; history
        L. M. Montgomery|canadian|girls; orphans; children's; gentle; country life
        Stephen Leacock|canadian|funny; short stories; satire
        Ernest Thompson Seton|canadian|animals; nature; children's
        Robert W. Service|canadian|poetry; the gold rush
        Robertson Davies|canadian|novel; thoughtful
        Margaret Atwood|canadian|dystopia; women's lives; novel
        Alice Munro|canadian|short stories; women's lives
        Joshua Slocum|american|sailing ships; memoir; the sea
        Machado de Assis; Joaquim Maria Machado de Assis|brazilian|novel; satire; psychological fiction
        José de Alencar|brazilian|novel; romance; native americans
        Paulo Coelho|brazilian|thoughtful; uplifting
        Jorge Luis Borges|argentinian|short stories; strange; fantasy
        Gabriel García Márquez|colombian|magical realism; novel; family
        Isabel Allende|chilean|magical realism; family; women's lives; historical fiction
        Mario Vargas Llosa|peruvian|novel; political fiction
        Pablo Neruda|chilean|poetry
        Laura Esquivel|mexican|magical realism; romance; cooking
        Henry Lawson|australian|short stories; australia
        Marcus Clarke|australian|prison; australia
        Miles Franklin|australian|women's lives; australia; coming of age
        Banjo Paterson; A. B. Paterson|australian|poetry; australia
        Katherine Mansfield|new zealand|short stories; psychological fiction
        Olive Schreiner|south african|africa; women's lives
        J. M. Coetzee|south african|novel; serious; race
        Chinua Achebe|nigerian|africa; novel
        Chimamanda Ngozi Adichie|nigerian|africa; novel; women's lives
        Rabindranath Tagore|indian|poetry; short stories; novel; india
        Salman Rushdie|indian|magical realism; india; novel
        Arundhati Roy|indian|india; family; novel
        Vikram Seth|indian|india; family; epic sweep
        R. K. Narayan|indian|india; funny; gentle
        Haruki Murakami|japanese|strange; magical realism; novel
        Kazuo Ishiguro|english|novel; thoughtful; psychological fiction
        Murasaki Shikibu|japanese|novel; romance; japan; high society
        Natsume Sōseki; Sōseki Natsume|japanese|novel; japan
        Lafcadio Hearn|american|japan; ghost stories; folklore
        Confucius|chinese|philosophy
        Laozi; Lao Tzu|chinese|philosophy; buddhism
        Sunzi; Sun Tzu|chinese|war stories; philosophy
        """
}
