-- What a partition has from its parent is told with the parent, unless it is enabled differently.
SELECT 'pg_trigger'::regclass::oid, t.oid, 0, r.schema, format('trigger %I on %s', t.tgname, r.path), r.object,
    pg_get_triggerdef(t.oid)
        || CASE t.tgenabled WHEN 'D' THEN ' DISABLED' WHEN 'R' THEN ' ENABLED REPLICA' WHEN 'A' THEN ' ENABLED ALWAYS'
            ELSE '' END,
    NULL, NULL::text[], '{}'::text[]
FROM relation r
JOIN pg_trigger t ON t.tgrelid = r.oid
LEFT JOIN pg_trigger p ON p.oid = t.tgparentid
WHERE (NOT t.tgisinternal AND t.tgparentid = 0) OR (NOT p.tgisinternal AND t.tgenabled <> p.tgenabled)
UNION ALL
SELECT 'pg_rewrite'::regclass::oid, w.oid, 0, r.schema, format('rule %I on %s', w.rulename, r.path), r.object,
    pg_get_ruledef(w.oid)
        || CASE w.ev_enabled WHEN 'D' THEN ' DISABLED' WHEN 'R' THEN ' ENABLED REPLICA' WHEN 'A' THEN ' ENABLED ALWAYS'
            ELSE '' END,
    NULL, NULL, '{}'
FROM relation r
JOIN pg_rewrite w ON w.ev_class = r.oid
WHERE w.rulename <> '_RETURN'
UNION ALL
SELECT 'pg_policy'::regclass::oid, p.oid, 0, r.schema, format('policy %I on %s', p.polname, r.path), r.object,
    concat_ws(' ',
        CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
        'FOR ' || CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE'
            ELSE 'ALL' END,
        'TO ' || (
            SELECT string_agg(CASE o WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(o)) END, ', '
                ORDER BY pg_get_userbyid(o)) FROM unnest(p.polroles) o),
        'USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
        'WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')'),
    NULL, NULL, '{}'
FROM relation r
JOIN pg_policy p ON p.polrelid = r.oid
