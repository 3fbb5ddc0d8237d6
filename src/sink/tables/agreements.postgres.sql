-- PostgreSQL takes no record apart that has a NUL, even an escaped one: such a document is read again.
CREATE TEMPORARY TABLE plain_records ON COMMIT DROP AS
SELECT document_id, record FROM documents WHERE position('\u0000' IN record::text) = 0;
UPDATE agreements AS a
SET subject = d.record #>> ARRAY['missions', (mission_no - 1)::text, 'agreements', (agreement_no - 1)::text, 'subject']
FROM plain_records d WHERE d.document_id = a.document_id;
INSERT INTO foundings
SELECT d.document_id, f.number, f.value ->> 'institution', f.value ->> 'date', (f.value ->> 'start')::bigint,
    (f.value ->> 'end')::bigint
FROM plain_records d, json_array_elements(d.record -> 'foundings') WITH ORDINALITY AS f (value, number);
UPDATE documents SET hash = '' WHERE document_id NOT IN (SELECT document_id FROM plain_records);
