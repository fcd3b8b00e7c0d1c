// Aggregates, groups and windows.
import {
  caseWhen,
  coalesce,
  fn,
  integer,
  literal,
  orderedBy,
  partitionBy,
  rollup,
  select,
  sql,
  text,
  timestamptz,
} from "athanor";
import { people, posts, postTags, tags, teams } from "../schema.ts";

const inTeam = people.teamId.eq(teams.id);
const wrote = posts.authorId.eq(people.id);

export const count = select({ all: fn.count(), nicks: fn.count(people.nick) }).from(people);
export const countOfNothing = select({ all: fn.count(), nicks: fn.count(people.nick) })
  .from(people)
  .where(people.id.lt(0));
export const countDistinct = select({ roles: fn.count(people.role).distinct() }).from(people);
export const aggregatesOfNothing = select({
  sum: fn.sum(people.age),
  big: fn.sum(people.visits),
  exact: fn.sum(people.salary),
  double: fn.sum(people.rating),
  avg: fn.avg(people.age),
  avgExact: fn.avg(people.salary),
  avgDouble: fn.avg(people.rating),
  min: fn.min(people.name),
  max: fn.max(people.seen),
  maxDay: fn.max(people.born),
  maxExact: fn.max(people.salary),
  maxBig: fn.max(people.visits),
  every: fn.every(people.active),
  some: fn.some(people.active),
})
  .from(people)
  .where(people.id.lt(0));
const byTeam = select({ team: teams.name, n: fn.count(people.id) })
  .from(teams)
  .leftJoin(people, inTeam)
  .groupBy(teams.id);
export const groups = byTeam;
export const groupSums = byTeam.select({
  team: teams.name,
  age: fn.sum(people.age),
  visits: fn.sum(people.visits),
  salary: fn.sum(people.salary),
  bonus: fn.sum(people.bonus),
  rating: fn.sum(people.rating),
});
export const groupAverages = byTeam.select({
  age: fn.avg(people.age),
  salary: fn.avg(people.salary),
  rating: fn.avg(people.rating),
  score: fn.avg(people.score),
  visits: fn.avg(people.visits),
});
export const groupExtremes = byTeam.select({
  name: fn.max(people.name),
  nick: fn.min(people.nick),
  seen: fn.max(people.seen),
  banned: fn.min(people.banned),
  born: fn.max(people.born),
  wakes: fn.min(people.wakes),
  visits: fn.max(people.visits),
  salary: fn.min(people.salary),
  joined: fn.max(people.joined),
  role: fn.max(people.role),
});
export const groupConditions = byTeam.select({
  every: fn.every(people.active),
  some: fn.some(people.active),
  everyNull: fn.every(people.verified),
});
export const groupTexts = byTeam.select({
  names: fn.stringAgg(people.name, ", "),
  nicks: fn.stringAgg(people.nick, "-"),
});
export const groupTextsInOrder = byTeam.select({ names: fn.stringAgg(people.name, ", ").orderBy(people.id.desc()) });
export const groupRows = byTeam.select({
  team: teams.name,
  people: fn.jsonAgg({
    name: people.name,
    nick: people.nick,
    seen: people.seen,
    visits: people.visits,
    salary: people.salary,
    bonus: people.bonus,
    active: people.active,
    photo: people.photo,
  }),
});
export const groupWholeRows = select({ team: teams.name, people: fn.jsonAgg(people) })
  .from(teams)
  .leftJoin(people, inTeam.or(people.teamId.isNull()))
  .groupBy(teams.id);
export const groupArrays = byTeam.select({
  ids: fn.arrayAgg(people.id),
  nicks: fn.arrayAgg(people.nick),
  seen: fn.arrayAgg(people.seen),
});
export const groupKeyCoversRow = select({
  team: teams.name,
  motto: teams.motto,
  budget: teams.budget,
  n: fn.count(people.id),
})
  .from(teams)
  .leftJoin(people, inTeam)
  .groupBy(teams.id);
export const groupByExpression = select({ year: fn.extract("year", posts.at), n: fn.count() })
  .from(posts)
  .groupBy(posts.at);
export const groupByNullable = select({ mood: people.mood, n: fn.count() }).from(people).groupBy(people.mood);
export const groupByOptional = select({ team: teams.name, n: fn.count() })
  .from(people)
  .leftJoin(teams, inTeam)
  .groupBy(teams.name);
export const having = select({ name: people.name, n: fn.count(), bonus: fn.sum(people.bonus) })
  .from(people)
  .groupBy(people.name)
  .having(fn.count().gt(0))
  .orderBy(fn.count().desc(), people.name.asc());
