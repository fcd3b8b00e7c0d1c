// Single tables: every type of column, expressions and functions of one row.
import {
  and,
  bigint,
  boolean,
  caseWhen,
  coalesce,
  date,
  decimal,
  fn,
  integer,
  jsonObject,
  literal,
  not,
  or,
  param,
  row,
  select,
  sql,
  text,
  timestamptz,
  values,
} from "athanor";
import { boss, notes, people, posts, spans, tags, teams } from "../schema.ts";

export const everyColumn = select(people);
export const everyColumnOfTeams = select(teams);
export const everyColumnOfPosts = select(posts);
export const everyColumnOfNotes = select(notes);
export const intervals = select(spans);
export const wholeRow = select({ person: people }).from(people);
export const wholeRowBesideColumns = select({ id: people.id, team: teams }).from(people).crossJoin(teams);
export const nestedObjects = select({
  id: people.id,
  names: { name: people.name, nick: people.nick, deeper: { mood: people.mood } },
}).from(people);
export const spread = select({ ...tags, loud: fn.upper(tags.label) }).from(tags);
export const distinct = select({ mood: people.mood }).from(people).distinct();
export const limited = select({ nick: people.nick }).from(people).orderBy(people.id.asc()).limit(2).offset(1);
export const ordered = select({ mood: people.mood })
  .from(people)
  .orderBy(people.mood.desc().nullsLast(), people.id.asc());
