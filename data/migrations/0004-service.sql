-- 0004: what the service lives on: tokens, answers to requests that may come twice, what came over a broker, cases that wait
-- for somebody, the ledger of worked hours, and a number that tells of changes. Nothing here refers to the pool: each outlives the
-- worker, coop or shift that it names.

-- Rises with each change of the pool or a published roster: who has them in memory asks this.
CREATE TABLE versions (
    single  INTEGER NOT NULL PRIMARY KEY CHECK (single = 1),
    version INTEGER NOT NULL
) STRICT;
INSERT INTO versions (single, version) VALUES (1, 0);

-- hash: SHA-256 of the secret, which is kept nowhere. A revoked token stays, so that what it opened is gone and not unknown.
CREATE TABLE tokens (
    token     TEXT NOT NULL PRIMARY KEY,
    hash      TEXT NOT NULL UNIQUE,
    use       TEXT NOT NULL CHECK (use IN ('api', 'feed')),
    role      TEXT NOT NULL CHECK (role IN ('planner', 'worker', 'coop', 'open')),
    owner     TEXT NOT NULL,
    label     TEXT NOT NULL,
    created_s INTEGER NOT NULL,
    used_s    INTEGER,
    revoked_s INTEGER,
    CHECK ((role IN ('worker', 'coop')) = (owner <> ''))
) STRICT, WITHOUT ROWID;

-- body: the answer that was given, as JSON; written in the transaction of its effect, so a repeat has none.
CREATE TABLE kept_answers (
    owner       TEXT NOT NULL,
    key         TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    body        TEXT NOT NULL,
    at_s        INTEGER NOT NULL,
    PRIMARY KEY (owner, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX kept_answers_at ON kept_answers (at_s);

-- What an outbox message answers: base64 of the asker's correlation data.
ALTER TABLE outbox ADD COLUMN correlation TEXT;

-- What came over a broker and is not answered yet. A sequence is never given twice.
CREATE TABLE inbox (
    sequence    INTEGER PRIMARY KEY AUTOINCREMENT,
    coop        TEXT NOT NULL,
    payload     TEXT NOT NULL,
    correlation TEXT,
    at_s        INTEGER NOT NULL
) STRICT;

-- Spikes, absences, offers, swaps. about: the case that an offer serves. body: JSON that only its kind reads.
CREATE TABLE cases (
    id        TEXT NOT NULL PRIMARY KEY,
    kind      TEXT NOT NULL CHECK (kind IN ('spike', 'absence', 'offer', 'swap')),
    state     TEXT NOT NULL CHECK (state IN ('waiting', 'accepted', 'declined', 'lost', 'expired', 'withdrawn')),
    version   INTEGER NOT NULL CHECK (version > 0),
    week      INTEGER NOT NULL,
    coop      TEXT NOT NULL,
    worker    TEXT NOT NULL,
    shift     TEXT NOT NULL,
    other     TEXT NOT NULL,
    about     TEXT NOT NULL,
    created_s INTEGER NOT NULL,
    changed_s INTEGER NOT NULL,
    due_s     INTEGER,
    body      TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX cases_created ON cases (created_s, id);
CREATE INDEX cases_waiting ON cases (kind, due_s) WHERE state = 'waiting';
CREATE INDEX cases_worker ON cases (worker);
CREATE INDEX cases_coop ON cases (coop);
CREATE INDEX cases_about ON cases (about) WHERE about <> '';

-- The ledger: append only, for this program too; a correction is a reversal and a new entry.
CREATE TABLE worked (
    entry       INTEGER PRIMARY KEY AUTOINCREMENT,
    week        INTEGER NOT NULL,
    shift       TEXT NOT NULL,
    worker      TEXT NOT NULL,
    coop        TEXT NOT NULL,
    start_min   INTEGER NOT NULL,
    end_min     INTEGER NOT NULL CHECK (end_min > start_min),
    break_min   INTEGER NOT NULL CHECK (break_min >= 0),
    paid_min    INTEGER NOT NULL,
    reason      TEXT NOT NULL CHECK (reason IN ('worked', 'cancelled_paid', '3h_floor')),
    is_disputed INTEGER NOT NULL CHECK (is_disputed IN (0, 1)),
    note        TEXT NOT NULL,
    reverses    INTEGER UNIQUE REFERENCES worked (entry),
    approved_by TEXT NOT NULL,
    at_s        INTEGER NOT NULL
) STRICT;
CREATE INDEX worked_shift ON worked (shift, worker);
CREATE INDEX worked_start ON worked (start_min);
CREATE TRIGGER worked_keeps_its_rows BEFORE DELETE ON worked BEGIN SELECT RAISE(ABORT, 'the ledger is append only'); END;
CREATE TRIGGER worked_keeps_its_figures BEFORE UPDATE ON worked BEGIN SELECT RAISE(ABORT, 'the ledger is append only'); END;
