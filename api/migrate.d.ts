// athanor/migrate, made by `npm run api`

import { SqlType, TableColumnNode, SchemaNode, PinnedConnection, Transaction, Reflected, Database, Queries, Statement, AnyTable, NamingConvention, AthanorError, Cols, DeclaredType, TableNode, Constraint, Sequence } from 'athanor';
import { SqlType as SqlType$1, InspectOptions, Dialect, Reflected as Reflected$1 } from 'athanor/dialect';

/** Which column is asked about. */
interface ColumnPlace {
    readonly schema?: string | undefined;
    readonly table: string;
    readonly column: string;
}
interface AlikeRules {
    /** Whether a column of the one type is taken for one of the other, so that nothing is written. */
    readonly sameType?: ((found: SqlType, declared: SqlType, place: ColumnPlace) => boolean) | undefined;
    /** Whether the one default, as text of SQL, is taken for the other. */
    readonly sameDefault?: ((found: string | undefined, declared: string | undefined, place: ColumnPlace) => boolean) | undefined;
}

/** An enumeration that is replaced by one with other values, and the columns of it, as they shall be. */
interface ReplaceEnum {
    readonly kind: "replaceEnum";
    readonly name: string;
    readonly schema?: string | undefined;
    readonly values: readonly string[];
    /** Values that there shall not be any more. */
    readonly gone: readonly string[];
    readonly columns: readonly {
        readonly schema?: string | undefined;
        readonly table: string;
        readonly column: TableColumnNode;
    }[];
}

type Change = KnownChange | OwnChange;
/** One that Athanor finds itself. */
type KnownChange = SchemaNode | ReplaceEnum;
/** A line of a revision that is not Athanor's. */
interface OwnChange {
    readonly kind: "own";
    /** For people: `replace function "touch"`. */
    readonly text: string;
    /** Calls of `op`, or of functions that take it: `await createFunction(op, "touch");`. */
    readonly source: string;
    /** Whole lines: `import { createFunction } from "../operations.ts";`. */
    readonly imports?: readonly string[] | undefined;
    /** What it costs. */
    readonly hazards?: readonly Hazard[] | undefined;
}
interface Hazard {
    readonly kind: "data loss" | "rewrite" | "lock" | "note";
    readonly message: string;
    /** The safer way. */
    readonly instead: string | undefined;
}

/** A difference that a comparison of the project's own has found: the way there, and the way back. */
interface OwnDifference {
    readonly up: Omit<OwnChange, "kind">;
    readonly down: Omit<OwnChange, "kind">;
    /** Whether it comes before what Athanor changes, and its way back after it; the other way round by default. */
    readonly first?: boolean | undefined;
}
/** What a comparison of the project's own looks at. */
interface OwnComparison {
    /** Where the database can be asked for what `found` does not have. */
    readonly connection: PinnedConnection<any> | Transaction<any>;
    readonly found: Reflected;
    readonly declared: Reflected;
}
type CompareOwn = (compared: OwnComparison) => readonly OwnDifference[] | Promise<readonly OwnDifference[]>;

/**
 * A database: its URL, or a function that opens it. Given `{ database }`, the function opens the database of that name on the same
 * server: `verify` makes one for itself.
 */
type DatabaseSource = string | ((place: DatabasePlace) => Opened | Promise<Opened>);
/** `never`: one by a URL that is only known when the program runs. */
type Opened = Database<any> | Database<never>;
interface DatabasePlace {
    /** The name of another database on the same server, where another is meant. */
    readonly database?: string | undefined;
}