export const filtered = byTeam.select({
  active: fn.count(people.id).filter(people.active),
  old: fn.max(people.age).filter(people.age.gt(40)),
  sum: fn.sum(people.salary).filter(people.age.gt(40)),
});
export const distinctSums = byTeam.select({
  roles: fn.count(people.role).distinct(),
  sum: fn.sum(people.score).distinct(),
});
export const aggregateExpressions = byTeam.select({
  double: fn.sum(people.age).mul(2),
  text: coalesce(fn.max(people.name), "-"),
  total: coalesce(fn.sum(people.age), 0),
  size: caseWhen(fn.count(people.id).gt(2), literal("big")).else(literal("small")),
  ratio: fn.sum(people.age).div(fn.count(people.id)),
  many: fn.count(people.id).gt(1),
});
export const sumOfProduct = byTeam.select({
  sum: fn.sum(people.age.mul(people.id)),
  exact: fn.sum(people.salary.add(people.bonus)),
});
export const rawAggregate = byTeam.select({ last: sql(timestamptz().nullable())`${fn.max(people.seen)}` });
export const statistics = byTeam.select({ deviation: fn.stddev(people.rating), variance: fn.variance(people.rating) });
export const orderedSets = byTeam.select({
  median: fn.percentileCont(0.5, people.rating),
  middle: fn.percentileDisc(0.5, people.age),
  most: fn.mode(people.role),
});
export const rolledUp = select({ role: people.role, active: people.active, n: fn.count() })
  .from(people)
  .groupBySets(rollup(people.role, people.active));
export const countOfPairs = select({ label: tags.label, n: fn.count(postTags.postId), weight: fn.sum(postTags.weight) })
  .from(tags)
  .leftJoin(postTags, postTags.tagId.eq(tags.id))
  .groupBy(tags.id);
export const groupedScalar = select({
  team: teams.name,
  oldest: select({ age: fn.max(people.age) })
    .from(people)
    .where(inTeam)
    .scalar(),
}).from(teams);

const byRole = partitionBy(people.role).orderBy(people.id.asc());
export const ranks = select({
  row: fn.rowNumber().over(byRole),
  rank: fn.rank().over(byRole),
  dense: fn.denseRank().over(byRole),
  percent: fn.percentRank().over(byRole),
  cume: fn.cumeDist().over(byRole),
  tile: fn.ntile(2).over(byRole),
}).from(people);
export const neighbours = select({
  before: fn.lag(people.name).over(byRole),
  after: fn.lead(people.seen).over(byRole),
  big: fn.lag(people.visits, 1).over(byRole),
  exact: fn.lead(people.salary).over(byRole),
  flag: fn.lag(people.active).over(byRole),
}).from(people);
export const neighboursWithDefaults = select({
  before: fn.lag(people.name, 1, "-").over(byRole),
  after: fn.lead(people.age, 1, 0).over(byRole),
  nick: fn.lag(people.nick, 1, "x").over(byRole),
}).from(people);
export const frames = select({
  running: fn.sum(people.score).over(byRole.rows("unbounded", "current row")),
  around: fn.count().over(byRole.rows(1, 1)),
  beforeOnly: fn.sum(people.score).over(byRole.rows(2, 0).named("w")),
  nicks: fn.max(people.nick).over(byRole.rows(0, 0)),
})
  .from(people)
  .where(people.id.isNotNull());
export const framesBefore = select({
  first: fn.firstValue(people.nick).over(byRole),
  last: fn.lastValue(people.nick).over(byRole),
  second: fn.nthValue(people.name, 2).over(byRole),
}).from(people);
export const windowAggregates = select({
  n: fn.count().over(partitionBy(people.role)),
  sum: fn.sum(people.bonus).over(partitionBy(people.id)),
  avg: fn.avg(people.score).over(partitionBy(people.id)),
  max: fn.max(people.banned).over(partitionBy(people.id)),
  min: fn.min(people.seenBy).over(partitionBy(people.id)),
  every: fn.every(people.verified).over(partitionBy(people.id)),
}).from(people);
export const windowOverAll = select({
  n: fn.rowNumber().over(orderedBy(people.id.desc())),
  share: fn.sum(people.bonus).over(partitionBy(people.mood)),
}).from(people);
export const windowOverLeft = select({
  n: fn.count(posts.id).over(partitionBy(people.id)),
  title: fn.max(posts.title).over(partitionBy(people.id)),
  before: fn.lag(posts.title, 1, "-").over(partitionBy(people.role).orderBy(posts.id.asc().nullsFirst())),
})
  .from(people)
  .leftJoin(posts, wrote);
export const windowExpressions = select({
  share: fn.sum(people.bonus).over(partitionBy(people.id)).add("1"),
  many: fn.count().over(partitionBy(people.role)).gt(1),
  text: fn.lag(people.name).over(byRole).concat("!"),
}).from(people);
export const windowOfGroups = select({
  name: people.name,
  n: fn.count(),
  rank: fn.rank().over(orderedBy(people.name.asc())),
  bonus: fn.sum(people.bonus),
})
  .from(people)
  .groupBy(people.name);
export const topOfEach = (() => {
  const numbered = select({
    title: posts.title,
    authorId: posts.authorId,
    n: fn.rowNumber().over(partitionBy(posts.authorId).orderBy(posts.likes.desc())),
  })
    .from(posts)
    .as("numbered");
  return select({ title: numbered.title, n: numbered.n, person: people.nick })
    .from(numbered)
    .join(people, people.id.eq(numbered.authorId))
    .where(numbered.n.lte(2));
})();
export const castAggregate = byTeam.select({
  text: fn.sum(people.age).cast(text()),
  whole: fn.avg(people.age).cast(integer()),
});
