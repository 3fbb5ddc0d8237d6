-- One flat row per mission, with names resolved; lists are joined by '; '. An aggregate takes no order of its own before
-- SQLite 3.44, and people read the database with older ones: ordered subqueries serve all, PostgreSQL too.
CREATE VIEW v_missions AS
SELECT
    m.document_id, m.mission_no, d.uri, d.title, d.published, d.language,
    coalesce(o.label, o.name) AS origin,
    coalesce(o.link, lower(o.name)) AS origin_key,
    (SELECT group_concat(country, '; ') FROM (
        SELECT x.country FROM mission_destinations x
        WHERE x.document_id = m.document_id AND x.mission_no = m.mission_no AND x.country IS NOT NULL
        GROUP BY x.country ORDER BY min(x.destination_no)) AS listed) AS countries,
    (SELECT group_concat(place, '; ') FROM (
        SELECT coalesce(e.label, e.name) AS place
        FROM mission_destinations x JOIN entities e ON e.document_id = x.document_id AND e.entity_id = x.place_id
        WHERE x.document_id = m.document_id AND x.mission_no = m.mission_no
        ORDER BY x.destination_no, x.place_no) AS listed) AS places,
    m.start_date, m.end_date,
    coalesce(l.label, l.name) AS lead,
    (SELECT group_concat(body, '; ') FROM (
        SELECT coalesce(e.label, e.name) AS body FROM mission_parties p JOIN entities e USING (document_id, entity_id)
        WHERE p.document_id = m.document_id AND p.mission_no = m.mission_no AND p.part = 'participant'
        ORDER BY p.position) AS listed) AS participants,
    (SELECT group_concat(body, '; ') FROM (
        SELECT coalesce(e.label, e.name) AS body FROM mission_parties p JOIN entities e USING (document_id, entity_id)
        WHERE p.document_id = m.document_id AND p.mission_no = m.mission_no AND p.part = 'met'
        ORDER BY p.position) AS listed) AS met,
    (SELECT group_concat(sector, '; ') FROM (
        SELECT s.sector FROM mission_sectors s WHERE s.document_id = m.document_id AND s.mission_no = m.mission_no
        ORDER BY s.position) AS listed) AS sectors,
    (SELECT count(*) FROM meetings x
        WHERE x.document_id = m.document_id AND x.mission_no = m.mission_no) AS n_meetings,
    (SELECT count(*) FROM agreements x
        WHERE x.document_id = m.document_id AND x.mission_no = m.mission_no) AS n_agreements,
    m.kind, m.status, m.size, m.mission_key, m.completeness, m.confidence
FROM missions m
JOIN documents d USING (document_id)
LEFT JOIN entities o ON o.document_id = m.document_id AND o.entity_id = m.origin_id
LEFT JOIN entities l ON l.document_id = m.document_id AND l.entity_id = m.lead_id;

