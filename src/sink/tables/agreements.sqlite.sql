UPDATE agreements SET subject = (
    SELECT d.record ->> ('$.missions[' || (mission_no - 1) || '].agreements[' || (agreement_no - 1) || '].subject')
    FROM documents d WHERE d.document_id = agreements.document_id);
INSERT INTO foundings
SELECT d.document_id, f.key + 1, f.value ->> '$.institution', f.value ->> '$.date', f.value ->> '$.start', f.value ->> '$.end'
FROM documents d, json_each(d.record, '$.foundings') f;