interface HistoryOptions {
    /** The name of the version table; `athanor_versions` by default. */
    readonly table?: string | undefined;
    readonly schema?: string | undefined;
}
/** A step of a revision that is not finished. */
interface JournalEntry {
    readonly revision: string;
    readonly direction: "up" | "down";
    /** Its place among the steps of the revision, from 0. */
    readonly step: number;
    readonly state: "begun" | "done";
    /** Of the file as it was when the revision was begun: a changed file is not resumed. */
    readonly hash: string;
    /** Of what the step does: one that runs again must be the same. */
    readonly what: string;
    /** How many rows it changed, for a step that is done. */
    readonly affected: number | null;
}
declare class History {
    #private;
    readonly schema: string | undefined;
    constructor({ table: name, schema }?: HistoryOptions);
    get tableNames(): readonly string[];
    /** Makes the tables if they are not there. */
    ensure(queries: Queries<any>): Promise<void>;
    /** The statements that a script takes note of a revision with. */
    added(revision: string): Statement<any, any>;
    removed(revision: string): Statement<any, any>;
    /** The tables, for whoever writes a script that makes them. */
    get tables(): readonly AnyTable[];
    /** Whether a table of that name is the history's own. */
    owns(table: string): boolean;
    applied(queries: Queries<any>): Promise<ReadonlySet<string>>;
    add(queries: Queries<any>, revision: string): Promise<void>;
    remove(queries: Queries<any>, revision: string): Promise<void>;
    clear(queries: Queries<any>): Promise<void>;
    /** The steps of the revision that was interrupted, if one was. */
    journal(queries: Queries<any>): Promise<readonly JournalEntry[]>;
    begin(queries: Queries<any>, entry: Omit<JournalEntry, "state" | "affected">): Promise<void>;
    done(queries: Queries<any>, entry: Pick<JournalEntry, "revision" | "step">, affected: number): Promise<void>;
    finished(queries: Queries<any>): Promise<void>;
}

/** Text of a file, and the imports it needs, as whole lines. */
interface Rendered {
    readonly source: string;
    readonly imports?: readonly string[] | undefined;
}
/**
 * The builder of a type's own, with the column's name in it where that is given, as text of the file:
 * `{ source: \`money(${name ?? ""})\`, imports: ['import { money } from "../types.ts";'] }`.
 */
type RenderType = (type: SqlType$1, name: string | undefined) => Rendered | undefined;

interface Config extends AlikeRules {
    /** The database: a URL, or a function that opens it, given the name of another on the same server where `verify` makes one. */
    readonly database: DatabaseSource;
    /** The module or modules that export the declared tables, or a function that loads them through a loader of one's own. */
    readonly schema?: string | readonly string[] | (() => Promise<object> | object) | undefined;
    /** Where the revisions are; `migrations` by default. Of several folders, new revisions are written into the first. */
    readonly folder?: string | readonly string[] | undefined;
    /** The version table. */
    readonly history?: HistoryOptions | undefined;
    /** How constraints and indexes without a name are called. */
    readonly naming?: Partial<NamingConvention> | undefined;
    /** What autogenerate leaves alone: tables and other objects by name. */
    readonly include?: ((object: {
        readonly kind: string;
        readonly name: string;
        readonly schema?: string | undefined;
    }) => boolean) | undefined;
    /** Whether tables that are not declared are dropped by what autogenerate writes; they are only reported otherwise. */
    readonly dropUnknown?: boolean | undefined;
    /** Compares what Athanor does not know: functions, triggers, rights. Each difference says how it is written, there and back. */
    readonly compare?: CompareOwn | undefined;
    /** How a change is written into a revision, in place of the library's own line; undefined for those that are left to it. */
    readonly renderChange?: ((change: Change) => Rendered | undefined) | undefined;
    /** How a type of columns is written into revisions and by `pull`: as one of the project's own. */
    readonly renderType?: RenderType | undefined;
    /** Changes what autogenerate writes, for each direction. */
    readonly rewrite?: ((changes: readonly Change[], direction: "up" | "down") => readonly Change[]) | undefined;
    /** Runs after a revision's file has been written: formatters. */
    readonly afterWrite?: ((path: string) => void | Promise<void>) | undefined;
    /** The name of a new revision's file; by default the time, the id and the beginning of the message. */
    readonly fileName?: ((revision: {
        readonly id: string;
        readonly message: string;
    }) => string) | undefined;
    /** The text of a revision's file, in place of the library's own. */
    readonly template?: ((parts: RevisionTemplate) => string) | undefined;
}
/** What a revision's file is made of. */
interface RevisionTemplate {
    readonly id: string;
    readonly after: readonly string[];
    readonly message: string;
    readonly label: string | undefined;
    readonly dependsOn: readonly string[];
    readonly transaction: boolean;
    /** Whole lines. */
    readonly imports: readonly string[];
    /** What stands below the imports: tables, views and types that the changes speak of. */
    readonly declarations: string;
    /** Lines, each a comment or a call of `op`. */
    readonly up: readonly string[];
    readonly down: readonly string[];
}
/** Gives the configuration its types: the default export of `athanor.config.ts`. */
declare function defineConfig(config: Config): Config;