export const literals = select({
  text: literal("x"),
  number: literal(7),
  big: literal(9_007_199_254_740_993n),
  flag: literal(true),
  bytes: literal(new Uint8Array([1, 2])),
  at: literal(new Date("2024-03-10T02:30:00Z"), timestamptz()),
  day: literal("2024-02-29", date()),
  exact: literal("0.10", decimal()),
}).from(tags);
export const textFunctions = select({
  lower: fn.lower(people.name),
  upper: fn.upper(people.nick),
  length: fn.length(people.name),
  nickLength: fn.length(people.nick),
  bytes: fn.byteLength(people.nick),
  trim: fn.trim(people.nick),
  start: fn.trimStart(people.name),
  end: fn.trimEnd(people.name),
  replaced: fn.replace(people.nick, "n", "m"),
  part: fn.substring(people.name, 2, 2),
  rest: fn.substring(people.nick, 2),
  position: fn.position(people.name, "n"),
  positionIn: fn.position(people.nick, people.name),
  left: fn.left(people.name, 2),
  right: fn.right(people.nick, 2),
  both: people.name.concat(people.nick),
  all: fn.concat(people.name, literal(" "), people.role),
}).from(people);
export const numberFunctions = select({
  abs: fn.abs(people.score),
  sign: fn.sign(people.score),
  round: fn.round(people.rating),
  digits: fn.round(people.rating, 2),
  decimals: fn.round(people.salary, 1),
  ceil: fn.ceil(people.rating),
  floor: fn.floor(people.weight),
  exp: fn.exp(people.rating),
  expNull: fn.exp(people.weight.div(50)),
}).from(people);
export const partialFunctions = select({
  power: fn.power(people.score, 2),
  sqrt: fn.sqrt(people.weight),
  ln: fn.ln(people.weight),
  log: fn.log10(people.weight),
}).from(people);
export const arithmetic = select({
  sum: people.age.add(1),
  sumOfNull: people.score.add(people.age),
  difference: people.age.sub(people.score),
  product: people.rating.mul(2.5),
  negative: people.score.neg(),
  exact: people.salary.add("0.05"),
  exactOfNull: people.salary.add(people.bonus),
  big: people.visits.add(1n),
  bigOfNull: people.seenBy.add(1n),
}).from(people);
export const division = select({ half: people.score.div(2), rest: people.score.mod(2) }).from(people);
export const comparisons = select({
  eq: people.age.eq(27),
  eqNull: people.score.eq(0),
  ne: people.name.ne("Ann"),
  neNull: people.nick.ne("Ann"),
  lt: people.born.lt("1983-01-01"),
  gte: people.seen.gte(new Date("2012-01-01T00:00:00Z")),
  gteNull: people.banned.gte(new Date("2012-01-01T00:00:00Z")),
  big: people.visits.gt(9_007_199_254_740_993n),
  exact: people.salary.eq("1000.05"),
  exactNull: people.bonus.eq("0.1"),
  flag: people.active.eq(true),
  flagNull: people.verified.eq(true),
  two: people.score.lt(people.age),
}).from(people);
export const nullTests = select({
  isNull: people.nick.isNull(),
  isNotNull: people.nick.isNotNull(),
  distinct: people.score.isDistinctFrom(0),
  same: people.score.isNotDistinctFrom(0),
  sameColumns: people.score.isNotDistinctFrom(people.age),
}).from(people);
export const ranges = select({
  between: people.age.between(20, 30),
  betweenNull: people.score.between(-5, 0),
  inList: people.role.in(["admin", "guest"]),
  inListNull: people.mood.in(["good"]),
  inNothing: people.age.in([]),
  notIn: people.score.notIn([1, 2]),
  days: people.born.in(["1980-02-20", "1981-02-21"]),
  bigs: people.visits.in([9_007_199_254_740_993n]),
}).from(people);
export const patterns = select({
  like: people.name.like("%n%"),
  likeNull: people.nick.like("n!%%"),
  notLike: people.name.notLike("A%"),
  ilike: people.name.ilike("a%"),
  starts: people.nick.startsWith("n%"),
  ends: people.nick.endsWith("'\""),
  contains: people.name.contains("o"),
}).from(people);
export const logic = select({
  and: and(people.active, people.age.gt(20)),
  andNull: and(people.active, people.verified),
  or: or(people.active, people.age.gt(20)),
  orNull: or(people.verified, people.score.gt(100)),
  not: not(people.active),
  notNull: not(people.verified),
  method: people.verified.and(people.active),
  methodOr: people.verified.or(people.verified),
  methodNot: people.score.gt(1).not(),
  nothing: and(),
  noneOf: or(),
}).from(people);
export const coalesced = select({
  value: coalesce(people.nick, "-"),
  column: coalesce(people.nick, people.name),
  stillNull: coalesce(people.nick, people.mood),
  day: coalesce(people.left, "2000-01-01"),
  moment: coalesce(people.banned, people.seen),
  exact: coalesce(people.bonus, "0"),
  big: coalesce(people.seenBy, people.visits),
  flag: coalesce(people.verified, false),
}).from(people);
export const nullif = select({ a: fn.nullif(people.name, "Ann"), b: fn.nullif(people.score, 0) }).from(people);
export const extremes = select({
  greatest: fn.greatest(people.age, people.id),
  greatestNull: fn.greatest(people.age, people.score),
  least: fn.least(people.salary, people.salary),
  leastNull: fn.least(people.seen, people.banned),
}).from(people);
export const cases = select({
  both: caseWhen(people.age.gt(30), people.name).else(literal("young")),
  none: caseWhen(people.age.gt(30), people.name).end(),
  nullInside: caseWhen(people.age.gt(1000), people.name).else(people.nick),
  three: caseWhen(people.score.gt(0), literal(1)).when(people.score.lt(0), literal(-1)).else(literal(0)),
  moment: caseWhen(people.active, people.seen).end(),
  big: caseWhen(people.active, people.visits).else(people.seenBy),
  exact: caseWhen(people.active, people.salary).else(people.bonus),
  flag: caseWhen(people.active, people.verified).else(people.active),
}).from(people);
export const casts = select({
  toText: people.age.cast(text()),
  nullToText: people.score.cast(text()),
  toInteger: literal("12").cast(integer()),
  toBig: people.age.cast(bigint()),
  toExact: people.age.cast(decimal(10, 2)),
  nullToExact: people.score.cast(decimal(10, 2)),
  toNumber: people.salary.cast(decimal(10, 2, { as: "number" })),
}).from(people);
export const notNull = select({ nick: people.nick.notNull() }).from(people).where(people.nick.isNotNull());
export const timeParts = select({
  year: fn.extract("year", people.seen),
  month: fn.extract("month", people.banned),
  week: fn.extract("week", people.seen),
  weekday: fn.extract("dayOfWeek", people.seen),
  yearday: fn.extract("dayOfYear", people.seen),
  epoch: fn.extract("epoch", people.seen),
  second: fn.extract("second", people.paused),
  ofDay: fn.extract("year", people.born),
  ofNoDay: fn.extract("day", people.left),
}).from(people);
export const timeArithmetic = select({
  trunc: fn.dateTrunc("month", people.seen),
  truncNull: fn.dateTrunc("hour", people.banned),
  later: fn.dateAdd(people.seen, 1, "month"),
  laterNull: fn.dateAdd(people.banned, -3, "day"),
  laterBy: fn.dateAdd(people.seen, people.score, "hour"),
  seconds: fn.secondsBetween(people.joined, new Date("2024-03-10T07:00:00Z")),
  secondsNull: fn.secondsBetween(people.seen, people.banned),
  day: fn.toDate(people.seen),
  dayNull: fn.toDate(people.banned),
}).from(people);
export const clocks = select({ now: fn.now(), today: fn.currentDate(), time: fn.currentTime() }).from(tags);
export const chance = select({ random: fn.random(), uuid: fn.randomUuid() }).from(tags);
export const documents = select({
  theme: fn.jsonGet(boss.settings, "theme"),
  size: fn.jsonGet(boss.settings, "size"),
  tags: fn.jsonGet(boss.settings, "tags"),
  first: fn.jsonGet(boss.settings, "tags", 0),
  note: fn.jsonGet(boss.extra, "note"),
  text: fn.jsonValue(boss.settings, ["theme"], text()),
  number: fn.jsonValue(boss.settings, ["size"], integer()),
  nothing: fn.jsonValue(boss.extra, ["nope"], text()),
  length: fn.jsonLength(boss.settings, "tags"),
  ofNull: fn.jsonLength(boss.extra, "note"),
})
  .from(people)
  .leftJoin(boss, people.bossId.eq(boss.id));
