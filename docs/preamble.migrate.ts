// What examples of migrations have at hand: what a revision's up and down are given. They are compiled, and not run.
import type { Operations } from "athanor/migrate";

export declare const op: Operations;
