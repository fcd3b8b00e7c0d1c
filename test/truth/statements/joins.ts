// Several sources: what an outer join makes nullable, alone and inside of everything.
import { alias, and, caseWhen, coalesce, cte, decimal, fn, integer, literal, select, sql } from "athanor";
import { boss, people, posts, postTags, tags, teams } from "../schema.ts";

const inTeam = people.teamId.eq(teams.id);
const wrote = posts.authorId.eq(people.id);
const isBoss = people.bossId.eq(boss.id);

export const inner = select({ person: people.name, team: teams.name, motto: teams.motto })
  .from(people)
  .join(teams, inTeam);
export const left = select({ person: people.name, team: teams.name, founded: teams.founded, budget: teams.budget })
  .from(people)
  .leftJoin(teams, inTeam);
export const leftSelf = select({ person: people.name, boss: boss.name, seen: boss.seen, visits: boss.visits })
  .from(people)
  .leftJoin(boss, isBoss);
export const leftWhole = select({ person: people.name, team: teams }).from(people).leftJoin(teams, inTeam);
export const leftWholeSelf = select({ me: people, boss }).from(people).leftJoin(boss, isBoss);
export const leftNested = select({ person: { name: people.name, team: { name: teams.name, whole: teams } } })
  .from(people)
  .leftJoin(teams, inTeam);
export const right = select({ person: people.name, team: teams.name }).from(people).rightJoin(teams, inTeam);
export const rightWhole = select({ person: people, team: teams })
  .from(people)
  .rightJoin(teams, people.id.eq(teams.id.sub(1)));
export const full = select({ person: people.name, team: teams.name, active: people.active, budget: teams.budget })
  .from(people)
  .fullJoin(teams, inTeam);
export const fullWhole = select({ person: people, team: teams }).from(people).fullJoin(teams, inTeam);
export const cross = select({ tag: tags.label, team: teams.name, motto: teams.motto }).from(tags).crossJoin(teams);
export const chain = select({ person: people.name, post: posts.title, weight: postTags.weight, tag: tags.label })
  .from(people)
  .leftJoin(posts, wrote)
  .leftJoin(postTags, postTags.postId.eq(posts.id))
  .leftJoin(tags, tags.id.eq(postTags.tagId));
export const leftThenInner = select({ person: people.name, post: posts.title, team: teams.name })
  .from(people)
  .leftJoin(posts, wrote)
  .join(teams, inTeam);
export const innerThenRight = select({ post: posts.title, person: people.name, team: teams.name })
  .from(posts)
  .join(people, wrote)
  .rightJoin(teams, inTeam);
export const leftFunctions = select({
  upper: fn.upper(posts.title),
  length: fn.length(fn.trim(posts.title)),
  both: people.name.concat(posts.title),
  sum: people.age.add(posts.likes),
  price: posts.price.mul("2"),
  trunc: fn.dateTrunc("year", posts.at),
  year: fn.extract("year", posts.at),
  day: fn.toDate(posts.at),
  abs: fn.abs(posts.likes),
  cast: posts.likes.cast(decimal(10, 2)),
  raw: sql(integer())`${posts.likes} + 1`,
})
  .from(people)
  .leftJoin(posts, wrote);
export const leftConditions = select({
  eq: posts.likes.eq(10),
  not: posts.likes.eq(10).not(),
  both: and(posts.likes.gte(0), people.active),
  isNull: posts.title.isNull(),
  distinct: posts.title.isDistinctFrom("x"),
  between: posts.likes.between(0, 10),
  inList: posts.likes.in([0, 10]),
  like: posts.title.like("Post%"),
  starts: posts.title.startsWith("Post"),
})
  .from(people)
  .leftJoin(posts, wrote);
export const leftCoalesced = select({
  value: coalesce(posts.title, "none"),
  column: coalesce(posts.title, people.name),
  either: coalesce(people.nick, posts.title),
  likes: coalesce(posts.likes, 0),
  at: coalesce(posts.at, people.seen),
})
  .from(people)
  .leftJoin(posts, wrote);
