-- One function for every updated_at column of the platform. It stands before all tables, because the triggers of all
-- services call it; EXECUTE stays with PUBLIC for the same reason.
CREATE FUNCTION set_updated_at() RETURNS trigger
    LANGUAGE plpgsql
    -- Runs in every service's session: nothing on the caller's search_path may stand in for a built-in.
    SET search_path = ''
AS $$
BEGIN
    -- now(), as in the column's default: the rows of one transaction carry one time.
    NEW.updated_at := now();
    RETURN NEW;
END;
$$;

COMMENT ON FUNCTION set_updated_at() IS
    'Trigger function, BEFORE UPDATE FOR EACH ROW: sets updated_at. Shared by the tables of all services.';
