-- A database as the release before the service left it (schema 3): the tiny pool of tests/e2e/data, its week planned, published, told,
-- changed by hand and published again, and a draft of two steps on top. Beside it the feeds that it wrote then.
BEGIN TRANSACTION;
CREATE TABLE audit (
    entry  INTEGER PRIMARY KEY AUTOINCREMENT,
    at_s   INTEGER NOT NULL,
    who    TEXT NOT NULL,
    what   TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
INSERT INTO "audit" VALUES(1,1795507200,'planner','import','folder /tmp/old/tests/e2e/data/tiny');
INSERT INTO "audit" VALUES(2,1795507200,'planner','plan','week 2026-W49, cost 910.25, optimal');
INSERT INTO "audit" VALUES(3,1795507200,'planner','publish','week 2026-W49 revision 1');
INSERT INTO "audit" VALUES(4,1795510800,'planner','unassign','shift mon worker cem');
INSERT INTO "audit" VALUES(5,1795510860,'planner','publish','week 2026-W49 revision 2');
INSERT INTO "audit" VALUES(6,1795514400,'planner','pin','shift fri worker dina');
INSERT INTO "audit" VALUES(7,1795514460,'planner','assign','shift mon worker cem');
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
INSERT INTO "coops" VALUES('bus',1,'Buurtbus','transport','','bus@example.org',NULL,NULL,0);
INSERT INTO "coops" VALUES('green',0,'Groen West','green','','green@example.org',NULL,NULL,0);
CREATE TABLE draft_assignments (
    week      INTEGER NOT NULL REFERENCES weeks (week),
    shift     TEXT NOT NULL,
    worker    TEXT NOT NULL REFERENCES workers (worker) ON DELETE CASCADE,
    is_pinned INTEGER NOT NULL CHECK (is_pinned IN (0, 1)),
    PRIMARY KEY (week, shift, worker),
    FOREIGN KEY (shift, week) REFERENCES shifts (shift, week) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO "draft_assignments" VALUES(20787,'fri','dina',1);
INSERT INTO "draft_assignments" VALUES(20787,'mon','anna',0);
INSERT INTO "draft_assignments" VALUES(20787,'mon','cem',0);
INSERT INTO "draft_assignments" VALUES(20787,'mon-late','bart',0);
INSERT INTO "draft_assignments" VALUES(20787,'tue-early','anna',0);
INSERT INTO "draft_assignments" VALUES(20787,'wed-bus','bart',0);
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
INSERT INTO "draft_changes" VALUES(20787,3,'fri','dina',NULL);
INSERT INTO "draft_changes" VALUES(20787,3,'mon','anna',NULL);
INSERT INTO "draft_changes" VALUES(20787,3,'mon-late','bart',NULL);
INSERT INTO "draft_changes" VALUES(20787,3,'tue-early','anna',NULL);
INSERT INTO "draft_changes" VALUES(20787,3,'wed-bus','bart',NULL);
INSERT INTO "draft_changes" VALUES(20787,4,'mon','cem',NULL);
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
INSERT INTO "draft_steps" VALUES(20787,3,0,2,'pin','shift fri worker dina',172775,NULL,'hand',0.0);
INSERT INTO "draft_steps" VALUES(20787,4,0,2,'assign','shift mon worker cem',92525,NULL,'hand',0.0);
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
INSERT INTO "feed_events" VALUES('coop','bus','coop/wed-bus@tiny.rooster','wed-bus',20787,29936520,29937000,1795507200,1795507200,0,0,'driving: 1 of 1','Buurtbus','Cover: 1 of 1
Who: Bart Öztürk (bart)
Certificates: RIJBEWIJS-D1
Break: 30 min
Paid hours: 7:30','transport',NULL,NULL);
INSERT INTO "feed_events" VALUES('coop','green','coop/fri@tiny.rooster','fri',20787,29939460,29939940,1795507200,1795507200,0,0,'gardening: 1 of 1','Groen West','Cover: 1 of 1
Who: Dina El Amrani (dina)
Break: 30 min
Paid hours: 7:30','green',NULL,NULL);
INSERT INTO "feed_events" VALUES('coop','green','coop/mon-late@tiny.rooster','mon-late',20787,29934240,29934540,1795507200,1795507200,0,0,'closing: 1 of 1','Groen West','Cover: 1 of 1
Who: Bart Öztürk (bart)
Break: none
Paid hours: 5:00','green',NULL,NULL);
INSERT INTO "feed_events" VALUES('coop','green','coop/mon@tiny.rooster','mon',20787,29933700,29934180,1795507200,1795510860,1,0,'gardening: 1 of 2','Groen West','Cover: 1 of 2
Who: Anna de Vries (anna)
Break: 30 min
Paid hours: 7:30','green',NULL,NULL);
INSERT INTO "feed_events" VALUES('coop','green','coop/old@tiny.rooster','old',20780,29923620,29924100,1795507200,1795507200,0,0,'gardening: 1 of 1','Groen West','Cover: 1 of 1
Who: Anna de Vries (anna)
Break: 30 min
Paid hours: 7:30','green',NULL,NULL);
INSERT INTO "feed_events" VALUES('coop','green','coop/sat-saw@tiny.rooster','sat-saw',20787,29940900,29941140,1795507200,1795507200,0,0,'sawing: 0 of 1','Groen West','Cover: 0 of 1
Certificates: SAW
Break: none
Paid hours: 4:00','green',NULL,NULL);
INSERT INTO "feed_events" VALUES('coop','green','coop/tue-early@tiny.rooster','tue-early',20787,29935020,29935500,1795507200,1795507200,0,0,'opening: 1 of 1','Groen West','Cover: 1 of 1
Who: Anna de Vries (anna)
Break: 30 min
Paid hours: 7:30','green',NULL,NULL);
INSERT INTO "feed_events" VALUES('open','','open/mon@tiny.rooster','mon',20787,29933700,29934180,1795510860,1795510860,0,0,'Groen West: gardening (1 wanted)','Groen West','Wanted: 1
Break: 30 min
Paid hours: 7:30','green',NULL,NULL);
INSERT INTO "feed_events" VALUES('open','','open/sat-saw@tiny.rooster','sat-saw',20787,29940900,29941140,1795507200,1795507200,0,0,'Groen West: sawing (1 wanted)','Groen West','Wanted: 1
Certificates: SAW
Break: none
Paid hours: 4:00','green',NULL,NULL);
INSERT INTO "feed_events" VALUES('worker','anna','mon.anna@tiny.rooster','mon',20787,29933700,29934180,1795507200,1795510860,1,0,'Groen West: gardening','Groen West','Break: 30 min
Paid hours: 7:30
Contact: green@example.org','green',NULL,NULL);
INSERT INTO "feed_events" VALUES('worker','anna','old.anna@tiny.rooster','old',20780,29923620,29924100,1795507200,1795507200,0,0,'Groen West: gardening','Groen West','Break: 30 min
Paid hours: 7:30
Contact: green@example.org','green',NULL,NULL);
INSERT INTO "feed_events" VALUES('worker','anna','tue-early.anna@tiny.rooster','tue-early',20787,29935020,29935500,1795507200,1795507200,0,0,'Groen West: opening','Groen West','Break: 30 min
Paid hours: 7:30
Contact: green@example.org','green',NULL,NULL);
INSERT INTO "feed_events" VALUES('worker','bart','mon-late.bart@tiny.rooster','mon-late',20787,29934240,29934540,1795507200,1795507200,0,0,'Groen West: closing','Groen West','Break: none
Paid hours: 5:00
Contact: green@example.org','green',NULL,NULL);
INSERT INTO "feed_events" VALUES('worker','bart','wed-bus.bart@tiny.rooster','wed-bus',20787,29936520,29937000,1795507200,1795507200,0,0,'Buurtbus: driving','Buurtbus','Certificates: RIJBEWIJS-D1
Break: 30 min
Paid hours: 7:30
Contact: bus@example.org','transport',NULL,NULL);
INSERT INTO "feed_events" VALUES('worker','cem','mon.cem@tiny.rooster','mon',20787,29933700,29934180,1795507200,1795510860,1,1,'Cancelled: Groen West: gardening','Groen West','With: Anna
Break: 30 min
Paid hours: 7:30
Contact: green@example.org','green',NULL,NULL);
INSERT INTO "feed_events" VALUES('worker','dina','fri.dina@tiny.rooster','fri',20787,29939460,29939940,1795507200,1795507200,0,0,'Groen West: gardening','Groen West','Break: 30 min
Paid hours: 7:30
Contact: green@example.org','green',NULL,NULL);
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
INSERT INTO "outbox" VALUES(1,'tiny-2026-W48-r1-1','worker/anna/roster','{"kind":"worker_roster","pool":"tiny","week":"2026-W48","revision":1,"published_at":"2026-11-24T08:00:00Z","timezone":"Europe/Amsterdam","worker":"anna","shifts":[{"shift":"old","week":"2026-W48","role":"gardening","start":"2026-11-23T07:00:00Z","end":"2026-11-23T15:00:00Z","start_local":"2026-11-23T08:00","end_local":"2026-11-23T16:00","break_minutes":30,"paid_minutes":450,"certificates":[],"team_certificates":[],"coop":"green","coop_name":"Groen West","address":"","contact":"green@example.org","latitude":null,"longitude":null,"colleagues":[]}]}',1,1795507200,'delivered',1795669800,NULL);
INSERT INTO "outbox" VALUES(2,'tiny-2026-W48-r1-2','worker/anna/events','{"kind":"roster_changed","pool":"tiny","week":"2026-W48","revision":1,"published_at":"2026-11-24T08:00:00Z","timezone":"Europe/Amsterdam","worker":"anna","changes":[{"change":"added","shift":"old","summary":"Groen West: gardening","start":"2026-11-23T07:00:00Z","end":"2026-11-23T15:00:00Z","start_local":"2026-11-23T08:00","end_local":"2026-11-23T16:00","notice":{"class":"late","may_refuse":true,"pay_owed":false,"text":"called less than four days ahead: you may refuse (BW 7:628a lid 2)"}}]}',0,1795507200,'delivered',1795669800,NULL);
INSERT INTO "outbox" VALUES(3,'tiny-2026-W48-r1-3','coop/green/cover','{"kind":"coop_cover","pool":"tiny","week":"2026-W48","revision":1,"published_at":"2026-11-24T08:00:00Z","timezone":"Europe/Amsterdam","coop":"green","shifts":[{"shift":"old","week":"2026-W48","role":"gardening","start":"2026-11-23T07:00:00Z","end":"2026-11-23T15:00:00Z","start_local":"2026-11-23T08:00","end_local":"2026-11-23T16:00","break_minutes":30,"paid_minutes":450,"certificates":[],"team_certificates":[],"headcount":1,"cover":1,"missing":0,"workers":[{"worker":"anna","name":"Anna de Vries"}]}]}',1,1795507200,'delivered',1795669800,NULL);
INSERT INTO "outbox" VALUES(4,'tiny-2026-W48-r1-4','coop/green/events','{"kind":"cover_changed","pool":"tiny","week":"2026-W48","revision":1,"published_at":"2026-11-24T08:00:00Z","timezone":"Europe/Amsterdam","coop":"green","changes":[{"change":"added","shift":"old","summary":"gardening: 1 of 1","start":"2026-11-23T07:00:00Z","end":"2026-11-23T15:00:00Z","start_local":"2026-11-23T08:00","end_local":"2026-11-23T16:00","headcount":1,"cover":1,"missing":0,"added":[{"worker":"anna","name":"Anna de Vries"}],"dropped":[]}]}',0,1795507200,'delivered',1795669800,NULL);
INSERT INTO "outbox" VALUES(5,'tiny-2026-W48-r1-5','planner/events','{"kind":"published","pool":"tiny","week":"2026-W48","revision":1,"published_at":"2026-11-24T08:00:00Z","timezone":"Europe/Amsterdam","status":"hand","cost_cents":19000,"bound_cents":null,"gap_percent":null,"assignments":1,"changes":{"added":1,"dropped":0,"moved":0},"late_changes":[{"shift":"old","worker":"anna","change":"added","minutes_ahead":-1500}],"short_shifts":[]}',0,1795507200,'delivered',1795669800,NULL);
INSERT INTO "outbox" VALUES(6,'tiny-2026-W49-r1-1','worker/anna/roster','{"kind":"worker_roster","pool":"tiny","week":"2026-W49","revision":1,"published_at":"2026-11-24T08:00:00Z","timezone":"Europe/Amsterdam","worker":"anna","shifts":[{"shift":"old","week":"2026-W48","role":"gardening","start":"2026-11-23T07:00:00Z","end":"2026-11-23T15:00:00Z","start_local":"2026-11-23T08:00","end_local":"2026-11-23T16:00","break_minutes":30,"paid_minutes":450,"certificates":[],"team_certificates":[],"coop":"green","coop_name":"Groen West","address":"","contact":"green@example.org","latitude":null,"longitude":null,"colleagues":[]},{"shift":"mon","week":"2026-W49","role":"gardening","start":"2026-11-30T07:00:00Z","end":"2026-11-30T15:00:00Z","start_local":"2026-11-30T08:00","end_local":"2026-11-30T16:00","break_minutes":30,"paid_minutes":450,"certificates":[],"team_certificates":[],"coop":"green","coop_name":"Groen West","address":"","contact":"green@example.org","latitude":null,"longitude":null,"colleagues":["Cem"]},{"shift":"tue-early","week":"2026-W49","role":"opening","start":"2026-12-01T05:00:00Z","end":"2026-12-01T13:00:00Z","start_local":"2026-12-01T06:00","end_local":"2026-12-01T14:00","break_minutes":30,"paid_minutes":450,"certificates":[],"team_certificates":[],"coop":"green","coop_name":"Groen West","address":"","contact":"green@example.org","latitude":null,"longitude":null,"colleagues":[]}]}',1,1795507200,'delivered',1795669800,NULL);
INSERT INTO "outbox" VALUES(7,'tiny-2026-W49-r1-2','worker/anna/events','{"kind":"roster_changed","pool":"tiny","week":"2026-W49","revision":1,"published_at":"2026-11-24T08:00:00Z","timezone":"Europe/Amsterdam","worker":"anna","changes":[{"change":"added","shift":"mon","summary":"Groen West: gardening","start":"2026-11-30T07:00:00Z","end":"2026-11-30T15:00:00Z","start_local":"2026-11-30T08:00","end_local":"2026-11-30T16:00","notice":{"class":"in_time","may_refuse":false,"pay_owed":false,"text":"told at least four days ahead"}},{"change":"added","shift":"tue-early","summary":"Groen West: opening","start":"2026-12-01T05:00:00Z","end":"2026-12-01T13:00:00Z","start_local":"2026-12-01T06:00","end_local":"2026-12-01T14:00","notice":{"class":"in_time","may_refuse":false,"pay_owed":false,"text":"told at least four days ahead"}}]}',0,1795507200,'delivered',1795669800,NULL);
INSERT INTO "outbox" VALUES(8,'tiny-2026-W49-r1-3','worker/bart/roster','{"kind":"worker_roster","pool":"tiny","week":"2026-W49","revision":1,"published_at":"2026-11-24T08:00:00Z","timezone":"Europe/Amsterdam","worker":"bart","shifts":[{"shift":"mon-late","week":"2026-W49","role":"closing","start":"2026-11-30T16:00:00Z","end":"2026-11-30T21:00:00Z","start_local":"2026-11-30T17:00","end_local":"2026-11-30T22:00","break_minutes":0,"paid_minutes":300,"certificates":[],"team_certificates":[],"coop":"green","coop_name":"Groen West","address":"","contact":"green@example.org","latitude":null,"longitude":null,"colleagues":[]},{"shift":"wed-bus","week":"2026-W49","role":"driving","start":"2026-12-02T06:00:00Z","end":"2026-12-02T14:00:00Z","start_local":"2026-12-02T07:00","end_local":"2026-12-02T15:00","break_minutes":30,"paid_minutes":450,"certificates":["RIJBEWIJS-D1"],"team_certificates":[],"coop":"bus","coop_name":"Buurtbus","address":"","contact":"bus@example.org","latitude":null,"longitude":null,"colleagues":[]}]}',1,1795507200,'delivered',1795669800,NULL);
INSERT INTO "outbox" VALUES(9,'tiny-2026-W49-r1-4','worker/bart/events','{"kind":"roster_changed","pool":"tiny","week":"2026-W49","revision":1,"published_at":"2026-11-24T08:00:00Z","timezone":"Europe/Amsterdam","worker":"bart","changes":[{"change":"added","shift":"mon-late","summary":"Groen West: closing","start":"2026-11-30T16:00:00Z","end":"2026-11-30T21:00:00Z","start_local":"2026-11-30T17:00","end_local":"2026-11-30T22:00","notice":{"class":"in_time","may_refuse":false,"pay_owed":false,"text":"told at least four days ahead"}},{"change":"added","shift":"wed-bus","summary":"Buurtbus: driving","start":"2026-12-02T06:00:00Z","end":"2026-12-02T14:00:00Z","start_local":"2026-12-02T07:00","end_local":"2026-12-02T15:00","notice":{"class":"in_time","may_refuse":false,"pay_owed":false,"text":"told at least four days ahead"}}]}',0,1795507200,'delivered',1795669800,NULL);
INSERT INTO "outbox" VALUES(10,'tiny-2026-W49-r1-5','worker/cem/roster','{"kind":"worker_roster","pool":"tiny","week":"2026-W49","revision":1,"published_at":"2026-11-24T08:00:00Z","timezone":"Europe/Amsterdam","worker":"cem","shifts":[{"shift":"mon","week":"2026-W49","role":"gardening","start":"2026-11-30T07:00:00Z","end":"2026-11-30T15:00:00Z","start_local":"2026-11-30T08:00","end_local":"2026-11-30T16:00","break_minutes":30,"paid_minutes":450,"certificates":[],"team_certificates":[],"coop":"green","coop_name":"Groen West","address":"","contact":"green@example.org","latitude":null,"longitude":null,"colleagues":["Anna"]}]}',1,1795507200,'delivered',1795669800,NULL);
INSERT INTO "outbox" VALUES(11,'tiny-2026-W49-r1-6','worker/cem/events','{"kind":"roster_changed","pool":"tiny","week":"2026-W49","revision":1,"published_at":"2026-11-24T08:00:00Z","timezone":"Europe/Amsterdam","worker":"cem","changes":[{"change":"added","shift":"mon","summary":"Groen West: gardening","start":"2026-11-30T07:00:00Z","end":"2026-11-30T15:00:00Z","start_local":"2026-11-30T08:00","end_local":"2026-11-30T16:00","notice":{"class":"in_time","may_refuse":false,"pay_owed":false,"text":"told at least four days ahead"}}]}',0,1795507200,'delivered',1795669800,NULL);
INSERT INTO "outbox" VALUES(12,'tiny-2026-W49-r1-7','worker/dina/roster','{"kind":"worker_roster","pool":"tiny","week":"2026-W49","revision":1,"published_at":"2026-11-24T08:00:00Z","timezone":"Europe/Amsterdam","worker":"dina","shifts":[{"shift":"fri","week":"2026-W49","role":"gardening","start":"2026-12-04T07:00:00Z","end":"2026-12-04T15:00:00Z","start_local":"2026-12-04T08:00","end_local":"2026-12-04T16:00","break_minutes":30,"paid_minutes":450,"certificates":[],"team_certificates":[],"coop":"green","coop_name":"Groen West","address":"","contact":"green@example.org","latitude":null,"longitude":null,"colleagues":[]}]}',1,1795507200,'delivered',1795669800,NULL);
INSERT INTO "outbox" VALUES(13,'tiny-2026-W49-r1-8','worker/dina/events','{"kind":"roster_changed","pool":"tiny","week":"2026-W49","revision":1,"published_at":"2026-11-24T08:00:00Z","timezone":"Europe/Amsterdam","worker":"dina","changes":[{"change":"added","shift":"fri","summary":"Groen West: gardening","start":"2026-12-04T07:00:00Z","end":"2026-12-04T15:00:00Z","start_local":"2026-12-04T08:00","end_local":"2026-12-04T16:00","notice":{"class":"in_time","may_refuse":false,"pay_owed":false,"text":"told at least four days ahead"}}]}',0,1795507200,'delivered',1795669800,NULL);
INSERT INTO "outbox" VALUES(14,'tiny-2026-W49-r1-9','coop/bus/cover','{"kind":"coop_cover","pool":"tiny","week":"2026-W49","revision":1,"published_at":"2026-11-24T08:00:00Z","timezone":"Europe/Amsterdam","coop":"bus","shifts":[{"shift":"wed-bus","week":"2026-W49","role":"driving","start":"2026-12-02T06:00:00Z","end":"2026-12-02T14:00:00Z","start_local":"2026-12-02T07:00","end_local":"2026-12-02T15:00","break_minutes":30,"paid_minutes":450,"certificates":["RIJBEWIJS-D1"],"team_certificates":[],"headcount":1,"cover":1,"missing":0,"workers":[{"worker":"bart","name":"Bart Öztürk"}]}]}',1,1795507200,'delivered',1795669800,NULL);
INSERT INTO "outbox" VALUES(15,'tiny-2026-W49-r1-10','coop/bus/events','{"kind":"cover_changed","pool":"tiny","week":"2026-W49","revision":1,"published_at":"2026-11-24T08:00:00Z","timezone":"Europe/Amsterdam","coop":"bus","changes":[{"change":"added","shift":"wed-bus","summary":"driving: 1 of 1","start":"2026-12-02T06:00:00Z","end":"2026-12-02T14:00:00Z","start_local":"2026-12-02T07:00","end_local":"2026-12-02T15:00","headcount":1,"cover":1,"missing":0,"added":[{"worker":"bart","name":"Bart Öztürk"}],"dropped":[]}]}',0,1795507200,'delivered',1795669800,NULL);
INSERT INTO "outbox" VALUES(16,'tiny-2026-W49-r1-11','coop/green/cover','{"kind":"coop_cover","pool":"tiny","week":"2026-W49","revision":1,"published_at":"2026-11-24T08:00:00Z","timezone":"Europe/Amsterdam","coop":"green","shifts":[{"shift":"old","week":"2026-W48","role":"gardening","start":"2026-11-23T07:00:00Z","end":"2026-11-23T15:00:00Z","start_local":"2026-11-23T08:00","end_local":"2026-11-23T16:00","break_minutes":30,"paid_minutes":450,"certificates":[],"team_certificates":[],"headcount":1,"cover":1,"missing":0,"workers":[{"worker":"anna","name":"Anna de Vries"}]},{"shift":"mon","week":"2026-W49","role":"gardening","start":"2026-11-30T07:00:00Z","end":"2026-11-30T15:00:00Z","start_local":"2026-11-30T08:00","end_local":"2026-11-30T16:00","break_minutes":30,"paid_minutes":450,"certificates":[],"team_certificates":[],"headcount":2,"cover":2,"missing":0,"workers":[{"worker":"anna","name":"Anna de Vries"},{"worker":"cem","name":"Cem Yılmaz"}]},{"shift":"mon-late","week":"2026-W49","role":"closing","start":"2026-11-30T16:00:00Z","end":"2026-11-30T21:00:00Z","start_local":"2026-11-30T17:00","end_local":"2026-11-30T22:00","break_minutes":0,"paid_minutes":300,"certificates":[],"team_certificates":[],"headcount":1,"cover":1,"missing":0,"workers":[{"worker":"bart","name":"Bart Öztürk"}]},{"shift":"tue-early","week":"2026-W49","role":"opening","start":"2026-12-01T05:00:00Z","end":"2026-12-01T13:00:00Z","start_local":"2026-12-01T06:00","end_local":"2026-12-01T14:00","break_minutes":30,"paid_minutes":450,"certificates":[],"team_certificates":[],"headcount":1,"cover":1,"missing":0,"workers":[{"worker":"anna","name":"Anna de Vries"}]},{"shift":"fri","week":"2026-W49","role":"gardening","start":"2026-12-04T07:00:00Z","end":"2026-12-04T15:00:00Z","start_local":"2026-12-04T08:00","end_local":"2026-12-04T16:00","break_minutes":30,"paid_minutes":450,"certificates":[],"team_certificates":[],"headcount":1,"cover":1,"missing":0,"workers":[{"worker":"dina","name":"Dina El Amrani"}]},{"shift":"sat-saw","week":"2026-W49","role":"sawing","start":"2026-12-05T07:00:00Z","end":"2026-12-05T11:00:00Z","start_local":"2026-12-05T08:00","end_local":"2026-12-05T12:00","break_minutes":0,"paid_minutes":240,"certificates":["SAW"],"team_certificates":[],"headcount":1,"cover":0,"missing":1,"workers":[]}]}',1,1795507200,'delivered',1795669800,NULL);
INSERT INTO "outbox" VALUES(17,'tiny-2026-W49-r1-12','coop/green/events','{"kind":"cover_changed","pool":"tiny","week":"2026-W49","revision":1,"published_at":"2026-11-24T08:00:00Z","timezone":"Europe/Amsterdam","coop":"green","changes":[{"change":"added","shift":"mon","summary":"gardening: 2 of 2","start":"2026-11-30T07:00:00Z","end":"2026-11-30T15:00:00Z","start_local":"2026-11-30T08:00","end_local":"2026-11-30T16:00","headcount":2,"cover":2,"missing":0,"added":[{"worker":"anna","name":"Anna de Vries"},{"worker":"cem","name":"Cem Yılmaz"}],"dropped":[]},{"change":"added","shift":"mon-late","summary":"closing: 1 of 1","start":"2026-11-30T16:00:00Z","end":"2026-11-30T21:00:00Z","start_local":"2026-11-30T17:00","end_local":"2026-11-30T22:00","headcount":1,"cover":1,"missing":0,"added":[{"worker":"bart","name":"Bart Öztürk"}],"dropped":[]},{"change":"added","shift":"tue-early","summary":"opening: 1 of 1","start":"2026-12-01T05:00:00Z","end":"2026-12-01T13:00:00Z","start_local":"2026-12-01T06:00","end_local":"2026-12-01T14:00","headcount":1,"cover":1,"missing":0,"added":[{"worker":"anna","name":"Anna de Vries"}],"dropped":[]},{"change":"added","shift":"fri","summary":"gardening: 1 of 1","start":"2026-12-04T07:00:00Z","end":"2026-12-04T15:00:00Z","start_local":"2026-12-04T08:00","end_local":"2026-12-04T16:00","headcount":1,"cover":1,"missing":0,"added":[{"worker":"dina","name":"Dina El Amrani"}],"dropped":[]},{"change":"added","shift":"sat-saw","summary":"sawing: 0 of 1","start":"2026-12-05T07:00:00Z","end":"2026-12-05T11:00:00Z","start_local":"2026-12-05T08:00","end_local":"2026-12-05T12:00","headcount":1,"cover":0,"missing":1,"added":[],"dropped":[]}]}',0,1795507200,'delivered',1795669800,NULL);
INSERT INTO "outbox" VALUES(18,'tiny-2026-W49-r1-13','planner/events','{"kind":"published","pool":"tiny","week":"2026-W49","revision":1,"published_at":"2026-11-24T08:00:00Z","timezone":"Europe/Amsterdam","status":"optimal","cost_cents":91025,"bound_cents":91025,"gap_percent":0.0,"assignments":6,"changes":{"added":6,"dropped":0,"moved":0},"late_changes":[],"short_shifts":[{"shift":"sat-saw","coop":"green","role":"sawing","start":"2026-12-05T07:00:00Z","end":"2026-12-05T11:00:00Z","start_local":"2026-12-05T08:00","end_local":"2026-12-05T12:00","missing":1,"certificates":["SAW"],"team_certificates":[]}]}',0,1795507200,'delivered',1795669800,NULL);
INSERT INTO "outbox" VALUES(19,'tiny-2026-W49-r2-1','worker/anna/roster','{"kind":"worker_roster","pool":"tiny","week":"2026-W49","revision":2,"published_at":"2026-11-24T09:01:00Z","timezone":"Europe/Amsterdam","worker":"anna","shifts":[{"shift":"old","week":"2026-W48","role":"gardening","start":"2026-11-23T07:00:00Z","end":"2026-11-23T15:00:00Z","start_local":"2026-11-23T08:00","end_local":"2026-11-23T16:00","break_minutes":30,"paid_minutes":450,"certificates":[],"team_certificates":[],"coop":"green","coop_name":"Groen West","address":"","contact":"green@example.org","latitude":null,"longitude":null,"colleagues":[]},{"shift":"mon","week":"2026-W49","role":"gardening","start":"2026-11-30T07:00:00Z","end":"2026-11-30T15:00:00Z","start_local":"2026-11-30T08:00","end_local":"2026-11-30T16:00","break_minutes":30,"paid_minutes":450,"certificates":[],"team_certificates":[],"coop":"green","coop_name":"Groen West","address":"","contact":"green@example.org","latitude":null,"longitude":null,"colleagues":[]},{"shift":"tue-early","week":"2026-W49","role":"opening","start":"2026-12-01T05:00:00Z","end":"2026-12-01T13:00:00Z","start_local":"2026-12-01T06:00","end_local":"2026-12-01T14:00","break_minutes":30,"paid_minutes":450,"certificates":[],"team_certificates":[],"coop":"green","coop_name":"Groen West","address":"","contact":"green@example.org","latitude":null,"longitude":null,"colleagues":[]}]}',1,1795510860,'waiting',NULL,NULL);
INSERT INTO "outbox" VALUES(20,'tiny-2026-W49-r2-2','worker/cem/roster','{"kind":"worker_roster","pool":"tiny","week":"2026-W49","revision":2,"published_at":"2026-11-24T09:01:00Z","timezone":"Europe/Amsterdam","worker":"cem","shifts":[]}',1,1795510860,'waiting',NULL,NULL);
INSERT INTO "outbox" VALUES(21,'tiny-2026-W49-r2-3','worker/cem/events','{"kind":"roster_changed","pool":"tiny","week":"2026-W49","revision":2,"published_at":"2026-11-24T09:01:00Z","timezone":"Europe/Amsterdam","worker":"cem","changes":[{"change":"dropped","shift":"mon","summary":"Groen West: gardening","start":"2026-11-30T07:00:00Z","end":"2026-11-30T15:00:00Z","start_local":"2026-11-30T08:00","end_local":"2026-11-30T16:00","notice":{"class":"in_time","may_refuse":false,"pay_owed":false,"text":"told at least four days ahead"}}]}',0,1795510860,'waiting',NULL,NULL);
INSERT INTO "outbox" VALUES(22,'tiny-2026-W49-r2-4','coop/green/cover','{"kind":"coop_cover","pool":"tiny","week":"2026-W49","revision":2,"published_at":"2026-11-24T09:01:00Z","timezone":"Europe/Amsterdam","coop":"green","shifts":[{"shift":"old","week":"2026-W48","role":"gardening","start":"2026-11-23T07:00:00Z","end":"2026-11-23T15:00:00Z","start_local":"2026-11-23T08:00","end_local":"2026-11-23T16:00","break_minutes":30,"paid_minutes":450,"certificates":[],"team_certificates":[],"headcount":1,"cover":1,"missing":0,"workers":[{"worker":"anna","name":"Anna de Vries"}]},{"shift":"mon","week":"2026-W49","role":"gardening","start":"2026-11-30T07:00:00Z","end":"2026-11-30T15:00:00Z","start_local":"2026-11-30T08:00","end_local":"2026-11-30T16:00","break_minutes":30,"paid_minutes":450,"certificates":[],"team_certificates":[],"headcount":2,"cover":1,"missing":1,"workers":[{"worker":"anna","name":"Anna de Vries"}]},{"shift":"mon-late","week":"2026-W49","role":"closing","start":"2026-11-30T16:00:00Z","end":"2026-11-30T21:00:00Z","start_local":"2026-11-30T17:00","end_local":"2026-11-30T22:00","break_minutes":0,"paid_minutes":300,"certificates":[],"team_certificates":[],"headcount":1,"cover":1,"missing":0,"workers":[{"worker":"bart","name":"Bart Öztürk"}]},{"shift":"tue-early","week":"2026-W49","role":"opening","start":"2026-12-01T05:00:00Z","end":"2026-12-01T13:00:00Z","start_local":"2026-12-01T06:00","end_local":"2026-12-01T14:00","break_minutes":30,"paid_minutes":450,"certificates":[],"team_certificates":[],"headcount":1,"cover":1,"missing":0,"workers":[{"worker":"anna","name":"Anna de Vries"}]},{"shift":"fri","week":"2026-W49","role":"gardening","start":"2026-12-04T07:00:00Z","end":"2026-12-04T15:00:00Z","start_local":"2026-12-04T08:00","end_local":"2026-12-04T16:00","break_minutes":30,"paid_minutes":450,"certificates":[],"team_certificates":[],"headcount":1,"cover":1,"missing":0,"workers":[{"worker":"dina","name":"Dina El Amrani"}]},{"shift":"sat-saw","week":"2026-W49","role":"sawing","start":"2026-12-05T07:00:00Z","end":"2026-12-05T11:00:00Z","start_local":"2026-12-05T08:00","end_local":"2026-12-05T12:00","break_minutes":0,"paid_minutes":240,"certificates":["SAW"],"team_certificates":[],"headcount":1,"cover":0,"missing":1,"workers":[]}]}',1,1795510860,'waiting',NULL,NULL);
INSERT INTO "outbox" VALUES(23,'tiny-2026-W49-r2-5','coop/green/events','{"kind":"cover_changed","pool":"tiny","week":"2026-W49","revision":2,"published_at":"2026-11-24T09:01:00Z","timezone":"Europe/Amsterdam","coop":"green","changes":[{"change":"changed","shift":"mon","summary":"gardening: 1 of 2","start":"2026-11-30T07:00:00Z","end":"2026-11-30T15:00:00Z","start_local":"2026-11-30T08:00","end_local":"2026-11-30T16:00","headcount":2,"cover":1,"missing":1,"added":[],"dropped":[{"worker":"cem","name":"Cem Yılmaz"}]}]}',0,1795510860,'waiting',NULL,NULL);
INSERT INTO "outbox" VALUES(24,'tiny-2026-W49-r2-6','planner/events','{"kind":"published","pool":"tiny","week":"2026-W49","revision":2,"published_at":"2026-11-24T09:01:00Z","timezone":"Europe/Amsterdam","status":"hand","cost_cents":174275,"bound_cents":null,"gap_percent":null,"assignments":5,"changes":{"added":0,"dropped":1,"moved":0},"late_changes":[],"short_shifts":[{"shift":"mon","coop":"green","role":"gardening","start":"2026-11-30T07:00:00Z","end":"2026-11-30T15:00:00Z","start_local":"2026-11-30T08:00","end_local":"2026-11-30T16:00","missing":1,"certificates":[],"team_certificates":[]},{"shift":"sat-saw","coop":"green","role":"sawing","start":"2026-12-05T07:00:00Z","end":"2026-12-05T11:00:00Z","start_local":"2026-12-05T08:00","end_local":"2026-12-05T12:00","missing":1,"certificates":["SAW"],"team_certificates":[]}]}',0,1795510860,'waiting',NULL,NULL);
CREATE TABLE pool (
    single INTEGER NOT NULL PRIMARY KEY CHECK (single = 1),
    id     TEXT NOT NULL,
    name   TEXT NOT NULL,
    zone   TEXT NOT NULL,
    rules  TEXT NOT NULL
) STRICT;
INSERT INTO "pool" VALUES(1,'tiny','De Kleine Werker','Europe/Amsterdam','nl-atw');
CREATE TABLE pool_prices (
    key       TEXT NOT NULL PRIMARY KEY,
    amount_e4 INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "pool_prices" VALUES('avoid',60000);
INSERT INTO "pool_prices" VALUES('change',150000);
INSERT INTO "pool_prices" VALUES('continuity',20000);
INSERT INTO "pool_prices" VALUES('extra',10000);
INSERT INTO "pool_prices" VALUES('extra_far',12500);
INSERT INTO "pool_prices" VALUES('extra_far_hours',80000);
INSERT INTO "pool_prices" VALUES('idle',10000);
INSERT INTO "pool_prices" VALUES('idle_far',12500);
INSERT INTO "pool_prices" VALUES('idle_far_hours',80000);
INSERT INTO "pool_prices" VALUES('late_change',400000);
INSERT INTO "pool_prices" VALUES('prefer',30000);
INSERT INTO "pool_prices" VALUES('shortfall_critical',4000000);
INSERT INTO "pool_prices" VALUES('shortfall_high',2000000);
INSERT INTO "pool_prices" VALUES('shortfall_low',600000);
INSERT INTO "pool_prices" VALUES('shortfall_normal',1000000);
INSERT INTO "pool_prices" VALUES('team',1500000);
INSERT INTO "pool_prices" VALUES('travel_km',2300);
INSERT INTO "pool_prices" VALUES('unfair',300000);
INSERT INTO "pool_prices" VALUES('unfair_free',1000);
INSERT INTO "pool_prices" VALUES('unsocial',40000);
CREATE TABLE pool_rules (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
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
INSERT INTO "roster_assignments" VALUES(20780,1,'old','anna',0);
INSERT INTO "roster_assignments" VALUES(20787,1,'fri','dina',0);
INSERT INTO "roster_assignments" VALUES(20787,1,'mon','anna',0);
INSERT INTO "roster_assignments" VALUES(20787,1,'mon','cem',0);
INSERT INTO "roster_assignments" VALUES(20787,1,'mon-late','bart',0);
INSERT INTO "roster_assignments" VALUES(20787,1,'tue-early','anna',0);
INSERT INTO "roster_assignments" VALUES(20787,1,'wed-bus','bart',0);
INSERT INTO "roster_assignments" VALUES(20787,2,'fri','dina',0);
INSERT INTO "roster_assignments" VALUES(20787,2,'mon','anna',0);
INSERT INTO "roster_assignments" VALUES(20787,2,'mon-late','bart',0);
INSERT INTO "roster_assignments" VALUES(20787,2,'tue-early','anna',0);
INSERT INTO "roster_assignments" VALUES(20787,2,'wed-bus','bart',0);
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
INSERT INTO "rosters" VALUES(20780,1,1795507200,19000,NULL,'hand',0.0);
INSERT INTO "rosters" VALUES(20787,1,1795507200,91025,91025,'optimal',0.017125);
INSERT INTO "rosters" VALUES(20787,2,1795510860,174275,NULL,'hand',0.0);
CREATE TABLE shift_certificates (
    shift       TEXT NOT NULL REFERENCES shifts (shift) ON DELETE CASCADE,
    scope       TEXT NOT NULL CHECK (scope IN ('each', 'team')),
    position    INTEGER NOT NULL,
    certificate TEXT NOT NULL,
    PRIMARY KEY (shift, scope, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "shift_certificates" VALUES('sat-saw','each',0,'SAW');
INSERT INTO "shift_certificates" VALUES('wed-bus','each',0,'RIJBEWIJS-D1');
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
INSERT INTO "shifts" VALUES('fri',5,20787,'green','gardening',29939460,29939940,30,1,'low');
INSERT INTO "shifts" VALUES('mon',1,20787,'green','gardening',29933700,29934180,30,2,'normal');
INSERT INTO "shifts" VALUES('mon-late',2,20787,'green','closing',29934240,29934540,0,1,'normal');
INSERT INTO "shifts" VALUES('old',0,20780,'green','gardening',29923620,29924100,30,1,'normal');
INSERT INTO "shifts" VALUES('sat-saw',6,20787,'green','sawing',29940900,29941140,0,1,'normal');
INSERT INTO "shifts" VALUES('tue-early',3,20787,'green','opening',29935020,29935500,30,1,'high');
INSERT INTO "shifts" VALUES('wed-bus',4,20787,'bus','driving',29936520,29937000,30,1,'critical');
CREATE TABLE solve_records (
    week   INTEGER NOT NULL REFERENCES weeks (week),
    roster TEXT NOT NULL CHECK (roster IN ('draft', 'published')),
    body   TEXT NOT NULL,
    PRIMARY KEY (week, roster)
) STRICT, WITHOUT ROWID;
INSERT INTO "solve_records" VALUES(20787,'published','{"version":1,"week":"2026-W49","made_s":1795507200,"is_repair":false,"revision":0,"now_min":0,"fingerprint":"e2920d8082703e1da1cf1a06119d12c6a4d0bb2ac1ea35283ceeef035092ab2d","status":"optimal","cost_cents":91025,"bound_cents":91025,"pins":[],"prices":[["headcount","mon",3063.2395594718196],["headcount","mon-late",2035.340316426621],["headcount","tue-early",3063.2395594718173],["headcount","wed-bus",8061.0383072210498],["headcount","fri",3063.2379135757947],["headcount","sat-saw",0.0],["fairness","green",28.233044375743294],["fairness","bus",17.913418460491197]],"lines":[["anna","mon","tue-early"],["anna","mon","fri"],["anna","tue-early","fri"],["anna","mon-late","fri"],["anna","mon","tue-early","fri"],["anna","mon"],["bart","mon-late","wed-bus"],["bart","mon-late","fri"],["bart","mon","wed-bus"],["bart","tue-early","wed-bus"],["bart","wed-bus","fri"],["bart","mon","fri"],["bart","mon"],["cem","mon"],["cem","tue-early"],["cem","mon-late"],["dina","fri"],["dina","mon"],["dina","tue-early"]],"certificate":{"bound_cents":91025,"bits":40,"rows":[3368067514302698,2237880344392353,3368067514302695,8863205350737308,3368065704620880,0,186255363471873,886320535073730],"pairs":[]}}');
CREATE TABLE weeks (
    week          INTEGER NOT NULL PRIMARY KEY,
    last_revision INTEGER NOT NULL,
    last_step     INTEGER NOT NULL
) STRICT;
INSERT INTO "weeks" VALUES(20780,1,0);
INSERT INTO "weeks" VALUES(20787,2,4);
CREATE TABLE worker_certificates (
    worker      TEXT NOT NULL REFERENCES workers (worker) ON DELETE CASCADE,
    position    INTEGER NOT NULL,
    certificate TEXT NOT NULL,
    valid_from  INTEGER,
    valid_until INTEGER,
    level       TEXT NOT NULL CHECK (level IN ('holder', 'learner')),
    PRIMARY KEY (worker, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "worker_certificates" VALUES('bart',0,'RIJBEWIJS-D1',18262,NULL,'holder');
CREATE TABLE worker_history (
    worker    TEXT NOT NULL REFERENCES workers (worker) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    coop      TEXT NOT NULL,
    start_min INTEGER NOT NULL,
    end_min   INTEGER NOT NULL CHECK (end_min > start_min),
    break_min INTEGER NOT NULL CHECK (break_min >= 0),
    PRIMARY KEY (worker, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE worker_preferences (
    worker   TEXT NOT NULL REFERENCES workers (worker) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    coop     TEXT NOT NULL REFERENCES coops (coop),
    kind     TEXT NOT NULL CHECK (kind IN ('never', 'avoid', 'prefer')),
    PRIMARY KEY (worker, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE worker_rules (
    worker   TEXT NOT NULL REFERENCES workers (worker) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    rule     TEXT NOT NULL,
    value    TEXT NOT NULL,
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
INSERT INTO "worker_windows" VALUES('cem',0,29938980,29940420,'unavailable');
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
INSERT INTO "workers" VALUES('anna',0,'Anna de Vries','',3712,80000,400000,200000,NULL,NULL);
INSERT INTO "workers" VALUES('bart',1,'Bart Öztürk','',7500,80000,400000,225000,NULL,NULL);
INSERT INTO "workers" VALUES('cem',2,'Cem Yılmaz','',5509,0,240000,210000,NULL,NULL);
INSERT INTO "workers" VALUES('dina',3,'Dina El Amrani','',14425,0,120000,150000,NULL,NULL);
CREATE INDEX worker_preferences_coop ON worker_preferences (coop);
CREATE INDEX shifts_coop ON shifts (coop);
CREATE INDEX roster_assignments_shift ON roster_assignments (shift, week);
CREATE INDEX roster_assignments_worker ON roster_assignments (worker);
CREATE INDEX draft_assignments_shift ON draft_assignments (shift, week);
CREATE INDEX draft_assignments_worker ON draft_assignments (worker);
CREATE INDEX draft_changes_shift ON draft_changes (shift, week);
CREATE INDEX draft_changes_worker ON draft_changes (worker);
CREATE INDEX outbox_waiting ON outbox (sequence) WHERE state = 'waiting';
CREATE INDEX outbox_dead ON outbox (sequence) WHERE state = 'dead';
CREATE INDEX outbox_retained ON outbox (topic, sequence) WHERE is_retained = 1;
CREATE TRIGGER audit_keeps_its_rows BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append only'); END;
CREATE TRIGGER audit_keeps_its_words BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append only'); END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('outbox',24);
INSERT INTO "sqlite_sequence" VALUES('audit',7);
COMMIT;
PRAGMA application_id = 1383034739;
PRAGMA user_version = 3;
