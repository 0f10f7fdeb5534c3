#!/usr/bin/env python3
"""Checks starter.csv: its form always, its facts where the public data sets are at hand.

Usage: python3 catalog/check.py [FILE]

The data sets are looked for below the folder that CHAT_FCGI_DATA names, or else in ../shared/data next to the
repository: gutenberg/pg_catalog.csv.gz and goodbooks/books.csv.gz. One that is absent is skipped with a word.
Exit status: 0 when everything holds, 1 when something is to be mended.
"""

import csv
import gzip
import os
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
COLUMNS = "title,authors,year,language,length,subjects,description,gutenberg_id".split(",")
LENGTHS = {"short", "medium", "long"}
NO_TWO_LETTER_CODE = {"grc", "akk", "ang", "nap", "quc"}
OLDEST, NEWEST = -2500, 2015
LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "æ": "ae", "œ": "oe", "’": "", "'": "", "&": " and "}
)
SMALL_WORDS = {"the", "a", "an", "of", "and", "or", "in", "to", "le", "la", "les"}

# Texts whose title at Project Gutenberg does not hold the words of ours: the words that it holds instead.
NAMED_OTHERWISE = {
    ("Theogony", "348"): "Hesiod, the Homeric Hymns, and Homerica",
    ("The Book of Songs", "9394"): "The Shih King",
    ("The Oresteia", "8604"): "The House of Atreus",
    ("The Histories", "2707"): "The History of Herodotus",
    ("Oedipus Rex", "31"): "Oedipus the King",
    ("Tao Te Ching", "216"): "The Tao Teh King",
    ("Ramayana", "24869"): "The Rámáyan of Válmíki",
    ("Zhuangzi", "59709"): "Chuang Tzu",
    ("The Gallic War", "10657"): "De Bello Gallico",
    ("On Duties", "47001"): "De Officiis",
    ("The Jewish War", "2850"): "The Wars of the Jews",
    ("Germania", "2995"): "Tacitus on Germany",
    ("Parallel Lives", "674"): "Lives of the noble Grecians and Romans",
    ("The Golden Ass", "1666"): "The Golden Asse",
    ("The Recognition of Shakuntala", "12169"): "Sakoontala",
    ("Poems of Li Bai", "43274"): "The Poet Li Po",
    ("One Thousand and One Nights", "3435"): "The Book of the Thousand Nights and a Night",
    ("Shahnameh", "10315"): "The Shah Nameh",
    ("Hayy ibn Yaqdhan", "16831"): "The Improvement of Human Reason",
    ("Yvain, the Knight of the Lion", "831"): "Four Arthurian Romances",
    ("The Poem of the Cid", "6088"): "The Lay of the Cid",
    ("The Masnavi", "61724"): "The Mesnevi",
    ("Njal's Saga", "597"): "The Story of Burnt Njal",
    ("The Canzoniere", "17650"): "The sonnets, triumphs, and other poems of Petrarch",
    ("Piers Plowman", "43660"): "The Vision and Creed of Piers Ploughman",
    ("The Testament", "12246"): "Œuvres complètes de François Villon",
    ("Lives of the Artists", "25326"): "Lives of the Most Eminent Painters Sculptors and Architects",
    ("Lazarillo de Tormes", "437"): "The Life of Lazarillo of Tormes",
    ("The Lusiads", "32528"): "The Lusiad",
    ("Fuenteovejuna", "60198"): "Fuente Ovejuna",
    ("Meditations on First Philosophy", "70091"): "Six metaphysical meditations",
    ("Simplicius Simplicissimus", "33858"): "The Adventurous Simplicissimus",
    ("Phèdre", "1977"): "Phaedra",
    ("Oroonoko", "29854"): "Volume V",
    ("An Essay Concerning Human Understanding", "10615"): "An Essay Concerning Humane Understanding",
    ("Two Treatises of Government", "7370"): "Second Treatise of Government",
    ("The Narrow Road to the Deep North", "20683"): "奥の細道",
    ("Persian Letters", "30268"): "Lettres persanes",
    ("Elegy Written in a Country Churchyard", "15409"): "An Elegy Wrote in a Country Church Yard",
    ("Julie, or the New Heloise", "76639"): "Eloisa",
    ("The Barber of Seville", "36826"): "Le barbier de Séville",
    ("Dangerous Liaisons", "45512"): "Dangerous Connections",
    ("The Life of Samuel Johnson", "8918"): "Life of Johnson",
    ("Jacques the Fatalist", "39976"): "Jacques le fataliste et son maître",
    ("The Nun", "28827"): "La religieuse",
    ("William Tell", "6788"): "Wilhelm Tell",
    ("Rameau's Nephew", "13862"): "Le neveu de Rameau",
    ("Faust, Part One", "3023"): "Faust — Part 1",
    ("The Sandman", "6341"): "Nachtstücke",
    ("The World as Will and Representation", "38427"): "The World as Will and Idea",
    ("Poems of John Keats", "23684"): "Poems Published in 1820",
    ("Père Goriot", "1237"): "Father Goriot",
    ("The Captain's Daughter", "13511"): "The Daughter of the Commandant",
    ("The Government Inspector", "3735"): "The Inspector-General",
    ("The Venus of Ille", "16240"): "La Vénus d'Ille",
    ("The Charterhouse of Parma", "57638"): "The Chartreuse of Parma",
    ("The Murders in the Rue Morgue", "2147"): "Volume 1",
    ("The Overcoat", "36238"): "The Mantle, and Other Stories",
    ("The Tell-Tale Heart", "2148"): "Volume 2",
    ("Tom Brown's Schooldays", "1480"): "Tom Brown's School Days",
    ("Journey to the Center of the Earth", "18857"): "A Journey to the Centre of the Earth",
    ("Thérèse Raquin", "6626"): "Theresa Raquin",
    ("Demons", "8117"): "The possessed",
    ("A Season in Hell", "56668"): "Une saison en enfer",
    ("The Malavoglia", "54684"): "The House by the Medlar-Tree",
    ("The Posthumous Memoirs of Brás Cubas", "54829"): "Memorias Posthumas de Braz Cubas",
    ("Thus Spoke Zarathustra", "1998"): "Thus Spake Zarathustra",
    ("Against Nature", "12341"): "Against the Grain",
    ("The Regent's Wife", "17073"): "La Regenta",
    ("The House of Ulloa", "18005"): "Los pazos de Ulloa",
    ("Miss Julie", "8499"): "Countess Julie",
    ("The Seagull", "1754"): "The sea-gull",
    ("The Immoralist", "73058"): "L'immoraliste",
    ("The Cherry Orchard", "7986"): "Second Series",
    ("The Notebooks of Malte Laurids Brigge", "2188"): "Die Aufzeichnungen des Malte Laurids Brigge",
    ("The Lost Estate", "5781"): "Le Grand Meaulnes",
    ("Platero and I", "9980"): "Platero y yo",
    ("Rashōmon and Other Stories", "1982"): "羅生門",
    ("A Diary of a Madman", "25423"): "狂人日記",
    ("In the Penal Colony", "25791"): "In der Strafkolonie",
    ("Poems of Wilfred Owen", "1034"): "Poems",
    ("Storm of Steel", "34099"): "In Stahlgewittern",
    ("Six Characters in Search of an Author", "18457"): "Sei personaggi in cerca d'autore",
    ("The True Story of Ah Q", "25332"): "阿Ｑ正傳",
    ("The Magic Mountain", "65661"): "Der Zauberberg. Erster Band",
}

