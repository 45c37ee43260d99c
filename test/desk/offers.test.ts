/** Choices that were put before people: who may take them, for how long, and where. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  answered,
  emma,
  li,
  offerOf,
  openWorkshop,
  presses,
  type Someone,
  secretariat,
  textsTo,
  type Workshop,
  wang,
} from './workshop.js';

let shop: Workshop;
beforeEach(async () => {
  shop = await openWorkshop();
});
afterEach(() => shop.end());

const inRoom = { conversation: { id: secretariat, kind: 'room' } } as const;
const press = async (who: Someone, offer: string, more = {}) => {
  const before = (await shop.database.outbox.findFirst({ orderBy: { id: 'desc' } }))?.id ?? 0n;
  await answered(shop.desk, presses(who, offer, more));
  return textsTo(shop.database, 'conversation' in more ? secretariat : who.id, before);
};
const stateOf = async (ref: string) => (await shop.database.case.findUniqueOrThrow({ where: { ref } })).state;
const nothingDone = async () => expect(await stateOf('T-1')).toBe('open');

const gone = /^(这个选项已经失效|That choice is no longer open)/;

describe('a button', () => {
  beforeEach(async () => {
    await shop.talk(li, '办事 60');
  });

  test('works for whom it was made, and once', async () => {
    const offer = await offerOf(shop.database, 'errand.agree', wang.id);
    expect((await press(wang, offer))[0]).toBe('T-1 agreed');
    expect(await press(wang, offer)).toEqual([expect.stringMatching(/^T-1 现在是“已同意”/)]);
    expect(await shop.database.entry.count({ where: { act: 'errand.agree' } })).toBe(1);
  });

  test('made for somebody else is refused, in whichever conversation it is pressed', async () => {
    const offer = await offerOf(shop.database, 'errand.agree', wang.id);
    expect(await press(emma, offer)).toEqual([expect.stringMatching(gone)]);
    expect(await press(emma, offer, inRoom)).toEqual([expect.stringMatching(gone)]);
    // As a client with a payload of its own might claim to be in the other's conversation.
    await answered(shop.desk, presses(emma, offer, { conversation: { id: wang.id, kind: 'direct' } }));
    expect((await textsTo(shop.database, wang.id)).at(-1)).toMatch(
      /^That choice was offered to somebody else/,
    );
    await nothingDone();
  });

  test.each([
    ['an id that nobody gave out', '00000000-0000-4000-8000-000000000000'],
    ['nothing', ''],
    ['dashes', '-'.repeat(36)],
    ['hexadecimal of the right length', 'a'.repeat(36)],
    ['SQL', "' or 1=1; --"],
    ['a NUL', '0000\u0000000-0000-4000-8000-00000000000'],
    ['something long', 'x'.repeat(10_000)],
  ])('forged as %s is refused in a sentence', async (_, id) => {
    expect(await press(wang, id)).toEqual([expect.stringMatching(gone)]);
    await nothingDone();
  });

  test('of another channel is refused', async () => {
    const offer = await offerOf(shop.database, 'errand.note', li.id);
    await answered(shop.desk, presses({ ...li, channel: 'slack', account: 'T01' }, offer));
    expect((await textsTo(shop.database, li.id)).at(-1)).toMatch(gone);
  });

  test('years old still does what it says, if the case still allows it', async () => {
    const offer = await offerOf(shop.database, 'errand.agree', wang.id);
    await shop.clock.wait(3 * 365 * 24 * 3600 * 1000);
    expect((await press(wang, offer))[0]).toBe('T-1 agreed');
  });

  test('years old on a settled case tells what became of it', async () => {
    const offer = await offerOf(shop.database, 'errand.agree', wang.id);
    await press(emma, await offerOf(shop.database, 'errand.agree', emma.id));
    await shop.clock.wait(3 * 365 * 24 * 3600 * 1000);
    expect(await press(wang, offer)).toEqual([expect.stringMatching(/^T-1 现在是“已同意”.*Emma Clarke/)]);
  });
});

describe('a number', () => {
  test('answers what was offered with it, and nothing where nothing was', async () => {
    expect(await shop.talk(li, '7')).toEqual([expect.stringMatching(/^这里没有编号为 7 的选项/)]);
    await shop.talk(li, '办事 60');
    expect(await shop.talk(li, '1')).toEqual(['T-1 noted']);
    expect(await shop.talk(li, '１')).toEqual(['T-1 noted']);
  });

  test('said in a room among people is taken only where it is offered', async () => {
    const member = { ...li, channel: 'wechat' } as const;
    const group = { conversation: { id: 'room@chatroom', kind: 'room' }, addressed: false } as const;
    const posts = await shop.database.outbox.count();
    for (const text of ['1', '同意', '1 点开会', '同意 T-1', '提交', '是'])
      await shop.talk(member, text, group);
    expect(await shop.database.outbox.count()).toBe(posts);
  });
});

describe('the suggestions under a question', () => {
  test('answer it once; afterwards they are closed', async () => {
    await shop.talk(wang, '填表');
    await shop.talk(wang, '送花');
    const offers = await shop.database.offer.findMany({
      where: { command: 'desk.answer' },
      orderBy: { number: 'asc' },
    });
    const [fetch] = offers;
    expect(offers).toHaveLength(2);
    expect(await press(wang, fetch?.id ?? '')).toEqual([expect.stringMatching(/^哪一天/)]);
    expect(await press(wang, fetch?.id ?? '')).toEqual([expect.stringMatching(gone)]);
  });

  test('belong to the person who was asked', async () => {
    await shop.talk(wang, '填表');
    await shop.talk(wang, '送花');
    const offer = await offerOf(shop.database, 'desk.answer', wang.id);
    await answered(shop.desk, presses(emma, offer, { conversation: { id: wang.id, kind: 'direct' } }));
    const { progress } = await shop.database.dialogue.findFirstOrThrow();
    expect(progress).toMatchObject({ at: 'kind' });
  });
});

describe('a form that is sent in', () => {
  const send = (who: Someone, dialogue: string, answers: Record<string, string>) =>
    answered(shop.desk, {
      kind: 'form',
      channel: who.channel,
      account: who.account,
      keys: [`form-${Math.random()}`],
      sentAt: new Date(),
      conversation: { id: who.id, kind: 'direct' },
      sender: { id: who.id },
      dialogue,
      answers,
    });
  const answers = { what: '送花', kind: '2', day: '2026-12-01', pieces: '', heavy: '1' };

  test.each(['', 'x', '-'.repeat(36), '00000000-0000-4000-8000-000000000000'])(
    'under the forged name “%s” is refused in a sentence',
    async (dialogue) => {
      await send(wang, dialogue, answers);
      expect(await textsTo(shop.database, wang.id)).toEqual([
        expect.stringMatching(/^这份表格已经结束或更新/),
      ]);
    },
  );

  test('is taken once, and only from the person it was opened for', async () => {
    await shop.talk(wang, '填表');
    const { id } = await shop.database.dialogue.findFirstOrThrow();
    await send(emma, id, answers);
    expect(await shop.database.case.count()).toBe(0);
    await send(wang, id, answers);
    await send(wang, id, answers);
    expect(await shop.database.case.count()).toBe(1);
    expect((await textsTo(shop.database, wang.id)).at(-1)).toMatch(/^这份表格已经结束或更新/);
  });
});

describe('a command on a case', () => {
  test('that is in another state tells the state and what was done last', async () => {
    await shop.talk(li, '办事 60');
    await shop.talk(wang, '同意 T-1');
    expect(await shop.talk(emma, 'disagree T-1: no')).toEqual([
      expect.stringMatching(/^T-1 is now “agreed” \(.* 王芳: Agree\), so “Disagree” is not possible/),
    ]);
  });

  test('that the person has no right to says who has', async () => {
    await shop.talk(li, '办事 60');
    expect(await shop.talk(li, '同意 T-1')).toEqual([
      expect.stringMatching(/^T-1：“同意”只能由秘书处经办人办理/),
    ]);
    await nothingDone();
  });

  test('that does not exist, or with no case at all', async () => {
    expect(await shop.talk(wang, '同意 T-9')).toEqual([expect.stringMatching(/^没有找到 T-9/)]);
    expect(await shop.talk(wang, '同意')).toEqual([expect.stringMatching(/^目前没有您可以“同意”的事项/)]);
  });

  test('with words after it that asks nothing is confirmed first', async () => {
    await shop.talk(li, '办事 60');
    expect(await shop.talk(wang, '同意 T-1 吗？')).toEqual(['T-1：要“同意”吗？']);
    await nothingDone();
  });

  test.each(['同意 T-1？', '同意T-1？？', 'T-1 同意 ?', '同意？', 'Agree T-1?!'])(
    'with a question mark is a question, not the command: %s',
    async (words) => {
      await shop.talk(li, '办事 60');
      expect(await shop.talk(wang, words)).toEqual(['T-1：要“同意”吗？']);
      await nothingDone();
      expect((await shop.talk(wang, '同意 T-1'))[0]).toBe('T-1 agreed');
    },
  );

  test('without its number means the only one that is open, and is never guessed among several', async () => {
    await shop.talk(li, '办事 60');
    await shop.talk(li, '办事 60');
    expect(await shop.talk(wang, '同意')).toEqual([expect.stringMatching(/^您指的是哪一件？.*T-2、T-1/)]);
    await nothingDone();
    await shop.talk(wang, '不同意 T-2：太远');
    expect((await shop.talk(wang, '同意'))[0]).toBe('T-1 agreed');
  });
});
