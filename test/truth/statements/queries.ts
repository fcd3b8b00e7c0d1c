// Queries inside queries: scalars, EXISTS, IN, CTEs, recursion, set operations.
import {
  all,
  any,
  caseWhen,
  coalesce,
  cte,
  exists,
  fn,
  integer,
  jsonArray,
  jsonObject,
  literal,
  recursive,
  recursiveAll,
  select,
  sql,
  text,
  timestamptz,
} from "athanor";
import { boss, people, posts, postTags, tags, teams } from "../schema.ts";

const wrote = posts.authorId.eq(people.id);
const ofPerson = select({ title: posts.title }).from(posts).where(wrote).orderBy(posts.id.asc()).limit(1);

export const scalar = select({
  name: people.name,
  title: ofPerson.scalar(),
  likes: ofPerson.select({ likes: posts.likes }).scalar(),
  at: ofPerson.select({ at: posts.at }).scalar(),
  price: ofPerson.select({ price: posts.price }).scalar(),
  hidden: ofPerson.select({ hidden: posts.hidden }).scalar(),
}).from(people);
export const scalarOfBig = select({
  visits: select({ v: boss.visits }).from(boss).where(boss.id.eq(people.bossId)).scalar(),
}).from(people);
export const scalarCount = select({
  name: people.name,
  n: coalesce(select({ n: fn.count() }).from(posts).where(wrote).scalar(), 0),
}).from(people);
export const scalarInside = select({
  loud: fn.upper(ofPerson.scalar()),
  more: people.age.add(ofPerson.select({ likes: posts.likes }).scalar()),
  is: people.name.eq(ofPerson.scalar()),
}).from(people);
export const scalarInWhere = select({ nick: people.nick })
  .from(people)
  .where(
    people.age
      .gt(
        select({ a: fn.avg(boss.age).cast(integer()) })
          .from(boss)
          .scalar(),
      )
      .or(people.nick.isNull()),
  );
export const existing = select({
  name: people.name,
  writes: exists(select({ id: posts.id }).from(posts).where(wrote)),
  method: select({ id: posts.id }).from(posts).where(wrote).exists(),
}).from(people);
export const inQuery = select({
  name: people.name,
  isIn: people.id.in(select({ id: posts.authorId }).from(posts)),
  isInNull: people.score.in(select({ id: posts.id }).from(posts)),
  isInNulls: people.id.in(select({ id: boss.bossId }).from(boss)),
  notIn: people.id.notIn(select({ id: posts.authorId }).from(posts)),
}).from(people);
export const antiJoin = select({ nick: people.nick })
  .from(people)
  .where(
    exists(select({ id: posts.id }).from(posts).where(wrote))
      .not()
      .or(people.id.eq(1)),
  );
export const quantified = select({
  name: people.name,
  older: people.age.gt(any(select({ a: boss.age }).from(boss).where(boss.id.lt(3)))),
  every: people.age.gte(all(select({ a: boss.age }).from(boss))),
}).from(people);

const writers = cte("writers", select({ id: posts.authorId, n: fn.count() }).from(posts).groupBy(posts.authorId));
const busy = cte("busy", select({ id: writers.id, n: writers.n }).from(writers).where(writers.n.gt(1)));
export const ctes = select({ name: people.name, nick: people.nick, n: writers.n })
  .from(people)
  .join(writers, writers.id.eq(people.id));
export const chained = select({ name: people.name, n: busy.n }).from(people).leftJoin(busy, busy.id.eq(people.id));
const tree = recursive(
  "tree",
  select({ id: people.id, name: people.name, nick: people.nick, depth: literal(0) })
    .from(people)
    .where(people.bossId.isNull()),
  (tree) =>
    select({ id: people.id, name: people.name, nick: people.nick, depth: tree.depth.add(1) })
      .from(people)
      .join(tree, people.bossId.eq(tree.id)),
);
export const recursion = select({ id: tree.id, name: tree.name, nick: tree.nick, depth: tree.depth }).from(tree);
export const recursionJoined = select({ person: people.name, depth: tree.depth })
  .from(people)
  .leftJoin(tree, tree.id.eq(people.id).and(tree.depth.lt(2)));
const numbers = recursiveAll("numbers", select({ n: literal(1) }), (numbers) =>
  select({ n: numbers.n.add(1) })
    .from(numbers)
    .where(numbers.n.lt(5)),
);
export const counting = select({ n: numbers.n }).from(numbers);

const named = select({ label: people.name, n: people.age }).from(people);
export const union = named.union(select({ label: people.nick, n: people.score }).from(people));
export const unionAll = named
  .unionAll(select({ n: people.id, label: people.role }).from(people))
  .orderBy((row) => row.label.asc())
  .limit(7);
export const unionOfMoments = select({ at: people.seen })
  .from(people)
  .union(select({ at: people.banned }).from(people));
export const unionOfExacts = select({ of: people.salary, big: people.visits })
  .from(people)
  .union(select({ of: people.bonus, big: people.seenBy }).from(people));
export const unionOfFlags = select({ flag: people.active, day: people.born })
  .from(people)
  .union(select({ flag: people.verified, day: people.left }).from(people));
export const intersect = select({ id: people.teamId })
  .from(people)
  .intersect(select({ id: boss.teamId }).from(boss));
