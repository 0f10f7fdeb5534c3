/// What well-known authors are known for: catalogues often have no subjects for a famous book.
///
/// A line: name; other spelling | nation | concepts of `SubjectTable` and `GenreTable`, the most typical first.
enum AuthorTable {
    static let older = """
        Homer|greek|epic; mythology; greek myths; poetry
        Aeschylus|greek|tragedy; plays; greek myths
        Sophocles|greek|tragedy; plays; greek myths
        Euripides|greek|tragedy; plays; greek myths
        Aristophanes|greek|comedy; plays; satire; funny
        Plato|greek|philosophy; thoughtful
        Aristotle|greek|philosophy; ethics
        Herodotus|greek|history; ancient greece
        Thucydides|greek|history; ancient greece; war stories
        Aesop|greek|fables; children's
        Virgil; Vergil|roman|epic; poetry; mythology
        Ovid|roman|poetry; mythology
        Horace|roman|poetry
        Marcus Aurelius|roman|philosophy; stoicism
        Seneca|roman|philosophy; stoicism; tragedy
        Epictetus|greek|philosophy; stoicism
        Plutarch|greek|biography; history
        Tacitus|roman|history; ancient rome
        Apuleius|roman|novel; magic; funny
        Dante Alighieri|italian|epic; poetry; religion; classics
        Giovanni Boccaccio|italian|short stories; funny
        Geoffrey Chaucer|english|poetry; funny; short stories
        Thomas Malory|english|king arthur; knights and castles; romance
        Miguel de Cervantes Saavedra; Miguel de Cervantes|spanish|satire; adventure; funny; classics; novel
        François Rabelais|french|satire; funny
        Michel de Montaigne|french|essays; philosophy; thoughtful
        Niccolò Machiavelli|italian|politics; philosophy; history
        Thomas More|english|utopia
        Christopher Marlowe|english|plays; tragedy
        William Shakespeare|english|plays; tragedy; comedy; poetry
        Ben Jonson|english|plays; comedy; satire
        John Milton|english|epic; poetry; religion
        John Bunyan|english|religion; christianity
        Samuel Pepys|english|diaries; london
        Molière|french|plays; comedy; satire; funny
        Jean Racine|french|plays; tragedy; greek myths
        Pierre Corneille|french|plays; tragedy
        Jean de La Fontaine|french|fables; poetry
        Madame de La Fayette|french|novel; romance; psychological fiction
        William Congreve|english|plays; comedy
        Daniel Defoe|english|adventure; castaways; novel
        Jonathan Swift|irish|satire; adventure; funny
        Samuel Richardson|english|novel; letters in novels; romance
        Henry Fielding|english|novel; funny; satire
        Laurence Sterne|irish|novel; funny; strange
        Tobias Smollett|scottish|novel; funny; adventure
        Oliver Goldsmith|irish|plays; comedy; country life; gentle
        Richard Brinsley Sheridan|irish|plays; comedy; high society; funny
        Fanny Burney|english|novel; high society; love and courtship
        Horace Walpole|english|gothic; horror
        Ann Ward Radcliffe; Ann Radcliffe|english|gothic; creepy; romance
        M. G. Lewis; Matthew Gregory Lewis|english|gothic; horror
        William Beckford|english|gothic; fantasy
        Clara Reeve|english|gothic
        William Godwin|english|gothic; crime; political fiction
        Charles Brockden Brown|american|gothic; psychological fiction
        Charles Robert Maturin|irish|gothic; horror
        Voltaire|french|satire; philosophy; funny; short stories
        Jean-Jacques Rousseau|french|philosophy; memoir; education
        Denis Diderot|french|philosophy; novel; satire
        Choderlos de Laclos; Pierre Choderlos de Laclos|french|letters in novels; betrayal; high society; novel
        Abbé Prévost|french|romance; novel
        Pierre Augustin Caron de Beaumarchais|french|plays; comedy
        Carlo Goldoni|italian|plays; comedy
        Gotthold Ephraim Lessing|german|plays; tragedy
        Johann Wolfgang von Goethe|german|poetry; plays; novel; classics
        Friedrich Schiller|german|plays; tragedy; poetry; history
        Heinrich von Kleist|german|novella; plays; short stories
        E. T. A. Hoffmann|german|fantasy; short stories; gothic; strange
        Joseph Freiherr von Eichendorff; Joseph von Eichendorff|german|novella; poetry
        Heinrich Heine|german|poetry
        Novalis|german|poetry; fantasy
        Adelbert von Chamisso|german|novella; fantasy
        Jacob Grimm; Wilhelm Grimm; Brothers Grimm|german|fairy tales; folklore; children's
        Gottfried Keller|german|novella; novel; short stories
        Theodor Storm|german|novella; poetry
        Theodor Fontane|german|novel; marriage; high society
        Adalbert Stifter|german|novella; nature
        Gerhart Hauptmann|german|plays; serious
        Arthur Schnitzler|german|novella; plays; psychological fiction
        Frank Wedekind|german|plays
        Thomas Mann|german|novel; novella; psychological fiction; family
        Hermann Hesse|german|novel; coming of age; philosophy; thoughtful
        Franz Kafka|german|strange; psychological fiction; novella; short stories; novel
        Rainer Maria Rilke|german|poetry; lyrical
        Stefan Zweig|german|novella; psychological fiction; biography
        Erich Maria Remarque|german|war stories; the first world war; novel
        Bertolt Brecht|german|plays; political fiction
        Karl May|german|the wild west; adventure
        Friedrich Nietzsche|german|philosophy
        Arthur Schopenhauer|german|philosophy
        Immanuel Kant|german|philosophy
        Jane Austen|english|romance; love and courtship; high society; marriage; funny; novel
        Mary Wollstonecraft|english|women's lives; philosophy; travel
        Mary Wollstonecraft Shelley; Mary Shelley|english|gothic; horror; science fiction; mad scientists
        Percy Bysshe Shelley|english|poetry
        Lord Byron; George Gordon Byron|english|poetry
        John Keats|english|poetry
        William Wordsworth|english|poetry; nature
        Samuel Taylor Coleridge|english|poetry; strange
        William Blake|english|poetry
        Robert Burns|scottish|poetry
        Walter Scott|scottish|historical fiction; adventure; scotland; knights and castles
        James Hogg|scottish|gothic; psychological fiction; doubles; the devil
        Thomas De Quincey|english|memoir; essays; dreams
        Charles Lamb|english|essays
        William Hazlitt|english|essays
        Frederick Marryat|english|the navy; sea stories; adventure; children's
        Mary Russell Mitford|english|country life; gentle
        Edward Bulwer Lytton; Edward Bulwer-Lytton; Baron Edward Bulwer Lytton Lytton|english|historical fiction; talking to the dead; ancient rome
        John William Polidori|english|vampires; gothic; horror
        Charles Dickens|english|novel; london; orphans; poverty; epic sweep; family
        William Makepeace Thackeray|english|novel; satire; high society; epic sweep
        Charlotte Brontë|english|novel; romance; dark; orphans; women's lives; gothic
        Emily Brontë|english|novel; romance; dark; gothic; revenge
        Anne Brontë|english|novel; marriage; women's lives
        George Eliot|english|novel; country life; marriage; psychological fiction; epic sweep
        Elizabeth Cleghorn Gaskell; Elizabeth Gaskell|english|novel; country life; poverty; gentle; love and courtship
        Anthony Trollope|english|novel; clergy; high society; politics; marriage
        Wilkie Collins|english|detective fiction; thriller; mysterious; gothic; novel
        Joseph Sheridan Le Fanu; Sheridan Le Fanu|irish|ghost stories; horror; gothic; vampires; mysterious
        Mary Elizabeth Braddon|english|crime; thriller; mysterious; adultery
        Thomas Hardy|english|novel; country life; tragedy; dark; love and courtship
        George Meredith|english|novel; marriage
        George Gissing|english|novel; poverty; writers and books; london
        Samuel Butler|english|utopia; satire; novel
        William Morris|english|fantasy; utopia; poetry
        George MacDonald|scottish|fantasy; fairy tales; children's
        Lewis Carroll|english|fantasy; children's; strange; funny
        Edward Lear|english|poetry; children's; funny
        Charles Kingsley|english|children's; historical fiction; fairy tales
        Thomas Hughes|english|school stories; boys
        R. M. Ballantyne|scottish|adventure; children's; castaways
        R. D. Blackmore|english|historical fiction; romance; country life
        Robert Louis Stevenson|scottish|adventure; pirates; doubles; children's; travel
        H. Rider Haggard|english|adventure; africa; lost worlds
        Arthur Conan Doyle; Sir Arthur Conan Doyle|scottish|detective fiction; detectives; lost worlds; historical fiction; short stories
        Oscar Wilde|irish|plays; comedy; funny; short stories; fairy tales
        Bram Stoker|irish|vampires; horror; gothic
        George Bernard Shaw; Bernard Shaw|irish|plays; comedy; satire; politics
        Arthur Wing Pinero|english|plays; comedy
        W. S. Gilbert|english|comedy; opera; funny
        Jerome K. Jerome|english|funny; travel; light
        George Grossmith; Weedon Grossmith|english|funny; diaries
        J. M. Barrie|scottish|plays; children's; comedy; fantasy
        Anthony Hope|english|adventure; romance
        Israel Zangwill|english|jewish; locked rooms; judaism; detective fiction
        Fergus Hume|english|detective fiction
        Arthur Morrison|english|poverty; detective fiction; london
        E. W. Hornung|english|heists and thieves; crime
        R. Austin Freeman|english|detective fiction; detectives
        Rudyard Kipling|english|india; adventure; short stories; children's; animals
        H. G. Wells|english|science fiction; mars; time travel; short stories; the future
        Joseph Conrad|polish|sea stories; the sea; psychological fiction; adventure; novella
        Henry James|american|psychological fiction; high society; ghost stories; novel
        Ford Madox Ford|english|novel; marriage; adultery; war stories
        Arnold Bennett|english|novel; family
        John Galsworthy|english|novel; family; money; plays
        E. M. Forster|english|novel; love and courtship; india; italy
        Saki|english|funny; short stories; satire; strange
        G. K. Chesterton|english|detective fiction; essays; funny; short stories
        E. Nesbit|english|children's; fantasy; family; magic
        Kenneth Grahame|english|children's; animals; gentle; country life
        Beatrix Potter|english|picture books; animals; children's
        A. A. Milne|english|picture books; children's; gentle; funny; plays
        P. G. Wodehouse|english|funny; light; high society; gentle
        Max Beerbohm|english|satire; funny; essays
        E. F. Benson|english|funny; high society; ghost stories
        M. R. James|english|ghost stories; horror; creepy; short stories
        Algernon Blackwood|english|ghost stories; horror; creepy; nature
        Arthur Machen|welsh|horror; creepy; strange; talking to the dead
        William Hope Hodgson|english|horror; sea stories; strange; science fiction
        W. W. Jacobs|english|funny; sea stories; horror; short stories
        Lord Dunsany|irish|fantasy; short stories; lyrical
        E. R. Eddison|english|fantasy; epic
        David Lindsay|scottish|fantasy; science fiction; strange
        Erskine Childers|irish|espionage; the sea
        John Buchan|scottish|espionage; thriller; adventure
        E. Phillips Oppenheim|english|espionage; thriller
        Edgar Wallace|english|thriller; crime
        Baroness Emmuska Orczy Orczy; Baroness Orczy; Emmuska Orczy|english|the french revolution; adventure; historical fiction; romance
        Stanley J. Weyman|english|historical fiction; adventure; france
        Rafael Sabatini|english|adventure; pirates; historical fiction
        E. C. Bentley|english|detective fiction
        Freeman Wills Crofts|irish|detective fiction
        Elizabeth von Arnim|english|gentle; gardens; funny; women's lives
        Frances Hodgson Burnett|english|children's; girls; orphans; gentle; gardens
        Anna Sewell|english|horses; animals; children's
        Hugh Lofting|english|children's; animals
        """