# Authors whose last name is spelled in another way at Project Gutenberg or in goodbooks-10k.
SPELLED = {
    "Sun Tzu": ("sunzi",),
    "Apollonius of Rhodes": ("apollonius",),
    "Ferdowsi": ("firdawsi",),
    "Ibn Tufail": ("tufayl",),
    "Saadi": ("sadi",),
    "Petrarch": ("petrarca",),
    "Hafez": ("hafiz",),
    "Fyodor Dostoevsky": ("dostoyevsky",),
    "Yevgeny Zamyatin": ("zamiatin",),
}

# Years that differ from goodbooks-10k by more than the tolerance: why ours stands.
YEARS_DECIDED = {
    ("Richard III", "William Shakespeare"):
        "first printed in the quarto of 1597; goodbooks-10k has the year of writing",
    ("Romeo and Juliet", "William Shakespeare"):
        "first printed in the quarto of 1597; goodbooks-10k has the year of writing",
    ("A Midsummer Night's Dream", "William Shakespeare"):
        "first printed in the quarto of 1600; goodbooks-10k has the year of writing",
    ("Much Ado About Nothing", "William Shakespeare"):
        "first printed in the quarto of 1600; goodbooks-10k has the year of writing",
    ("The Merchant of Venice", "William Shakespeare"):
        "first printed in the quarto of 1600; goodbooks-10k has the year of writing",
    ("Hamlet", "William Shakespeare"): "first printed in the quarto of 1603; goodbooks-10k has the year of writing",
    ("King Lear", "William Shakespeare"):
        "first printed in the quarto of 1608; goodbooks-10k has the year of writing",
    ("Sonnets", "William Shakespeare"): "first printed in 1609; goodbooks-10k has the year of writing",
    ("Othello", "William Shakespeare"): "first printed in the quarto of 1622; goodbooks-10k has the year of writing",
    ("As You Like It", "William Shakespeare"):
        "first printed in the folio of 1623; goodbooks-10k has the year of writing",
    ("Julius Caesar", "William Shakespeare"):
        "first printed in the folio of 1623; goodbooks-10k has the year of writing",
    ("Macbeth", "William Shakespeare"): "first printed in the folio of 1623; goodbooks-10k has the year of writing",
    ("Twelfth Night", "William Shakespeare"):
        "first printed in the folio of 1623; goodbooks-10k has the year of writing",
    ("The Upanishads", "Anonymous"): "estimate: the oldest are dated to the 7th or 6th century BCE",
    ("Dhammapada", "Anonymous"):
        "estimate: the collection is dated to the 3rd century BCE, later than the Buddha himself",
    ("Bhagavad Gita", "Vyasa"): "estimate: usually dated between the 4th century BCE and the 2nd century CE",
    ("Everyman", "Anonymous"): "goodbooks-10k lists a novel by Philip Roth of the same name (2006)",
    ("The Prince", "Niccolò Machiavelli"): "written in 1513, first printed in 1532",
    ("Gargantua and Pantagruel", "François Rabelais"):
        "Pantagruel appeared in 1532, Gargantua, the first in order, in 1534",
    ("Tartuffe", "Molière"): "staged in 1664, printed in 1669",
    ("Songs of Innocence and of Experience", "William Blake"):
        "Songs of Innocence alone appeared in 1789, both together in 1794",
    ("Grimms' Fairy Tales", "Jacob Grimm; Wilhelm Grimm"): "first volume 1812; 1857 is the seventh edition",
    ("The Count of Monte Cristo", "Alexandre Dumas"):
        "serial and volumes from 1844 to 1846; the year it was complete",
    ("Little Dorrit", "Charles Dickens"): "monthly parts from 1855, book in 1857",
    ("The Importance of Being Earnest", "Oscar Wilde"): "staged in 1895, printed in 1899",
    ("Peter Pan", "J. M. Barrie"): "the novel of 1911 (Peter and Wendy); the play was staged in 1904",
    ("The Little Prince", "Antoine de Saint-Exupéry"):
        "New York edition of 1943; 1946 is the first edition in France",
    ("Night", "Elie Wiesel"): "the Yiddish book of 1956; the French version is of 1958",
    ("On the Road", "Jack Kerouac"): "published in 1957; an extract had appeared in 1955",
}


