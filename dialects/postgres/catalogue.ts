// The questions that the inspector asks of PostgreSQL's catalogue, each answered for all tables of the wanted schemas at
// once. Every row is one JSON text, so that names, lists and flags arrive as they are whatever the driver makes of types.
// What newer versions have and older ones lack is read through to_jsonb(row), which has no column that is not there.

/** Rows of pg_class: tables, partitioned tables, views, materialized views. */
export interface RelationRow {
  readonly id: number;
  readonly schema: string | null;
  readonly name: string;
  readonly kind: "r" | "p" | "v" | "m";
  readonly unlogged: boolean;
  readonly options: readonly string[] | null;
  readonly tablespace: string | null;
  readonly partitionBy: string | null;
  readonly query: string | null;
  readonly comment: string | null;
}

/** What a column, a domain or an element of an array is of. */
export interface TypeRow {
  readonly id: number;
  readonly name: string;
  /** -1 for none. */
  readonly modifier: number;
  /** The type of the elements, if it is an array. */
  readonly elementId: number | null;
  readonly elementName: string | null;
  readonly dimensions: number;
  /** As PostgreSQL writes it. */
  readonly text: string;
}

export interface ColumnRow {
  readonly table: number;
  readonly name: string;
  readonly type: TypeRow;
  readonly notNull: boolean;
  readonly expression: string | null;
  readonly identity: "" | "a" | "d";
  readonly generated: "" | "s" | "v";
  readonly collation: string | null;
  readonly comment: string | null;
  readonly sequence: { readonly owned: boolean; readonly start: string; readonly increment: string } | null;
}

export interface ConstraintRow {
  readonly table: number;
  readonly name: string;
  readonly kind: "p" | "u" | "f" | "c" | "x";
  readonly columns: readonly string[] | null;
  readonly targetSchema: string | null;
  readonly targetTable: string | null;
  readonly targetColumns: readonly string[] | null;
  readonly onDelete: string;
  readonly onUpdate: string;
  readonly onDeleteColumns: readonly string[] | null;
  readonly deferrable: boolean;
  readonly deferred: boolean;
  readonly check: string | null;
  readonly include: readonly string[] | null;
  readonly nullsNotDistinct: boolean | null;
  readonly index: number;
  readonly operators: readonly string[] | null;
}

export interface IndexRow {
  readonly id: number;
  readonly table: number;
  readonly name: string;
  readonly unique: boolean;
  readonly method: string;
  readonly ofConstraint: boolean;
  readonly keys: number;
  readonly nullsNotDistinct: boolean | null;
  readonly options: readonly string[] | null;
  readonly where: string | null;
  readonly items: readonly IndexItemRow[];
}

export interface IndexItemRow {
  readonly column: string | null;
  readonly text: string;
  /** 1: descending, 2: nulls first. */
  readonly order: number | null;
  readonly operatorClass: string | null;
  readonly collation: string | null;
}

export interface OwnTypeRow {
  readonly id: number;
  readonly schema: string | null;
  readonly name: string;
  /** Whether it lives in one of the wanted schemas. */
  readonly wanted: boolean;
  readonly values: readonly string[] | null;
  readonly of: TypeRow | null;
  readonly notNull: boolean;
  readonly default: string | null;
  readonly checks: readonly { readonly name: string; readonly text: string }[] | null;
}

export interface SequenceRow {
  readonly schema: string | null;
  readonly name: string;
  readonly start: string;
  readonly increment: string;
  readonly min: string;
  readonly max: string;
  readonly cycle: boolean;
  readonly cache: number;
}

/** `place` is a condition on `n`, a row of pg_namespace. */
type Question = (place: string) => string;

// The default schema is null here, as it is undefined in nodes.
const schemaName = "nullif(n.nspname, current_schema())";

const notOfExtension = (catalogue: string, id: string): string =>
  `not exists (select from pg_depend e where e.classid = '${catalogue}'::regclass and e.objid = ${id} and e.deptype = 'e')`;

