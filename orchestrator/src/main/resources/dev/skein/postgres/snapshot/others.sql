-- Statistics, and whatever else a schema may hold. PostgreSQL tells the columns of statistics in the order of the
-- table's, which is left out.
SELECT s.classid, s.oid, 0, n.nspname, format('statistics %I.%I', n.nspname, s.stxname), NULL,
    concat_ws(' ',
        replace(pg_get_statisticsobjdef(s.oid), ' ON ' || pg_get_statisticsobjdef_columns(s.oid) || ' FROM ',
            ' ON ' || concat_ws(', ',
                (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attname)
                FROM pg_attribute a WHERE a.attrelid = s.stxrelid AND a.attnum = ANY (s.stxkeys)),
                (SELECT string_agg('(' || e || ')', ', ' ORDER BY e)
                FROM unnest(pg_get_statisticsobjdef_expressions(s.oid)) e)) || ' FROM '),
        'STATISTICS ' || nullif(s.stxstattarget, -1)),
    pg_get_userbyid(s.stxowner), NULL::text[], '{}'::text[]
FROM ours n
JOIN (SELECT 'pg_statistic_ext'::regclass::oid AS classid, x.* FROM pg_statistic_ext x) s ON s.stxnamespace = n.oid
WHERE NOT EXISTS (SELECT FROM pg_depend d
    WHERE d.classid = s.classid AND d.objid = s.oid AND d.deptype = 'e')