/** A migration cannot go on: the message says what is in the way, the hint what to do. Nothing was done unless it says so. */
declare class MigrationError extends AthanorError {
    constructor(message: string, hint: string | undefined, cause?: unknown);
}

/** Which table: its name, or name and schema. */
type TableName = string | {
    readonly schema: string;
    readonly table: string;
};
/** One step of a revision. */
type Step = {
    readonly kind: "schema";
    readonly node: SchemaNode;
} | {
    readonly kind: "statement";
    readonly statement: Statement<any, any>;
    readonly params: unknown;
} | {
    readonly kind: "text";
    readonly text: string;
};
/** Who does what the operations say. */
interface StepRunner {
    /** Gives how many rows were changed. */
    run(step: Step): Promise<number>;
    /** Where rows can be read, for data that is moved; not possible in a script. */
    reading(): Promise<Queries<any>>;
    /** Told how many rows a long change has done. */
    progress?(rows: number): void;
}
/** How a column is changed. What is left out stays as it is. */
interface AlterColumn {
    /** The column as it was, whole. */
    readonly from: Cols[string];
    /** The column as it shall be, whole. */
    readonly to: Cols[string];
    /** PostgreSQL: how old values become new ones, where no cast does. */
    readonly using?: string;
}
/** The options of a table, as they were and as they shall be, whole. */
interface AlterOptions {
    readonly from: TableNode["options"];
    readonly to: TableNode["options"];
}
/** A domain as it was and as it shall be, whole. */
interface AlterDomain {
    readonly from: DeclaredType;
    readonly to: DeclaredType;
}
declare class Operations {
    #private;
    constructor(runner: StepRunner);
    /** Creates a table, declared as in a schema module, with its indexes. */
    createTable(table: AnyTable): Promise<void>;
    dropTable(table: TableName, options?: {
        readonly ifExists?: boolean;
        readonly cascade?: boolean;
    }): Promise<void>;
    renameTable(table: TableName, to: string): Promise<void>;
    /** Changes a table's options, each given whole: `{ engine: "InnoDB" }`, `{ strict: true }`, `{ fillfactor: 70 }`. */
    alterOptions(table: TableName, { from, to }: AlterOptions): Promise<void>;
    commentTable(table: TableName, comment: string | undefined): Promise<void>;
    /** Adds columns: `addColumn("users", { bio: text().nullable() })`. One that is NOT NULL needs a default where rows exist. */
    addColumn(table: TableName, columns: Cols): Promise<void>;
    dropColumn(table: TableName, column: string): Promise<void>;
    renameColumn(table: TableName, column: string, to: string): Promise<void>;
    /** Changes a column's type, nullability, default, collation or comment. */
    alterColumn(table: TableName, column: string, { from, to, using }: AlterColumn): Promise<void>;
    /** Comments on a column, given as it is, whole: MySQL and MariaDB define it anew. */
    commentColumn(table: TableName, column: string, as: Cols[string]): Promise<void>;
    /** Adds constraints and indexes, written as in a table: `addConstraints("posts", (t) => [unique(t.a, t.b)], { a: integer(), b: integer() })`. */
    addConstraints(table: TableName, columns: Cols, constraints: (columns: any) => readonly Constraint[], options?: {
        readonly notValid?: boolean;
        readonly concurrently?: boolean;
    }): Promise<void>;
    /** @param options.include PostgreSQL: columns that its index carries besides */
    addPrimaryKey(table: TableName, columns: readonly string[], options?: {
        readonly name?: string;
        readonly include?: readonly string[];
    }): Promise<void>;
    dropConstraint(table: TableName, name: string, of: "primary key" | "foreign key" | "unique" | "check" | "exclusion"): Promise<void>;
    /** PostgreSQL: checks the rows that a constraint added as `notValid` has not looked at. */
    validateConstraint(table: TableName, name: string): Promise<void>;
    dropIndex(table: TableName, name: string, options?: {
        readonly ifExists?: boolean;
        readonly concurrently?: boolean;
    }): Promise<void>;
    createSequence({ node }: Sequence): Promise<void>;
    dropSequence(name: string, schema?: string): Promise<void>;
    createType({ node }: DeclaredType): Promise<void>;
    /** Creates an enumeration as a type of its own. */
    createEnum(name: string, values: readonly string[], schema?: string): Promise<void>;
    dropType(name: string, of?: "enumeration" | "domain", schema?: string): Promise<void>;
    /** Changes a domain's default, whether it takes null, and its checks; what it is over stays. */
    alterDomain(name: string, { from, to }: AlterDomain, schema?: string): Promise<void>;
    /** Adds a value to an enumeration. On PostgreSQL it cannot be used in the transaction that adds it. */
    addEnumValue(name: string, value: string, options?: {
        readonly before?: string;
        readonly schema?: string;
    }): Promise<void>;
    /**
     * PostgreSQL: gives an enumeration other values, by a type in its place to which the columns are turned. Columns are given as
     * they shall be; a value that a row still has and that goes makes it fail, with the number of rows.
     *
     * @example
     * ```ts no-run
     * await op.replaceEnum("mood", ["sad", "happy"], [["people", { mood: enumeration(["sad", "happy"], { type: "mood" }) }]]);
     * ```
     */
    replaceEnum(name: string, values: readonly string[], columns?: readonly (readonly [table: TableName, columns: Cols])[], schema?: string): Promise<void>;
    renameType(name: string, to: string, schema?: string): Promise<void>;
    createSchema(name: string, options?: {
        readonly ifNotExists?: boolean;
    }): Promise<void>;
    dropSchema(name: string, options?: {
        readonly cascade?: boolean;
    }): Promise<void>;
    /** Any change of schema, as data. */
    change(node: SchemaNode): Promise<void>;
    /** Creates a view or a materialized view, declared as in a schema module, with its indexes. */
    createView(view: object): Promise<void>;
    dropView(view: TableName, options?: {
        readonly materialized?: boolean;
    }): Promise<void>;
    /**
     * Runs a writing statement, built over light tables that the revision declares itself, and gives how many rows it changed.
     *
     * @example
     * ```ts no-run
     * const posts = table("posts", { id: integer().primaryKey(), slug: text().nullable() });
     * await op.run(update(posts).set({ slug: "" }).where(posts.slug.isNull()));
     * ```
     */
    run(statement: Statement<any, any>, params?: object | readonly object[]): Promise<number>;
    /** Runs trusted text of SQL. */
    execute(text: string): Promise<void>;
    /** Reads rows, for data that has to pass through the program. */
    all<R>(statement: Statement<R, any>, params?: object): Promise<R[]>;
    /**
     * Does work in batches until one of them does nothing: `work` gives how many rows it changed. For changes that are too long for
     * one statement.
     */
    inBatches(work: () => Promise<number>): Promise<number>;
}

