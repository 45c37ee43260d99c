/** The asked person answers; the giver may take it back. Each side hears of what the other did. */
import { concerned, oneOf, opener } from '../../core/people.js';
import { person } from '../../core/workflow.js';
import { holdPeople, refusalOf } from './checks.js';
import { proxy } from './header.js';
import * as said from './messages.js';
import * as refused from './refusals.js';

export const accept = proxy.command({
  title: { zh: '接受委托', en: 'Accept the proxy' },
  words: { zh: ['接受', '接受委托'], en: ['accept'] },
  from: ['asked'],
  to: ['accepted'],
  by: concerned,
  style: 'primary',
  aside: true,
  run: async (world) => {
    const { db, actor, case: c, subject: p, now, calendar } = world;
    await holdPeople(db, [p.giverId, p.proxyId]);
    const refuse = await refusalOf(world, p, actor.id);
    if (refuse) return { refuse };
    const what = said.whatOf(p, calendar);
    const letter = said.letter(c, p, now, calendar);
    return {
      to: 'accepted',
      reply: said.accepted(c, p, what),
      tell: [
        { to: person(p.proxyId), say: letter },
        { to: person(p.giverId), say: said.acceptedForGiver(c, p, what) },
        { to: person(p.giverId), say: letter, choices: ['revoke'] },
      ],
    };
  },
});

export const turnDown = proxy.command({
  title: { zh: '谢绝委托', en: 'Turn the proxy down' },
  words: { zh: ['谢绝', '谢绝委托'], en: ['turn-down', 'turn down'] },
  // Also later: somebody who can't vote after all hands it back.
  from: ['asked', 'accepted'],
  to: ['declined'],
  by: concerned,
  style: 'danger',
  aside: true,
  run: async ({ case: c, subject: p, calendar }) => {
    if (p.scope === 'motion' && p.usedAt !== null) return { refuse: refused.isSpent(c, p) };
    const news = said.turnedDownForGiver(c, p, said.whatOf(p, calendar), c.state === 'accepted');
    return {
      to: 'declined',
      reply: said.turnedDown(c, p),
      tell: [{ to: person(p.giverId), say: news }],
    };
  },
});

export const revoke = proxy.command({
  title: { zh: '收回委托', en: 'Revoke the proxy' },
  words: { zh: ['收回', '收回委托'], en: ['revoke'] },
  from: ['asked', 'accepted'],
  to: ['revoked'],
  by: opener,
  style: 'danger',
  aside: true,
  run: async ({ case: c, subject: p, calendar }) => {
    if (p.scope === 'motion' && p.usedAt !== null) return { refuse: refused.isSpent(c, p) };
    const what = said.whatOf(p, calendar);
    return {
      to: 'revoked',
      reply: said.revoked(c, p, what),
      tell: [{ to: person(p.proxyId), say: said.revokedForProxy(c, p, what) }],
    };
  },
});

/** The letter once more, as it was given on acceptance. */
export const letter = proxy.reading({
  title: { zh: '查看委托书', en: 'Show the letter of proxy' },
  words: { zh: ['委托书'], en: ['letter'] },
  from: ['accepted', 'used'],
  by: oneOf(opener, concerned),
  aside: true,
  run: async ({ db, case: c, subject: p, calendar }) => {
    const accepted = await db.entry.findFirstOrThrow({
      where: { caseId: c.id, act: 'proxy.accept' },
      select: { at: true },
    });
    return { reply: said.letter(c, p, accepted.at, calendar) };
  },
});
