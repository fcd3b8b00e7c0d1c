// What each library is asked to do, in its own documented fast form. A task gives back a sum over what it read or wrote, so that
// whoever skips work is found out: all sums of a task must be equal.

export type DatabaseName = "sqlite" | "postgres" | "mariadb";

/** How many times a task of one small statement is repeated in a round. */
export const lookups = 200;

export interface Tasks {
  /** 200 authors, one by one, by their key. */
  point(first: number): Promise<number>;
  /** All 10,000 authors, five columns. */
  rows(): Promise<number>;
  /** Posts and views per city, of authors older than 20, with more than three posts. */
  aggregate(): Promise<number>;
  /** 100 authors with their 1,000 posts and 5,000 comments. */
  nested(): Promise<number>;
  /** 1,000 posts with four tags each. */
  manyToMany(): Promise<number>;
  /** 5,000 people are inserted; their keys are known afterwards. */
  insert(): Promise<number>;
  /** 2,000 people are read, 500 of them changed and saved. */
  change(): Promise<number>;
  /** 2,000 people with three books each, as objects that refer to each other where the library has such. */
  graph(): Promise<number>;
  /** One transaction of ten updates, awaited one by one. */
  tenWrites(): Promise<number>;
  /** 50,000 rows, read in constant memory. */
  stream(): Promise<number>;
  /** A statement with a CTE, three joins, a subquery and six conditions is built and made text. Synchronous work alone. */
  compile(): number;
  /** 10,000 authors as the library gives them to be kept: what one weighs is measured. */
  keep(): Promise<unknown>;
}

export type TaskName = keyof Tasks;

export interface Peer {
  readonly name: string;
  readonly version: string;
  /** Tasks that the library has no means for are left out. */
  readonly tasks: Partial<Tasks>;
  close(): Promise<void>;
}

/** What a peer's module exports: opens the library on the database at a URL (SQLite: a path). */
export type OpenPeer = (database: DatabaseName, url: string) => Promise<Peer | undefined>;

export const people = (count: number): { name: string; age: number; city: string; score: number }[] =>
  Array.from({ length: count }, (_, i) => ({ name: `Person ${i}`, age: i % 90, city: `City ${i % 50}`, score: i }));

export const booksOf = (person: number): { title: string; pages: number }[] =>
  [0, 1, 2].map((n) => ({ title: `Book ${person * 3 + n}`, pages: (person * 3 + n) % 700 }));

/** Parts of a list, for the libraries that send what they are given as one statement. */
export function* chunks<T>(list: readonly T[], size: number): Generator<T[]> {
  for (let i = 0; i < list.length; i += size) yield list.slice(i, i + size);
}

interface AuthorLike {
  readonly id: number;
  readonly age: number;
}

/** A sum over authors. */
export function sumAuthors(authors: readonly AuthorLike[]): number {
  let sum = 0;
  for (const author of authors) sum += author.id + author.age;
  return sum;
}

interface NestedLike {
  readonly posts: Iterable<{ readonly views: number; readonly comments: Iterable<{ readonly id: number }> }>;
}

/** A sum over authors, their posts and comments. */
export function sumNested(authors: Iterable<NestedLike>): number {
  let sum = 0;
  for (const author of authors)
    for (const post of author.posts) {
      sum += post.views;
      for (const comment of post.comments) sum += comment.id;
    }
  return sum;
}

/** A sum over posts and their tags. */
export function sumTagged(posts: Iterable<{ readonly tags: Iterable<{ readonly id: number }> }>): number {
  let sum = 0;
  for (const post of posts) for (const tag of post.tags) sum += tag.id;
  return sum;
}

/** A sum over the rows of the aggregate. */
export function sumGroups(rows: readonly { readonly n: number | string; readonly views: number | string }[]): number {
  let sum = 0;
  for (const row of rows) sum += Number(row.n) + Number(row.views);
  return sum;
}
