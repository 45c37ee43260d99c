/** Promises: kept in time or not, asked after at the right times, and counted. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openCalendar } from '../../src/core/calendar.js';
import { openDatabase } from '../../src/store/database.js';
import { workflows } from '../../src/workflows/index.js';
import { keepingOf, type Promised, promisesKept, remindersOf } from '../../src/workflows/task/rules.js';
import { fillDatabase, oneOfCrowd } from '../bench/crowd.js';
import { freshDatabase } from '../database.js';
import { answered, contentOf, openClock, openDeskOn, says } from '../desk/workshop.js';
import { openPlay, type Play } from '../play.js';

/** In Shanghai. */
const at = (day: string, clock = '00:00'): Date => new Date(`${day}T${clock}:00+08:00`);
const due = at('2026-12-01');

describe('a promise for 1 December', () => {
  test.each([
    ['done the day before', at('2026-11-30', '18:00'), 'inTime'],
    ['done on the day, late in the evening', at('2026-12-01', '23:59'), 'inTime'],
    ['done the morning after', at('2026-12-02', '00:00'), 'late'],
  ] as const)('%s', (_, doneAt, keeping) => {
    expect(keepingOf({ dueAt: due, doneAt }, at('2027-01-01'))).toBe(keeping);
  });

  test('not done: open until the day is over, then overdue', () => {
    expect(keepingOf({ dueAt: due, doneAt: null }, at('2026-12-01', '23:59'))).toBe('open');
    expect(keepingOf({ dueAt: due, doneAt: null }, at('2026-12-02'))).toBe('overdue');
  });
});

describe('the promises kept', () => {
  const now = at('2026-12-10', '12:00');

  test('are counted, and the rate is of those whose day has come', () => {
    const tasks: Promised[] = [
      { dueAt: due, doneAt: at('2026-12-01', '10:00') },
      { dueAt: due, doneAt: at('2026-11-20', '10:00') },
      { dueAt: due, doneAt: at('2026-12-04', '10:00') },
      { dueAt: at('2026-12-24'), doneAt: null },
    ];
    expect(promisesKept(tasks, now)).toEqual({ inTime: 2, late: 1, open: 1, overdue: 0, rate: 67 });
  });

  test('have no rate as long as nothing is due', () => {
    expect(promisesKept([{ dueAt: at('2026-12-24'), doneAt: null }], now).rate).toBeNull();
    expect(promisesKept([], now).rate).toBeNull();
  });

  const instant = fc
    .integer({ min: -40, max: 40 })
    .map((hours) => new Date(now.getTime() + hours * 3_600_000));
  const task = fc.record({ dueAt: instant, doneAt: fc.option(instant) });

  test('each promise is counted once, and doing one never lowers the rate', () => {
    fc.assert(
      fc.property(fc.array(task, { minLength: 1 }), (tasks) => {
        const kept = promisesKept(tasks, now);
        expect(kept.inTime + kept.late + kept.open + kept.overdue).toBe(tasks.length);
        const [first, ...others] = tasks;
        if (!first || first.doneAt || keepingOf(first, now) === 'overdue') return;
        const better = promisesKept([{ ...first, doneAt: now }, ...others], now);
        expect(better.rate ?? 0).toBeGreaterThanOrEqual(kept.rate ?? 0);
      }),
    );
  });
});

describe('a promise is asked after', () => {
  const calendar = openCalendar('Asia/Shanghai');
  const times = (now: Date, dueAt: Date) =>
    Object.fromEntries(remindersOf(dueAt, now, calendar).map((one) => [one.alarm, one.at]));

  test('the working day before, on the day, and 2 and 3 working days later', () => {
    // 7 December is a Monday.
    const found = times(at('2026-12-01', '10:00'), at('2026-12-07'));
    expect(found.dayBefore).toEqual(at('2026-12-04', '09:00'));
    expect(found.onTheDay).toEqual(at('2026-12-07', '10:00'));
    expect(found.overdue).toEqual(at('2026-12-09', '09:00'));
    expect(found.overdueForGiver).toEqual(at('2026-12-10', '09:00'));
  });

  test('not on the day before when it was promised that day', () => {
    expect(times(at('2026-12-01', '08:00'), at('2026-12-02'))).not.toHaveProperty('dayBefore');
  });

  test('two hours later when it was promised for the same day', () => {
    expect(times(at('2026-12-01', '15:00'), due).onTheDay).toEqual(at('2026-12-01', '17:00'));
  });
});