-- Missions of several documents with the same origin and country and overlapping days. Days and months count as such;
-- a mission without days, origin or country stands alone.
CREATE VIEW v_joined_missions AS
WITH days AS (
    SELECT DISTINCT
        m.document_id, m.mission_no, coalesce(o.label, o.name) AS origin,
        coalesce(o.link, lower(o.name)) AS origin_key, x.country,
        CASE length(coalesce(m.start_date, m.end_date))
            WHEN 10 THEN coalesce(m.start_date, m.end_date)
            WHEN 7 THEN coalesce(m.start_date, m.end_date) || '-01' END AS first_day,
        CASE length(coalesce(m.end_date, m.start_date))
            WHEN 10 THEN coalesce(m.end_date, m.start_date)
            WHEN 7 THEN coalesce(m.end_date, m.start_date) || CASE
                WHEN substr(coalesce(m.end_date, m.start_date), 6, 2) IN ('04', '06', '09', '11') THEN '-30'
                WHEN substr(coalesce(m.end_date, m.start_date), 6, 2) <> '02' THEN '-31'
                -- No mission is of 1900 or 2100: every fourth year is a leap year.
                WHEN CAST(substr(coalesce(m.end_date, m.start_date), 1, 4) AS INTEGER) % 4 = 0 THEN '-29'
                ELSE '-28' END
            END AS last_day
    FROM missions m
    LEFT JOIN entities o ON o.document_id = m.document_id AND o.entity_id = m.origin_id
    LEFT JOIN mission_destinations x ON x.document_id = m.document_id AND x.mission_no = m.mission_no
),
-- A mission that begins after all those before it have ended opens a new group.
opened AS (
    SELECT *, CASE
        WHEN origin_key IS NULL OR country IS NULL OR first_day IS NULL OR last_day IS NULL THEN 1
        WHEN first_day <= max(last_day) OVER (
            PARTITION BY origin_key, country ORDER BY first_day, last_day, document_id, mission_no
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) THEN 0
        ELSE 1 END AS opens
    FROM days
),
grouped AS (
    SELECT *, sum(opens) OVER (
        PARTITION BY origin_key, country ORDER BY first_day, last_day, document_id, mission_no) AS group_no
    FROM opened
),
listed AS (
    SELECT *, group_concat(document_id, '; ') OVER (
        PARTITION BY origin_key, country, group_no ORDER BY document_id, mission_no
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS documents
    FROM grouped
)
SELECT
    min(origin) AS origin, origin_key, country, min(first_day) AS first_day, max(last_day) AS last_day,
    count(*) AS n_missions, count(DISTINCT document_id) AS n_documents,
    min(documents) AS documents
FROM listed
GROUP BY origin_key, country, group_no;

-- A row for each body of the visiting party and each body that it met.
CREATE VIEW v_who_met_whom AS
SELECT
    m.document_id, m.mission_no, d.published,
    coalesce(a.label, a.name) AS visitor, a.link AS visitor_link, v.part AS visitor_part,
    coalesce(b.label, b.name) AS host, b.link AS host_link, b.country AS host_country,
    (SELECT min(x.country) FROM mission_destinations x
        WHERE x.document_id = m.document_id AND x.mission_no = m.mission_no) AS country,
    coalesce((SELECT min(g.date) FROM meetings g JOIN meeting_parties p USING (document_id, mission_no, meeting_no)
        WHERE g.document_id = m.document_id AND g.mission_no = m.mission_no AND p.entity_id = h.entity_id),
        m.start_date) AS date,
    m.end_date
FROM missions m
JOIN documents d USING (document_id)
JOIN mission_parties v ON v.document_id = m.document_id AND v.mission_no = m.mission_no AND v.part <> 'met'
JOIN mission_parties h ON h.document_id = m.document_id AND h.mission_no = m.mission_no AND h.part = 'met'
JOIN entities a ON a.document_id = v.document_id AND a.entity_id = v.entity_id
JOIN entities b ON b.document_id = h.document_id AND b.entity_id = h.entity_id;

-- People with what a document says that they are; one row per role, or one without a role.
CREATE VIEW v_people AS
SELECT
    p.name, r.role, r.text AS role_text, coalesce(i.label, i.name) AS institution, i.link AS institution_link,
    p.document_id, d.published
FROM entities p
JOIN documents d USING (document_id)
LEFT JOIN roles r ON r.document_id = p.document_id AND r.person_id = p.entity_id
LEFT JOIN entities i ON i.document_id = r.document_id AND i.entity_id = r.institution_id
WHERE p.kind = 'person';

-- Names that the lists do not know, the most frequent first; people are in no list and are left out.
CREATE VIEW v_unlinked AS
SELECT kind, name, count(*) AS n_documents, sum(n_mentions) AS n_mentions, min(document_id) AS example
FROM entities
WHERE link IS NULL AND kind <> 'person'
GROUP BY kind, name
ORDER BY n_documents DESC, n_mentions DESC, kind, name;