export const leftCases = select({
  title: caseWhen(people.age.gt(0), posts.title).else(people.name),
  flag: caseWhen(posts.likes.gt(5), literal("many")).else(literal("few")),
  none: caseWhen(posts.likes.gt(5), people.name).end(),
})
  .from(people)
  .leftJoin(posts, wrote);
export const leftExtremes = select({
  greatest: fn.greatest(people.age, posts.likes),
  least: fn.least(posts.likes, people.age),
  nullif: fn.nullif(posts.likes, 10),
})
  .from(people)
  .leftJoin(posts, wrote);

const summary = select({
  authorId: posts.authorId,
  n: fn.count(),
  top: fn.max(posts.body),
  cost: fn.sum(fn.nullif(posts.likes, 10)),
  label: fn.upper(posts.title),
})
  .from(posts)
  .groupBy(posts.authorId, posts.title)
  .as("summary");
export const derived = select({ person: people.name, n: summary.n, top: summary.top })
  .from(people)
  .join(summary, summary.authorId.eq(people.id))
  .where(people.id.lt(0).or(people.id.gt(0)));
export const leftDerived = select({ person: people.name, n: summary.n, cost: summary.cost, label: summary.label })
  .from(people)
  .leftJoin(summary, summary.authorId.eq(people.id));
export const leftDerivedWhole = select({ person: people.name, summary })
  .from(people)
  .leftJoin(summary, summary.authorId.eq(people.id));
const optional = select({ authorId: posts.authorId, body: posts.body, hidden: posts.hidden })
  .from(posts)
  .as("optional");
export const leftDerivedOfNulls = select({ person: people.name, optional })
  .from(people)
  .leftJoin(optional, optional.authorId.eq(people.id));
const onlyNullable = select({ body: posts.body }).from(posts).where(posts.id.eq(2)).as("only_nullable");
export const leftDerivedAllNull = select({ id: people.id, onlyNullable })
  .from(people)
  .leftJoin(onlyNullable, people.id.lt(3));
const inside = select({ person: people.name, team: teams.name }).from(people).leftJoin(teams, inTeam).as("inside");
export const derivedOfLeft = select({ person: inside.person, team: inside.team, loud: fn.upper(inside.team) }).from(
  inside,
);
const named = cte(
  "named",
  select({ authorId: posts.authorId, n: fn.count(), last: fn.max(posts.body) })
    .from(posts)
    .groupBy(posts.authorId),
);
export const leftCte = select({ person: people.name, n: named.n, last: named.last })
  .from(people)
  .leftJoin(named, named.authorId.eq(people.id));
export const leftCteWhole = select({ person: people.name, named })
  .from(people)
  .leftJoin(named, named.authorId.eq(people.id));
const other = alias(named, "other");
export const cteTwice = select({ a: named.n, b: other.n })
  .from(named)
  .leftJoin(other, other.authorId.eq(named.authorId.add(2)));
const listOfTags = select({ label: tags.label, weight: postTags.weight })
  .from(tags)
  .join(postTags, postTags.tagId.eq(tags.id))
  .where(postTags.postId.eq(posts.id))
  .limit(1)
  .as("list_of_tags");
export const lateral = select({ post: posts.title, label: listOfTags.label, weight: listOfTags.weight })
  .from(posts)
  .joinLateral(listOfTags);
export const leftLateral = select({ post: posts.title, label: listOfTags.label, weight: listOfTags.weight })
  .from(posts)
  .leftJoinLateral(listOfTags);
const throughLeft = select({ title: posts.title, label: tags.label })
  .from(tags)
  .where(tags.id.eq(1))
  .as("through_left");
export const lateralThroughLeft = select({ person: people.name, title: throughLeft.title, label: throughLeft.label })
  .from(people)
  .leftJoin(posts, wrote)
  .joinLateral(throughLeft);
export const onTrue = select({ person: people.name, team: teams.name })
  .from(people)
  .leftJoin(teams, and(inTeam, teams.motto.isNotNull()));
export const nothingOnTheRight = select({ person: people.name, team: teams.name, budget: teams.budget })
  .from(people)
  .leftJoin(teams, teams.id.lt(0));
export const orderedByRight = select({ person: people.name, team: teams.name })
  .from(people)
  .leftJoin(teams, inTeam)
  .orderBy(teams.name.asc().nullsFirst(), people.id.desc());
