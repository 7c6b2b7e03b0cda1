#!/usr/bin/env python3
"""
Every language has every word, with the same gaps to fill; every word that a page asks for is there; and so is every rule and
every sentence that the server may send. Those are English at home, so English needs no translation of them.
"""
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])
# What Intl.PluralRules gives each language for whole numbers.
FORMS = {"nl": {"one", "other"}, "en": {"one", "other"}, "ar": {"zero", "one", "two", "few", "many", "other"}}


def gaps(text):
    """The names in braces that must be filled; a plural form may leave the number out, as "one" does."""
    texts = text.values() if isinstance(text, dict) else [text]
    return {name for each in texts for name in re.findall(r"\{(\w+)\}", each)}


# Where the server speaks to people; what is wrong with a file or a setting is told to those who wrote it, in English.
SPEAKERS = ["act*.c", "desk*.c", "disturb.c", "hours_claim.c", "moves.c", "swap.c", "pool.c", "zone.c"]
TO_PROGRAMS = re.compile(r"\{0\}$|time zone|column (?!break_minutes|end|headcount)")
SPEAKING = re.compile(r'\bact_refuse\(error,[^"]*|\bsentence_set_error\(error,\s*\w+,[^"]*|\bINVALID\(\s*')
PIECE = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|(G_GINT64_FORMAT)|(ID_RULE))')


def literal(text, at):
    """The C string that begins there: literals side by side, and the macros between them."""
    parts = []
    while match := PIECE.match(text, at):
        parts.append(match[1] if match[1] is not None else "li" if match[2] else "")
        at = match.end()
    return "".join(parts)


def with_gaps(sentence):
    count = iter(range(100))
    conversion = r"%(?:%|[-+ #0-9.*]*[hlzjt]*[a-zA-Z])"
    return re.sub(conversion, lambda it: "%" if it[0] == "%%" else f"{{{next(count)}}}", sentence.replace('\\"', '"'))


def sentences():
    found = set()
    for pattern in SPEAKERS:
        for path in (ROOT / "scheduler").glob(pattern):
            text = path.read_text(encoding="utf-8")
            found |= {with_gaps(literal(text, match.end())) for match in SPEAKING.finditer(text)}
    return {sentence for sentence in found if sentence and not TO_PROGRAMS.match(sentence)}


def arguments():
    """Of all acts: a refusal names one as /name, and the pages say it in the reader's words."""
    return set(re.findall(r'\.name = "(\w+)",\s*\.kind', (ROOT / "scheduler/act_table.c").read_text(encoding="utf-8")))


def rules():
    return set(re.findall(r"^ +RULE\((\w+), ", (ROOT / "scheduler/rules_table.h").read_text(encoding="utf-8"), re.M))


def said_by_server(catalogues):
    """What cannot be told in another language, or is told there with gaps that the server does not fill."""
    faults = []
    phrases = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "scheduler").glob("*.c"))
    if not rules() or len(sentences()) < 50 or len(arguments()) < 40:
        faults.append("the rules, sentences or arguments of the server were not found")
    for language, catalogue in catalogues.items():
        ruled, said = catalogue.pop("rules", {}), catalogue.pop("sentences", {})
        faults += [f"{language}: reason.{rule} is missing" for rule in rules() if f"reason.{rule}" not in catalogue]
        faults += [f"{language}: field.{name} is missing" for name in arguments() if f"field.{name}" not in catalogue]
        faults += [f"{language}: {key} is no argument" for key in catalogue if key.startswith("field.") and key[6:] not in arguments()]
        if language == "en":
            continue
        faults += [f"{language}: rules: {rule} is missing" for rule in rules() - ruled.keys()]
        faults += [f"{language}: rules: {rule} is no rule" for rule in ruled.keys() - rules()]
        faults += [f"{language}: sentences: missing: {sentence}" for sentence in sentences() - said.keys()]
        for sentence, told in said.items():
            if sentence not in sentences() and f'"{sentence}"' not in phrases:
                faults.append(f"{language}: sentences: nobody says: {sentence}")
            if set(re.findall(r"\{\w*\}", told)) - set(re.findall(r"\{\w*\}", sentence)):
                faults.append(f"{language}: sentences: other gaps: {sentence}")
    return faults


def main():
    catalogues = {}
    for path in sorted((ROOT / "data/locales").glob("*.json")):
        catalogues[path.stem] = json.loads(path.read_text(encoding="utf-8"))
    faults = said_by_server(catalogues)
    source = catalogues["nl"]
    for language, catalogue in catalogues.items():
        faults += [f"{language}: {key} is missing" for key in source.keys() - catalogue.keys()]
        faults += [f"{language}: {key} is not in nl" for key in catalogue.keys() - source.keys()]
        for key, text in catalogue.items():
            if isinstance(text, dict):
                faults += [f"{language}: {key}: no form {form}" for form in {"other"} - text.keys()]
                faults += [f"{language}: {key}: {form} is no form of it" for form in text.keys() - FORMS[language]]
            if not all(text.values() if isinstance(text, dict) else [text]):
                faults.append(f"{language}: {key} is empty")
            if key in source and gaps(text) != gaps(source[key]):
                faults.append(f"{language}: {key}: gaps {sorted(gaps(text))}, in nl {sorted(gaps(source[key]))}")
    used = set()
    for path in [*(ROOT / "adapters/web").glob("app/**/*.mjs"), *(ROOT / "adapters/web").glob("lib/*.mjs")]:
        text = path.read_text(encoding="utf-8")
        for key in re.findall(r"'([a-z]+(?:\.[a-z_]+)?)'", text):
            if key in source or re.search(rf"\bt\('{re.escape(key)}'", text):
                used.add(key)
                if key not in source:
                    faults.append(f"{path.name}: {key} is in no catalogue")
        for prefix in re.findall(r"\bt\(`([a-z]+\.)\$\{", text):
            used |= {key for key in source if key.startswith(prefix)}
    faults += [f"nl: {key} is asked for by no page" for key in source.keys() - used]
    print("\n".join(faults) or f"{len(catalogues)} languages, {len(source)} words")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
