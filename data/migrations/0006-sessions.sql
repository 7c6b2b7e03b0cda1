-- 0006: a token may be a link's, that is good once for signing in, or a session's, which a browser keeps.

CREATE TABLE tokens_wider (
    token     TEXT NOT NULL PRIMARY KEY,
    hash      TEXT NOT NULL UNIQUE,
    use       TEXT NOT NULL CHECK (use IN ('api', 'feed', 'link', 'session')),
    role      TEXT NOT NULL CHECK (role IN ('planner', 'worker', 'coop', 'open')),
    owner     TEXT NOT NULL,
    label     TEXT NOT NULL,
    created_s INTEGER NOT NULL,
    used_s    INTEGER,
    revoked_s INTEGER,
    CHECK ((role IN ('worker', 'coop')) = (owner <> ''))
) STRICT, WITHOUT ROWID;
INSERT INTO tokens_wider SELECT token, hash, use, role, owner, label, created_s, used_s, revoked_s FROM tokens;
DROP TABLE tokens;
ALTER TABLE tokens_wider RENAME TO tokens;
