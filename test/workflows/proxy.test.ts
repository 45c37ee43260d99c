/** No vote is held through two hands, no seat has two proxies for one motion, nobody holds more than they may. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Language } from '../../src/core/text.js';
import { type Letter, letterOf } from '../../src/workflows/proxy/letter.js';
import { line } from '../../src/workflows/proxy/line.js';
import {
  covers,
  type Given,
  inEffect,
  objectionTo,
  overlap,
  type Scope,
  type Voting,
} from '../../src/workflows/proxy/rules.js';

const day = (n: number): Date => new Date(Date.UTC(2026, 11, n));

/** Two motions at a meeting each, two by circulation; and the days on which votes on them fall. */
const motions = [
  { id: 'P-1', meetingId: 'K-1', opensAt: day(3), voted: [day(3)] },
  { id: 'P-2', meetingId: 'K-2', opensAt: day(6), voted: [day(6)] },
  { id: 'P-3', meetingId: null, opensAt: day(2), voted: [day(2), day(5), day(8)] },
  { id: 'P-4', meetingId: null, opensAt: null, voted: [day(1), day(4), day(9)] },
] as const;
const meetings = [
  { id: 'K-1', at: day(3) },
  { id: 'K-2', at: day(6) },
] as const;
const votings: readonly Voting[] = motions.flatMap(({ id, meetingId, voted }) =>
  voted.map((now) => ({ motionId: id, meetingId, now })),
);

const scopes: fc.Arbitrary<Scope> = fc.oneof(
  fc.constantFrom(...motions).map(
    ({ id, meetingId, opensAt }): Scope => ({
      kind: 'motion',
      motionId: id,
      meetingId,
      from: opensAt,
      until: null,
    }),
  ),
  fc.constantFrom(...meetings).map(
    ({ id, at }): Scope => ({
      kind: 'meeting',
      meetingId: id,
      from: at,
      until: new Date(at.getTime() + 86_400_000),
    }),
  ),
  fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 5 }))
    .map(([from, length]): Scope => ({ kind: 'period', from: day(from), until: day(from + length) })),
);

const person = fc.integer({ min: 1, max: 5 });
const limits = fc.integer({ min: 0, max: 3 });

type Act =
  | { readonly do: 'ask'; readonly giver: number; readonly proxy: number; readonly scope: Scope }
  | { readonly do: 'accept' | 'revoke' | 'use'; readonly which: number };

const acts: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('ask' as const), giver: person, proxy: person, scope: scopes }),
    fc.record({
      do: fc.constantFrom(...(['accept', 'accept', 'accept', 'accept', 'revoke', 'use'] as const)),
      which: fc.nat(40),
    }),
  ),
  { maxLength: 60, size: 'max' },
);

const given = (at: number, giver: number, proxy: number, one: Pick<Given, 'scope' | 'standing'>): Given => ({
  ...one,
  caseId: `D-${at}`,
  seatId: `s${giver}`,
  giverId: `${giver}`,
  proxyId: `${proxy}`,
});

const mayBe = (act: 'accept' | 'revoke' | 'use', { standing, scope }: Given): boolean => {
  if (act === 'accept') return standing === 'asked';
  if (act === 'use') return standing === 'accepted' && scope.kind === 'motion';
  return standing !== 'used';
};

/** What stands after these acts, where one that is objected to changes nothing. Everybody holds one seat. */
const play = (list: readonly Act[], limit: number): readonly Given[] => {
  let all: readonly Given[] = [];
  for (const [at, act] of list.entries()) {
    if (act.do === 'ask') {
      const wish = given(at, act.giver, act.proxy, { scope: act.scope, standing: 'asked' });
      if (act.giver !== act.proxy && !objectionTo(wish, all, limit)) all = [...all, wish];
      continue;
    }
    const open = all.filter((one) => mayBe(act.do, one));
    const chosen = open[act.which % Math.max(1, open.length)];
    if (!chosen) continue;
    const others = all.filter((one) => one !== chosen);
    if (act.do === 'revoke') all = others;
    if (act.do === 'use') all = [...others, { ...chosen, standing: 'used' }];
    if (act.do === 'accept' && !objectionTo(chosen, others, limit)) {
      all = [...others, { ...chosen, standing: 'accepted' }];
    }
  }
  return all;
};

