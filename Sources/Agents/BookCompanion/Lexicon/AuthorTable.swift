/// What well-known authors are known for: catalogues often have no subjects for a famous book.
///
/// A line: name; other spelling | nation | concepts of `SubjectTable` and `GenreTable`, the most typical first.
enum AuthorTable {
    /// Antiquity to the eighteenth century, and the British Isles up to the First World War.
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
        Israel Zangwill|english|locked rooms; judaism; detective fiction
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
}