/** What a revision's file declares. */
interface RevisionDeclaration {
    /** Twelve characters of its own, by which all others refer to it. */
    readonly id: string;
    /** The revisions it comes after: none for a beginning, one as a rule, several for a merge. */
    readonly after: readonly string[];
    /** What it does, in a line. */
    readonly message: string;
    /** The name of the branch that begins here. */
    readonly label?: string | undefined;
    /** Revisions of other branches that must have run before. */
    readonly dependsOn?: readonly string[] | undefined;
    /** `false` where a step cannot run in a transaction, e.g. a concurrent index; the steps are then journalled one by one. */
    readonly transaction?: boolean | undefined;
    up(op: Operations): void | Promise<void>;
    down(op: Operations): void | Promise<void>;
}
/** Declares a revision: the default export of its file. */
declare function revision(declaration: RevisionDeclaration): RevisionDeclaration;

/** A revision and the file it came from. */
interface Revision extends RevisionDeclaration {
    /** Where its file is; undefined for one that a program declared itself. */
    readonly path: string | undefined;
    /** Of the file's text: a revision that was interrupted is not resumed with another. */
    readonly hash: string;
}

/** What the graph needs to know of a revision. */
interface Node {
    readonly id: string;
    readonly after: readonly string[];
    readonly label?: string | undefined;
    readonly dependsOn?: readonly string[] | undefined;
    readonly message: string;
}
declare class RevisionGraph<R extends Node> {
    #private;
    /** All revisions, each after those that it comes after or depends on; otherwise in the order of their ids. */
    readonly ordered: readonly R[];
    /** @throws {MigrationError} if an id occurs twice, a revision comes after an unknown one, or they form a circle */
    constructor(revisions: readonly R[]);
    get size(): number;
    has(id: string): boolean;
    /** @throws {MigrationError} if there is none */
    get(id: string): R;
    /** The revisions that come after this one. */
    following(id: string): readonly R[];
    /** Those that nothing comes after. */
    get heads(): readonly R[];
    /** Those that come after nothing. */
    get bases(): readonly R[];
    /** Where two or more revisions come after one. */
    get branchPoints(): readonly R[];
    /** These revisions and all they come after or depend on. */
    before(ids: Iterable<string>): ReadonlySet<string>;
    /** These revisions and all that come after them or depend on them. */
    since(ids: Iterable<string>): ReadonlySet<string>;
    /** What is left of a set once those are taken out that another of it comes after: the versions a database is at. */
    tips(ids: ReadonlySet<string>): readonly string[];
    /** What to run, in order, to come from what has run to the targets. */
    upgrade(done: ReadonlySet<string>, targets: readonly string[]): readonly R[];
    /** What to undo, last first, so that nothing of the given revisions is left. */
    downgrade(done: ReadonlySet<string>, remove: Iterable<string>): readonly R[];
    /**
     * The revisions that a name stands for.
     *
     * @param current the versions that the database is at, from which `+n` and `-n` count
     * @throws {MigrationError} if it stands for none, or for several where one is meant
     */
    resolve(name: string, current?: readonly string[]): readonly string[];
    /** The revisions of a branch: that which has the label, and all after it. */
    branch(label: string): ReadonlySet<string>;
}

