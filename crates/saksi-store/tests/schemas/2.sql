-- Schema 2 of a collection: one SQLite file. docs/collection.md explains it for users; keep both the same.
-- Text is UTF-8, days are ISO 8601, lists are JSON arrays, offsets count code points.

-- What was read, one row an article. Its events are rows of `report`.
CREATE TABLE article (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice
    key TEXT NOT NULL UNIQUE,           -- of text, address and outlet: the same bytes are the same article
    text_id TEXT NOT NULL,              -- the record's article.id
    source TEXT,                        -- path or address it was read from
    url TEXT,
    outlet TEXT,
    author TEXT,
    title TEXT,
    language TEXT NOT NULL,
    published TEXT,
    basis TEXT NOT NULL,
    program TEXT NOT NULL,              -- program and packs that made the record
    witness TEXT NOT NULL,              -- key of the earliest of its copies and translations; its own key where it stands alone
    signature BLOB NOT NULL,            -- of its own words, for finding copies
    outline BLOB NOT NULL,              -- of its names and numbers, for finding translations
    credit TEXT,                        -- the news agency that it names as its source
    kin INTEGER NOT NULL,               -- the same for articles that are one text, directly or through others
    came TEXT,                          -- hash of the bytes as they came and of what the caller said; null for records read before
    options TEXT NOT NULL,              -- JSON: what the caller said of it when it was read
    raw BLOB,                           -- the bytes as they came, deflated; null where text or path suffice
    record TEXT NOT NULL                -- the record, as `saksi read` writes it
);
CREATE INDEX article_by_published ON article (published, key);
CREATE INDEX article_by_outlet ON article (outlet, published);
CREATE INDEX article_by_witness ON article (witness);
CREATE INDEX article_by_kin ON article (kin);
CREATE INDEX article_by_came ON article (came);

-- Where signatures of copies and outlines of translations meet: hashes, each with the id of an article that has it. A row is a
-- stretch of a sorted list; entries are packed (postings.rs).
CREATE TABLE band (
    id INTEGER PRIMARY KEY,             -- the list, then the first hash of the stretch in 48 bits
    entries BLOB NOT NULL
);

-- An article's title and body without what is not its own, as `words` has them: what stands between its passages.
CREATE VIEW own_words AS
WITH said AS (
    SELECT id, title, json_extract(record, '$.text') AS text, json_extract(record, '$.passages') AS passages FROM article
)
SELECT
    id,
    coalesce((
        SELECT nullif(group_concat(substr(text, json_extract(value, '$.start') + 1, json_extract(value, '$.end') - json_extract(value, '$.start')), ''), '')
        FROM json_each(passages) WHERE json_extract(value, '$.kind') = 'title'
    ), title) AS title,
    coalesce((
        SELECT group_concat(substr(text, low + 1, max(json_extract(value, '$.start') - low, 0)), ' ')
        FROM (SELECT value, CASE key WHEN 0 THEN 0 ELSE json_extract(passages, '$[' || (key - 1) || '].end') END AS low FROM json_each(passages) ORDER BY key)
    ) || ' ' || substr(text, json_extract(passages, '$[#-1].end') + 1), text) AS body
FROM said;

-- Full text of titles and bodies, without what is not the article's own; rowid is article.id.
CREATE VIRTUAL TABLE words USING fts5 (title, body, content = 'own_words', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');
-- Segments of the index are merged by eight.
INSERT INTO words (words, rank) VALUES ('automerge', 8);

-- Actors of the collection.
CREATE TABLE actor (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,                 -- the commonest; of several, the first in order
    kind TEXT NOT NULL,
    country TEXT,
    sector TEXT,
    wikidata TEXT
);
CREATE TABLE alias (
    actor INTEGER NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,               -- for looking it up
    articles INTEGER NOT NULL,
    PRIMARY KEY (actor, name)
) WITHOUT ROWID;
CREATE INDEX alias_by_folded ON alias (folded);
-- How often an actor is described how; `actor` and `alias` are made from it.
CREATE TABLE description (
    actor INTEGER NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT NOT NULL,              -- empty where not known
    sector TEXT NOT NULL,               -- empty where not known
    articles INTEGER NOT NULL,
    PRIMARY KEY (actor, name, kind, country, sector)
) WITHOUT ROWID;

-- Events: what all reports of one act say together.
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,                  -- unique, by its index
    type TEXT NOT NULL,
    mode TEXT,
    quad TEXT NOT NULL,
    status TEXT NOT NULL,
    certainty TEXT NOT NULL,
    value TEXT,                         -- TIMEX3/EDTF
    earliest TEXT,
    latest TEXT,
    moment INTEGER NOT NULL,            -- place in order of earliest, latest and key as one number (moment.rs)
    first_published TEXT,
    last_published TEXT,
    reports INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    sources INTEGER NOT NULL,           -- independent ones
    languages TEXT NOT NULL,
    review TEXT NOT NULL,
    summary TEXT NOT NULL               -- JSON: the event with parties, places and differences
);
CREATE UNIQUE INDEX event_by_key ON event (key);
-- What questions look up ends in the moment, so that lists come in order of time and end where a page does.
CREATE INDEX event_by_time ON event (moment);
CREATE INDEX event_by_type ON event (type, moment);
CREATE INDEX event_by_mode ON event (mode, moment) WHERE mode IS NOT NULL;
CREATE INDEX event_by_published ON event (first_published, key);
CREATE INDEX event_by_sources ON event (sources DESC, key);
CREATE INDEX event_by_reports ON event (reports DESC, key);
CREATE INDEX event_by_status ON event (status, moment);
CREATE INDEX event_by_certainty ON event (certainty, moment);
CREATE INDEX event_by_review ON event (review, moment);
CREATE INDEX event_by_languages ON event (languages, moment);
-- What questions look at, without the summary: many rows to a page.
CREATE INDEX event_in_short ON event (id, type, mode, status, certainty, review, sources, reports, languages, first_published, last_published, earliest, latest, moment, key);
-- Those that may have begun long before a day and still last on it; others begin at most 31 days before their last day.
CREATE INDEX event_by_long_time ON event (coalesce(latest, '9999-12-31'), moment)
    WHERE moment < 4611686018427387904 AND ((moment >> 26) & 16383 = 0 OR (moment >> 26) & 16383 > 32);

