/** What is said to people who sign up, and of those who did. */
import type { Calendar } from '../../../core/calendar.js';
import { type Listed, type Message, say } from '../../../core/message.js';
import { joinTexts, same, type Text } from '../../../core/text.js';
import type { Attendee } from '../../../database.js';
import type { Named, Subject } from '../header.js';
import { sayTickets, ticketKinds, ticketOrder } from '../kinds.js';
import type { Wait } from '../seating.js';
import { people as countOf, moment, namesOf, places, timeOf, titled } from './common.js';

export { arrival, somebodyLeft } from './line.js';

export const inLine: Text = { zh: '排队候补', en: 'waits in the line' };
export const toBeApproved: Text = { zh: '待组织者审核', en: 'waits for the organizer' };

export const severalOfThatName = (name: string): Message =>
  say(
    `叫“${name}”的不止一位。请对方本人报名，或请秘书处代为登记。`,
    `More than one person is called “${name}”. Please have them sign up themselves, or ask the secretariat.`,
  );

export const isShut = (c: Named, e: Subject, calendar: Calendar): Message =>
  say(
    `${titled(c, e).zh}的报名已于${moment(e.cutOffAt, calendar).zh}截止。`,
    `Sign-up for ${titled(c, e).en} closed on ${moment(e.cutOffAt, calendar).en}.`,
  );

export const noSuchTicket = (c: Named, e: Subject): Message =>
  say(
    `${titled(c, e).zh}没有这种名额。现有：${sayTickets(e.tickets).zh}。`,
    `${titled(c, e).en} has no places of that kind. There are: ${sayTickets(e.tickets).en}.`,
  );

type Placed = Pick<Attendee, 'name' | 'status'>;

/** How many of a party have a place, for the record. */
export const standing = (going: number, all: number, admitted: boolean): Text => {
  if (!admitted) return toBeApproved;
  if (going === all) return { zh: '已确认', en: 'confirmed' };
  if (going === 0) return { zh: '候补', en: 'on the waitlist' };
  return {
    zh: `${going} 人确认，${all - going} 人候补`,
    en: `${going} confirmed, ${all - going} on the waitlist`,
  };
};

const line = (ahead: number): Text =>
  ahead === 0
    ? { zh: '前面没有其他人', en: 'nobody is ahead' }
    : { zh: `前面还有 ${ahead} 人`, en: ahead === 1 ? '1 person is ahead' : `${ahead} people are ahead` };

/** Why somebody waits. */
const sayWait = (wait: Wait): Text => {
  switch (wait.kind) {
    case 'full':
      return { zh: '名额已满', en: 'all places are taken' };
    case 'ticketFull': {
      const kind = ticketOrder.find((one) => one === wait.ticket);
      return kind
        ? { zh: `${ticketKinds[kind].zh}名额已满`, en: `all ${ticketKinds[kind].en} places are taken` }
        : { zh: '该种名额已满', en: 'all places of that kind are taken' };
    }
    case 'parkFull':
      return { zh: '贵园区的名额已满', en: 'all places of your park are taken' };
    case 'groupTooLarge':
      return {
        zh: `余 ${wait.free} 个名额，不够 ${wait.needs} 人一起`,
        en: `${wait.free} left, too few for ${wait.needs} together`,
      };
    case 'neverFits':
      return {
        zh: `最多只有 ${wait.most} 个名额，不够 ${wait.needs} 人一起`,
        en: `there are ${wait.most} at most, too few for ${wait.needs} together`,
      };
    case 'behind':
      return { zh: '空位先留给排在前面的人', en: 'the places left are for those ahead' };
    default:
      return wait satisfies never;
  }
};

const waits = (c: Named, wait: Wait): Text => ({
  zh: `${line(wait.ahead).zh}，有名额会马上告诉您。回复“候补 ${c.ref}”可随时查看。`,
  en: `${line(wait.ahead).en}; you will hear as soon as there is room. “queue ${c.ref}” shows where you stand.`,
});

export const tooLarge = (c: Named, e: Subject): Message =>
  say(
    `${titled(c, e).zh}的名额不够这么多人一起参加，人数超过了上限。请减少人数，或加上“能去几个去几个”再报一次。`,
    `${titled(c, e).en} never has room for so many together. Please sign up fewer people, or add “any” so that as many come as there is room for.`,
  );

