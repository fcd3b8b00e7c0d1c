// Asks a Chinook database the questions of chinook/questions-of-objects.ts: with mapped classes and sessions. The answers are those
// of chinook.ts.
//
//   npm run chinook-orm -- ../shared/data/chinook/chinook.sqlite
//   npm run chinook-orm -- postgres://postgres@127.0.0.1/music
import { ask } from "./chinook/ask.ts";
import { questionsOfObjects } from "./chinook/questions-of-objects.ts";

await ask(process.argv[2], questionsOfObjects);
