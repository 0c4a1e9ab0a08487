-- A row of the catalogs has the lower half of the number of the transaction that wrote it. Numbers a little above the end
-- of the caller's snapshot are those of its own transaction and its subtransactions, if these began later.
CREATE OR REPLACE FUNCTION transaction_of(writer xid) RETURNS xid8
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    upper_end bigint := pg_snapshot_xmax(pg_current_snapshot())::text::bigint + (1 << 24);
BEGIN
    RETURN greatest(upper_end - ((upper_end - writer::text::bigint) & 4294967295), 0)::text::xid8;
END;
$$;

COMMENT ON FUNCTION transaction_of(xid) IS 'The whole number of the transaction that wrote a row of this xmin.';

-- Not by the row of the object itself, which is written again when the object is altered.
CREATE OR REPLACE FUNCTION is_made_since(catalog oid, object oid, before pg_snapshot) RETURNS boolean
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM pg_depend d
        WHERE d.classid = catalog AND d.objid = object AND d.deptype = 'a'
            AND NOT pg_visible_in_snapshot(skein.transaction_of(d.xmin), before));
END;
$$;

COMMENT ON FUNCTION is_made_since(oid, oid, pg_snapshot) IS
    'Whether a part of a table, such as a constraint or a trigger, came after a snapshot.';

-- Whether a row that the caller sees comes from a transaction that is in progress: then it is the caller's.
CREATE OR REPLACE FUNCTION is_uncommitted(writer xid) RETURNS boolean
    LANGUAGE plpgsql STABLE COST 1000
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN pg_xact_status(skein.transaction_of(writer)) = 'in progress';
END;
$$;

COMMENT ON FUNCTION is_uncommitted(xid) IS 'Whether a row of this xmin was written by the current transaction.';
