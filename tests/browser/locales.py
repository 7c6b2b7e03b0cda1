#!/usr/bin/env python3
"""Every language has every word, with the same gaps to fill, and every word that a page asks for is there."""
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


def main():
    catalogues = {}
    faults = []
    for path in sorted((ROOT / "data/locales").glob("*.json")):
        catalogues[path.stem] = json.loads(path.read_text(encoding="utf-8"))
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
