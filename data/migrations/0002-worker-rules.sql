-- 0002: day rules of single workers, in the place of the pool's. rule and value as in worker_rules.csv.

CREATE TABLE worker_rules (
    worker   TEXT NOT NULL REFERENCES workers (worker) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    rule     TEXT NOT NULL,
    value    TEXT NOT NULL,
    PRIMARY KEY (worker, position)
) STRICT, WITHOUT ROWID;
