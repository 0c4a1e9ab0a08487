-- What ON UPDATE CURRENT_TIMESTAMP did in MySQL.
CREATE FUNCTION set_updated_at() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = ''
AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END;
$$;

COMMENT ON FUNCTION set_updated_at() IS 'Trigger function, BEFORE UPDATE FOR EACH ROW: sets updated_at.';
