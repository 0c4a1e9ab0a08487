-- One function for every updated_at column of the platform; the other services' triggers call it, too.
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
