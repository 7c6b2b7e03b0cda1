-- 0001: the pool, its rosters and drafts, calendar events, the outbox and the audit trail.
--
-- Only migrations speak SQLite's own words: STRICT, WITHOUT ROWID, AUTOINCREMENT, RAISE. The PostgreSQL twin of this file
-- has BIGINT for INTEGER, DOUBLE PRECISION for REAL, BIGINT GENERATED ALWAYS AS IDENTITY for INTEGER PRIMARY KEY
-- AUTOINCREMENT, a trigger function for RAISE, and a database of collation "C"; the statements in the code serve both.
--
-- Units: _min minutes and _s seconds since 1970 UTC; _e4 ten-thousandths (of a euro, an hour, a factor); a day is the number
-- of days since 1970-01-01, a week the day of its Monday. position keeps the order in which the pool names its entities.

-- The pool

CREATE TABLE pool (
    single INTEGER NOT NULL PRIMARY KEY CHECK (single = 1),
    id     TEXT NOT NULL,
    name   TEXT NOT NULL,
    zone   TEXT NOT NULL,
    rules  TEXT NOT NULL
) STRICT;

CREATE TABLE pool_rules (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE pool_prices (
    key       TEXT NOT NULL PRIMARY KEY,
    amount_e4 INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE coops (
    coop      TEXT NOT NULL PRIMARY KEY,
    position  INTEGER NOT NULL,
    name      TEXT NOT NULL,
    sector    TEXT NOT NULL,
    address   TEXT NOT NULL,
    contact   TEXT NOT NULL,
    latitude  REAL,
    longitude REAL,
    rate_e4   INTEGER NOT NULL,
    CHECK ((latitude IS NULL) = (longitude IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE workers (
    worker          TEXT NOT NULL PRIMARY KEY,
    position        INTEGER NOT NULL,
    name            TEXT NOT NULL,
    language        TEXT NOT NULL,
    birth           INTEGER NOT NULL,
    contract_min_e4 INTEGER NOT NULL,
    contract_max_e4 INTEGER NOT NULL,
    hourly_cost_e4  INTEGER NOT NULL,
    latitude        REAL,
    longitude       REAL,
    CHECK ((latitude IS NULL) = (longitude IS NULL))
) STRICT, WITHOUT ROWID;

-- An open date is NULL.
CREATE TABLE worker_certificates (
    worker      TEXT NOT NULL REFERENCES workers (worker) ON DELETE CASCADE,
    position    INTEGER NOT NULL,
    certificate TEXT NOT NULL,
    valid_from  INTEGER,
    valid_until INTEGER,
    level       TEXT NOT NULL CHECK (level IN ('holder', 'learner')),
    PRIMARY KEY (worker, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE worker_windows (
    worker    TEXT NOT NULL REFERENCES workers (worker) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    start_min INTEGER NOT NULL,
    end_min   INTEGER NOT NULL CHECK (end_min > start_min),
    kind      TEXT NOT NULL CHECK (kind IN ('unavailable', 'avoid', 'prefer')),
    PRIMARY KEY (worker, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE worker_preferences (
    worker   TEXT NOT NULL REFERENCES workers (worker) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    coop     TEXT NOT NULL REFERENCES coops (coop),
    kind     TEXT NOT NULL CHECK (kind IN ('never', 'avoid', 'prefer')),
    PRIMARY KEY (worker, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX worker_preferences_coop ON worker_preferences (coop);

-- coop is no reference: work may have been done for a coop that has left, and '' is credited time.
CREATE TABLE worker_history (
    worker    TEXT NOT NULL REFERENCES workers (worker) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    coop      TEXT NOT NULL,
    start_min INTEGER NOT NULL,
    end_min   INTEGER NOT NULL CHECK (end_min > start_min),
    break_min INTEGER NOT NULL CHECK (break_min >= 0),
    PRIMARY KEY (worker, position)
) STRICT, WITHOUT ROWID;

-- (shift, week) is unique so that a roster can refer to both: no roster holds a shift of another week.
CREATE TABLE shifts (
    shift     TEXT NOT NULL PRIMARY KEY,
    position  INTEGER NOT NULL,
    week      INTEGER NOT NULL,
    coop      TEXT NOT NULL REFERENCES coops (coop),
    role      TEXT NOT NULL,
    start_min INTEGER NOT NULL,
    end_min   INTEGER NOT NULL CHECK (end_min > start_min),
    break_min INTEGER NOT NULL CHECK (break_min >= 0),
    headcount INTEGER NOT NULL CHECK (headcount >= 0),
    priority  TEXT NOT NULL CHECK (priority IN ('critical', 'high', 'normal', 'low')),
    UNIQUE (shift, week)
) STRICT, WITHOUT ROWID;
CREATE INDEX shifts_coop ON shifts (coop);

-- each: held by everyone on the shift; team: by one at least.
CREATE TABLE shift_certificates (
    shift       TEXT NOT NULL REFERENCES shifts (shift) ON DELETE CASCADE,
    scope       TEXT NOT NULL CHECK (scope IN ('each', 'team')),
    position    INTEGER NOT NULL,
    certificate TEXT NOT NULL,
    PRIMARY KEY (shift, scope, position)
) STRICT, WITHOUT ROWID;

-- Rosters

-- The highest numbers ever given in a week: neither a revision nor a step is used twice, whatever was dropped.
CREATE TABLE weeks (
    week          INTEGER NOT NULL PRIMARY KEY,
    last_revision INTEGER NOT NULL,
    last_step     INTEGER NOT NULL
) STRICT;

-- Every published revision. bound_cents is NULL where no bound is proven.
CREATE TABLE rosters (
    week        INTEGER NOT NULL REFERENCES weeks (week),
    revision    INTEGER NOT NULL CHECK (revision > 0),
    published_s INTEGER NOT NULL,
    cost_cents  INTEGER NOT NULL,
    bound_cents INTEGER,
    status      TEXT NOT NULL,
    seconds     REAL NOT NULL,
    PRIMARY KEY (week, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE roster_assignments (
    week      INTEGER NOT NULL,
    revision  INTEGER NOT NULL,
    shift     TEXT NOT NULL,
    worker    TEXT NOT NULL REFERENCES workers (worker) ON DELETE CASCADE,
    is_pinned INTEGER NOT NULL CHECK (is_pinned IN (0, 1)),
    PRIMARY KEY (week, revision, shift, worker),
    FOREIGN KEY (week, revision) REFERENCES rosters (week, revision) ON DELETE CASCADE,
    FOREIGN KEY (shift, week) REFERENCES shifts (shift, week) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX roster_assignments_shift ON roster_assignments (shift, week);
CREATE INDEX roster_assignments_worker ON roster_assignments (worker);

-- The steps of a week's draft. revision: the published one it starts from, 0 if none. is_base: what came before is no longer
-- known, so this step cannot be taken back.
CREATE TABLE draft_steps (
    week        INTEGER NOT NULL REFERENCES weeks (week),
    step        INTEGER NOT NULL CHECK (step > 0),
    is_base     INTEGER NOT NULL CHECK (is_base IN (0, 1)),
    revision    INTEGER NOT NULL CHECK (revision >= 0),
    what        TEXT NOT NULL,
    detail      TEXT NOT NULL,
    cost_cents  INTEGER NOT NULL,
    bound_cents INTEGER,
    status      TEXT NOT NULL,
    seconds     REAL NOT NULL,
    PRIMARY KEY (week, step)
) STRICT, WITHOUT ROWID;

-- The draft as it is after its newest step.
CREATE TABLE draft_assignments (
    week      INTEGER NOT NULL REFERENCES weeks (week),
    shift     TEXT NOT NULL,
    worker    TEXT NOT NULL REFERENCES workers (worker) ON DELETE CASCADE,
    is_pinned INTEGER NOT NULL CHECK (is_pinned IN (0, 1)),
    PRIMARY KEY (week, shift, worker),
    FOREIGN KEY (shift, week) REFERENCES shifts (shift, week) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_assignments_shift ON draft_assignments (shift, week);
CREATE INDEX draft_assignments_worker ON draft_assignments (worker);

-- What each step changed, for taking it back. NULL before: the step added the assignment.
CREATE TABLE draft_changes (
    week       INTEGER NOT NULL,
    step       INTEGER NOT NULL,
    shift      TEXT NOT NULL,
    worker     TEXT NOT NULL REFERENCES workers (worker) ON DELETE CASCADE,
    pin_before INTEGER CHECK (pin_before IN (0, 1)),
    PRIMARY KEY (week, step, shift, worker),
    FOREIGN KEY (week, step) REFERENCES draft_steps (week, step) ON DELETE CASCADE,
    FOREIGN KEY (shift, week) REFERENCES shifts (shift, week) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_changes_shift ON draft_changes (shift, week);
CREATE INDEX draft_changes_worker ON draft_changes (worker);

-- Feeds. Nothing here refers to the pool: an event outlives the worker, coop and shift that it names.
CREATE TABLE feed_events (
    kind         TEXT NOT NULL CHECK (kind IN ('worker', 'coop', 'open')),
    owner        TEXT NOT NULL,
    uid          TEXT NOT NULL,
    shift        TEXT NOT NULL,
    week         INTEGER NOT NULL,
    start_min    INTEGER NOT NULL,
    end_min      INTEGER NOT NULL,
    created_s    INTEGER NOT NULL,
    modified_s   INTEGER NOT NULL,
    sequence     INTEGER NOT NULL,
    is_cancelled INTEGER NOT NULL CHECK (is_cancelled IN (0, 1)),
    summary      TEXT NOT NULL,
    location     TEXT NOT NULL,
    description  TEXT NOT NULL,
    category     TEXT NOT NULL,
    latitude     REAL,
    longitude    REAL,
    PRIMARY KEY (kind, owner, uid),
    CHECK ((latitude IS NULL) = (longitude IS NULL))
) STRICT, WITHOUT ROWID;

-- The outbox. A sequence is never given twice, not even when the newest row is gone.
CREATE TABLE outbox (
    sequence    INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT NOT NULL UNIQUE,
    topic       TEXT NOT NULL,
    body        TEXT NOT NULL,
    is_retained INTEGER NOT NULL CHECK (is_retained IN (0, 1)),
    created_s   INTEGER NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'dead')),
    settled_s   INTEGER,
    reason      TEXT,
    CHECK ((state = 'waiting') = (settled_s IS NULL)),
    CHECK ((state = 'dead') = (reason IS NOT NULL))
) STRICT;
CREATE INDEX outbox_waiting ON outbox (sequence) WHERE state = 'waiting';
CREATE INDEX outbox_dead ON outbox (sequence) WHERE state = 'dead';
CREATE INDEX outbox_retained ON outbox (topic, sequence) WHERE is_retained = 1;

-- The audit trail: append only, for this program too.
CREATE TABLE audit (
    entry  INTEGER PRIMARY KEY AUTOINCREMENT,
    at_s   INTEGER NOT NULL,
    who    TEXT NOT NULL,
    what   TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_keeps_its_rows BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append only'); END;
CREATE TRIGGER audit_keeps_its_words BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append only'); END;