interface Project {
    /** What relative paths of the configuration start from. */
    readonly root: string;
    readonly config: Config;
    /** Where revisions are; new ones are written into the first. */
    readonly folders: readonly string[];
    readonly graph: RevisionGraph<Revision>;
    readonly history: History;
}
interface OpenProjectOptions {
    /** The folder of the project; the current one by default. */
    readonly root?: string | undefined;
    /** The configuration, or the file it is in; `athanor.config.ts` (or .js, .mjs) by default. */
    readonly config?: Config | string | undefined;
    /** Which configuration, where the file exports several by name. */
    readonly name?: string | undefined;
    /** The revisions, where they are not in files. */
    readonly revisions?: readonly RevisionDeclaration[] | undefined;
}
/** @throws {MigrationError} if there is no configuration, or a revision cannot be loaded */
declare function openProject(options?: OpenProjectOptions): Promise<Project>;

type Direction = "up" | "down";
/** What happens while migrations run, for whoever shows it. */
type MigrationEvent = {
    readonly kind: "waiting";
    readonly holder: string;
} | {
    readonly kind: "revision";
    readonly revision: Revision;
    readonly direction: Direction;
} | {
    readonly kind: "step";
    readonly revision: Revision;
    readonly step: Step;
    readonly text: string;
} | {
    readonly kind: "skipped";
    readonly revision: Revision;
    readonly text: string;
} | {
    readonly kind: "progress";
    readonly revision: Revision;
    readonly rows: number;
} | {
    readonly kind: "finished";
    readonly revision: Revision;
    readonly direction: Direction;
    readonly ms: number;
};

interface PlaceOptions {
    /** A database of the caller's own, or a transaction or connection of it. Nothing else is then opened or closed. */
    readonly on?: Database<any> | PinnedConnection<any> | Transaction<any> | undefined;
    /** The schema of a tenant (PostgreSQL), or its database (MySQL and MariaDB), in which everything happens. */
    readonly tenant?: string | undefined;
    /** Milliseconds to wait while another migrator is at work; ten minutes by default. */
    readonly wait?: number | undefined;
    readonly report?: ((event: MigrationEvent) => void) | undefined;
}

interface ScriptOptions {
    /** Where the database is that the script is for; what the database itself says if left out, `base` for a new one. */
    readonly from?: string | undefined;
    readonly on?: Database<any> | undefined;
}
/** The script that leads from one version to another. */
declare function script(project: Project, direction: Direction, target: string, options?: ScriptOptions): Promise<string>;

