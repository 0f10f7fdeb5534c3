extension AuthorTable {
    /// Writers of the European continent from 1800 on.
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
}
