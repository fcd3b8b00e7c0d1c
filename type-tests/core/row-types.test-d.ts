// The types of rows are asked of the table itself, or of its columns.
import type { InsertOf, RowOf, TableMeta, UpdateOf } from "athanor";
import { mapped } from "athanor/orm";
import { expectAssignable, expectNotAssignable, expectType } from "tsd";
import { posts } from "../tables.ts";

class Post extends mapped(posts) {}
type Row = { id: number; authorId: number; title: string; at: Date };
type Columns<T> = T extends TableMeta<string, infer C, unknown> ? C : never;

declare const row: RowOf<typeof posts>;
declare const ofColumns: RowOf<Columns<typeof posts>>;
declare const ofClass: RowOf<typeof Post>;
expectType<Row>(row);
expectType<Row>(ofColumns);
expectType<Row>(ofClass);

expectAssignable<InsertOf<typeof posts>>({ authorId: 1, title: "a", at: new Date(0) });
expectNotAssignable<InsertOf<typeof posts>>({ authorId: 1, title: "a" });
expectAssignable<UpdateOf<typeof posts>>({ title: "a" });
expectNotAssignable<UpdateOf<typeof posts>>({ title: null });