interface RunOptions extends PlaceOptions {
    /** What to take a raw step for of which nobody knows whether it took effect. */
    readonly step?: "done" | "redo" | undefined;
}
interface DowngradeOptions extends RunOptions {
    /** Whether the target itself is undone too. */
    readonly inclusive?: boolean | undefined;
}
/** What has been run, in order, and where the database is now. */
interface Moved {
    readonly ran: readonly Revision[];
    readonly current: readonly string[];
}
/**
 * Runs the revisions that lead to the target, each in a transaction where the database can, else step by step so that it can be
 * resumed. Other migrators wait.
 *
 * @param target an id, the unique beginning of one, a label, `head`, `heads`, `+n`, `label@head`; `head` by default
 * @throws {MigrationError} if there are two heads, an interrupted revision was changed, or rows are in the way
 * @example
 * ```ts no-run
 * await upgrade(await openProject());
 * ```
 */
declare function upgrade(project: Project, target?: string, options?: RunOptions): Promise<Moved>;
/**
 * Undoes revisions, last first, until the database is at the target.
 *
 * @param target an id, the unique beginning of one, a label, `base`, `-n`, `label@base`
 * @throws {MigrationError} if a revision has no `down`, or the target is not below where the database is
 */
declare function downgrade(project: Project, target: string, options?: DowngradeOptions): Promise<Moved>;
/**
 * Says where the database is, without running anything.
 *
 * @param targets ids, beginnings of ids, labels, `head`, `heads`, `base`
 * @param options.purge forgets what it said before, also of revisions whose files are gone
 */
declare function stamp(project: Project, targets: string | readonly string[], options?: PlaceOptions & {
    readonly purge?: boolean | undefined;
}): Promise<Moved>;
/** The revisions that a database has had, as it says itself. A database without a version table has had none. */
declare function appliedTo(project: Project, options?: PlaceOptions): Promise<ReadonlySet<string>>;

/** A change and what it costs. */
interface MarkedChange {
    readonly change: Change;
    readonly hazards: readonly Hazard[];
}

interface PlanOptions extends PlaceOptions {
    /** Renames that are not declared: `old:new`, `table.old:new`. */
    readonly rename?: readonly string[] | undefined;
    /** Whether what is not declared is dropped; otherwise it is only reported. */
    readonly dropUnknown?: boolean | undefined;
    /** A server of the same kind on which the declared schema is created and read back. */
    readonly scratch?: string | undefined;
}
interface Plan {
    readonly up: readonly MarkedChange[];
    readonly down: readonly MarkedChange[];
    /** Differences that no change here can do away with. */
    readonly remarks: readonly string[];
    /** What the database has and nobody declared: it is left alone. */
    readonly unknown: readonly {
        readonly kind: string;
        readonly name: string;
        readonly schema?: string | undefined;
    }[];
}
/** Works out what a project's database lacks of its declared schema. */
declare function planChanges(project: Project, options?: PlanOptions): Promise<Plan>;

interface Checked {
    readonly isFine: boolean;
    readonly plan: Plan;
    /** What else is wrong, or will be: several heads, revisions that have not run, revisions that import the schema. */
    readonly warnings: readonly string[];
}
/** Compares the declared schema with the database, and looks through the revisions. */
declare function check(project: Project, options?: PlanOptions): Promise<Checked>;
interface VerifyOptions {
    /** An empty database of the same kind, which is used and emptied; otherwise one is made and dropped. */
    readonly scratch?: string | undefined;
    readonly report?: ((event: MigrationEvent) => void) | undefined;
}
/** A revision that does not lead back, or not to the same again. */
interface Fault {
    readonly revision: string;
    readonly what: string;
}
interface Verified {
    readonly faults: readonly Fault[];
    /** How many revisions were run. */
    readonly revisions: number;
}
/**
 * Runs every revision up, down and up again on a scratch database, and compares what is there each time.
 *
 * @throws {MigrationError} if a revision fails, or no scratch database can be made
 */
declare function verify(project: Project, options?: VerifyOptions): Promise<Verified>;