const typeOf = (type: string, modifier: string, dimensions: string): string => `
  json_build_object(
    'id', ${type}.oid::int8, 'name', ${type}.typname, 'modifier', ${modifier}, 'dimensions', ${dimensions},
    'elementId', case when ${type}.typcategory = 'A' then ${type}.typelem::int8 end,
    'elementName', (select e.typname from pg_type e where ${type}.typcategory = 'A' and e.oid = ${type}.typelem),
    'text', format_type(${type}.oid, ${modifier}))`;

const namesOf = (table: string, numbers: string): string => `
  (select json_agg(a.attname order by k.place) from unnest(${numbers}) with ordinality k (number, place)
   join pg_attribute a on a.attrelid = ${table} and a.attnum = k.number)`;

export const relations: Question = (place) => `
  select to_json(x)::text from (
    select c.oid::int8 as id, ${schemaName} as schema, c.relname as name, c.relkind as kind,
      c.relpersistence = 'u' as unlogged, c.reloptions as options, s.spcname as tablespace,
      case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end as "partitionBy",
      case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end as query,
      obj_description(c.oid, 'pg_class') as comment
    from pg_class c join pg_namespace n on n.oid = c.relnamespace left join pg_tablespace s on s.oid = c.reltablespace
    where c.relkind in ('r', 'p', 'v', 'm') and c.relpersistence <> 't' and not c.relispartition and ${place}
      and ${notOfExtension("pg_class", "c.oid")}
    order by c.oid
  ) x`;

export const columns: Question = (place) => `
  select to_json(x)::text from (
    select a.attrelid::int8 as table, a.attname as name, ${typeOf("t", "a.atttypmod", "a.attndims")} as type,
      a.attnotnull as "notNull", pg_get_expr(d.adbin, d.adrelid) as expression,
      a.attidentity as identity, a.attgenerated as generated,
      case when a.attcollation <> t.typcollation then (select l.collname from pg_collation l where l.oid = a.attcollation) end as collation,
      col_description(a.attrelid, a.attnum) as comment,
      (select json_build_object('owned', p.deptype = 'a', 'start', q.seqstart::text, 'increment', q.seqincrement::text)
       from pg_depend p join pg_sequence q on q.seqrelid = p.objid
       where p.classid = 'pg_class'::regclass and p.refclassid = 'pg_class'::regclass
         and p.refobjid = a.attrelid and p.refobjsubid = a.attnum and p.deptype in ('a', 'i')
       limit 1) as sequence
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid
    join pg_namespace n on n.oid = c.relnamespace
    join pg_type t on t.oid = a.atttypid
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition and a.attnum > 0 and not a.attisdropped and ${place}
    order by a.attrelid, a.attnum
  ) x`;

export const constraints: Question = (place) => `
  select to_json(x)::text from (
    select o.conrelid::int8 as table, o.conname as name, o.contype as kind, ${namesOf("o.conrelid", "o.conkey")} as columns,
      (select nullif(m.nspname, current_schema()) from pg_namespace m where m.oid = f.relnamespace) as "targetSchema",
      f.relname as "targetTable", ${namesOf("o.confrelid", "o.confkey")} as "targetColumns",
      o.confdeltype as "onDelete", o.confupdtype as "onUpdate",
      (select json_agg(a.attname order by k.place)
       from jsonb_array_elements_text(nullif(to_jsonb(o)->'confdelsetcols', 'null')) with ordinality k (number, place)
       join pg_attribute a on a.attrelid = o.conrelid and a.attnum = k.number::int) as "onDeleteColumns",
      o.condeferrable as deferrable, o.condeferred as deferred,
      case when o.contype = 'c' then pg_get_expr(o.conbin, o.conrelid) end as check,
      case when o.contype in ('p', 'u') then
        (select json_agg(a.attname order by k.place) from unnest(i.indkey::int2[]) with ordinality k (number, place)
         join pg_attribute a on a.attrelid = o.conrelid and a.attnum = k.number where k.place > i.indnkeyatts)
      end as include,
      (to_jsonb(i)->>'indnullsnotdistinct')::boolean as "nullsNotDistinct",
      o.conindid::int8 as index,
      (select json_agg(p.oprname order by k.place) from unnest(o.conexclop) with ordinality k (id, place)
       join pg_operator p on p.oid = k.id) as operators
    from pg_constraint o
    join pg_class c on c.oid = o.conrelid
    join pg_namespace n on n.oid = c.relnamespace
    left join pg_class f on f.oid = o.confrelid
    left join pg_index i on i.indexrelid = o.conindid and o.contype <> 'f'
    where o.contype in ('p', 'u', 'f', 'c', 'x') and c.relkind in ('r', 'p') and not c.relispartition and ${place}
    order by o.conname
  ) x`;

