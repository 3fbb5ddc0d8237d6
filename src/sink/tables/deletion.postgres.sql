-- Entities and mentions, the many rows of a document, go with it by a trigger. A foreign key asks for the document again at
-- each row that is written, which is half of what writing costs the server.
ALTER TABLE mentions DROP CONSTRAINT IF EXISTS mentions_document_id_fkey;
ALTER TABLE entities DROP CONSTRAINT IF EXISTS entities_document_id_fkey, DROP CONSTRAINT IF EXISTS entities_link_fkey;

-- As a foreign key does, it acts for whoever may delete documents, in the schema of the table, whatever his search path.
CREATE FUNCTION delete_rows_of_documents() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    of_documents TEXT;
BEGIN
    FOREACH of_documents IN ARRAY ARRAY['mentions', 'entities'] LOOP
        IF TG_OP = 'TRUNCATE' THEN
            EXECUTE format('TRUNCATE %I.%I', TG_TABLE_SCHEMA, of_documents);
        ELSE
            EXECUTE format('DELETE FROM %I.%I AS held USING deleted WHERE held.document_id = deleted.document_id',
                TG_TABLE_SCHEMA, of_documents);
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
-- Nobody else may tie it to a table of his own.
REVOKE ALL ON FUNCTION delete_rows_of_documents() FROM PUBLIC;
CREATE TRIGGER delete_rows AFTER DELETE ON documents REFERENCING OLD TABLE AS deleted
FOR EACH STATEMENT EXECUTE FUNCTION delete_rows_of_documents();
CREATE TRIGGER truncate_rows AFTER TRUNCATE ON documents
FOR EACH STATEMENT EXECUTE FUNCTION delete_rows_of_documents();