interface Current {
    /** The versions that the database is at: none, one, or one for each branch. */
    readonly at: readonly Revision[];
    /** Whether nothing is left to run. */
    readonly isHead: boolean;
    readonly waiting: readonly Revision[];
    /** The revision that was interrupted, if one was, and how many steps of it were begun. */
    readonly interrupted: {
        readonly revision: string;
        readonly direction: "up" | "down";
        readonly steps: number;
    } | undefined;
}
/** Where the database is. */
declare function current(project: Project, options?: PlaceOptions): Promise<Current>;
/** The revisions, the newest first; of a range `a:b`, those after a up to b. */
declare function history({ graph }: Project, range?: string): readonly Revision[];
declare function heads({ graph }: Project): readonly Revision[];
/** Where two or more revisions come after one, with those that do. */
declare function branches({ graph }: Project): readonly {
    readonly at: Revision;
    readonly into: readonly Revision[];
}[];
/** The revisions that a name stands for. */
declare function show({ graph }: Project, name: string): readonly Revision[];

interface RevisionOptions extends PlanOptions {
    readonly message: string;
    /** What it comes after: `head` by default, `base` for a branch of its own. */
    readonly after?: string | readonly string[] | undefined;
    /** Whether it may come after a revision that others come after already. */
    readonly splice?: boolean | undefined;
    readonly label?: string | undefined;
    /** Revisions of other branches that must have run before. */
    readonly dependsOn?: readonly string[] | undefined;
    readonly id?: string | undefined;
    /** The folder, of several, that it is written into. */
    readonly folder?: string | undefined;
    /** Whether the changes are written that make the database what is declared. */
    readonly autogenerate?: boolean | undefined;
}
interface WrittenRevision {
    /** Undefined if nothing differs, and nothing was written. */
    readonly path: string | undefined;
    readonly id: string | undefined;
    readonly plan: Plan | undefined;
}
/**
 * Writes a new revision.
 *
 * @throws {MigrationError} if there are several heads, or the database to compare with is not at head
 */
declare function newRevision(project: Project, options: RevisionOptions): Promise<WrittenRevision>;
/** Writes a revision that comes after several, and makes one head of them. */
declare function merge(project: Project, options: {
    readonly message: string;
    readonly of?: readonly string[] | undefined;
    readonly label?: string | undefined;
}): Promise<WrittenRevision>;
/** Writes a configuration and an empty folder. Files that are there stay as they are. */
declare function init(root: string, options?: {
    readonly database?: string | undefined;
}): readonly string[];
interface PullSchemaOptions extends PlaceOptions {
    /** Schemas that are read beside the connection's own. */
    readonly schemas?: readonly string[] | undefined;
}
/** The text of a schema module that declares what the database has, without the tables of the migrations themselves. */
declare function pullSchema(project: Project, options?: PullSchemaOptions): Promise<string>;

/** A database, as far as it is read here. */
interface Readable {
    readonly dialect: Dialect;
    inspect(options?: InspectOptions): Promise<Reflected$1>;
}
interface PullOptions extends InspectOptions {
    /** What the types of a dialect that is none of Athanor's own are imported from. */
    readonly module?: string | undefined;
    readonly renderType?: RenderType | undefined;
}
/**
 * Reads a database, and gives the text of a TypeScript file that declares what it has: tables with all their constraints
 * and indexes, views, sequences and types. Creating the file's schema in an empty database gives the same again; only
 * constraints that had no name have got one.
 *
 * @example
 * ```ts no-run
 * import { writeFile } from "node:fs/promises";
 * await writeFile("schema.ts", await pull(db));
 * ```
 */
declare function pull(db: Readable, { module, renderType, ...options }?: PullOptions): Promise<string>;

export { MigrationError, Operations, appliedTo, branches, check, current, defineConfig, downgrade, heads, history, init, merge, newRevision, openProject, planChanges, pull, pullSchema, revision, script, show, stamp, upgrade, verify };
export type { AlikeRules, AlterColumn, AlterDomain, AlterOptions, Change, Checked, ColumnPlace, CompareOwn, Config, Current, DatabasePlace, DatabaseSource, DowngradeOptions, Fault, Hazard, HistoryOptions, MarkedChange, MigrationEvent, Moved, OpenProjectOptions, OwnChange, OwnComparison, OwnDifference, PlaceOptions, Plan, PlanOptions, Project, PullOptions, PullSchemaOptions, RenderType, Rendered, Revision, RevisionDeclaration, RevisionOptions, RevisionTemplate, RunOptions, ScriptOptions, TableName, Verified, VerifyOptions, WrittenRevision };