-- Who takes part.
CREATE TABLE party (
    event INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    role TEXT NOT NULL,                 -- actor or recipient
    actor INTEGER NOT NULL REFERENCES actor (id),
    country TEXT,
    type TEXT NOT NULL,                 -- the event's
    moment INTEGER NOT NULL,            -- the event's
    PRIMARY KEY (event, role, actor)
) WITHOUT ROWID;
CREATE INDEX party_by_actor ON party (actor, role, moment, event, type);
CREATE INDEX party_by_country ON party (country, role, moment, event);

-- Where it takes place.
CREATE TABLE place (
    event INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    country TEXT,
    lat REAL,
    lon REAL,
    moment INTEGER NOT NULL,            -- the event's
    PRIMARY KEY (event, key)
) WITHOUT ROWID;
CREATE INDEX place_by_key ON place (key, moment, event);
CREATE INDEX place_by_country ON place (country, moment, event);
CREATE INDEX place_by_name ON place (name COLLATE NOCASE, key);

-- Events as one article tells them.
CREATE TABLE report (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice
    key TEXT NOT NULL,                  -- unique, by its index
    article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    event INTEGER REFERENCES event (id),
    linked INTEGER NOT NULL,            -- the same for reports that may be of one event, directly or through others
    ordinal INTEGER NOT NULL,           -- index into the record's events
    source_kind TEXT,                   -- of the nearest source; null in the article's own voice
    source INTEGER REFERENCES actor (id),
    review TEXT NOT NULL,
    report TEXT NOT NULL,               -- JSON: the report, with what a person corrected
    features BLOB NOT NULL,             -- what the report is compared by: three lists of hashes, each after its length
    original TEXT                       -- JSON: the report as it was read; null where nothing was decided about it
);
CREATE INDEX report_by_article ON report (article, ordinal, event);
CREATE INDEX report_by_event ON report (event, article);
CREATE INDEX report_by_linked ON report (linked);
CREATE UNIQUE INDEX report_by_key ON report (key);
CREATE INDEX report_by_source ON report (source, article) WHERE source IS NOT NULL;

-- The chain of sources of a report, nearest first.
CREATE TABLE voice (
    report INTEGER NOT NULL REFERENCES report (id) ON DELETE CASCADE,
    depth INTEGER NOT NULL,             -- 0: the nearest
    actor INTEGER REFERENCES actor (id), -- null where the source is no actor with a name
    kind TEXT NOT NULL,
    published TEXT,                     -- the article's
    PRIMARY KEY (report, depth)
) WITHOUT ROWID;
CREATE INDEX voice_by_actor ON voice (actor, published, report);
CREATE INDEX voice_by_kind ON voice (kind, report);

-- How many links of chains each actor is. Those that are added are counted by the program, for a transaction at once.
CREATE TABLE tally (
    actor INTEGER PRIMARY KEY REFERENCES actor (id) ON DELETE CASCADE,
    voices INTEGER NOT NULL
);
CREATE INDEX tally_by_voices ON tally (voices DESC, actor);
CREATE TRIGGER voice_removed AFTER DELETE ON voice WHEN old.actor IS NOT NULL BEGIN
    UPDATE tally SET voices = voices - 1 WHERE actor = old.actor;
END;
CREATE TRIGGER voice_moved AFTER UPDATE OF actor ON voice WHEN old.actor IS NOT new.actor BEGIN
    UPDATE tally SET voices = voices - 1 WHERE actor = old.actor;
    INSERT INTO tally (actor, voices) SELECT new.actor, 1 WHERE new.actor IS NOT NULL
        ON CONFLICT (actor) DO UPDATE SET voices = voices + 1;
END;

-- Where reports that may be of one event meet: hashes, each with the id of a report that has it, as in `band`.
CREATE TABLE block (
    id INTEGER PRIMARY KEY,
    entries BLOB NOT NULL
);

-- What persons decided, in order; rows are only ever added. Each holds the hash of the one before.
CREATE TABLE log (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,                   -- ISO 8601, UTC
    who TEXT NOT NULL,
    action TEXT NOT NULL,               -- JSON
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE TRIGGER log_is_not_changed BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
CREATE TRIGGER log_is_not_shortened BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;

-- How many entries the log has, and the hash of the last, so that a log cut short is found.
CREATE TABLE anchor (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    entries INTEGER NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO anchor VALUES (1, 0, '');

-- Reports that a decision is about and that have another key since their article was read again.
CREATE TABLE moved (
    old TEXT PRIMARY KEY,
    new TEXT NOT NULL
) WITHOUT ROWID;
