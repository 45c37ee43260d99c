/** What is said to an organizer who prepares an event, and the card that everybody sees. */
import { DateTime } from 'luxon';
import type { Calendar } from '../../../core/calendar.js';
import { type Fact, type Message, say } from '../../../core/message.js';
import { joinTexts, same, type Text } from '../../../core/text.js';
import type { Attendee } from '../../../database.js';
import type { Clash } from '../clash.js';
import type { Named, Subject } from '../header.js';
import { admissions, eventKinds, policies, sayTickets } from '../kinds.js';
import { moment, timeOf, titled } from './common.js';

export const hasPassed = (at: Date, calendar: Calendar): Message =>
  say(
    `${moment(at, calendar).zh}已经过了，请另定时间。`,
    `${moment(at, calendar).en} has passed by now. Please choose another time.`,
  );

const sayClash = (clash: Clash, calendar: Calendar): Text => {
  switch (clash.kind) {
    case 'event':
      return {
        zh: `与 ${clash.with.ref}《${clash.with.what.zh}》时间重叠（${timeOf({ startsAt: clash.with.from, endsAt: clash.with.until }, calendar).zh}）`,
        en: `it overlaps with ${clash.with.ref} “${clash.with.what.en}” (${timeOf({ startsAt: clash.with.from, endsAt: clash.with.until }, calendar).en})`,
      };
    case 'sameDay':
      return {
        zh: `当天还有 ${clash.with.ref}《${clash.with.what.zh}》`,
        en: `${clash.with.ref} “${clash.with.what.en}” is on the same day`,
      };
    case 'dayOff':
      return { zh: '当天不是工作日', en: 'that is not a working day' };
    case 'unknownYear':
      return {
        zh: `${clash.year} 年的放假安排尚未公布`,
        en: `the holidays of ${clash.year} are not announced yet`,
      };
    default:
      return clash satisfies never;
  }
};

type Times = { readonly from: Date; readonly until: Date };

/** What stands against the time, and three better ones; nothing where nothing does. */
export const clashNote = (
  clashes: readonly Clash[],
  better: readonly Times[],
  calendar: Calendar,
): readonly Text[] => {
  if (clashes.length === 0) return [];
  const found = joinTexts(
    clashes.map((one) => sayClash(one, calendar)),
    { zh: '；', en: '; ' },
  );
  const times = joinTexts(
    better.map(({ from, until }) => timeOf({ startsAt: from, endsAt: until }, calendar)),
    { zh: '、', en: '; ' },
  );
  return [
    { zh: `请注意：${found.zh}。`, en: `Please note: ${found.en}.` },
    ...(better.length > 0
      ? [{ zh: `可以考虑：${times.zh}。`, en: `These would be free: ${times.en}.` }]
      : []),
  ];
};

export const planned = (
  c: Named,
  e: Subject,
  clashes: readonly Clash[],
  better: readonly Times[],
  calendar: Calendar,
): Message => ({
  text: joinTexts(
    [
      {
        zh: `${titled(c, e).zh}已建好，尚未发布。`,
        en: `${titled(c, e).en} is drafted and not announced yet.`,
      },
      ...clashNote(clashes, better, calendar),
      ...(clashes.length > 0
        ? [{ zh: `改时间请回复“改期 ${c.ref}”。`, en: `“reschedule ${c.ref}” changes the time.` }]
        : []),
      {
        zh: `可先设“报名规则 ${c.ref}”（候补、审核、每园区名额、截止等），再“预览 ${c.ref}”，最后“发布 ${c.ref}”。`,
        en: `Set the rules with “configure ${c.ref}” if you like (waitlist, approval, places per park, deadline), look at it with “preview ${c.ref}”, then “announce ${c.ref}”.`,
      },
    ],
    '\n',
  ),
});

export const neverAnnounced: Text = { zh: '到期未发布', en: 'its day came and it was never announced' };

export const pleaseAnnounce = (c: Named, e: Subject): Message =>
  say(
    `提醒：${titled(c, e).zh}还没有发布。请“发布 ${c.ref}”，不办了请“取消活动 ${c.ref}”。`,
    `A reminder: ${titled(c, e).en} is not announced yet. Please “announce ${c.ref}”, or “call off ${c.ref}” to drop it.`,
  );

export const cutOffOutside = (e: Subject, calendar: Calendar): Message =>
  say(
    `报名截止须晚于现在，不晚于活动开始（${moment(e.startsAt, calendar).zh}）。`,
    `Sign-up has to end after now and no later than the start, ${moment(e.startsAt, calendar).en}.`,
  );

const day = (at: Date, { timezone }: Calendar): Text => {
  const local = DateTime.fromJSDate(at, { zone: timezone });
  return { zh: local.toFormat('M月d日'), en: local.setLocale('en').toFormat('d LLL') };
};

/** The rules of sign-up in one sentence. */
export const policyOf = (e: Pick<Subject, 'policy'>): Text => policies[e.policy];

const rules = (e: Subject, calendar: Calendar): readonly Text[] => {
  const pool = e.poolAt === null ? undefined : day(e.poolAt, calendar);
  return [
    admissions[e.admission],
    ...(e.perPark === null
      ? []
      : [
          {
            zh: `每园区最多 ${e.perPark} 人${pool ? `，${pool.zh}起余额向所有人开放` : ''}`,
            en: `at most ${e.perPark} of one park${pool ? `, unused places open to everybody from ${pool.en}` : ''}`,
          },
        ]),
    policyOf(e),
    {
      zh: `候补名额最多保留 ${e.holdHours} 个工作小时，临近活动缩短`,
      en: `a place from the waitlist is kept for ${e.holdHours} working hours at most, fewer as the event nears`,
    },
  ];
};