export const except = select({ id: people.id, nick: people.nick })
  .from(people)
  .except(select({ id: people.id, nick: people.nick }).from(people).where(people.id.eq(1)));
export const exceptAll = select({ score: people.score })
  .from(people)
  .exceptAll(select({ score: people.score }).from(people).where(people.score.eq(0)));
export const threeSets = select({ a: people.name })
  .from(people)
  .union(select({ a: teams.name }).from(teams))
  .except(select({ a: tags.label }).from(tags))
  .orderBy((row) => row.a.desc())
  .limit(4)
  .offset(1);
const compound = named.union(select({ label: people.nick, n: people.score }).from(people)).as("compound");
export const fromCompound = select({ label: compound.label, n: compound.n, loud: fn.upper(compound.label) }).from(
  compound,
);
export const leftCompound = select({ name: people.name, n: compound.n })
  .from(people)
  .leftJoin(compound, compound.label.eq(people.name).and(people.id.gt(2)));
export const unionOfLeft = select({ t: posts.title })
  .from(people)
  .leftJoin(posts, wrote)
  .union(select({ t: tags.label }).from(tags));
export const unionInCte = (() => {
  const both = cte(
    "both_kinds",
    select({ t: tags.label })
      .from(tags)
      .unionAll(select({ t: teams.motto }).from(teams)),
  );
  return select({ t: both.t, n: fn.count() }).from(both).groupBy(both.t);
})();

// --- JSON that a query builds ---
export const list = select({
  name: people.name,
  posts: jsonArray(
    select({ title: posts.title, body: posts.body, at: posts.at, price: posts.price, hidden: posts.hidden })
      .from(posts)
      .where(wrote),
  ),
}).from(people);
export const listOfWhole = select({
  id: teams.id,
  people: jsonArray(select(people).where(people.teamId.eq(teams.id).or(people.teamId.isNull()))),
}).from(teams);
export const listOfRows = select({
  id: teams.id,
  people: jsonArray(
    select({ person: people, boss })
      .from(people)
      .leftJoin(boss, people.bossId.eq(boss.id))
      .where(people.teamId.eq(teams.id).or(people.teamId.isNull())),
  ),
}).from(teams);
export const threeLevels = select({
  name: people.name,
  posts: jsonArray(
    select({
      title: posts.title,
      at: posts.at,
      tags: jsonArray(
        select({ label: tags.label, weight: postTags.weight, big: people.visits })
          .from(tags)
          .join(postTags, postTags.tagId.eq(tags.id))
          .where(postTags.postId.eq(posts.id)),
      ),
    })
      .from(posts)
      .where(wrote),
  ),
}).from(people);
export const listOfExpressions = select({
  o: jsonArray(
    select({ n: fn.count(), last: fn.max(posts.at), cost: fn.sum(posts.price), avg: fn.avg(posts.likes) })
      .from(posts)
      .where(wrote),
  ),
}).from(people);
export const objectOfLeft = select({
  o: jsonObject({
    team: teams.name,
    founded: teams.founded,
    budget: teams.budget,
    name: people.name,
    deeper: { motto: teams.motto },
  }),
})
  .from(people)
  .leftJoin(teams, people.teamId.eq(teams.id));
export const objectOfWhole = select({ o: jsonObject({ team: teams, name: people.name }) })
  .from(people)
  .leftJoin(teams, people.teamId.eq(teams.id));
export const objectOfMany = select({
  o: jsonObject({ name: people.name, posts: jsonArray(select({ at: posts.at }).from(posts).where(wrote)) }),
}).from(people);
export const listOfOuter = select({ j: jsonArray(select({ label: tags.label, title: posts.title }).from(tags)) })
  .from(people)
  .leftJoin(posts, wrote);
export const listInDerived = (() => {
  const inner = select({
    id: people.id,
    posts: jsonArray(select({ at: posts.at, price: posts.price }).from(posts).where(wrote)),
  })
    .from(people)
    .as("with_posts");
  return select({ id: inner.id, posts: inner.posts }).from(inner);
})();
export const caseOfQuery = select({ t: caseWhen(people.active, ofPerson.scalar()).else(people.nick) }).from(people);
export const rawDerived = (() => {
  const raw = sql.statement({
    id: integer(),
    label: text().nullable(),
    at: timestamptz(),
  })`select id, nick as label, seen as at from people`.as("raw_people");
  return select({ id: raw.id, label: raw.label, at: raw.at }).from(raw);
})();
export const derivedInDerived = (() => {
  const inner = select({ id: people.id, team: teams.name })
    .from(people)
    .leftJoin(teams, people.teamId.eq(teams.id))
    .as("inner_one");
  const outer = select({ id: inner.id, team: inner.team, n: inner.id.add(1) })
    .from(inner)
    .as("outer_one");
  return select({ id: outer.id, team: outer.team, n: outer.n, sum: outer.n.add(1) }).from(outer);
})();
export const distinctOn = select({ authorId: posts.authorId, title: posts.title, body: posts.body })
  .from(posts)
  .distinctOn(posts.authorId)
  .orderBy(posts.authorId.asc(), posts.id.desc());
export const locked = select({ nick: people.nick }).from(people).forUpdate();
