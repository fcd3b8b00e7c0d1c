// athanor/conformance, made by `npm run api`

import { Database } from 'athanor';
import { FeatureName } from 'athanor/dialect';

/** One thing that every database must do, or refuse. */
interface Case {
    /** Which part of the suite it belongs to: `values`, `select`, … */
    readonly group: string;
    /** A sentence about behaviour. */
    readonly name: string;
    /** The features it is about. A database without them must refuse the statement with a `CompileError`. */
    readonly needs: readonly FeatureName[];
    /** Rejects where the database does otherwise. */
    run(): Promise<void>;
}

/**
 * The cases that a dialect must pass. The database is opened when the first one runs; all use it, one after the other, with
 * tables that start with `conformance_`. Whoever gave it closes it.
 *
 * @param makeDatabase gives a database without tables
 * @example
 * for (const { group, name, run } of conformance(() => mydb("mydb://localhost/test"))) test(`${group}: ${name}`, run);
 */
declare function conformance(makeDatabase: () => Database<any> | Promise<Database<any>>): readonly Case[];

export { conformance };
export type { Case };
