SELECT 'pg_proc'::regclass::oid, p.oid, 0, n.nspname,
    CASE p.prokind WHEN 'p' THEN 'procedure ' WHEN 'a' THEN 'aggregate ' ELSE 'function ' END || p.oid::regprocedure,
    NULL,
    CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid) ELSE concat_ws(' ',
        'SFUNC ' || g.aggtransfn, 'STYPE ' || format_type(g.aggtranstype, NULL), 'SSPACE ' || nullif(g.aggtransspace, 0),
        'FINALFUNC ' || nullif(g.aggfinalfn, 0), CASE WHEN g.aggfinalextra THEN 'FINALFUNC_EXTRA' END,
        'FINALFUNC_MODIFY ' || g.aggfinalmodify::text, 'COMBINEFUNC ' || nullif(g.aggcombinefn, 0),
        'SERIALFUNC ' || nullif(g.aggserialfn, 0), 'DESERIALFUNC ' || nullif(g.aggdeserialfn, 0),
        'INITCOND ' || quote_literal(g.agginitval),
        'MSFUNC ' || nullif(g.aggmtransfn, 0), 'MINVFUNC ' || nullif(g.aggminvtransfn, 0),
        'MSTYPE ' || format_type(nullif(g.aggmtranstype, 0), NULL), 'MSSPACE ' || nullif(g.aggmtransspace, 0),
        'MFINALFUNC ' || nullif(g.aggmfinalfn, 0), 'MINITCOND ' || quote_literal(g.aggminitval),
        'SORTOP ' || nullif(g.aggsortop, 0)::regoperator,
        CASE g.aggkind WHEN 'h' THEN 'HYPOTHETICAL' WHEN 'o' THEN 'ORDERED-SET' END, 'PARALLEL ' || p.proparallel::text) END,
    pg_get_userbyid(p.proowner), p.proacl::text[], acldefault('f', p.proowner)::text[]
FROM ours n
JOIN pg_proc p ON p.pronamespace = n.oid
LEFT JOIN pg_aggregate g ON g.aggfnoid = p.oid
-- Neither those of extensions, nor those that come with a range type.
WHERE NOT EXISTS (SELECT FROM pg_depend d
    WHERE d.classid = 'pg_proc'::regclass::oid AND d.objid = p.oid AND d.deptype IN ('e', 'i'))
