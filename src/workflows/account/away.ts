/** Days off: whoever stands in gets what the desk would have told the person. */
import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Actor } from '../../core/people.js';
import { anyone } from '../../core/people.js';
import type { Heard as HeardWords, Question } from '../../core/question.js';
import { inline, period, periodInstants } from '../../core/questions.js';
import { person, type Refusal, type Told, type World } from '../../core/workflow.js';
import type { Db } from '../../database.js';
import { findPerson } from '../../people/find.js';
import { coversFor } from './covers.js';
import { account, personName } from './header.js';
import * as said from './messages.js';

const days = period({
  label: { zh: '请假日期', en: 'Days' },
  ask: { zh: '从哪天到哪天？', en: 'From which day to which?' },
});
const cover = personName({
  label: { zh: '代理人', en: 'Stand-in' },
  ask: { zh: '由谁代理？请写姓名。', en: 'Who stands in for you? Please give the name.' },
});

const parting = /\s*(?:→|⇒|->|=>|[,，;；、\n])\s*|\s+|(?=由)/gu;

/** Days and, behind them, who stands in, in one line. The value is the days, then a blank and the name. */
const absence: Question<string> = {
  kind: 'text',
  label: { zh: '日期和代理人', en: 'Days and stand-in' },
  ask: { zh: '哪几天，由谁代理？', en: 'Which days, and who stands in for you?' },
  optional: false,
  schema: z.string().refine((value) => days.schema.safeParse(value.split(' ')[0]).success),
  hear: (words, asking): HeardWords<string> => {
    const whole = days.hear(words, asking);
    if (whole.kind === 'understood') return { kind: 'understood', value: whole.value };
    // The longest beginning that is days: “1 Dec to 8 Dec, Li Na” is not one day.
    for (const { index, 0: mark } of [...words.matchAll(parting)].reverse()) {
      const heard = days.hear(words.slice(0, index), asking);
      const rest = words.slice(index + mark.length).trim();
      if (heard.kind === 'understood') return { kind: 'understood', value: `${heard.value} ${rest}` };
    }
    return days.hear(words.split(/→|⇒|->|=>/u)[0] ?? words, asking);
  },
  show: (value) => days.show(value.split(' ')[0] ?? ''),
};

type Acting = World & { readonly actor: Actor };
type AwayRow = { readonly id: string; readonly coverId: string; readonly from: Date; readonly until: Date };

export const away = account.free({
  title: { zh: '请假', en: 'Be away' },
  words: { zh: ['请假'], en: ['away'] },
  by: anyone,
  aside: true,
  ask: { absence: inline(absence) },
  run: async ({ args, ...world }) => {
    if (args.absence !== null) {
      const [wanted = '', ...name] = args.absence.split(' ');
      return setAway(world, wanted, name.join(' '));
    }
    const set = await absencesOf(world);
    if (set.length > 0) return { reply: said.absences(await told(world, set)), choices: ['back' as const] };
    const covers = await coversFor(world.db, world.actor.id);
    if (covers.length === 0) return { refuse: said.nobodyCovers };
    return { reply: said.howToBeAway(names(covers)), choices: ['arrange' as const] };
  },
});

export const arrange = account.free({
  title: { zh: '填写请假', en: 'Set days away' },
  words: { zh: ['填写请假'], en: ['set away'] },
  by: anyone,
  aside: true,
  follows: 'away',
  ask: { days, cover },
  run: async ({ args, ...world }) => setAway(world, args.days, args.cover),
});

const names = (people: readonly { readonly name: string }[]): readonly string[] =>
  people.map((one) => one.name);