export const indexes: Question = (place) => `
  select to_json(x)::text from (
    select i.indexrelid::int8 as id, i.indrelid::int8 as table, x.relname as name, i.indisunique as unique, m.amname as method,
      exists (select from pg_constraint o where o.conindid = i.indexrelid and o.contype in ('p', 'u', 'x')) as "ofConstraint",
      i.indnkeyatts as keys, (to_jsonb(i)->>'indnullsnotdistinct')::boolean as "nullsNotDistinct",
      x.reloptions as options, pg_get_expr(i.indpred, i.indrelid) as where,
      (select json_agg(json_build_object(
         'column', a.attname,
         'text', pg_get_indexdef(i.indexrelid, k.place::int, false),
         'order', i.indoption[k.place - 1],
         'operatorClass', case when not p.opcdefault then
           case when pg_opclass_is_visible(p.oid) then p.opcname else pn.nspname || '.' || p.opcname end end,
         'collation', case when l.oid <> a.attcollation then l.collname end) order by k.place)
       from unnest(i.indkey::int2[]) with ordinality k (number, place)
       left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number and k.number <> 0
       left join pg_opclass p on p.oid = i.indclass[k.place - 1]
       left join pg_namespace pn on pn.oid = p.opcnamespace
       left join pg_collation l on l.oid = i.indcollation[k.place - 1]) as items
    from pg_index i
    join pg_class x on x.oid = i.indexrelid
    join pg_am m on m.oid = x.relam
    join pg_class c on c.oid = i.indrelid
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'm') and not c.relispartition and ${place}
    order by x.relname
  ) x`;

/** Enumerations and domains of every schema, since columns may be of any; `wanted` says which are of the schemas asked for. */
export const ownTypes: Question = (place) => `
  select to_json(x)::text from (
    select t.oid::int8 as id, ${schemaName} as schema, t.typname as name, coalesce(${place}, false) as wanted,
      (select json_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid) as values,
      case when b.oid is not null then ${typeOf("b", "t.typtypmod", "t.typndims")} end as of,
      t.typnotnull as "notNull", pg_get_expr(t.typdefaultbin, 0) as default,
      (select json_agg(json_build_object('name', o.conname, 'text', pg_get_expr(o.conbin, 0)) order by o.conname)
       from pg_constraint o where o.contypid = t.oid and o.contype = 'c') as checks
    from pg_type t
    join pg_namespace n on n.oid = t.typnamespace
    left join pg_type b on t.typtype = 'd' and b.oid = t.typbasetype
    where t.typtype in ('e', 'd') and n.nspname not in ('pg_catalog', 'information_schema')
      and ${notOfExtension("pg_type", "t.oid")}
    order by t.oid
  ) x`;

export const sequences: Question = (place) => `
  select to_json(x)::text from (
    select ${schemaName} as schema, c.relname as name, q.seqstart::text as start, q.seqincrement::text as increment,
      q.seqmin::text as min, q.seqmax::text as max, q.seqcycle as cycle, q.seqcache as cache
    from pg_sequence q join pg_class c on c.oid = q.seqrelid join pg_namespace n on n.oid = c.relnamespace
    where c.relpersistence <> 't' and ${place}
      and not exists (select from pg_depend p where p.classid = 'pg_class'::regclass and p.objid = c.oid and p.deptype in ('a', 'i', 'e'))
    order by c.oid
  ) x`;
