/// Small files in the form of the real ones.
enum Samples {
    static let gutenbergHeader = "Text#,Type,Issued,Title,Language,Authors,Subjects,LoCC,Bookshelves\n"

    /// One row an author, several editions of one work, volumes, translations, a row without a title.
    static let gutenberg =
        gutenbergHeader + """
            84,Text,1993-10-01,"Frankenstein; or, the modern prometheus",en,"Shelley, Mary Wollstonecraft, 1797-1851","Science fiction; Horror tales; Monsters -- Fiction",PR,"Gothic Fiction; Movie Books; Category: British Literature"
            996,Text,,Don Quixote,en,"Cervantes Saavedra, Miguel de, 1547-1616","Knights and knighthood -- Spain -- Fiction; Picaresque literature",PQ,Best Books Ever Listings
            2488,Text,,Twenty Thousand Leagues under the Sea,en,"Verne, Jules, 1828-1905",Science fiction; Submarines (Ships) -- Fiction; Sea stories,PQ,Category: French Literature
            20038,Text,,"Frankenstein; Or, The Modern Prometheus",en,"Shelley, Mary Wollstonecraft, 1797-1851",Science fiction; Horror tales,PR,
            40718,Text,,Atlantic Narratives: Modern Short Stories; Second Series,en,"Donnell, Annie Hamilton, 1862-1943",Short stories,PN,Category: Short Stories
            40718,Text,,Atlantic Narratives: Modern Short Stories; Second Series,en,"Norris, Kathleen Thompson, 1880-1966",Short stories,PN,Category: Short Stories
            40718,Text,,Atlantic Narratives: Modern Short Stories; Second Series,en,"Antin, Mary, 1881-1949",Short stories,PN,Category: Short Stories
            54873,Text,,"L'Île mystérieuse",fr,"Verne, Jules, 1828-1905","Adventure stories; Castaways -- Fiction",PQ,FR Littérature
            62404,Text,,"Frankenstein, ou le Prométhée moderne Volume 1 (of 3)",fr,"Shelley, Mary Wollstonecraft, 1797-1851",Science fiction,PR,
            70001,Text,,"Ballads of the Sea
            With Forty Pictures",en,"Masefield, John, 1878-1967; Robinson, W. Heath, 1872-1944 [Illustrator]","Sea poetry, English",PR,
            70002,Sound,,"Audio: Twenty Thousand Leagues under the Sea",en,"Verne, Jules, 1828-1905",Science fiction,PQ,
            90907,Other,,,en,,,,

            """

    static let goodbooks = """
        book_id,goodreads_book_id,best_book_id,work_id,books_count,isbn,isbn13,authors,original_publication_year,original_title,title,language_code,average_rating,ratings_count
        1,18490,18490,4836639,2618,141439475,9.78014143947e+12,"Mary Wollstonecraft Shelley, Percy Bysshe Shelley, Maurice Hindle",1818.0,"Frankenstein; or, The Modern Prometheus",Frankenstein,eng,3.75,808589
        2,33507,33507,1057145,1425,76072849X,9.78076072851e+12,"Jules Verne, Anthony Bonner",1869.0,Vingt mille lieues sous les mers,"20,000 Leagues Under the Sea (Captain Nemo, #2)",eng,3.87,128421
        3,3,3,4640799,491,439554934,9.78043955493e+12,"J.K. Rowling, Mary GrandPré",1997.0,Harry Potter and the Philosopher's Stone,"Harry Potter and the Sorcerer's Stone (Harry Potter, #1)",eng,4.44,4602479
        4,1381,1381,3356006,1703,143039954,9.78014303995e+12,"Homer, Robert Fagles",-720.0,Ὀδύσσεια,The Odyssey,eng,3.73,670326
        5,59980,59980,1,1,,,Frank Miller,1986.0,Batman: The Dark Knight Returns,Batman: The Dark Knight Returns,eng,4.25,137001
        6,59981,59981,1,1,,,Frank Miller,1987.0,Batman: Year One,Batman: Year One,eng,4.22,131000

        """

    static let goodreads = #"""
        Book Id,Title,Author,Author l-f,Additional Authors,ISBN,ISBN13,My Rating,Average Rating,Publisher,Binding,Number of Pages,Year Published,Original Publication Year,Date Read,Date Added,Bookshelves,Bookshelves with positions,Exclusive Shelf,My Review,Spoiler,Private Notes,Read Count,Owned Copies
        18490,"Frankenstein: The 1818 Text",Mary Wollstonecraft Shelley,"Shelley, Mary",Maurice Hindle,"=""0141439475""","=""9780141439471""",5,3.76,Penguin,Paperback,273,2003,1818,,2019/01/02,"to-read, sci-fi, gift-from-aunt-mabel",,to-read,A secret of mine.,,Private words.,1,0
        5107,The Catcher in the Rye,J.D. Salinger,"Salinger, J.D.",,"=""0316769177""",,0,3.80,,Paperback,277,2001,1951,,2019/01/02,,,read,,,,1,0

        """#

    static let plain = """
        title,authors,year,language,length,subjects,description,gutenberg_id
        Frankenstein,Mary Shelley,1818,en,medium,science fiction; gothic; loneliness,"A student makes a living being and flees from it.",84
        Twenty Thousand Leagues Under the Seas,Jules Verne,1869,fr,long,adventure; sea; technology,A professor is taken on a voyage in a submarine.,2488
        The Odyssey,Homer,-725,grc,long,epic; poetry; sea,"A king needs ten years to sail home.",
        Poems,Emily Dickinson,1890,en,medium,poetry; death,Short poems on large things.,
        Poems,Wilfred Owen,1920,en,short,poetry; war,Poems from the trenches.,

        """
}
