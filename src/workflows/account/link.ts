/** One person, several accounts: a code shown on one of them, said from another. */
import type { ChannelName } from '../../core/input.js';
import type { Actor } from '../../core/people.js';
import { anyone } from '../../core/people.js';
import { choice, inline } from '../../core/questions.js';
import {
  account as accountOf,
  everyone,
  type Heard,
  person,
  type Refusal,
  type Told,
  type World,
} from '../../core/workflow.js';
import { joinTo } from '../../people/join.js';
import { accountsOf, unlinkAccounts } from './accounts.js';
import {
  type CodeRow,
  code,
  issueCode,
  judgeCode,
  triesLeft,
  useCode,
  voidCode,
  wrongCode,
} from './codes.js';
import { account, channelNames, otherChannel } from './header.js';
import * as said from './messages.js';
import { replaceAccount } from './rebind.js';

const codeMinutes = 10;

type Speaking = World & { readonly actor: Actor; readonly heard: Heard };

export const link = account.free({
  title: { zh: '绑定账号', en: 'Link an account' },
  words: { zh: ['绑定'], en: ['link'] },
  by: anyone,
  aside: true,
  ask: { code: inline(code) },
  run: async ({ args, ...world }) => {
    if (world.heard.room && args.code === null) return { refuse: said.notInRoom };
    if (world.heard.room && args.code !== null) {
      await voidCode(world, args.code);
      return { reply: said.saidInRoom };
    }
    return args.code === null ? showCode(world) : takeCode(world, args.code);
  },
});

const showCode = async (world: Speaking): Promise<Refusal | Told<never>> => {
  const { actor, heard, now } = world;
  if (actor.guest) return { refuse: said.howToLink(otherChannel(heard.channel)) };
  const expiresAt = new Date(now.getTime() + codeMinutes * 60 * 1000);
  const made = await issueCode(world, { personId: actor.id, channel: heard.channel, expiresAt });
  return { reply: said.yourCode(made, otherChannel(heard.channel), codeMinutes) };
};

const takeCode = async (world: Speaking, words: string): Promise<Refusal | Told<never>> => {
  const { actor, heard } = world;
  const left = await triesLeft(world, actor, heard.channel);
  if (left === 0) return { refuse: said.tooManyTries };
  const judged = await judgeCode(world, words, actor, heard.channel);
  switch (judged.kind) {
    case 'unknown':
    case 'used':
    case 'expired':
      return { reply: said.badCode(judged.kind, left - 1), because: wrongCode };
    case 'own':
      return { refuse: said.ownCode(judged.channel) };
    case 'elsewhere':
      return { refuse: said.codeForChannel(judged.channel) };
    case 'foreign':
      await voidCode(world, words);
      return {
        reply: said.foreignCode,
        tell: [{ to: everyone('officer'), say: said.foreignCodeForOfficer(actor.name) }],
        because: wrongCode,
      };
    case 'good':
      return join(world, judged.code);
    default:
      return judged satisfies never;
  }
};

const join = async (world: Speaking, found: CodeRow): Promise<Refusal | Told<never>> => {
  const { db, actor, heard } = world;
  if (!(await useCode(world, found))) return { refuse: said.badCode('used') };
  const lost = found.caseId === null ? undefined : await replaceAccount(world, found.caseId);
  const before = await accountsOf(db, found.personId);
  const { name } = await db.person.findUniqueOrThrow({ where: { id: found.personId } });
  await joinTo(db, actor.id, found.personId);
  return {
    reply: said.linked(
      name,
      heard.channel,
      before.map((one) => one.channel),
    ),
    tell: [
      // Said on every account that was theirs before: that is where somebody notices that it was not they.
      ...before.map(({ id }) => ({ to: accountOf(id), say: said.linkedElsewhere(heard.channel) })),
      ...(lost === undefined ? [] : [{ to: person(lost), say: said.unlinkedByRebind(heard.channel) }]),
    ],
    because: channelNames[heard.channel],
    ring: found.caseId === null ? [] : [{ caseId: found.caseId, alarm: 'account.linked' }],
  };
};

const which = choice({
  label: { zh: '平台', en: 'Channel' },
  ask: { zh: '解绑哪个平台的账号？', en: 'Which account is to be unlinked?' },
  options: channelNames,
});

export const unlink = account.free({
  title: { zh: '解绑账号', en: 'Unlink an account' },
  words: { zh: ['解绑'], en: ['unlink'] },
  by: anyone,
  aside: true,
  ask: { channel: inline(which) },
  run: async ({ args, ...world }) => {
    const { db, actor, heard } = world;
    const channel: ChannelName = args.channel ?? otherChannel(heard.channel);
    const accounts = await accountsOf(db, actor.id);
    const wanted = accounts.filter((one) => one.channel === channel);
    if (accounts.length === 1) return { refuse: said.onlyAccount };
    if (wanted.length === 0) return { refuse: said.noAccountThere(channel) };
    // From where they speak: that takes a yes.
    if (channel === heard.channel) {
      return { reply: said.unlinkHere(channel), choices: ['unlinkHere' as const] };
    }
    return takeAway(world, channel, wanted);
  },
});

export const unlinkHere = account.free({
  title: { zh: '解绑本账号', en: 'Unlink this account' },
  words: { zh: ['解绑本账号'], en: ['unlink this account'] },
  by: anyone,
  aside: true,
  follows: 'unlink',
  style: 'danger',
  run: async (world) => {
    const [here, ...others] = await accountsOf(world.db, world.actor.id);
    if (!here || others.length === 0) return { refuse: said.onlyAccount };
    return takeAway(world, world.heard.channel, [here]);
  },
});

const takeAway = async (
  { db, actor, heard, now }: Speaking,
  channel: ChannelName,
  accounts: Parameters<typeof unlinkAccounts>[2],
): Promise<Told<never>> => {
  const guest = await unlinkAccounts(db, actor.id, accounts, now);
  const told =
    channel === heard.channel
      ? { to: person(actor.id), say: said.unlinkedElsewhere(channel) }
      : { to: person(guest), say: said.unlinkedForAccount };
  return { reply: said.unlinked(channel), tell: [told], because: channelNames[channel] };
};
