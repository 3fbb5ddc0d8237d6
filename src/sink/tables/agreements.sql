-- What was agreed on, in the words of the text.
ALTER TABLE agreements ADD COLUMN subject TEXT;

-- When bodies came into being.
CREATE TABLE foundings (
    document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    founding_no INTEGER NOT NULL,
    institution_id TEXT NOT NULL,
    date TEXT NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    PRIMARY KEY (document_id, founding_no)
) WITHOUT ROWID;

-- What was signed, on which mission, by whom and about what; names are joined by '; ' in the order of the parties.
CREATE VIEW v_agreements AS
SELECT
    a.document_id, a.mission_no, a.agreement_no, d.uri, d.published, a.text, a.subject,
    (SELECT group_concat(body, '; ') FROM (
        SELECT coalesce(e.label, e.name) AS body FROM entities e
        WHERE e.document_id = a.document_id AND instr(a.parties, '"' || e.entity_id || '"') > 0
        ORDER BY instr(a.parties, '"' || e.entity_id || '"')) AS listed) AS parties,
    a.sectors,
    coalesce(o.label, o.name) AS origin,
    (SELECT min(x.country) FROM mission_destinations x
        WHERE x.document_id = a.document_id AND x.mission_no = a.mission_no) AS country,
    m.start_date, m.end_date
FROM agreements a
JOIN documents d USING (document_id)
JOIN missions m ON m.document_id = a.document_id AND m.mission_no = a.mission_no
LEFT JOIN entities o ON o.document_id = m.document_id AND o.entity_id = m.origin_id;

-- Bodies and the day, month or year in which they came into being.
CREATE VIEW v_foundings AS
SELECT coalesce(e.label, e.name) AS institution, e.link AS institution_link, f.date, f.document_id, d.published
FROM foundings f
JOIN documents d USING (document_id)
JOIN entities e ON e.document_id = f.document_id AND e.entity_id = f.institution_id;