UNION ALL
SELECT d.classid, d.objid, 0, n.nspname, i.type || ' ' || i.identity, NULL,
    coalesce(CASE d.classid
        -- Catalogs of collations have other columns in each version.
        WHEN 'pg_collation'::regclass::oid THEN (
            SELECT format('(%s)', concat_ws(', ',
                'PROVIDER = ' || CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
                'LOCALE = ' || quote_literal(CASE WHEN c.collprovider IN ('i', 'b')
                    THEN coalesce(j ->> 'colllocale', j ->> 'colliculocale', j ->> 'collcollate') END),
                'LC_COLLATE = ' || quote_literal(CASE WHEN c.collprovider NOT IN ('i', 'b') THEN j ->> 'collcollate' END),
                'LC_CTYPE = ' || quote_literal(CASE WHEN c.collprovider NOT IN ('i', 'b') THEN j ->> 'collctype' END),
                CASE WHEN NOT c.collisdeterministic THEN 'DETERMINISTIC = false' END,
                'RULES = ' || quote_literal(j ->> 'collicurules')))
            FROM pg_collation c, LATERAL to_jsonb(c) j WHERE c.oid = d.objid)
        WHEN 'pg_ts_dict'::regclass::oid THEN (
            SELECT format('(%s)', concat_ws(', ', format('TEMPLATE = %I.%I', o.nspname, t.tmplname), x.dictinitoption))
            FROM pg_ts_dict x JOIN pg_ts_template t ON t.oid = x.dicttemplate JOIN pg_namespace o ON o.oid = t.tmplnamespace
            WHERE x.oid = d.objid)
        WHEN 'pg_ts_config'::regclass::oid THEN (
            SELECT concat_ws(E'\n', format('PARSER %I.%I', o.nspname, p.prsname), (
                SELECT string_agg(format('%I WITH %s', m.alias, m.dictionaries), E'\n' ORDER BY m.alias)
                FROM (SELECT t.alias, string_agg(m.mapdict::regdictionary::text, ', ' ORDER BY m.mapseqno) AS dictionaries
                    FROM pg_ts_config_map m JOIN ts_token_type(p.oid) t ON t.tokid = m.maptokentype
                    WHERE m.mapcfg = x.oid GROUP BY t.alias) m))
            FROM pg_ts_config x JOIN pg_ts_parser p ON p.oid = x.cfgparser JOIN pg_namespace o ON o.oid = p.prsnamespace
            WHERE x.oid = d.objid)
        WHEN 'pg_operator'::regclass::oid THEN (
            SELECT format('(%s)', concat_ws(', ',
                format('FUNCTION = %s', x.oprcode), 'LEFTARG = ' || format_type(nullif(x.oprleft, 0), NULL),
                'RIGHTARG = ' || format_type(nullif(x.oprright, 0), NULL),
                'COMMUTATOR = OPERATOR(' || regexp_replace(nullif(x.oprcom, 0)::regoperator::text, '\(.*', '') || ')',
                'NEGATOR = OPERATOR(' || regexp_replace(nullif(x.oprnegate, 0)::regoperator::text, '\(.*', '') || ')',
                'RESTRICT = ' || nullif(x.oprrest, 0), 'JOIN = ' || nullif(x.oprjoin, 0),
                CASE WHEN x.oprcanhash THEN 'HASHES' END, CASE WHEN x.oprcanmerge THEN 'MERGES' END))
            FROM pg_operator x WHERE x.oid = d.objid)
        WHEN 'pg_opclass'::regclass::oid THEN (
            SELECT concat_ws(' ', CASE WHEN x.opcdefault THEN 'DEFAULT' END, 'FOR TYPE ' || format_type(x.opcintype, NULL),
                format('USING %I FAMILY %I.%I AS', m.amname, o.nspname, f.opfname),
                concat_ws(', ', 'STORAGE ' || format_type(nullif(x.opckeytype, 0), NULL), e.members))
            FROM pg_opclass x JOIN pg_opfamily f ON f.oid = x.opcfamily JOIN pg_namespace o ON o.oid = f.opfnamespace
            JOIN pg_am m ON m.oid = x.opcmethod
            CROSS JOIN LATERAL (
                SELECT string_agg(member, ', ' ORDER BY member COLLATE "C") AS members
                FROM (SELECT format('OPERATOR %s %s', a.amopstrategy, a.amopopr::regoperator)
                            || coalesce((SELECT format(' FOR ORDER BY %I.%I', sn.nspname, sf.opfname) FROM pg_opfamily sf
                                JOIN pg_namespace sn ON sn.oid = sf.opfnamespace WHERE sf.oid = a.amopsortfamily), '') AS member,
                        'pg_amop'::regclass::oid AS classid, a.oid
                    FROM pg_amop a WHERE a.amopfamily = f.oid
                    UNION ALL
                    SELECT format('FUNCTION %s (%s, %s) %s', a.amprocnum, format_type(a.amproclefttype, NULL),
                        format_type(a.amprocrighttype, NULL), a.amproc::regprocedure), 'pg_amproc'::regclass::oid, a.oid
                    FROM pg_amproc a WHERE a.amprocfamily = f.oid) a
                JOIN pg_depend i ON i.classid = a.classid AND i.objid = a.oid AND i.refclassid = d.classid
                    AND i.refobjid = x.oid) e
            WHERE x.oid = d.objid)
        -- What is in no class of it.
        WHEN 'pg_opfamily'::regclass::oid THEN (
            SELECT string_agg(member, ', ' ORDER BY member COLLATE "C")
            FROM (SELECT format('OPERATOR %s %s', a.amopstrategy, a.amopopr::regoperator)
                        || coalesce((SELECT format(' FOR ORDER BY %I.%I', sn.nspname, sf.opfname) FROM pg_opfamily sf
                            JOIN pg_namespace sn ON sn.oid = sf.opfnamespace WHERE sf.oid = a.amopsortfamily), '') AS member,
                    'pg_amop'::regclass::oid AS classid, a.oid
                FROM pg_amop a WHERE a.amopfamily = d.objid
                UNION ALL
                SELECT format('FUNCTION %s (%s, %s) %s', a.amprocnum, format_type(a.amproclefttype, NULL),
                    format_type(a.amprocrighttype, NULL), a.amproc::regprocedure), 'pg_amproc'::regclass::oid, a.oid
                FROM pg_amproc a WHERE a.amprocfamily = d.objid) a
            WHERE NOT EXISTS (SELECT FROM pg_depend i WHERE i.classid = a.classid AND i.objid = a.oid
                AND i.refclassid = 'pg_opclass'::regclass::oid))
        END, ''),
    NULL, NULL, '{}'
FROM ours n
JOIN pg_depend d ON d.refclassid = 'pg_namespace'::regclass::oid AND d.refobjid = n.oid AND d.objsubid = 0
    AND d.deptype = 'n',
LATERAL pg_identify_object(d.classid, d.objid, 0) i
WHERE d.classid NOT IN ('pg_class'::regclass::oid, 'pg_proc'::regclass::oid, 'pg_type'::regclass::oid,
    'pg_statistic_ext'::regclass::oid)
AND NOT EXISTS (SELECT FROM pg_depend e
    WHERE e.classid = d.classid AND e.objid = d.objid AND e.deptype = 'e')