export const signedUp = (
  c: Named,
  e: Subject,
  {
    people,
    wait,
    calendar,
    own,
  }: {
    readonly people: readonly Placed[];
    readonly wait: Wait | undefined;
    readonly calendar: Calendar;
    readonly own: boolean;
  },
): Message => {
  const going = people.filter((one) => one.status === 'going').map((one) => one.name);
  const waiting = people.filter((one) => one.status !== 'going').map((one) => one.name);
  const where: Text = {
    zh: `${timeOf(e, calendar).zh}，${e.place}。来不了请回复“取消报名 ${c.ref}”。`,
    en: `${timeOf(e, calendar).en}, ${e.place}. If you can’t come, please reply “leave ${c.ref}”.`,
  };
  if (waiting.length === 0 || !wait) {
    const who: Text = own
      ? { zh: '', en: '' }
      : { zh: `（${namesOf(going).zh}）`, en: ` (${namesOf(going).en})` };
    return say(
      `已报名：${titled(c, e).zh}${who.zh}。${where.zh}`,
      `You are signed up: ${titled(c, e).en}${who.en}. ${where.en}`,
    );
  }
  const inLine = waits(c, wait);
  const why = sayWait(wait);
  if (going.length === 0) {
    const who: Text = own
      ? { zh: '您', en: 'You are' }
      : { zh: namesOf(waiting).zh, en: `${namesOf(waiting).en}: all` };
    return say(
      `${titled(c, e).zh}${why.zh}，${who.zh}已进入候补。${inLine.zh}`,
      `${titled(c, e).en}: ${why.en}. ${who.en} on the waitlist now: ${inLine.en}`,
    );
  }
  return say(
    `已报名：${titled(c, e).zh}（${namesOf(going).zh}）；${namesOf(waiting).zh}进入候补（${why.zh}）。${where.zh}\n${inLine.zh}`,
    `Signed up for ${titled(c, e).en}: ${namesOf(going).en}; ${namesOf(waiting).en} on the waitlist (${why.en}). ${where.en}\nOn the waitlist, ${inLine.en}`,
  );
};

export const applied = (c: Named, e: Subject, count: number): Message =>
  say(
    `${titled(c, e).zh}的报名已收到（${count} 人），组织者审核后会告诉您。`,
    `Your sign-up for ${titled(c, e).en} (${countOf(count)}) has been received. The organizer will look at it, and you will hear.`,
  );

export const pleaseDecide = (c: Named, e: Subject, by: string, names: readonly string[]): Message => ({
  text: {
    zh: `${titled(c, e).zh}有新的报名待审核，由${by}提交。回复“同意报名 ${c.ref} 姓名”或“婉拒 ${c.ref} 姓名”。`,
    en: `A sign-up for ${titled(c, e).en} by ${by} waits for you. Reply “admit ${c.ref} NAME” or “turn away ${c.ref} NAME”.`,
  },
  people: names.map((name, at) => ({ number: at + 1, name, note: same('') })),
});

export const wasSignedUp = (c: Named, e: Subject, by: string, calendar: Calendar): Message =>
  say(
    `${by}为您报名了${titled(c, e).zh}：${timeOf(e, calendar).zh}，${e.place}。来不了请回复“取消报名 ${c.ref}”。`,
    `${by} has signed you up for ${titled(c, e).en}: ${timeOf(e, calendar).en}, ${e.place}. If you can’t come, please reply “leave ${c.ref}”.`,
  );

export const standings: Readonly<Record<Attendee['status'], Text>> = {
  applied: { zh: '待审核', en: 'waiting for the organizer' },
  waiting: { zh: '候补中', en: 'on the waitlist' },
  held: { zh: '名额保留中，待答复', en: 'kept a place, to be answered' },
  going: { zh: '已报名', en: 'signed up' },
  out: { zh: '已取消', en: 'off the list' },
};

export const onTheListAlready = (
  c: Named,
  e: Subject,
  there: readonly Attendee[],
  calendar: Calendar,
): Message => {
  const lines = there.map((one) => placeOf(one, undefined, calendar));
  const all = joinTexts(lines, { zh: '；', en: '; ' });
  return say(
    `已经在${titled(c, e).zh}的名单上了：${all.zh}。若是同名的另一位，请在姓名后加以区分（如“张三（市场部）”）。`,
    `Already on the list of ${titled(c, e).en}: ${all.en}. If you mean somebody else of that name, please add a word to tell them apart.`,
  );
};

export const stillWaits = (c: Named, e: Subject, one: Attendee, wait: Wait): Message =>
  say(
    `${one.name}已在${titled(c, e).zh}的候补名单上，${sayWait(wait).zh}，${waits(c, wait).zh}`,
    `${one.name} is on the waitlist of ${titled(c, e).en} already: ${sayWait(wait).en}; ${waits(c, wait).en}`,
  );

export const notOnTheList = (c: Named, e: Subject, others: readonly string[]): Message =>
  others.length > 0
    ? say(
        `${titled(c, e).zh}的名单上没有您说的这位。您可以取消：${others.join('、')}，如“取消报名 ${c.ref} ${others[0]}”。`,
        `That person is not on the list of ${titled(c, e).en}. You can take off: ${others.join(', ')}, as in “leave ${c.ref} ${others[0]}”.`,
      )
    : say(
        `${titled(c, e).zh}的名单上没有您或您代报的人。`,
        `Neither you nor anybody you signed up is on the list of ${titled(c, e).en}.`,
      );

export const hasLeft = (c: Named, e: Subject, names: readonly string[]): Message =>
  say(
    `已取消${titled(c, e).zh}的报名：${namesOf(names).zh}。谢谢提前告知！`,
    `Taken off the list of ${titled(c, e).en}: ${namesOf(names).en}. Thank you for letting us know!`,
  );

