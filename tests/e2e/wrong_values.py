"""Wrong values for what an OpenAPI schema asks: each a JSON text and what is wrong with it."""
import json

RIGHT = {"week": "2026-W49", "shift": "mon", "worker": "anna", "coop": "green", "start": "2026-12-08T08:00",
         "end": "2026-12-08T12:00", "from": "2026-12-07T00:00", "until": "2026-12-14T00:00", "token": "nobody", "case": "nobody"}
LIST_MOST = 2000  # longer lists are not written out
HUGE = "1" + "0" * 30


def kind_of(schema):
    ref = schema.get("$ref", "").rpartition("/")[2]
    return ref or ("enum" if "enum" in schema else schema["type"])


def right(name, schema):
    """A value that the schema takes; whether it makes sense is another question."""
    kind = kind_of(schema)
    if kind == "object":
        return {member: right(member, inner) for member, inner in schema["properties"].items()}
    if kind == "array":
        return [right(name, schema["items"])] if schema["items"].get("type") == "object" else []
    plain = {"id": RIGHT.get(name, "some"), "week_name": RIGHT["week"], "time": RIGHT.get(name, RIGHT["start"]), "boolean": True,
             "integer": schema.get("minimum", 0), "number": schema.get("minimum", 0), "string": "text"}
    return schema["enum"][0] if kind == "enum" else plain[kind]


def of_number(schema, is_whole):
    yield '"1"', "a text"
    yield "1e400", "beyond all numbers"
    yield "NaN", "no JSON"
    yield "01", "no JSON"
    if schema["maximum"] < 2 ** 63 - 1:
        yield str(schema["maximum"] + 1), "above"
    yield str(schema["minimum"] - 1), "below"
    yield "-" + HUGE, "far below"
    yield HUGE, "far above"
    if is_whole:
        yield "1.5", "not whole"
        yield "1e0", "a real"


def of_text(kind, schema):
    yield "7", "a number"
    yield r'"a\u0000b"', "a NUL"
    yield r'"\ud800"', "half a surrogate"
    yield '"\x01"', "a raw control character"
    yield '"\udcff"', "not UTF-8"
    if kind == "string":
        yield json.dumps("x" * (schema["maxLength"] + 1)), "too long"
        yield r'"a\u0001b"', "a control character"
        return
    yield '""', "empty"
    yield json.dumps("x" * 100000), "huge"
    if kind == "id":
        for text in ("a/b", "a+b", "a#b", "a;b", "a,b", "a\nb", "x" * 65):
            yield json.dumps(text), "no name"
    elif kind == "week_name":
        for text in ("2026-W00", "2026-W54", "2026-49", "26-W49", "2026-W49 ", "99999-W01", "2026-W4\u0669"):
            yield json.dumps(text), "no week"
    elif kind == "time":
        for text in ("2026-13-01T00:00", "2026-12-08T25:00", "2026-03-29T02:30", "yesterday", "2026-12-08", "9999999-01-01T00:00",
                     "2026-12-08T08:00+99:00", "2026-12-08T08:00ZZ"):
            yield json.dumps(text), "no time"
    elif kind == "enum":
        yield '"nope"', "no choice"
        yield json.dumps(schema["enum"][0].upper()), "another case"


def of_list(name, schema):
    items = schema["items"]
    yield '"text"', "a text"
    for wrong in ("null", "7", "[]", "true"):
        yield f"[{wrong}]", f"{wrong} in the list"
    inner = json.dumps(right(name, items))
    if schema["maxItems"] <= LIST_MOST:
        yield "[" + ",".join([inner] * (schema["maxItems"] + 1)) + "]", "too long"
    if schema.get("minItems"):
        yield "[]", "too short"
    if schema.get("uniqueItems"):
        yield '["a", "a"]', "one twice"
    if items.get("type") == "object":
        for body, what in objects(items):
            yield f"[{body}]", f"in the list: {what}"


def values(name, schema, is_required):
    kind = kind_of(schema)
    yield "{}", "an object"
    if is_required:
        yield "null", "null"
    if kind != "array":
        yield "[]", "a list"
    if kind != "boolean":
        yield "true", "a truth"
    if kind == "boolean":
        yield from (('"true"', "a text"), ("1", "a number"))
    elif kind in ("integer", "number"):
        yield from of_number(schema, kind == "integer")
    elif kind == "array":
        yield from of_list(name, schema)
    else:
        yield from of_text(kind, schema)


def objects(schema):
    """Texts of the object, each with one thing wrong in it."""
    members = {name: json.dumps(right(name, inner)) for name, inner in schema["properties"].items()}

    def text(some, *more):
        return "{" + ", ".join([f"{json.dumps(name)}: {value}" for name, value in some.items()] + list(more)) + "}"

    yield text(members, '"zzz": 1'), "an unknown member"
    for name, inner in schema["properties"].items():
        is_required = name in schema.get("required", [])
        if is_required:
            yield text({other: value for other, value in members.items() if other != name}), f"{name}: missing"
        yield text(members, f"{json.dumps(name)}: {members[name]}"), f"{name}: twice"
        for value, what in values(name, inner, is_required):
            yield text({**members, name: value}), f"{name}: {what}"