export const configured = (c: Named, e: Subject, calendar: Calendar): Message => {
  const all = joinTexts(rules(e, calendar), { zh: '；', en: '; ' });
  return say(
    `${c.ref} 的报名规则：${all.zh}。报名截止：${moment(e.cutOffAt, calendar).zh}。`,
    `The rules of ${c.ref}: ${all.en}. Sign-up ends on ${moment(e.cutOffAt, calendar).en}.`,
  );
};

const fact = (label: Text, value: Text): Fact => ({ label, value });

/** What everybody sees of an event. */
export const card = (c: Named, e: Subject, calendar: Calendar): Message => ({
  title: {
    zh: `${eventKinds[e.kind].zh} ${c.ref}：${e.title}`,
    en: `${c.ref}: ${e.title} (${eventKinds[e.kind].en})`,
  },
  text: joinTexts(
    [
      ...(e.about === null ? [] : [same(e.about)]),
      ...(e.teaser === null ? [] : [same(e.teaser)]),
      {
        zh: `报名请回复“报名 ${c.ref}”，为同事报名请加姓名，带人请加“+1”；取消请回复“取消报名 ${c.ref}”。名单会在群里公布。`,
        en: `Reply “sign up ${c.ref}” to come, with a name to sign up a colleague, or “+1” to bring somebody; “leave ${c.ref}” takes you off. The list is shown in the members’ rooms.`,
      },
    ],
    '\n',
  ),
  facts: [
    fact({ zh: '时间', en: 'Time' }, timeOf(e, calendar)),
    fact({ zh: '地点', en: 'Place' }, same(e.place)),
    fact(
      { zh: '名额', en: 'Places' },
      joinTexts(
        [
          e.capacity === null ? { zh: '不限', en: 'no limit' } : same(`${e.capacity}`),
          ...(e.tickets.length === 1 && e.tickets[0]?.quota === null ? [] : [sayTickets(e.tickets)]),
        ],
        { zh: '，其中 ', en: ', of these: ' },
      ),
    ),
    fact({ zh: '报名截止', en: 'Sign-up ends' }, moment(e.cutOffAt, calendar)),
    fact({ zh: '规则', en: 'Rules' }, joinTexts(rules(e, calendar), { zh: '；', en: '; ' })),
  ],
});

export const previewOf = (message: Message): Message => ({
  ...message,
  title: joinTexts([{ zh: '【预览】', en: 'Preview: ' }, message.title ?? same('')], ''),
});

export const announced = (c: Named, e: Subject): Message =>
  say(
    `${titled(c, e).zh}已发布，会员群已收到。每个工作日下午会向您汇总报名情况；“名单 ${c.ref}”可随时查看。`,
    `${titled(c, e).en} is announced in the members’ rooms. You will have a summary every working day in the afternoon; “roster ${c.ref}” shows the list at any time.`,
  );

export const didNotMoveUp = (c: Named, e: Subject): Message =>
  say(
    `${titled(c, e).zh}报名已截止，这次没能排到，很抱歉。如有现场空位，欢迎到场后回复“到了 ${c.ref}”。`,
    `Sign-up for ${titled(c, e).en} has closed, and we are sorry that it was not your turn. If you come all the same, reply “here ${c.ref}”: there may be room at the door.`,
  );

type Count = { readonly status: Attendee['status']; readonly count: number };

export const isShutWith = (c: Named, e: Subject, counts: readonly Count[]): Message => {
  const of = (status: Attendee['status']) => counts.find((one) => one.status === status)?.count ?? 0;
  return say(
    `${titled(c, e).zh}报名截止：确认 ${of('going')} 人，候补未排到 ${of('waiting')} 人。名单可用“名单 ${c.ref}”查看。`,
    `Sign-up for ${titled(c, e).en} has closed: ${of('going')} confirmed, ${of('waiting')} left on the waitlist. “roster ${c.ref}” shows the list.`,
  );
};

export const noEvents: Message = say('近期没有已发布的活动。', 'No event is announced at the moment.');

type ListedEvent = {
  readonly ref: string;
  readonly state: string;
  readonly title: string;
  readonly startsAt: Date;
  readonly place: string;
};

export const listOfEvents = (rows: readonly ListedEvent[], calendar: Calendar): Message => ({
  title: { zh: '近期活动', en: 'Coming events' },
  text: joinTexts(
    rows.map((one) => {
      const at = moment(one.startsAt, calendar);
      return one.state === 'open'
        ? {
            zh: `${one.ref}《${one.title}》${at.zh}，${one.place}（可“报名 ${one.ref}”）`,
            en: `${one.ref} “${one.title}”, ${at.en}, ${one.place} (“sign up ${one.ref}”)`,
          }
        : {
            zh: `${one.ref}《${one.title}》${at.zh}，${one.place}（报名已截止）`,
            en: `${one.ref} “${one.title}”, ${at.en}, ${one.place} (sign-up has closed)`,
          };
    }),
    '\n',
  ),
});