describe('the ledger', () => {
  let play: Play;
  beforeAll(async () => {
    play = await openPlay();
  });
  afterAll(() => play.end());

  test('has the tasks of resolutions, dropped ones left out, and the rate', async () => {
    const { database } = play;
    const owner = await database.person.findFirstOrThrow({ where: { name: '何志远' } });
    const file = (workflow: string, ref: string, state: string, closedAt: Date | null) =>
      database.case.create({
        data: {
          workflow,
          ref,
          state,
          openedBy: owner.id,
          openedAt: at('2026-11-02'),
          changedAt: at('2026-11-02'),
          closedAt,
        },
      });
    const motion = await file('council', 'P-1', 'inForce', null);
    const tasks = [
      ['T-1', 'done', at('2026-11-10', '09:00'), at('2026-11-10')],
      ['T-2', 'done', at('2026-11-13', '09:00'), at('2026-11-12')],
      ['T-3', 'open', null, at('2026-11-20')],
      ['T-4', 'open', null, at('2026-12-20')],
      ['T-5', 'dropped', at('2026-11-11'), at('2026-11-10')],
    ] as const;
    for (const [ref, state, closedAt, dueAt] of tasks) {
      const { id } = await file('task', ref, state, closedAt);
      const people = { ownerId: owner.id, giverId: owner.id };
      await database.task.create({
        data: {
          caseId: id,
          motionId: motion.id,
          what: `事项${ref}`,
          ...people,
          dueAt,
          putOff: ref === 'T-3' ? 2 : 0,
        },
      });
    }
    const said = (await play.act('李娜 @wechat: 承诺')).map((line) => line.trim());
    expect(said[1]).toBe(
      '决议任务共 4 项：到期 3 项，按时完成 1 项（33%），逾期完成 1 项，逾期未完成 1 项，进行中 1 项。',
    );
    expect(said.slice(2).map((line) => /T-\d/.exec(line)?.[0])).toEqual(['T-3', 'T-4', 'T-2', 'T-1']);
    expect(said[2]).toContain('延后过 2 次');
    expect((await play.act('Helen_Porter @slack: promises')).join('\n')).toContain(
      '3 fallen due, 1 of them kept in time (33%)',
    );
  });

  test('is for the council and the secretariat', async () => {
    expect((await play.act('路人 @wechat: 承诺')).join('\n')).toContain('没有这项权限');
  });
});

describe('among more open tasks than anybody looks through', () => {
  const many = 120;
  const doing = async () => {
    const fresh = await freshDatabase();
    onTestFinished(fresh.drop);
    const clock = openClock();
    await fillDatabase(fresh.url, { people: many, cases: many, entries: 1 }, clock.now());
    const database = openDatabase(fresh.url);
    onTestFinished(() => database.$disconnect());
    const desk = await openDeskOn(database, clock, { workflows });
    return async (number: number, text: string) => {
      const said = says(oneOfCrowd(number), text);
      await answered(desk, said);
      const post = await database.outbox.findFirstOrThrow({
        where: { conversation: said.conversation.id },
        orderBy: { id: 'desc' },
      });
      return JSON.stringify(contentOf(post));
    };
  };

  test('one’s own is found by the bare word', async () => {
    const say = await doing();
    for (const number of [2, many]) expect(await say(number, 'done')).toContain(`T-${number}`);
  });

  test('the one that is named shows what can be done with it', async () => {
    const say = await doing();
    for (const number of [2, many]) expect(await say(number, `T-${number}`)).toMatch(/done/i);
  });
});