const setAway = async (world: Acting, wanted: string, name: string): Promise<Refusal | Told<'back'>> => {
  const { db, actor, now, calendar } = world;
  const among = await coversFor(db, actor.id);
  if (among.length === 0) return { refuse: said.nobodyCovers };
  if (name === '') return { refuse: said.whoCovers(wanted.replace('/', '..'), names(among)) };
  const found = await findPerson(db, name, { among: among.map((one) => one.id) });
  if (found.kind !== 'one') return { refuse: said.mayNotCover(name, names(among)) };

  const { from, until } = periodInstants(wanted, calendar.timezone);
  const overlapping = { cancelledAt: null, from: { lt: until }, until: { gt: from } };
  const coverIsAway = await db.away.findFirst({ where: { personId: found.person.id, ...overlapping } });
  if (coverIsAway) return { refuse: said.coverIsAway(found.person.name, daysOf(coverIsAway, world)) };

  const replaced = await db.away.updateManyAndReturn({
    where: { personId: actor.id, ...overlapping },
    data: { cancelledAt: now },
  });
  await db.away.create({ data: { personId: actor.id, coverId: found.person.id, from, until } });
  const released = [...new Set(replaced.map((one) => one.coverId))].filter((id) => id !== found.person.id);
  return {
    reply: said.awaySet(
      days.show(wanted),
      found.person.name,
      await told(world, replaced),
      await coveredBy(db, actor.id, overlapping),
    ),
    choices: ['back'],
    tell: [
      { to: person(found.person.id), say: said.youCover(actor.name, days.show(wanted)) },
      ...released.map((id) => ({ to: person(id), say: said.youNeedNotCover(actor.name) })),
    ],
    because: days.show(wanted),
  };
};

export const back = account.free({
  title: { zh: '销假', en: 'Be back' },
  words: { zh: ['销假'], en: ['return'] },
  by: anyone,
  aside: true,
  run: async (world) => {
    const { db, actor, now } = world;
    // Whoever is away is back; otherwise what lies ahead next is dropped.
    const [ended] = await absencesOf(world);
    if (!ended) return { refuse: said.notAway };
    await db.away.update({ where: { id: ended.id }, data: { cancelledAt: now } });
    const { name } = await db.person.findUniqueOrThrow({ where: { id: ended.coverId } });
    return {
      reply: said.back(daysOf(ended, world), name),
      tell: [{ to: person(ended.coverId), say: said.isBack(actor.name, daysOf(ended, world)) }],
      because: daysOf(ended, world),
    };
  },
});

const absencesOf = ({ db, actor, now }: Acting): Promise<readonly AwayRow[]> =>
  db.away.findMany({
    where: { personId: actor.id, cancelledAt: null, until: { gt: now } },
    orderBy: { from: 'asc' },
  });

const daysOf = ({ from, until }: Pick<AwayRow, 'from' | 'until'>, { calendar }: World) => {
  const iso = (at: Date, minus: number) =>
    DateTime.fromJSDate(at, { zone: calendar.timezone }).minus({ days: minus }).toISODate();
  return days.show(`${iso(from, 0)}/${iso(until, 1)}`);
};

const told = async (world: World, rows: readonly AwayRow[]) => {
  const covers = new Map((await coverNames(world.db, rows)).map((one) => [one.id, one.name] as const));
  return rows.map((one) => ({ days: daysOf(one, world), cover: covers.get(one.coverId) ?? '' }));
};

type Overlapping = {
  readonly cancelledAt: null;
  readonly from: { readonly lt: Date };
  readonly until: { readonly gt: Date };
};

/** Those whom the person stands in for on some of the days. */
const coveredBy = async (db: Db, coverId: string, overlapping: Overlapping): Promise<readonly string[]> => {
  const rows = await db.away.findMany({ where: { coverId, ...overlapping }, select: { personId: true } });
  return names(await db.person.findMany({ where: { id: { in: rows.map((one) => one.personId) } } }));
};

const coverNames = (db: Db, rows: readonly AwayRow[]) =>
  db.person.findMany({
    where: { id: { in: rows.map((one) => one.coverId) } },
    select: { id: true, name: true },
  });
