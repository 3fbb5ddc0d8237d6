-- One row per document; 'record' is the whole record as JSON, and every other table is read out of it.
CREATE TABLE documents (
    document_id TEXT NOT NULL PRIMARY KEY,
    uri TEXT NOT NULL,
    media TEXT NOT NULL,
    charset TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    -- The done-mark: content, program, lists and settings that the row was made from.
    hash TEXT NOT NULL,
    gazzetta TEXT NOT NULL,
    gazetteers TEXT NOT NULL,
    config TEXT NOT NULL,
    title TEXT,
    published TEXT,
    published_from TEXT,
    language TEXT NOT NULL,
    language_confidence REAL NOT NULL,
    record TEXT NOT NULL,
    text TEXT GENERATED ALWAYS AS (record ->> '$.text') VIRTUAL
);
CREATE INDEX documents_published ON documents (published);

-- One row per stretch of text that names something; offsets count code points of documents.text, from 0, end exclusive.
CREATE TABLE mentions (
    document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    mention_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    source_start INTEGER,
    source_end INTEGER,
    text TEXT NOT NULL,
    entity_id TEXT,
    value TEXT,
    bound TEXT,
    inferred TEXT,
    zone TEXT,
    confidence REAL NOT NULL,
    found_by TEXT NOT NULL,
    entry TEXT,
    rule TEXT,
    folds TEXT,
    PRIMARY KEY (document_id, mention_id)
) WITHOUT ROWID;

-- Rows of the lists that some document names.
CREATE TABLE canonical_entities (
    link TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    subtype TEXT,
    label TEXT,
    country TEXT,
    same_as TEXT NOT NULL
) WITHOUT ROWID;

-- Things named in a document.
CREATE TABLE entities (
    document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    entity_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    subtype TEXT,
    name TEXT NOT NULL,
    label TEXT,
    acronym TEXT,
    link TEXT REFERENCES canonical_entities,
    country TEXT,
    candidates TEXT,
    n_mentions INTEGER NOT NULL,
    PRIMARY KEY (document_id, entity_id)
) WITHOUT ROWID;
CREATE INDEX entities_link ON entities (link) WHERE link IS NOT NULL;

-- Who is what, where.
CREATE TABLE roles (
    document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    role_no INTEGER NOT NULL,
    person_id TEXT NOT NULL,
    role TEXT,
    text TEXT,
    institution_id TEXT,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    PRIMARY KEY (document_id, role_no)
) WITHOUT ROWID;

-- Who went where, when, to meet whom, about what.
CREATE TABLE missions (
    document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    mission_no INTEGER NOT NULL,
    origin_id TEXT,
    lead_id TEXT,
    start_date TEXT,
    end_date TEXT,
    kind TEXT,
    status TEXT,
    size INTEGER,
    mission_key TEXT,
    completeness REAL NOT NULL,
    confidence REAL NOT NULL,
    evidence TEXT NOT NULL,
    PRIMARY KEY (document_id, mission_no)
) WITHOUT ROWID;

-- Countries of a mission, with a row for each place visited there.
CREATE TABLE mission_destinations (
    document_id TEXT NOT NULL,
    mission_no INTEGER NOT NULL,
    destination_no INTEGER NOT NULL,
    place_no INTEGER NOT NULL,
    country TEXT,
    place_id TEXT,
    PRIMARY KEY (document_id, mission_no, destination_no, place_no),
    FOREIGN KEY (document_id, mission_no) REFERENCES missions ON DELETE CASCADE
) WITHOUT ROWID;

-- Bodies of a mission; 'part' is origin, participant or met.
CREATE TABLE mission_parties (
    document_id TEXT NOT NULL,
    mission_no INTEGER NOT NULL,
    part TEXT NOT NULL,
    position INTEGER NOT NULL,
    entity_id TEXT NOT NULL,
    PRIMARY KEY (document_id, mission_no, part, position),
    FOREIGN KEY (document_id, mission_no) REFERENCES missions ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE mission_sectors (
    document_id TEXT NOT NULL,
    mission_no INTEGER NOT NULL,
    position INTEGER NOT NULL,
    sector TEXT NOT NULL,
    PRIMARY KEY (document_id, mission_no, position),
    FOREIGN KEY (document_id, mission_no) REFERENCES missions ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE meetings (
    document_id TEXT NOT NULL,
    mission_no INTEGER NOT NULL,
    meeting_no INTEGER NOT NULL,
    place_id TEXT,
    date TEXT,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    PRIMARY KEY (document_id, mission_no, meeting_no),
    FOREIGN KEY (document_id, mission_no) REFERENCES missions ON DELETE CASCADE
) WITHOUT ROWID;

-- Who was met; 'part' is institution or person.
CREATE TABLE meeting_parties (
    document_id TEXT NOT NULL,
    mission_no INTEGER NOT NULL,
    meeting_no INTEGER NOT NULL,
    part TEXT NOT NULL,
    position INTEGER NOT NULL,
    entity_id TEXT NOT NULL,
    PRIMARY KEY (document_id, mission_no, meeting_no, part, position),
    FOREIGN KEY (document_id, mission_no, meeting_no) REFERENCES meetings ON DELETE CASCADE
) WITHOUT ROWID;

-- What was signed; 'parties' and 'sectors' are JSON lists of entity ids and of sector codes.
CREATE TABLE agreements (
    document_id TEXT NOT NULL,
    mission_no INTEGER NOT NULL,
    agreement_no INTEGER NOT NULL,
    text TEXT NOT NULL,
    parties TEXT NOT NULL,
    sectors TEXT NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    PRIMARY KEY (document_id, mission_no, agreement_no),
    FOREIGN KEY (document_id, mission_no) REFERENCES missions ON DELETE CASCADE
) WITHOUT ROWID;

-- Sectors of a document, the weightiest at position 1.
CREATE TABLE document_sectors (
    document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    position INTEGER NOT NULL,
    sector TEXT NOT NULL,
    mentions INTEGER NOT NULL,
    PRIMARY KEY (document_id, position)
) WITHOUT ROWID;
CREATE INDEX document_sectors_sector ON document_sectors (sector);

CREATE TABLE amounts (
    document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    mention_id TEXT NOT NULL,
    number REAL NOT NULL,
    unit TEXT NOT NULL,
    is_approximate INTEGER NOT NULL,
    PRIMARY KEY (document_id, mention_id)
) WITHOUT ROWID;

-- Short and long forms that a document pairs.
CREATE TABLE acronyms (
    document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    acronym_no INTEGER NOT NULL,
    short TEXT NOT NULL,
    long TEXT NOT NULL,
    entity_id TEXT,
    PRIMARY KEY (document_id, acronym_no)
) WITHOUT ROWID;

-- Documents without a record of their present content, and why. A document that is read again leaves the table.
CREATE TABLE failures (
    document_id TEXT NOT NULL,
    code TEXT NOT NULL,
    stage TEXT NOT NULL,
    reason TEXT NOT NULL,
    uri TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    last_run INTEGER NOT NULL,
    PRIMARY KEY (document_id, code)
) WITHOUT ROWID;

-- Every run that wrote here; 'ending' is complete, interrupted, or null when the run was killed.
CREATE TABLE runs (
    run INTEGER NOT NULL PRIMARY KEY,
    started TEXT NOT NULL,
    ended TEXT,
    ending TEXT,
    gazzetta TEXT NOT NULL,
    gazetteers TEXT NOT NULL,
    config TEXT NOT NULL,
    folder TEXT NOT NULL,
    arguments TEXT NOT NULL,
    written INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    pruned INTEGER NOT NULL DEFAULT 0
);
