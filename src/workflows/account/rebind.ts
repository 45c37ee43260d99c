/** A lost account: an officer asks, a second person approves and hands over a code, the new account says it. */
import type { ChannelName } from '../../core/input.js';
import { role } from '../../core/people.js';
import { choice, text } from '../../core/questions.js';
import { same } from '../../core/text.js';
import { person, type World } from '../../core/workflow.js';
import type { Db } from '../../database.js';
import { findPerson } from '../../people/find.js';
import { accountsOf, unlinkAccounts } from './accounts.js';
import { issueCode } from './codes.js';
import { account, channelNames, personName } from './header.js';
import * as said from './messages.js';

const secondDays = 1;
const askedDays = 5;
const codeDays = 2;

export const rebind = account.opening({
  title: { zh: '换绑账号', en: 'Replace a lost account' },
  words: { zh: ['换绑'], en: ['rebind'] },
  by: role('officer', 'deputy'),
  to: ['asked'],
  aside: true,
  namedTo: 'insiders',
  ask: {
    person: personName({
      label: { zh: '当事人', en: 'Person' },
      ask: { zh: '为谁换绑？请写姓名。', en: 'Whose account was lost? Please give the name.' },
    }),
    channel: choice({
      label: { zh: '平台', en: 'Channel' },
      ask: { zh: '哪个平台的账号？', en: 'On which channel?' },
      options: channelNames,
    }),
    reason: text({
      label: { zh: '原因', en: 'Reason' },
      ask: {
        zh: '为什么要换绑？您是怎样确认本人身份的？',
        en: 'Why is it to be replaced, and how did you make sure who asks for it?',
      },
      min: 4,
      max: 500,
      long: true,
    }),
  },
  run: async ({ db, args, actor, case: c, now, calendar }) => {
    const found = await findPerson(db, args.person);
    if (found.kind === 'none') return { refuse: said.noSuchPerson(args.person) };
    if (found.kind === 'several') return { refuse: said.severalPeople(args.person) };
    const whose = found.person;
    const accounts = await accountsOf(db, whose.id);
    if (!accounts.some((one) => one.channel === args.channel)) {
      return { refuse: said.nothingLost(whose.name, args.channel) };
    }
    const other = await openRebind(db, whose.id, args.channel);
    if (other) return { refuse: said.askedAlready(other, whose.name) };
    const seconds = await secondPeople(db, actor.id, whose.id);
    if (seconds.length === 0) return { refuse: said.nobodyCanConfirm };
    await db.rebind.create({
      data: {
        caseId: c.id,
        personId: whose.id,
        channel: args.channel,
        reason: args.reason,
        askedBy: actor.id,
      },
    });
    return {
      to: 'asked',
      reply: said.rebindAsked(c, whose.name, args.channel),
      tell: [
        ...seconds.map((id) => ({
          to: person(id),
          say: said.pleaseConfirm(c, { who: whose.name, by: actor.name, channel: args.channel }, args.reason),
          choices: ['confirm', 'refuse'] as const,
        })),
        // Whoever holds the account now may be the one it was taken from.
        { to: person(whose.id), say: said.rebindAskedForPerson(c, args.channel) },
      ],
      wake: [
        { alarm: 'secondIsLate', at: calendar.workdaysAfter(now, secondDays) },
        { alarm: 'askedTooLong', at: calendar.workdaysAfter(now, askedDays) },
      ],
      because: same(args.reason),
    };
  },
});

const openRebind = async (db: Db, personId: string, channel: ChannelName): Promise<string | undefined> => {
  const open = await db.rebind.findFirst({
    where: { personId, channel, case: { closedAt: null } },
    select: { case: { select: { ref: true } } },
  });
  // The case that is being opened is no row of the table yet.
  return open?.case.ref;
};

/** Those who may be the second person: neither who asks nor whose account it is. */
const secondPeople = async (db: Db, askedBy: string, personId: string): Promise<readonly string[]> => {
  const grants = await db.grant.findMany({
    where: { role: { in: ['officer', 'deputy', 'chair'] }, personId: { notIn: [askedBy, personId] } },
    select: { personId: true },
    orderBy: { person: { key: 'asc' } },
  });
  return [...new Set(grants.map((one) => one.personId))];
};

const nameOf = async (db: Db, id: string): Promise<string> =>
  (await db.person.findUniqueOrThrow({ where: { id }, select: { name: true } })).name;

const second = role('officer', 'deputy', 'chair');