    static let continental = """
        Stendhal|french|novel; psychological fiction; romance
        Honoré de Balzac|french|novel; money; paris; high society
        Victor Hugo|french|novel; poetry; epic sweep; historical fiction; poverty
        Alexandre Dumas|french|adventure; historical fiction; revenge; epic sweep
        Eugène Sue|french|paris; poverty; epic sweep; crime
        George Sand|french|novel; country life; romance; women's lives
        Prosper Mérimée|french|novella; short stories
        Théophile Gautier|french|poetry; fantasy; ghost stories
        Alfred de Musset|french|poetry; plays
        Alphonse de Lamartine|french|poetry
        Charles Baudelaire|french|poetry; dark
        Paul Verlaine|french|poetry
        Arthur Rimbaud|french|poetry; strange
        Stéphane Mallarmé|french|poetry
        Comte de Lautréamont|french|poetry; strange; dark
        José-Maria de Heredia|french|poetry
        Gustave Flaubert|french|novel; adultery; country life; psychological fiction
        Jules Verne|french|adventure; science fiction; exploration; children's
        Émile Gaboriau|french|detective fiction
        Émile Zola|french|novel; poverty; serious; dark
        Guy de Maupassant|french|short stories; novel; serious
        Alphonse Daudet|french|short stories; funny; country life
        J.-K. Huysmans|french|novel; strange
        Anatole France|french|satire; historical fiction; novel
        Edmond Rostand|french|plays; romance; comedy
        Gaston Leroux|french|detective fiction; locked rooms; horror
        Maurice Leblanc|french|heists and thieves; detective fiction
        Romain Rolland|french|novel; music
        Marcel Proust|french|psychological fiction; high society; novel; lyrical
        André Gide|french|novel; psychological fiction; same-sex love
        Colette|french|novel; women's lives; romance
        Albert Camus|french|philosophy; novel; thoughtful
        Jean-Paul Sartre|french|philosophy; plays; novel
        Antoine de Saint-Exupéry|french|children's; flying; thoughtful
        Georges Simenon|belgian|detective fiction; crime
        Maurice Maeterlinck|belgian|plays; bees; lyrical
        Alessandro Manzoni|italian|historical fiction; romance
        Carlo Collodi|italian|children's; fairy tales
        Gabriele D'Annunzio|italian|novel; poetry
        Luigi Pirandello|italian|plays; novel
        Giovanni Verga|italian|novel; short stories; country life
        Umberto Eco|italian|historical fiction; detective fiction; thoughtful
        Italo Calvino|italian|fantasy; strange; novel
        Elena Ferrante|italian|friendship; women's lives; novel
        Benito Pérez Galdós|spanish|novel; historical fiction; war at sea
        Gustavo Adolfo Bécquer|spanish|poetry; ghost stories
        Federico García Lorca|spanish|poetry; plays; tragedy
        Carlos Ruiz Zafón|spanish|mysterious; writers and books; historical fiction
        José Maria Eça de Queirós; Eça de Queirós|portuguese|novel; satire; adultery
        Luís de Camões|portuguese|epic; poetry
        José Saramago|portuguese|novel; strange; thoughtful
        Aleksandr Sergeevich Pushkin; Alexander Pushkin|russian|poetry; novella; short stories; historical fiction
        Nikolai Vasilevich Gogol; Nikolai Gogol|russian|satire; funny; short stories; novel
        Mikhail Yurevich Lermontov; Mikhail Lermontov|russian|novel; poetry; adventure
        Ivan Sergeevich Turgenev; Ivan Turgenev|russian|novel; love and courtship; country life
        Ivan Aleksandrovich Goncharov; Ivan Goncharov|russian|novel; satire
        Fyodor Dostoyevsky; Fyodor Dostoevsky|russian|novel; psychological fiction; guilt; philosophy; dark
        Leo Tolstoy; graf Leo Tolstoy|russian|novel; epic sweep; war stories; adultery; thoughtful
        Nikolai Semenovich Leskov; Nikolai Leskov|russian|short stories; novella
        Anton Pavlovich Chekhov; Anton Chekhov|russian|short stories; plays; serious
        Maksim Gorky; Maxim Gorky|russian|novel; poverty; socialism; plays
        Leonid Andreyev|russian|short stories; dark; plays
        Aleksandr Ivanovich Kuprin; Alexander Kuprin|russian|novel; short stories
        Fyodor Sologub|russian|novel; dark
        Ivan Bunin|russian|short stories; lyrical
        Yevgeny Zamyatin|russian|dystopia; science fiction; novel
        Mikhail Bulgakov|russian|satire; fantasy; strange; novel
        Boris Pasternak|russian|novel; poetry; the russian revolution
        Aleksandr Solzhenitsyn|russian|prison; memoir; novel
        Vladimir Nabokov|russian|novel; lyrical; psychological fiction
        Henrik Ibsen|norwegian|plays; serious; marriage; women's lives
        Bjørnstjerne Bjørnson|norwegian|country life; plays
        Knut Hamsun|norwegian|novel; psychological fiction; country life
        Sigrid Undset|norwegian|historical fiction; knights and castles
        Jostein Gaarder|norwegian|philosophy; young adult
        August Strindberg|swedish|plays; serious; psychological fiction
        Selma Lagerlöf|swedish|novel; folklore; children's
        Astrid Lindgren|swedish|children's; funny
        Stieg Larsson|swedish|thriller; crime; detective fiction
        Hans Christian Andersen; H. C. Andersen|danish|fairy tales; children's
        Søren Kierkegaard|danish|philosophy
        Isak Dinesen; Karen Blixen|danish|africa; short stories
        Karel Čapek|czech|robots; science fiction; plays; satire
        Milan Kundera|czech|novel; thoughtful
        Henryk Sienkiewicz|polish|historical fiction; ancient rome
        Stanisław Lem|polish|science fiction; space
        Johanna Spyri|swiss|children's; girls; orphans; mountaineering
        Johann David Wyss|swiss|castaways; children's; adventure; family
        Friedrich Dürrenmatt|swiss|plays; detective fiction
        """

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
        Owen Wister|american|western; cowboys; the wild west
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
