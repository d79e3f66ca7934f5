-- From schema 1 to 2: the keys of events and reports have indexes of their own, which may be left out while much is added; voices that
-- are added are counted by the program. Foreign keys are off meanwhile.
DROP TRIGGER voice_added;

CREATE TABLE event_2 (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    type TEXT NOT NULL,
    mode TEXT,
    quad TEXT NOT NULL,
    status TEXT NOT NULL,
    certainty TEXT NOT NULL,
    value TEXT,
    earliest TEXT,
    latest TEXT,
    moment INTEGER NOT NULL,
    first_published TEXT,
    last_published TEXT,
    reports INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    sources INTEGER NOT NULL,
    languages TEXT NOT NULL,
    review TEXT NOT NULL,
    summary TEXT NOT NULL
);
INSERT INTO event_2 SELECT * FROM event;
DROP TABLE event;
ALTER TABLE event_2 RENAME TO event;
CREATE UNIQUE INDEX event_by_key ON event (key);
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
CREATE INDEX event_in_short ON event (id, type, mode, status, certainty, review, sources, reports, languages, first_published, last_published, earliest, latest, moment, key);
CREATE INDEX event_by_long_time ON event (coalesce(latest, '9999-12-31'), moment)
    WHERE moment < 4611686018427387904 AND ((moment >> 26) & 16383 = 0 OR (moment >> 26) & 16383 > 32);

CREATE TABLE report_2 (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    event INTEGER REFERENCES event (id),
    linked INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    source_kind TEXT,
    source INTEGER REFERENCES actor (id),
    review TEXT NOT NULL,
    report TEXT NOT NULL,
    features BLOB NOT NULL,
    original TEXT
);
INSERT INTO report_2 SELECT * FROM report;
DELETE FROM sqlite_sequence WHERE name = 'report_2';
INSERT INTO sqlite_sequence (name, seq) SELECT 'report_2', seq FROM sqlite_sequence WHERE name = 'report';
DROP TABLE report;
ALTER TABLE report_2 RENAME TO report;
CREATE INDEX report_by_article ON report (article, ordinal, event);
CREATE INDEX report_by_event ON report (event, article);
CREATE INDEX report_by_linked ON report (linked);
CREATE UNIQUE INDEX report_by_key ON report (key);
CREATE INDEX report_by_source ON report (source, article) WHERE source IS NOT NULL;
