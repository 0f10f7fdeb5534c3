"""Makes the page's fonts: subsets of Vollkorn (Debian: fonts-vollkorn) and Source Sans Pro (PyPI: font-source-sans-pro).

    scripts/web.sh fonts        gets both and fonttools, and runs this
    fonts.py VOLLKORN SOURCE_SANS OUT     the folders with their files, and where the subsets go

Vollkorn's figures stand on the line (its own 1 of old style reads as an I). "Source" is a reserved name, so that subset
has a name of its own: Page Sans. Both are under the SIL Open Font License 1.1 (web/fonts/*-OFL.txt).
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

# What English needs, and what other languages of Latin-1 need beside it: a page in English loads the first files only.
BASIC = [*range(0x20, 0x7F), 0xA0, 0xB7, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026, 0x203A, 0x2212]
LATIN = [each for each in [*range(0xA1, 0x100), 0x131, 0x152, 0x153, 0x2C6, 0x2DA, 0x2DC, *range(0x2010, 0x2028), 0x2030, 0x2032, 0x2033,
                           0x2039, 0x2044, 0x20AC, 0x2122] if each not in BASIC]  # fmt: skip
LATIN_EXTENDED = [*range(0x100, 0x180), *range(0x218, 0x21C), *range(0x1E80, 0x1E86), 0x1E9E, 0x1EF2, 0x1EF3]
FEATURES = ["kern", "liga"]


def use_lining_figures(font):
    """Characters 0 to 9 show what the feature `lnum` would put in their place."""
    lining = {}
    table = font["GSUB"].table
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag != "lnum":
            continue
        for index in record.Feature.LookupListIndex:
            for step in table.LookupList.Lookup[index].SubTable:
                lining |= getattr(getattr(step, "ExtSubTable", step), "mapping", {})
    for cmap in font["cmap"].tables:
        for digit in range(0x30, 0x3A):
            if digit in cmap.cmap:
                cmap.cmap[digit] = lining.get(cmap.cmap[digit], cmap.cmap[digit])


def rename(font, family):
    for record in font["name"].names:
        text = record.toUnicode()
        if record.nameID in (1, 3, 4, 6, 16, 18, 20, 21, 25) and "Source" in text:
            text = text.replace("Source Sans Pro", family).replace("SourceSansPro", family.replace(" ", ""))
            record.string = text


def make(source, target, characters, family=None, lining=False):
    font = TTFont(source)
    if lining:
        use_lining_figures(font)
    if family:
        rename(font, family)
    options = subset.Options(flavor="woff2", layout_features=FEATURES, hinting=False, desubroutinize=False,
                             name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14], notdef_outline=True)  # fmt: skip
    options.drop_tables += ["DSIG", "FFTM"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    subset.save_font(font, str(target), options)
    print(f"{target.name:28} {target.stat().st_size:6}")


def main(vollkorn, sans, out):
    vollkorn, sans, out = Path(vollkorn), Path(sans), Path(out)
    for name, style in (("regular", "Regular"), ("italic", "Italic"), ("semibold", "SemiBold")):
        for part, characters in (("", BASIC), ("-latin", LATIN)):
            make(vollkorn / f"Vollkorn-{style}.ttf", out / f"vollkorn-{name}{part}.woff2", characters, lining=True)
    make(vollkorn / "Vollkorn-Regular.ttf", out / "vollkorn-extended.woff2", LATIN_EXTENDED, lining=True)
    for name, style in (("regular", "Regular"), ("semibold", "Semibold")):
        for part, characters in (("", BASIC), ("-latin", LATIN)):
            make(sans / f"SourceSansPro-{style}.ttf", out / f"page-sans-{name}{part}.woff2", characters, family="Page Sans")


if __name__ == "__main__":
    main(*sys.argv[1:])
