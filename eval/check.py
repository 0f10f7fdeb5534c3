#!/usr/bin/env python3
"""Validate questions.jsonl (its form, its balance, and that every work is in the data), conversations.jsonl and agents.jsonl.

    CHAT_FCGI_DATA=/path/to/data python3 eval/check.py [--hints]

Exit status: 0 all well (also where the data is absent, which is said), 1 at least one problem.
The matching functions at the top are the rule of README.md and may be imported by what measures.
"""

import collections
import csv
import difflib
import gzip
import json
import os
import re
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
QUESTIONS = os.path.join(HERE, "questions.jsonl")
CONVERSATIONS = os.path.join(HERE, "conversations.jsonl")
AGENTS = os.path.join(HERE, "agents.jsonl")
DEFAULT_DATA = os.path.join(HERE, "..", "..", "shared", "data")
GUTENBERG = os.path.join("gutenberg", "pg_catalog.csv.gz")
GOODBOOKS = os.path.join("goodbooks", "books.csv.gz")

KINDS = (
    "author", "subject", "subject_author", "period", "language", "mood", "like", "like_but",
    "negation", "nonfiction", "children", "plays", "title", "misspelling", "rambling", "plot", "foreign",
)
SPLITS = ("tune", "held_out")
# Of the conversations: at least so many of each agent, and what an answer is held against.
MINIMUM_CONVERSATIONS = {"noah": 160, "tutor": 50, "documents": 100, "desk": 50}
DOCUMENT_AGENTS = ("visa_expert", "general")
TEXT_CHECKS = ("says", "silent", "any", "none", "topic", "source", "likes", "dislikes")
COUNT_CHECKS = ("min_books", "max_books", "books", "sources", "guesses")
MINIMUM_QUESTIONS = 200
MAXIMUM_RELEVANT = 15
USUAL_MINIMUM_RELEVANT = 5
LANGUAGES = ("de", "es", "fr", "it", "pt")
THREE_LETTER_CODES = {"ger": "de", "spa": "es", "fre": "fr", "ita": "it", "por": "pt"}
FEW_ANSWERS = ("title", "author", "subject_author", "plot", "foreign")  # the kinds that may have fewer right answers

# NFKD does not take these letters apart.
LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "&": " and "}
)
APOSTROPHES = re.compile("['’‘ʼ`´]")
# Where a subtitle, a volume or a series begins. Works on the raw title, before punctuation goes.
SEPARATOR = re.compile(r"[:;,(\[/\n]|\s[-–—]+\s|--|—|\sor,\s", re.IGNORECASE)


def words(text):
    """Lower case, no accents, apostrophes dropped, other punctuation a space."""
    folded = unicodedata.normalize("NFKD", text.lower().translate(LETTERS))
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", APOSTROPHES.sub("", folded)).strip()


def normalized_title(text):
    """`words` without one leading English article."""
    return re.sub(r"^(the|an|a) (?=.)", "", words(text))


def title_forms(title):
    """The normalized whole title and each of its beginnings that ends at a separator."""
    cuts = [match.start() for match in SEPARATOR.finditer(title)]
    return {normalized_title(title[:cut]) for cut in cuts + [len(title)]} - {""}


def author_matches(surname, authors):
    """Whole words in order; an empty surname (anonymous works) matches any author."""
    return not surname or f" {words(surname)} " in f" {words(authors)} "


def work_matches(work, titles, authors):
    """Whether the judged `work` (or a forbidden one) is the book with these titles and authors."""
    if not author_matches(work.get("author", ""), authors):
        return False
    names = [name for name in [work.get("title"), *work.get("also", [])] if name]
    if not names:
        return True  # a forbidden author: every book of theirs
    forms = set().union(*(title_forms(title) for title in titles))
    return any(normalized_title(name) in forms for name in names)


