/** The organizer's daily summary. */
import type { ChannelName } from '../../../core/input.js';
import type { Listed, Message } from '../../../core/message.js';
import { joinTexts, type Text } from '../../../core/text.js';
import type { Attendee } from '../../../database.js';
import type { Named, Subject } from '../header.js';
import { people, titled } from './common.js';
import { countsOf, type InvitedRow } from './invitation.js';

/** What is in the way of reaching somebody; `isNew` since the last summary. */
export type Reach = { readonly isNew: boolean } & (
  | { readonly kind: 'noAccount' }
  | { readonly kind: 'failed'; readonly channel: ChannelName; readonly problem: string | null }
  | { readonly kind: 'stuck'; readonly channel: ChannelName }
);

export type Change = {
  readonly personId: string | null;
  readonly name: string;
  readonly status: Attendee['status'];
  readonly isNew: boolean;
  readonly hasLeft: boolean;
  readonly reach: Reach | undefined;
};

const networks: Readonly<Record<ChannelName, Text>> = {
  slack: { zh: 'Slack', en: 'Slack' },
  wechat: { zh: '微信', en: 'WeChat' },
};

/** What Slack calls its refusals, in plain words. */
const refusals: ReadonlyMap<string, Text> = new Map([
  ['user_not_found', { zh: '找不到该账号', en: 'the account is not found' }],
  ['users_not_found', { zh: '找不到该账号', en: 'the account is not found' }],
  ['channel_not_found', { zh: '找不到该账号', en: 'the account is not found' }],
  ['user_disabled', { zh: '账号已停用', en: 'the account is disabled' }],
  ['account_inactive', { zh: '账号已停用', en: 'the account is disabled' }],
  ['is_archived', { zh: '会话已归档', en: 'the conversation is archived' }],
  ['cannot_dm_bot', { zh: '对方是机器人', en: 'the account is a bot' }],
  ['messages_tab_disabled', { zh: '私信已关闭', en: 'direct messages are switched off' }],
  ['invalid_auth', { zh: '小秘的授权已失效', en: 'the desk has lost its access' }],
  ['token_revoked', { zh: '小秘的授权已失效', en: 'the desk has lost its access' }],
]);

const sayProblem = (problem: string | null): Text => {
  if (problem === null) return { zh: '', en: '' };
  const known = refusals.get(problem) ?? { zh: problem, en: problem };
  return { zh: `：${known.zh}`, en: `: ${known.en}` };
};

const sayReach = (reach: Reach): Text => {
  switch (reach.kind) {
    case 'noAccount':
      return { zh: '无账号，由报名人转告', en: 'no account, told through whoever signed them up' };
    case 'failed': {
      const problem = sayProblem(reach.problem);
      const network = networks[reach.channel];
      return {
        zh: `${network.zh}消息未送达${problem.zh}`,
        en: `not reached on ${network.en}${problem.en}`,
      };
    }
    case 'stuck':
      return {
        zh: `${networks[reach.channel].zh}暂时不通，消息待发`,
        en: `${networks[reach.channel].en} is down, a message waits`,
      };
    default:
      return reach satisfies never;
  }
};

const standings: Readonly<Record<Attendee['status'], Text | undefined>> = {
  applied: { zh: '待审核', en: 'to be approved' },
  waiting: { zh: '候补', en: 'waitlist' },
  held: { zh: '名额保留中，待答复', en: 'kept a place, to be answered' },
  going: undefined,
  out: { zh: '已退出', en: 'gave up' },
};

const isTold = (one: Change): boolean =>
  one.isNew ||
  one.hasLeft ||
  one.status !== 'going' ||
  (one.reach !== undefined && one.reach.kind !== 'noAccount');

// In this order: what is new first, then who waits, who cannot be reached, who left.
const rank = (one: Change): number => (one.isNew ? 0 : one.hasLeft ? 3 : one.status !== 'going' ? 1 : 2);

const line = (one: Change, at: number): Listed => {
  const marks: readonly Text[] = [
    ...(one.isNew ? [{ zh: '新报名', en: 'new' }] : []),
    ...[standings[one.status] ?? []].flat(),
    ...(one.reach ? [sayReach(one.reach)] : []),
  ];
  const all = joinTexts(marks, { zh: '，', en: ', ' });
  return {
    number: at + 1,
    personId: one.personId,
    name: one.name,
    note: { zh: `（${all.zh}）`, en: ` (${all.en})` },
  };
};

const longest = 40;

export const summary = (
  c: Named,
  e: Subject,
  rows: readonly Change[],
  invited: readonly InvitedRow[],
): Message => {
  const count = (of: (one: Change) => boolean): number => rows.filter(of).length;
  const came = count((one) => one.isNew);
  const left = count((one) => one.hasLeft);
  const going = count((one) => one.status === 'going' || one.status === 'held');
  const waiting = count((one) => one.status === 'waiting');
  const applied = count((one) => one.status === 'applied');
  const unreached = count((one) => one.reach !== undefined && one.reach.kind !== 'noAccount');
  const places: Text =
    e.capacity === null ? { zh: '', en: '' } : { zh: `/${e.capacity}`, en: ` of ${e.capacity} places` };
  const told = rows.filter(isTold).toSorted((a, b) => rank(a) - rank(b));
  const more = told.length - longest;
  const facts: readonly Text[] = [
    { zh: `新报名 ${came} 人，退出 ${left} 人`, en: `${came} signed up, ${left} gave up` },
    {
      zh: `现已占用 ${going}${places.zh}，候补 ${waiting} 人${applied > 0 ? `，待审核 ${applied} 人` : ''}`,
      en: `now ${going}${places.en || ' places'} taken, ${waiting} on the waitlist${applied > 0 ? `, ${applied} to be approved` : ''}`,
    },
    ...(invited.length > 0
      ? [
          {
            zh: `邀请 ${invited.length} 位（${countsOf(invited).zh}）`,
            en: `${invited.length} invited (${countsOf(invited).en})`,
          },
        ]
      : []),
    ...(unreached > 0
      ? [
          {
            zh: `${unreached} 人联系不上，请设法转告`,
            en: `${people(unreached)} can’t be reached; please see that they hear of it`,
          },
        ]
      : []),
  ];
  const all = joinTexts(facts, { zh: '；', en: '; ' });
  return {
    title: { zh: `${titled(c, e).zh}报名汇总`, en: `Sign-ups for ${titled(c, e).en}` },
    text: joinTexts(
      [
        { zh: `${all.zh}。`, en: `${all.en}.` },
        ...(more > 0
          ? [
              {
                zh: `（以下为前 ${longest} 位，另有 ${more} 位见名单）`,
                en: `(the first ${longest}; ${more} more are on the list)`,
              },
            ]
          : []),
      ],
      '\n',
    ),
    people: told.slice(0, longest).map(line),
  };
};
