// Property tests draw the same values in every run, so that a failure is a change's own; with ATHANOR_SEED a run draws others.
import { configureGlobal } from "fast-check";

configureGlobal({ seed: Number(process.env.ATHANOR_SEED ?? 20_261_124) });