def plain(text):
    """Lower-case ASCII words of a text, without accents and punctuation."""
    text = unicodedata.normalize("NFKD", text.translate(LETTERS))
    text = "".join(c for c in text if not unicodedata.combining(c)).lower()
    return " ".join(re.findall(r"[a-z0-9]+", text))


def bare_title(text):
    return re.sub(r"^(the|a|an) ", "", plain(text))


def last_names(authors):
    """The words by which an author of the row may be found, each as the data sets may spell it."""
    names = set()
    for author in authors.split("; "):
        names.update(SPELLED.get(author, ()))
        words = [w for w in plain(author).split() if w not in ("jr", "fils")]
        names.add(words[-1])
    return names


def vocabulary():
    """The three lists of README.md, as {heading: set of terms}."""
    lists, heading = {}, None
    for line in (HERE / "README.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading = line.removeprefix("### ") if line.startswith("### ") else None
        elif heading and line.strip():
            lists.setdefault(heading, []).append(line.strip())
    return {h: [t.strip() for t in " ".join(ls).rstrip(".").split(",") if t.strip()] for h, ls in lists.items()}


def check_form(path, complain):
    raw = path.read_bytes()
    if raw.startswith(b"\xef\xbb\xbf"):
        complain(1, "starts with a byte order mark: remove it")
    if raw.count(b"\n") != raw.count(b"\r\n") or not raw.endswith(b"\r\n"):
        complain(1, "a line does not end in CRLF: write all lines with CRLF")
    try:
        rows = list(csv.reader(raw.decode("utf-8").splitlines(), strict=True))
    except (UnicodeDecodeError, csv.Error) as fault:
        complain(1, f"is no CSV in UTF-8: {fault}")
        return []
    if not rows or rows[0] != COLUMNS:
        complain(1, "the header must be " + ",".join(COLUMNS))
        return []
    lists = vocabulary()
    kinds, themes, moods = (set(lists[name]) for name in ("Kinds", "Themes", "Moods"))
    for name, terms in lists.items():
        if terms != sorted(set(terms)):
            complain(0, f"README.md: the list {name} is not in order or holds a term twice")
    for first, second in ((kinds, themes), (kinds, moods), (themes, moods)):
        for term in first & second:
            complain(0, f"README.md: {term!r} is in two lists")
    used, seen, descriptions, works, before = Counter(), {}, {}, [], None
    for number, fields in enumerate(rows[1:], start=2):
        if len(fields) != len(COLUMNS):
            complain(number, f"has {len(fields)} fields, not {len(COLUMNS)}")
            continue
        work = dict(zip(COLUMNS, fields), line=number)
        works.append(work)
        for name in COLUMNS:
            if work[name] != " ".join(work[name].split()) or unicodedata.normalize("NFC", work[name]) != work[name]:
                complain(number, f"{name}: stray white space or text not in composed form (NFC)")
        if not work["title"] or not work["authors"] or any(not a for a in work["authors"].split("; ")):
            complain(number, "title and authors must not be empty")
        key = (bare_title(work["title"]), plain(work["authors"]))
        if key in seen:
            complain(number, f"the same work as line {seen[key]}")
        seen[key] = number
        if not re.fullmatch(r"-?[1-9][0-9]*|", work["year"]):
            complain(number, f"year {work['year']!r} is not a whole number")
        elif work["year"]:
            if not OLDEST <= int(work["year"]) <= NEWEST:
                complain(number, f"year {work['year']} is not between {OLDEST} and {NEWEST}")
            place = (int(work["year"]), plain(work["title"]))
            if before and place < before:
                complain(number, "out of order: rows are ordered by year, then title")
            before = place
        if not re.fullmatch(r"[a-z]{2}", work["language"]) and work["language"] not in NO_TWO_LETTER_CODE:
            complain(number, f"language {work['language']!r} is no ISO 639-1 code")
        if work["length"] not in LENGTHS:
            complain(number, f"length {work['length']!r} is not short, medium or long")
        terms = work["subjects"].split("; ")
        used.update(terms)
        if not 3 <= len(terms) <= 8 or len(set(terms)) != len(terms):
            complain(number, "subjects: give 3 to 8 different terms")
        for term in terms:
            if term not in kinds | themes | moods:
                complain(number, f"subject {term!r} is not in the vocabulary of README.md")
        if not kinds & set(terms) or not moods & set(terms):
            complain(number, "subjects: give at least one kind and one mood")
        text = work["description"]
        if not 60 <= len(text) <= 160:
            complain(number, f"description has {len(text)} characters, not 60 to 160")
        if not text[:1].isupper() or text[-1:] not in ".?!":
            complain(number, "description: start with a capital letter and end with a full stop")
        if text in descriptions:
            complain(number, f"description is the same as in line {descriptions[text]}")
        descriptions[text] = number
        if not re.fullmatch(r"[1-9][0-9]*|", work["gutenberg_id"]):
            complain(number, f"gutenberg_id {work['gutenberg_id']!r} is not a number")
    for term in sorted((kinds | themes | moods) - {t for t, n in used.items() if n >= 2}):
        complain(0, f"README.md: {term!r} is used by fewer than two works")
    return works


def gutenberg_texts(path):
    texts = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            text = texts.setdefault(row["Text#"], {"type": row["Type"], "title": row["Title"], "authors": ""})
            text["authors"] += " " + plain(row["Authors"])
    return texts


def check_gutenberg(works, path, complain):
    texts = gutenberg_texts(path)
    by_rule = by_list = 0
    for work in works:
        number = work["gutenberg_id"]
        if not number:
            continue
        text = texts.get(number)
        if text is None or text["type"] != "Text":
            complain(work["line"], f"Project Gutenberg has no text {number}")
            continue
        # Anonymous works are listed there under their translators, or under no name.
        known = set(text["authors"].split())
        if work["authors"] != "Anonymous" and known and not last_names(work["authors"]) & known:
            named = text["authors"].strip()
            complain(work["line"], f"text {number} is by {named!r}: add a spelling or mend the number")
        words = set(plain(text["title"]).split())
        if set(plain(work["title"]).split()) - SMALL_WORDS <= words:
            by_rule += 1
        elif (work["title"], number) in NAMED_OTHERWISE and NAMED_OTHERWISE[work["title"], number] in text["title"]:
            by_list += 1
        else:
            complain(work["line"], f"text {number} is called {text['title']!r}")
    print(f"Project Gutenberg: {by_rule + by_list} numbers, {by_rule} titles agree by rule, {by_list} by the list")


def goodbooks_years(path):
    years = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if not row["original_publication_year"]:
                continue
            titles = {row["original_title"], row["title"], re.sub(r"\(.*?\)", "", row["title"])}
            titles |= {re.split(r"[:;(]", t)[0] for t in titles}
            entry = (set(plain(row["authors"]).split()), int(float(row["original_publication_year"])))
            for title in {bare_title(t) for t in titles}:
                years[title].append(entry)
    return years


def check_goodbooks(works, path, complain):
    years = goodbooks_years(path)
    counts, decided = Counter(), set()
    for work in works:
        names = last_names(work["authors"])
        anyone = work["authors"] == "Anonymous"
        found = {y for authors, y in years[bare_title(work["title"])] if anyone or names & authors}
        if not found or not work["year"]:
            counts["not listed"] += 1
            continue
        year = int(work["year"])
        apart = min(abs(year - y) for y in found)
        key = (work["title"], work["authors"])
        if apart == 0:
            counts["same"] += 1
        elif apart == 1 or (year < 1500 and apart < 100):
            counts["near"] += 1
        elif key in YEARS_DECIDED:
            counts["decided"] += 1
            decided.add(key)
        else:
            complain(work["line"], f"{work['title']}: year {year}, but goodbooks-10k has {sorted(found)}")
    for key in YEARS_DECIDED.keys() - decided:
        complain(0, f"check.py: YEARS_DECIDED no longer needs {key}")
    print("goodbooks-10k: " + ", ".join(f"{counts[k]} {k}" for k in ("same", "near", "decided", "not listed")))


def main():
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "starter.csv"
    faults = []

    def complain(line, what):
        faults.append((line, what))

    works = check_form(path, complain)
    print(f"{path.name}: {len(works)} works, {sum(1 for w in works if w['gutenberg_id'])} with a Gutenberg number")
    data = Path(os.environ.get("CHAT_FCGI_DATA") or HERE.parent.parent / "shared" / "data")
    for check, name in ((check_gutenberg, "gutenberg/pg_catalog.csv.gz"), (check_goodbooks, "goodbooks/books.csv.gz")):
        if (data / name).is_file():
            check(works, data / name, complain)
        else:
            print(f"{name}: not found below {data}, so not compared")
    for line, what in faults:
        print(f"line {line}: {what}" if line else what, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