export const confirm = account.command({
  title: { zh: '核准换绑', en: 'Approve the replacement' },
  words: { zh: ['核准'], en: ['confirm-rebind', 'confirm rebind'] },
  from: ['asked'],
  to: ['coded'],
  by: second,
  aside: true,
  style: 'primary',
  namedTo: 'insiders',
  run: async ({ case: c, subject: r, actor, ...world }) => {
    const { db, now, calendar } = world;
    if (actor.id === r.askedBy) return { refuse: said.askedYourself(c) };
    if (actor.id === r.personId) return { refuse: said.yourOwnRebind(c) };
    await db.rebind.update({ where: { caseId: c.id }, data: { approvedBy: actor.id } });
    const expiresAt = calendar.workdaysAfter(now, codeDays);
    const made = await issueCode(world, { personId: r.personId, caseId: c.id, expiresAt });
    const who = await nameOf(db, r.personId);
    return {
      to: 'coded',
      reply: said.codeToHandOver(c, { who, channel: r.channel }, made, expiresAt, calendar.timezone),
      tell: [{ to: person(r.askedBy), say: said.rebindConfirmed(c, { who, by: actor.name }) }],
      wake: [{ alarm: 'codeEnds', at: expiresAt }],
    };
  },
});

export const refuse = account.command({
  title: { zh: '不予换绑', en: 'Refuse the replacement' },
  words: { zh: ['不予换绑'], en: ['refuse-rebind', 'refuse rebind'] },
  from: ['asked', 'coded'],
  to: ['refused'],
  by: second,
  aside: true,
  style: 'danger',
  namedTo: 'insiders',
  run: async ({ db, case: c, subject: r, actor, now }) => {
    const codes = await db.linkCode.findMany({ where: { caseId: c.id } });
    if (codes.some((one) => one.usedAt !== null)) return { refuse: said.codeIsUsed(c) };
    await db.linkCode.updateMany({ where: { caseId: c.id, usedAt: null }, data: { expiresAt: now } });
    const who = await nameOf(db, r.personId);
    const told = [r.askedBy, r.approvedBy, r.personId].filter((id) => id !== null && id !== actor.id);
    return {
      to: 'refused',
      reply: said.rebindRefused(c, who),
      tell: [...new Set(told)].flatMap((id) =>
        id === null ? [] : [{ to: person(id), say: said.rebindRefused(c, who) }],
      ),
    };
  },
});

export const secondIsLate = account.alarm({
  title: { zh: '已提醒第二人', en: 'the second person was reminded' },
  kind: 'reminder',
  when: ['asked'],
  to: ['asked'],
  run: async ({ db, case: c, subject: r, now, calendar }) => {
    const about = {
      who: await nameOf(db, r.personId),
      by: await nameOf(db, r.askedBy),
      channel: r.channel,
    };
    return {
      to: 'asked',
      tell: (await secondPeople(db, r.askedBy, r.personId)).map((id) => ({
        to: person(id),
        say: said.stillToConfirm(c, about),
        choices: ['confirm', 'refuse'] as const,
      })),
      wake: [{ alarm: 'secondIsLate', at: calendar.workdaysAfter(now, secondDays) }],
    };
  },
});

export const askedTooLong = account.alarm({
  title: { zh: '无人核准，已过期', en: 'nobody approved it in time' },
  kind: 'deadline',
  when: ['asked'],
  to: ['expired'],
  run: async ({ db, case: c, subject: r }) => ({
    to: 'expired',
    tell: [{ to: person(r.askedBy), say: said.askedInVain(c, await nameOf(db, r.personId)) }],
  }),
});

export const codeEnds = account.alarm({
  title: { zh: '验证码已过期', en: 'the code expired' },
  kind: 'deadline',
  when: ['coded'],
  to: ['expired'],
  run: async ({ db, case: c, subject: r }) => {
    const who = await nameOf(db, r.personId);
    return {
      to: 'expired',
      tell: [r.askedBy, ...(r.approvedBy === null ? [] : [r.approvedBy])].map((id) => ({
        to: person(id),
        say: said.codeExpired(c, who),
      })),
    };
  },
});

export const linked = account.alarm({
  title: { zh: '新账号已绑定', en: 'the new account was linked' },
  kind: 'deadline',
  when: ['coded'],
  to: ['done'],
  run: async ({ db, case: c, subject: r }) => {
    const who = await nameOf(db, r.personId);
    return {
      to: 'done',
      tell: [r.askedBy, ...(r.approvedBy === null ? [] : [r.approvedBy])].map((id) => ({
        to: person(id),
        say: said.rebindDone(c, { who, channel: r.channel }),
      })),
    };
  },
});

/** Takes the lost account away, right before the new one is linked; returns the guest to whom it belongs now. */
export const replaceAccount = async ({ db, now }: World, caseId: string): Promise<string | undefined> => {
  const { personId, channel } = await db.rebind.findUniqueOrThrow({ where: { caseId } });
  const lost = (await accountsOf(db, personId)).filter((one) => one.channel === channel);
  return lost.length === 0 ? undefined : unlinkAccounts(db, personId, lost, now);
};
