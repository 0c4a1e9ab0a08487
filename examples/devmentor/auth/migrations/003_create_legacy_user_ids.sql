-- Whoever still holds a number from the old public.users finds the user by it: tables that are moved later, links in
-- old mails, the logs.
CREATE TABLE legacy_user_ids (
    legacy_id integer NOT NULL,
    user_id uuid,
    fingerprint uuid NOT NULL,
    set_aside text,
    legacy_email text,
    moved_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT legacy_user_ids_pkey PRIMARY KEY (legacy_id),
    -- Also serves the foreign key.
    CONSTRAINT legacy_user_ids_user_id_key UNIQUE (user_id),
    -- The number stays when its user goes: else the next move would bring a deleted account back.
    CONSTRAINT legacy_user_ids_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL,
    CONSTRAINT legacy_user_ids_set_aside_check
        CHECK (set_aside IN ('e-mail missing', 'e-mail malformed', 'e-mail taken'))
);

COMMENT ON TABLE legacy_user_ids IS 'Which user each row of the old public.users became.';
COMMENT ON COLUMN legacy_user_ids.user_id IS 'NULL: moved, and deleted since.';
COMMENT ON COLUMN legacy_user_ids.fingerprint IS 'MD5 of the old row as it was moved; tells whether it was changed since.';
COMMENT ON COLUMN legacy_user_ids.set_aside IS 'Why the user could not keep the address, and cannot sign in.';
COMMENT ON COLUMN legacy_user_ids.legacy_email IS 'The address of a user who was set aside, as it stood.';
