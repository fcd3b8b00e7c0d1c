// Asks a Chinook database the questions of chinook/questions.ts and prints the answers. It may be a file, or on a server
// that copy.ts has copied it to:
//
//   npm run chinook -- ../shared/data/chinook/chinook.sqlite
//   npm run chinook -- postgres://postgres@127.0.0.1/music
//
// The questions write, if only to undo it; of a file a copy is asked.
import { ask } from "./chinook/ask.ts";
import { questions } from "./chinook/questions.ts";

await ask(process.argv[2], questions);
