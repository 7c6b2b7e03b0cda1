-- 0005: what the service does by itself, the [service] section of pool.ini; a key that is absent has its default.
CREATE TABLE pool_service (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
