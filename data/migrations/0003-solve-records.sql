-- 0003: what is kept of the solve behind a draft and behind the published roster of a week: the prices and lines that the next
-- solve starts from, and the certificate of its bound. body is JSON, written and read by the scheduler alone; it names what it
-- means by ids and refers to nothing, as it outlives what it names.

CREATE TABLE solve_records (
    week   INTEGER NOT NULL REFERENCES weeks (week),
    roster TEXT NOT NULL CHECK (roster IN ('draft', 'published')),
    body   TEXT NOT NULL,
    PRIMARY KEY (week, roster)
) STRICT, WITHOUT ROWID;