export const documentChanges = select({
  set: fn.jsonSet(people.settings, ["theme"], "new"),
  removed: fn.jsonRemove(people.extra, "nope"),
}).from(people);
export const documentTypes = select({
  theme: fn.jsonType(boss.settings, "theme"),
  size: fn.jsonType(boss.settings, "size"),
  nothing: fn.jsonType(boss.extra, "nope"),
})
  .from(people)
  .leftJoin(boss, people.bossId.eq(boss.id));
export const rawText = select({
  n: sql(integer())`${people.age} + ${1}`,
  length: sql(integer())`length(${people.nick})`,
})
  .from(people)
  .where(people.nick.isNotNull());
export const rawNullable = select({ n: sql(integer().nullable())`${people.score} + 1` }).from(people);
export const rawStatement = sql.statement({ id: integer(), name: text(), nick: text().nullable(), at: timestamptz() })`
  select id, name, nick, seen from people`;
export const rowValues = select({ id: people.id })
  .from(people)
  .where(row(people.age, people.name).gt([27, "Ann"]));
export const rowComparison = select({ after: row(people.age, people.score).gte([27, 1]) }).from(people);
export const parameters = select({
  given: param("given", text()),
  day: param("day", date()),
  at: param("at", timestamptz()),
  exact: param("exact", decimal(10, 2)),
  big: param("big", bigint()),
  flag: param("flag", boolean()),
  same: people.name.eq(param("given", text())),
})
  .from(people)
  .where(people.age.gte(param("least", integer())));
export const listed = (() => {
  const listed = values(
    "listed",
    { id: integer(), label: text().nullable(), at: timestamptz(), price: decimal(10, 2), flag: boolean() },
    [
      { id: 1, label: null, at: new Date("2024-03-10T02:30:00Z"), price: "1.50", flag: true },
      { id: 2, label: "b", at: new Date("2011-12-30T10:00:00Z"), price: "2.50", flag: false },
    ],
  );
  return select({
    id: listed.id,
    label: listed.label,
    at: listed.at,
    price: listed.price,
    flag: listed.flag,
    name: people.name,
  })
    .from(listed)
    .join(people, people.id.eq(listed.id));
})();
export const collated = select({ same: people.name.eq(people.name), upper: people.mood.concat("!") }).from(people);
export const objects = select({
  o: jsonObject({
    name: people.name,
    nick: people.nick,
    seen: people.seen,
    banned: people.banned,
    visits: people.visits,
    salary: people.salary,
    bonus: people.bonus,
    active: people.active,
    verified: people.verified,
    photo: people.photo,
    thumb: people.thumb,
    born: people.born,
    left: people.left,
    wakes: people.wakes,
    token: people.token,
    invite: people.invite,
    settings: people.settings,
    extra: people.extra,
    exact: people.exact,
    rating: people.rating,
    weight: people.weight,
    seenBy: people.seenBy,
    joined: people.joined,
    role: people.role,
    mood: people.mood,
  }),
}).from(people);
