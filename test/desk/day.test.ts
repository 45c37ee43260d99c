/** A person's reminders of a working day: one message, without what is no longer true. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { at, contentOf, emma, li, openWorkshop, presses, textsTo, type Workshop, wang } from './workshop.js';

let shop: Workshop;
beforeEach(async () => {
  shop = await openWorkshop();
});
afterEach(() => shop.end());

const ringAll = async (which: 'cases' | 'people') => {
  const timers = await shop.database.timer.findMany({
    where: { firedAt: null, cancelledAt: null, personId: which === 'people' ? { not: null } : null },
    orderBy: { id: 'asc' },
  });
  for (const timer of timers) await shop.desk.ring(timer.id, timer.version);
};

/** Three errands whose reminders have rung, and are kept for the officers. */
const threeReminders = async () => {
  for (let count = 0; count < 3; count += 1) await shop.talk(li, '办事 0');
  await ringAll('cases');
};

const lastTo = async (conversation: string) => {
  const post = await shop.database.outbox.findFirstOrThrow({
    where: { conversation, replacesId: null },
    orderBy: { id: 'desc' },
  });
  return contentOf(post);
};

test('three reminders come as one message, each choice with its case', async () => {
  await threeReminders();
  await ringAll('people');
  const { message, choices } = await lastTo(emma.id);
  expect(message.title?.en).toBe('Today’s reminders (3)');
  expect(message.text.en).toBe('T-1 waits\nT-2 waits\nT-3 waits');
  expect(choices.map((one) => one.label.en)).toEqual(['Agree T-1', 'Agree T-2', 'Agree T-3']);
});

test('a choice of the message acts on its own case', async () => {
  await threeReminders();
  await ringAll('people');
  const { choices } = await lastTo(wang.id);
  await shop.answer(presses(wang, choices[1]?.offer ?? ''));
  const states = await shop.database.case.findMany({
    orderBy: { ref: 'asc' },
    select: { ref: true, state: true },
  });
  expect(states).toEqual([
    { ref: 'T-1', state: 'open' },
    { ref: 'T-2', state: 'agreed' },
    { ref: 'T-3', state: 'open' },
  ]);
});

test('what was settled meanwhile, or acted on by the person, is left out', async () => {
  await threeReminders();
  await shop.talk(wang, '同意 T-1');
  await shop.clock.wait(1000);
  await shop.talk(wang, '改期 T-2 9000');
  await ringAll('people');
  expect((await textsTo(shop.database, wang.id)).at(-1)).toBe('T-3 waits');
  expect((await lastTo(emma.id)).message.text.en).toBe('T-2 waits\nT-3 waits');
});

test('the message waits for reminders that are due and have not rung, but not for ever', async () => {
  await shop.talk(li, '办事 0');
  await ringAll('cases');
  await shop.talk(li, '办事 0');
  await shop.clock.wait(1000);
  await ringAll('people');
  expect((await textsTo(shop.database, emma.id)).filter((text) => text.includes('waits'))).toEqual([]);
  await shop.clock.wait(61_000);
  await ringAll('people');
  expect((await textsTo(shop.database, emma.id)).filter((text) => text.includes('waits'))).toEqual([
    'T-1 waits',
  ]);
});

test('reminders of a later day are set for nine o’clock, on the day itself they keep their time', async () => {
  await shop.talk(li, '办事 90000');
  await shop.talk(li, '办事 3600');
  const timers = await shop.database.timer.findMany({ orderBy: { id: 'asc' }, select: { dueAt: true } });
  expect(timers.map((one) => one.dueAt.getTime() > at('2026-11-23T10:59').getTime())).toEqual([true, true]);
  expect(timers[0]?.dueAt).toEqual(at('2026-11-24T09:00'));
});

test('somebody in two offices is told both things about one case, and each only once', async () => {
  await shop.talk(li, '办事 0');
  await ringAll('cases');
  const identity = await shop.database.identity.findFirstOrThrow({ where: { externalId: emma.id } });
  const { id: _, ...kept } = await shop.database.reminder.findFirstOrThrow({
    where: { personId: identity.personId },
  });
  const other = { text: { zh: '另外，人手不够', en: 'and hands are short' } };
  for (const message of [other, kept.message ?? {}]) {
    await shop.database.reminder.create({ data: { ...kept, message } });
  }
  await ringAll('people');
  expect((await lastTo(emma.id)).message.text.en).toBe('T-1 waits\nand hands are short');
});