def read_catalogue(folder):
    """Form of title -> list of (titles, authors, languages). Gutenberg has one row per author of a text."""
    csv.field_size_limit(1 << 24)
    texts = {}
    with gzip.open(os.path.join(folder, GUTENBERG), "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["Type"] == "Text":
                languages = row["Language"].split("; ")
                text = texts.setdefault(row["Text#"], ([row["Title"]], [], languages))
                text[1].append(row["Authors"] or "")
    books = [(titles, "; ".join(authors), languages) for titles, authors, languages in texts.values()]
    with gzip.open(os.path.join(folder, GOODBOOKS), "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            titles = [t for t in (row["title"], row["original_title"]) if t]
            code = row["language_code"]
            books.append((titles, row["authors"], [THREE_LETTER_CODES.get(code, code)]))
    catalogue = collections.defaultdict(list)
    for book in books:
        for form in set().union(*(title_forms(title) for title in book[0])):
            catalogue[form].append(book)
    return catalogue


def editions(catalogue, title, author, language=None):
    """The books under this title and author, in `language` where one is asked for."""
    books = catalogue.get(normalized_title(title), [])
    return [b for b in books if author_matches(author, b[1]) and (language is None or language in b[2])]


def hint(catalogue, work):
    """The nearest titles under the author's name, to mend a spelling by hand. Slow."""
    near = difflib.get_close_matches(normalized_title(work["title"]), catalogue, n=40, cutoff=0.6)
    return [f for f in near if any(author_matches(work.get("author", ""), b[1]) for b in catalogue[f])][:4]


def is_text(value):
    return isinstance(value, str) and value.strip() == value and value != ""


def form_problems(question):
    """What is wrong with one question, the data aside."""
    unknown = set(question) - {"id", "split", "kind", "question", "language", "relevant", "forbidden"}
    if unknown:
        yield f"unknown fields {sorted(unknown)}"
    if not re.fullmatch(r"q\d{3}", str(question.get("id"))):
        yield "id is not q and three digits"
    if question.get("split") not in SPLITS:
        yield f"split is not one of {SPLITS}"
    if question.get("kind") not in KINDS:
        yield f"kind is not one of {KINDS}"
    if not is_text(question.get("question")) or len(question["question"]) > 1000:
        yield "question is not a text of 1 to 1000 characters"
    if (question.get("kind") == "language") != (question.get("language") in LANGUAGES):
        yield f"language is not one of {LANGUAGES} in a question of kind language, or it is in another kind"
    relevant = question.get("relevant")
    if not isinstance(relevant, list) or not 1 <= len(relevant) <= MAXIMUM_RELEVANT:
        yield f"relevant is not a list of 1 to {MAXIMUM_RELEVANT}"
        return
    if len(relevant) < USUAL_MINIMUM_RELEVANT and question.get("kind") not in FEW_ANSWERS:
        yield f"only {len(relevant)} relevant works"
    seen = set()
    for work in relevant:
        if set(work) - {"title", "author", "grade", "also"} or not is_text(work.get("title")):
            yield f"malformed work {work}"
            continue
        if not isinstance(work.get("author"), str) or work.get("grade") not in (1, 2, 3):
            yield f"author or grade of {work}"
        if "also" in work and not (work["also"] and all(is_text(t) for t in work["also"])):
            yield f"`also` of {work} is not a list of titles"
        for name in {normalized_title(t) for t in [work["title"], *work.get("also", [])]}:
            if (name, work["author"]) in seen:
                yield f"{work['title']} is listed twice"
            seen.add((name, work["author"]))
    if not any(work.get("grade") == 3 for work in relevant):
        yield "no work of grade 3"
    for rule in question.get("forbidden", []):
        if not rule or set(rule) - {"title", "author", "also"} or not all(rule.values()):
            yield f"malformed forbidden {rule}"
            continue
        for work in relevant:
            names = [work.get("title", ""), *work.get("also", [])]
            if any(work_matches(rule, [name], work.get("author", "")) for name in names):
                yield f"{work['title']} is both relevant and forbidden"


def balance_problems(questions):
    if len(questions) < MINIMUM_QUESTIONS:
        yield f"{len(questions)} questions; at least {MINIMUM_QUESTIONS} are wanted"
    counts = collections.Counter((q.get("kind"), q.get("split")) for q in questions)
    for kind in KINDS:
        tune, held_out = (counts[kind, split] for split in SPLITS)
        if tune == 0 or tune != held_out:
            yield f"kind {kind}: {tune} tune, {held_out} held_out"
    for field in ("id", "question"):
        for value, count in collections.Counter(str(q.get(field)) for q in questions).items():
            if count > 1:
                yield f"{field} {value!r} occurs {count} times"


def is_check(check):
    if not isinstance(check, dict) or len(check) != 1:
        return False
    name, value = next(iter(check.items()))
    if name in TEXT_CHECKS:
        return isinstance(value, list) and value != [] and all(isinstance(text, str) and text.strip() for text in value)
    if name in COUNT_CHECKS:
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return name == "first" and is_text(value)


def conversation_problems(conversation, letter, agents):
    """What is wrong with one conversation. `agents` are the names it may have; without any it is Noah's and names none."""
    unknown = set(conversation) - {"id", "split", "kind", "turns", "must", "should"} - ({"agent"} if agents else set())
    if unknown:
        yield f"unknown fields {sorted(unknown)}"
    if not re.fullmatch(letter + r"\d{3}", str(conversation.get("id"))):
        yield f"id is not {letter} and three digits"
    if conversation.get("split") not in SPLITS:
        yield f"split is not one of {SPLITS}"
    if agents and conversation.get("agent") not in agents:
        yield f"agent is not one of {agents}"
    if not is_text(conversation.get("kind")):
        yield "there is no kind"
    turns = conversation.get("turns")
    if not isinstance(turns, list) or not turns or not all(is_text(turn) and len(turn) <= 1000 for turn in turns):
        yield "turns is not a list of texts of 1 to 1000 characters"
    for field in ("must", "should"):
        checks = conversation.get(field, [])
        if not isinstance(checks, list) or not all(is_check(check) for check in checks):
            yield f"{field} is not a list of checks that there are"
    if not conversation.get("must"):
        yield "nothing must hold: every answer would pass"


def group_of(conversation):
    agent = conversation.get("agent", "noah")
    return "documents" if agent in DOCUMENT_AGENTS else agent


def conversation_balance(conversations):
    counts = collections.Counter((group_of(c), c.get("split")) for c in conversations)
    for group, minimum in MINIMUM_CONVERSATIONS.items():
        tune, held_out = (counts[group, split] for split in SPLITS)
        if tune + held_out < minimum:
            yield f"{tune + held_out} conversations of {group}; at least {minimum} are wanted"
        if abs(tune - held_out) > 2:
            yield f"conversations of {group}: {tune} tune, {held_out} held_out"
    for name, values in (("id", [c.get("id") for c in conversations]), ("turns", [str(c.get("turns")) for c in conversations])):
        for value, count in collections.Counter(values).items():
            if count > 1:
                yield f"{name} {value!r} occurs {count} times"


def read(path, problems):
    """The objects of a file of lines, what is no object among the problems."""
    objects = []
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                value = json.loads(line)
            except ValueError as error:
                problems.append(f"{os.path.basename(path)} line {number}: not JSON: {error}")
                continue
            if not isinstance(value, dict):
                problems.append(f"{os.path.basename(path)} line {number}: not an object")
                continue
            objects.append(value)
    return objects


def main():
    problems = []
    questions = read(QUESTIONS, problems)
    for question in questions:
        problems += [f"{question.get('id')}: {p}" for p in form_problems(question)]
    problems += balance_problems(questions)
    noah, others = read(CONVERSATIONS, problems), read(AGENTS, problems)
    for own, letter, agents in ((noah, "t", ()), (others, "a", ("tutor", *DOCUMENT_AGENTS, "desk"))):
        for one in own:
            problems += [f"{one.get('id')}: {p}" for p in conversation_problems(one, letter, agents)]
    problems += conversation_balance(noah + others)

    folder = os.environ.get("CHAT_FCGI_DATA", DEFAULT_DATA)
    absent = [f for f in (GUTENBERG, GOODBOOKS) if not os.path.exists(os.path.join(folder, f))]
    if absent:
        existence = f"existence skipped: no {' and '.join(absent)} (set CHAT_FCGI_DATA)"
    elif problems:
        existence = "existence not looked at before the problems above are mended"
    else:
        catalogue = read_catalogue(folder)
        for question in questions:
            rules = [rule for rule in question.get("forbidden", []) if "title" in rule]
            for work in question["relevant"] + rules:
                if not editions(catalogue, work["title"], work.get("author", ""), question.get("language")):
                    near = f" - near: {hint(catalogue, work)}" if "--hints" in sys.argv else ""
                    name = f"{work['title']} / {work.get('author', '')}"
                    problems.append(f"{question['id']}: not in the data: {name}{near}")
        existence = "every work looked up in the data"

    for problem in problems:
        print(problem)
    splits = collections.Counter(q.get("split") for q in questions)
    works = sum(len(q.get("relevant") or []) for q in questions)
    print(f"{len(questions)} questions ({dict(splits)}), {works} judgements; {existence}; "
          f"{len(noah)} conversations with Noah, {len(others)} with the other agents; {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
