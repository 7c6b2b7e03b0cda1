-- 0007: what was moved too late stays owed for its old times (BW 7:628a(3)), so those are kept with each revision.

-- When a shift was, as a revision published it. A revision from before this knows no more than the pool.
CREATE TABLE roster_times (
    week      INTEGER NOT NULL,
    revision  INTEGER NOT NULL,
    shift     TEXT NOT NULL,
    start_min INTEGER NOT NULL,
    end_min   INTEGER NOT NULL CHECK (end_min > start_min),
    break_min INTEGER NOT NULL CHECK (break_min >= 0),
    PRIMARY KEY (week, revision, shift),
    FOREIGN KEY (week, revision) REFERENCES rosters (week, revision) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- The ledger as it was, with one more reason.
CREATE TABLE worked_wider (
    entry       INTEGER PRIMARY KEY AUTOINCREMENT,
    week        INTEGER NOT NULL,
    shift       TEXT NOT NULL,
    worker      TEXT NOT NULL,
    coop        TEXT NOT NULL,
    start_min   INTEGER NOT NULL,
    end_min     INTEGER NOT NULL CHECK (end_min > start_min),
    break_min   INTEGER NOT NULL CHECK (break_min >= 0),
    paid_min    INTEGER NOT NULL,
    reason      TEXT NOT NULL CHECK (reason IN ('worked', 'cancelled_paid', '3h_floor', 'moved_paid')),
    is_disputed INTEGER NOT NULL CHECK (is_disputed IN (0, 1)),
    note        TEXT NOT NULL,
    reverses    INTEGER UNIQUE REFERENCES worked_wider (entry),
    approved_by TEXT NOT NULL,
    at_s        INTEGER NOT NULL
) STRICT;
INSERT INTO worked_wider SELECT entry, week, shift, worker, coop, start_min, end_min, break_min, paid_min, reason, is_disputed, note,
    reverses, approved_by, at_s FROM worked ORDER BY entry;
DROP TABLE worked;
ALTER TABLE worked_wider RENAME TO worked;
CREATE INDEX worked_shift ON worked (shift, worker);
CREATE INDEX worked_start ON worked (start_min);
CREATE TRIGGER worked_keeps_its_rows BEFORE DELETE ON worked BEGIN SELECT RAISE(ABORT, 'the ledger is append only'); END;
CREATE TRIGGER worked_keeps_its_figures BEFORE UPDATE ON worked BEGIN SELECT RAISE(ABORT, 'the ledger is append only'); END;
