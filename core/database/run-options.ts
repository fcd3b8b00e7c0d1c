// What a call may say beside its statement, and how the types place it: after the parameters, if the statement has any.
import type { BuildRow } from "../compile/row-decoder.ts";
import type { Param, ParamsOf } from "../expression/needs.ts";

/** How a call is run. */
export interface RunOptions {
  /** Cancels the call: on the server if it has been sent, before if it has not. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds until the call is given up, waiting for a connection included. `Infinity` for no end. */
  readonly timeout?: number | undefined;
  /** Who builds the object of a source that was selected with an entity; for what is built on Core. */
  readonly build?: BuildRow | undefined;
}

/** The parameters that statements with needs N take: `never` if none. */
type ParamsIn<N> = Extract<N, Param<any, any>>;

/** The options of a statement without parameters: alone, or where they would stand after parameters. */
type OptionsAlone<Options> = [options?: Options] | [none: undefined, options: Options];

/** What follows a statement in a call: its parameters, if it has any, and the options. */
export type RunArguments<N, Options = RunOptions> = [ParamsIn<N>] extends [never]
  ? OptionsAlone<Options>
  : 0 extends 1 & N // needs that are not known: any
    ? [paramsOrOptions?: any, options?: Options]
    : [params: ParamsOf<ParamsIn<N>>, options?: Options];

/** The same where a list of parameters runs the statement once for each. */
export type ManyArguments<N, Options = RunOptions> = [ParamsIn<N>] extends [never]
  ? OptionsAlone<Options>
  : 0 extends 1 & N
    ? [paramsOrOptions?: any, options?: Options]
    : [params: ParamsOf<ParamsIn<N>> | readonly ParamsOf<ParamsIn<N>>[], options?: Options];

// A call without the parameters it must have is refused at its statement, with the sentence that names them: too few
// arguments would only be counted. So the calls take however many were given, each placed where it stands.

/** Whatever follows the statement in a call. */
export type Following = [paramsOrOptions?: unknown, options?: unknown];

/** What follows, as the arguments that may. */
export type Placed<Given extends Following, May extends readonly unknown[]> = {
  [I in keyof Given]: I extends "0" ? May[0] : May extends readonly [any, (infer Options)?] ? Options : never;
};

/** What to say of parameters that statements with needs N take, where nothing follows the statement in the call. */
export type Forgotten<N, Given> = Given extends readonly []
  ? 0 extends 1 & N
    ? never
    : N extends Param<infer Name, any>
      ? `parameter '${Name}' was not given`
      : never
  : never;