/** In each vote there is: the proxies that are accepted for it, and those that were used. */
const inEachVote = (
  property: (accepted: readonly Given[], used: readonly Given[], limit: number) => void,
): void =>
  fc.assert(
    fc.property(acts, limits, (list, limit) => {
      const all = play(list, limit);
      for (const voting of votings) {
        const held = (standing: Given['standing']) =>
          all.filter((one) => one.standing === standing && covers(one.scope, voting));
        property(held('accepted'), held('used'), limit);
      }
    }),
  );

describe('after any asks, answers, revocations and uses', () => {
  test('no vote is held through two hands', () => {
    inEachVote((accepted) => {
      const givers = new Set(accepted.map((one) => one.giverId));
      expect(accepted.filter((one) => givers.has(one.proxyId))).toEqual([]);
    });
  });

  test('a seat has one proxy for a motion at the most', () => {
    inEachVote((accepted) => {
      expect(new Set(accepted.map((one) => one.seatId)).size).toBe(accepted.length);
    });
  });

  test('nobody holds more than the limit, with what they have used', () => {
    inEachVote((accepted, used, limit) => {
      const held = [...accepted, ...used].map((one) => one.proxyId);
      for (const who of held) expect(held.filter((one) => one === who).length).toBeLessThanOrEqual(limit);
    });
  });

  test('what was accepted holds: there is nothing left to sort out in the vote', () => {
    fc.assert(
      fc.property(acts, limits, fc.constantFrom(...votings), (list, limit, voting) => {
        const all = play(list, limit);
        const accepted = all.filter((one) => one.standing === 'accepted' && covers(one.scope, voting));
        expect(inEffect(all, voting, limit)).toEqual(accepted);
      }),
    );
  });

  test('proxies are given at all', () => {
    const runs = fc.sample(acts, { numRuns: 200, seed: 7 });
    expect(Math.max(...runs.map((list) => play(list, 2).length))).toBeGreaterThan(5);
  });
});

test('two proxies that are for the same vote overlap', () => {
  fc.assert(
    fc.property(scopes, scopes, fc.constantFrom(...votings), (a, b, voting) => {
      if (covers(a, voting) && covers(b, voting)) expect(overlap(a, b)).toBe(true);
    }),
  );
});

test('a vote is in one hand also where a motion has moved to another meeting since', () => {
  const anything = fc
    .record({
      giver: person,
      proxy: person,
      scope: scopes,
      standing: fc.constantFrom('accepted' as const, 'used' as const, 'asked' as const),
    })
    .filter(({ giver, proxy }) => giver !== proxy);
  fc.assert(
    fc.property(
      fc.array(anything, { maxLength: 20 }),
      limits,
      fc.constantFrom(...votings),
      (some, limit, voting) => {
        const held = inEffect(
          some.map(({ giver, proxy, ...one }, at) => given(at, giver, proxy, one)),
          voting,
          limit,
        );
        const givers = new Set(held.map((one) => one.giverId));
        expect(givers.size).toBe(held.length);
        expect(held.filter((one) => givers.has(one.proxyId))).toEqual([]);
        for (const { proxyId } of held) {
          expect(held.filter((one) => one.proxyId === proxyId).length).toBeLessThanOrEqual(limit);
        }
      },
    ),
  );
});