export const wasTakenOff = (c: Named, e: Subject, by: string): Message =>
  say(
    `${by}取消了您在${titled(c, e).zh}的报名。如有出入，请回复“报名 ${c.ref}”。`,
    `${by} has taken you off the list of ${titled(c, e).en}. If that is not right, reply “sign up ${c.ref}”.`,
  );

// The list

type Row = {
  readonly personId: string | null;
  readonly name: string;
  readonly status: Attendee['status'];
  readonly park: Text | undefined;
  readonly ticket: Text | undefined;
};

/** Who comes first, numbered through; then who waits. */
export const listed = (rows: readonly Row[]): readonly Listed[] =>
  [...rows.filter((one) => one.status !== 'waiting'), ...rows.filter((one) => one.status === 'waiting')].map(
    ({ personId, name, status, park, ticket }, at) => {
      const marks: readonly Text[] = [
        ...(park ? [park] : []),
        ...(ticket ? [ticket] : []),
        ...(status === 'waiting' ? [{ zh: '候补', en: 'waitlist' }] : []),
        ...(status === 'held' ? [{ zh: '待确认', en: 'to be confirmed' }] : []),
      ];
      const all = joinTexts(marks, { zh: '，', en: ', ' });
      return {
        number: at + 1,
        personId,
        name,
        note: marks.length === 0 ? same('') : { zh: `（${all.zh}）`, en: ` (${all.en})` },
      };
    },
  );

export const list = (
  c: Named,
  e: Subject,
  {
    lines,
    left,
    people,
    calendar,
  }: {
    readonly lines: readonly Listed[];
    readonly left: number;
    readonly people: readonly { readonly status: Attendee['status'] }[];
    readonly calendar: Calendar;
  },
): Message => {
  const taken = people.filter((one) => one.status === 'going' || one.status === 'held').length;
  const waiting = people.length - taken;
  const free = e.capacity === null ? undefined : Math.max(0, e.capacity - taken);
  return {
    title: { zh: `${c.ref} ${e.title}`, en: `${c.ref} ${e.title}` },
    text: joinTexts(
      [
        timeOf(e, calendar),
        {
          zh: `已报 ${taken} 人${e.capacity === null ? '' : `，名额 ${e.capacity}，余 ${free}`}${waiting > 0 ? `，候补 ${waiting} 人` : ''}`,
          en: `${taken} signed up${e.capacity === null ? '' : ` for ${places(e.capacity)}, ${free} left`}${waiting > 0 ? `, ${waiting} on the waitlist` : ''}`,
        },
        ...(people.length === 0 ? [{ zh: '还没有人报名。', en: 'Nobody has signed up yet.' }] : []),
        ...(left > 0 ? [{ zh: `（前 ${left} 位略）`, en: `(the first ${left} left out)` }] : []),
      ],
      '\n',
    ),
    people: lines,
  };
};

// Where somebody stands

export const notInLine = (c: Named, e: Subject, waiting: number): Message =>
  say(
    `您还没有报名${titled(c, e).zh}，目前候补 ${waiting} 人。回复“报名 ${c.ref}”即可；名额满时自动进入候补。`,
    `You have not signed up for ${titled(c, e).en}; ${countOf(waiting)} on the waitlist. Reply “sign up ${c.ref}”: when it is full you join the line.`,
  );

export const placeOf = (one: Attendee, wait: Wait | undefined, calendar: Calendar): Text => {
  const stands = standings[one.status];
  const until =
    one.status === 'held' && one.heldUntil
      ? {
          zh: `，保留到${moment(one.heldUntil, calendar).zh}`,
          en: ` by ${moment(one.heldUntil, calendar).en}`,
        }
      : same('');
  const place = wait
    ? {
        zh: `，${sayWait(wait).zh}，${line(wait.ahead).zh}`,
        en: `, ${sayWait(wait).en}, ${line(wait.ahead).en}`,
      }
    : same('');
  const why = readText(one.because);
  const because = why ? { zh: `（${why.zh}）`, en: ` (${why.en})` } : same('');
  return {
    zh: `${one.name} ${stands.zh}${until.zh}${place.zh}${because.zh}`,
    en: `${one.name}: ${stands.en}${until.en}${place.en}${because.en}`,
  };
};

/** A stored text; anything else is left out. */
const readText = (stored: unknown): Text | undefined =>
  typeof stored === 'object' && stored !== null && 'zh' in stored && 'en' in stored
    ? { zh: String(stored.zh), en: String(stored.en) }
    : undefined;

export const inTheLine = (c: Named, e: Subject, lines: readonly Text[], waiting: number): Message => ({
  text: joinTexts(
    [
      {
        zh: `${titled(c, e).zh}，候补共 ${waiting} 人：`,
        en: `${titled(c, e).en}, ${countOf(waiting)} on the waitlist:`,
      },
      ...lines,
    ],
    '\n',
  ),
});