describe('a proxy in one line', () => {
  const asking = { now: new Date('2026-11-23T02:00:00Z'), timezone: 'Asia/Shanghai' };
  const week = '2026-12-01/2026-12-08';
  test.each([
    ['李娜 P-7', '李娜', 'P-7'],
    ['P-7 李娜', '李娜', 'P-7'],
    ['P-7 给李娜', '李娜', 'P-7'],
    ['李娜就P-7', '李娜', 'P-7'],
    ['给李娜，p 7', '李娜', 'P-7'],
    ['Ｐ－７ 李娜代为表决', '李娜', 'P-7'],
    ['李娜 K-1', '李娜', 'K-1'],
    ['李娜 12月1日至8日', '李娜', week],
    ['李娜12月1日至8日', '李娜', week],
    ['李娜，12月1日至8日', '李娜', week],
    ['12月1日至8日给李娜', '李娜', week],
    ['从12月1日到12月8日 李娜', '李娜', week],
    ['李娜 明天', '李娜', '2026-11-24/2026-11-24'],
    ['Helen Porter P-7', 'Helen Porter', 'P-7'],
    ['P-7 to Helen Porter', 'Helen Porter', 'P-7'],
    ['Helen Porter for P-7', 'Helen Porter', 'P-7'],
    ['to Helen Porter for K1', 'Helen Porter', 'K-1'],
    ['Helen Porter 1 Dec to 8 Dec', 'Helen Porter', week],
    ['Helen Porter from 1 Dec to 8 Dec', 'Helen Porter', week],
    ['Helen Porter, 1–8 Dec', 'Helen Porter', week],
    ['1–8 Dec to Helen Porter', 'Helen Porter', week],
    ['s3 P-7', 's3', 'P-7'],
  ])('%s', (words, who, what) => {
    expect(line.hear(words, asking)).toMatchObject({ kind: 'understood', value: [who, what] });
  });

  test.each([
    ['李娜', '委托李娜代为表决什么'],
    ['P-7', 'P-7 委托哪位'],
    ['12月1日至8日', '委托哪位'],
    ['李娜 P-7 P-8', '一项议案'],
    ['李娜 2025年12月1日至8日', '已经过去'],
  ])('%s needs another word', (words, problem) => {
    const heard = line.hear(words, asking);
    expect(heard.kind === 'unclear' && heard.problem.zh).toContain(problem);
  });

  test('days that may be of another year are said back first', () => {
    expect(line.hear('李娜 11月1日', asking)).toMatchObject({ echo: true });
    expect(line.hear('李娜 12月1日', asking)).not.toHaveProperty('echo');
  });
});

describe('the letter of proxy', () => {
  const letter: Letter = {
    ref: 'D-1',
    giver: '李娜',
    proxy: '沈悦',
    seat: 's1',
    park: { zh: '青窑陶艺文化园', en: 'Qingyao Ceramic Art Park' },
    about: { kind: 'motion', ref: 'P-7', title: '年度预算' },
    days: null,
    date: { zh: '2026年11月23日', en: '23 Nov 2026' },
  };
  const has = (about: Letter, language: Language, words: readonly string[]) => {
    for (const one of words) expect(letterOf(about).text[language]).toContain(one);
  };

  test('says who, for which seat, for exactly what, until when, and that it goes no further', () => {
    has(letter, 'zh', [
      '李娜',
      '沈悦',
      's1（青窑陶艺文化园）',
      'P-7《年度预算》',
      '表决结束',
      '不得转委托',
      '2026年',
    ]);
    has(letter, 'en', [
      '李娜',
      '沈悦',
      's1 (Qingyao',
      'P-7 “年度预算”',
      'until the vote',
      'not transferable',
      '2026',
    ]);
  });

  test('for days it names the first and the last one', () => {
    const days = { from: { zh: '12月1日', en: '1 Dec' }, until: { zh: '12月8日', en: '8 Dec' } };
    const some: Letter = { ...letter, about: { kind: 'period' }, days };
    has(some, 'zh', ['12月1日至12月8日']);
    has(some, 'en', ['from 1 Dec to 8 Dec']);
  });
});
