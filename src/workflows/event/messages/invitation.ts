/** Invitations, and what is said to those who answer them. */
import type { Calendar } from '../../../core/calendar.js';
import { type Message, say } from '../../../core/message.js';
import { joinTexts, type Text } from '../../../core/text.js';
import type { Named, Subject } from '../header.js';
import { type TicketKind, ticketKinds, ticketOrder } from '../kinds.js';
import { moment, namesOf, timeOf, titled } from './common.js';

export { isShut, noSuchTicket } from './sign-up.js';
export type Reply = Message;

export const answers: Readonly<Record<'no' | 'maybe', Text>> = {
  no: { zh: '不能参加', en: 'not coming' },
  maybe: { zh: '待定', en: 'perhaps' },
};

export type Invited = {
  readonly name: string;
  readonly outcome: 'asked' | 'noAccount' | 'already' | 'unknown' | 'several';
};

const outcomes: Readonly<Record<Exclude<Invited['outcome'], 'asked'>, Text>> = {
  noAccount: { zh: '没有可用的账号，请另行告知', en: 'has no account here: please tell them yourself' },
  already: { zh: '已在邀请名单上，未重复发送', en: 'is invited already, and was not asked again' },
  unknown: {
    zh: '名册上没有这位，请核对姓名',
    en: 'is not known here; please check the name',
  },
  several: { zh: '不止一位，请写明园区', en: 'is the name of several people: please name the park' },
};

const notesOn = (invited: readonly Invited[]): readonly Text[] =>
  invited.flatMap(({ name, outcome }) =>
    outcome === 'asked'
      ? []
      : [{ zh: `${name}：${outcomes[outcome].zh}。`, en: `${name} ${outcomes[outcome].en}.` }],
  );

export const areInvited = (c: Named, e: Subject, invited: readonly Invited[]): Message => {
  const count = invited.filter((one) => one.outcome === 'asked').length;
  const first: Text =
    count === 0
      ? {
          zh: `${titled(c, e).zh}的邀请已登记，但无法送达。`,
          en: `The invitation to ${titled(c, e).en} is on record, but could not be delivered.`,
        }
      : {
          zh: `已向 ${count} 位发出${titled(c, e).zh}的邀请。回复“邀请名单 ${c.ref}”可查看答复。`,
          en: `${count === 1 ? '1 person was' : `${count} people were`} invited to ${titled(c, e).en}. “invitations ${c.ref}” shows their answers.`,
        };
  return { text: joinTexts([first, ...notesOn(invited)], '\n') };
};

export const invitedNobody = (invited: readonly Invited[]): Message => ({
  text: joinTexts([{ zh: '没有发出邀请。', en: 'Nobody was invited.' }, ...notesOn(invited)], '\n'),
});

/** As people read it who were asked by name. */
export const pleaseCome = (
  c: Named,
  e: Subject,
  {
    by,
    ticket,
    companions,
    calendar,
  }: {
    readonly by: string;
    readonly ticket: TicketKind;
    readonly companions: number;
    readonly calendar: Calendar;
  },
): Message => {
  const bring: Text =
    companions === 0
      ? { zh: '', en: '' }
      : {
          zh: `您可另带 ${companions} 人（如“应邀 ${c.ref} +1”）。`,
          en: ` You may bring ${companions === 1 ? 'one more person' : `${companions} more people`} (such as “coming ${c.ref} +1”).`,
        };
  return {
    title: { zh: `邀请函：${e.title}`, en: `An invitation: ${e.title}` },
    text: joinTexts(
      [
        ...(e.about === null ? [] : [{ zh: e.about, en: e.about }]),
        ...(e.teaser === null ? [] : [{ zh: e.teaser, en: e.teaser }]),
        {
          zh: `${by}邀请您${inCapacity(ticket).zh}。${bring.zh}`,
          en: `${by} invites you to ${inCapacity(ticket).en}.${bring.en}`,
        },
        {
          zh: `请于${moment(e.cutOffAt, calendar).zh}前回复“应邀 ${c.ref}”“不能参加 ${c.ref}”或“待定 ${c.ref}”。`,
          en: `Please reply by ${moment(e.cutOffAt, calendar).en}: “coming ${c.ref}”, “not coming ${c.ref}” or “maybe ${c.ref}”.`,
        },
      ],
      '\n',
    ),
    facts: [
      { label: { zh: '时间', en: 'Time' }, value: timeOf(e, calendar) },
      { label: { zh: '地点', en: 'Place' }, value: { zh: e.place, en: e.place } },
    ],
  };
};

/** How they are to take part: 以投资人身份出席, “attend as an investor”. */
const inCapacity = (ticket: TicketKind): Text => {
  if (ticket === 'online') return { zh: '线上参加', en: 'attend online' };
  const { zh, en } = ticketKinds[ticket];
  const article = ticket === 'press' ? '' : /^[aeio]/.test(en) ? 'an ' : 'a ';
  return { zh: `以${zh}身份出席`, en: `attend as ${article}${en}` };
};

export const notInvited = (c: Named, e: Subject): Message =>
  say(
    `您不在${titled(c, e).zh}的邀请名单上。若想参加，请回复“报名 ${c.ref}”。`,
    `You are not on the list of those invited to ${titled(c, e).en}. To take part, please reply “sign up ${c.ref}”.`,
  );

export const tooManyCompanions = (c: Named, companions: number): Message =>
  companions === 0
    ? say(
        `本次邀请仅限您本人，请回复“应邀 ${c.ref}”。需要带人请与组织者联系。`,
        `The invitation is for you alone: please reply “coming ${c.ref}”. To bring somebody, please ask the organizer.`,
      )
    : say(
        `本次邀请最多可另带 ${companions} 人，请回复“应邀 ${c.ref} +${companions}”。需要多带人请与组织者联系。`,
        `You may bring ${companions === 1 ? 'one more person' : `${companions} more people`}: please reply “coming ${c.ref} +${companions}”. To bring more, please ask the organizer.`,
      );

export const comesAlready = (c: Named, e: Subject, calendar: Calendar): Message =>
  say(
    `您已在${titled(c, e).zh}的名单上，${timeOf(e, calendar).zh}见。`,
    `You are on the list for ${titled(c, e).en} already. See you on ${timeOf(e, calendar).en}.`,
  );

/** Why somebody who had asked to come is off the list: they come by invitation now. */
export const invitedSince: Text = { zh: '改为应邀参加', en: 'comes by invitation now' };

export const isKeptForYou = (c: Named, e: Subject, until: Date | null, calendar: Calendar): Message => {
  const by: Text = until
    ? { zh: `，保留到${moment(until, calendar).zh}`, en: ` until ${moment(until, calendar).en}` }
    : { zh: '', en: '' };
  return say(
    `${titled(c, e).zh}正为您保留名额${by.zh}。请回复“接受 ${c.ref}”确认，来不了请回复“放弃 ${c.ref}”。`,
    `A place at ${titled(c, e).en} is kept for you${by.en}. Please confirm it with “accept ${c.ref}”, or let it go with “pass ${c.ref}”.`,
  );
};

export const bringsAlready = (c: Named, companions: readonly { readonly name: string }[]): Message => {
  const names = namesOf(companions.map((one) => one.name));
  const first = companions[0]?.name ?? '';
  return say(
    `您已带${names.zh}。要改人数，请先回复“取消报名 ${c.ref} ${first}”，再回复“应邀 ${c.ref} +人数”。`,
    `You bring ${names.en} already. To change that, please reply “leave ${c.ref} ${first}” first, then “coming ${c.ref} +” and the number.`,
  );
};

export const withProfileHint = (c: Named, message: Message): Message => ({
  ...message,
  text: joinTexts(
    [
      message.text,
      {
        zh: `欢迎填写供需资料，方便与会者找您：请回复“供需 ${c.ref}”。`,
        en: `You are welcome to say what you bring and look for, so that others find you: reply “profile ${c.ref}”.`,
      },
    ],
    '\n',
  ),
});

export const pity = (c: Named, e: Subject, invited: boolean): Message => {
  const again: Text = invited ? { zh: '应邀', en: 'coming' } : { zh: '报名', en: 'sign up' };
  return say(
    `已记下：您不能参加${titled(c, e).zh}。若安排有变，截止前回复“${again.zh} ${c.ref}”即可。`,
    `Noted: you can’t come to ${titled(c, e).en}. Should that change, just reply “${again.en} ${c.ref}” in time.`,
  );
};

export const hasPlace = (c: Named, e: Subject): Message =>
  say(
    `${titled(c, e).zh}报名已截止，您的名额仍为您留着。若不来，请回复“不能参加 ${c.ref}”。`,
    `Sign-up for ${titled(c, e).en} has closed, and your place stays yours. If you won’t come, please reply “not coming ${c.ref}”.`,
  );

export const perhaps = (c: Named, e: Subject, hadPlace: boolean, calendar: Calendar): Message => {
  const place: Text = hadPlace
    ? { zh: '您的名额已让出，待定期间不保留', en: 'your place is given up, and none is kept meanwhile' }
    : { zh: '待定期间不保留名额', en: 'no place is kept meanwhile' };
  return say(
    `已记下：待定。${titled(c, e).zh}的报名于${moment(e.cutOffAt, calendar).zh}截止，${place.zh}；能来时请回复“应邀 ${c.ref}”，届时也会提醒您。`,
    `Noted: perhaps. Sign-up for ${titled(c, e).en} ends on ${moment(e.cutOffAt, calendar).en}; ${place.en}. Reply “coming ${c.ref}” once you know; you will also be reminded.`,
  );
};

export const pleaseAnswer = (c: Named, e: Subject, wasPerhaps: boolean, calendar: Calendar): Message => {
  const until = moment(e.cutOffAt, calendar);
  return wasPerhaps
    ? say(
        `您对${titled(c, e).zh}的答复是“待定”，报名于${until.zh}截止。现在能定下来吗？`,
        `You said “perhaps” to ${titled(c, e).en}; sign-up ends on ${until.en}. Can you say yet?`,
      )
    : say(
        `${titled(c, e).zh}的邀请还在等您答复，报名于${until.zh}截止。`,
        `Your invitation to ${titled(c, e).en} waits for an answer; sign-up ends on ${until.en}.`,
      );
};

export const nobodyInvited = (c: Named, e: Subject): Message =>
  say(
    `${titled(c, e).zh}还没有邀请任何人。请回复“邀请 ${c.ref} 姓名、姓名”。`,
    `Nobody has been invited to ${titled(c, e).en} yet. Reply “invite ${c.ref}” with their names.`,
  );

/** `waits`: said yes, and there was no place. */
export type Standing = 'yes' | 'waits' | 'maybe' | 'no' | 'silent';

const standings: Readonly<Record<Standing, Text>> = {
  yes: { zh: '参加', en: 'coming' },
  waits: { zh: '应邀，候补中', en: 'would come, on the waitlist' },
  maybe: { zh: '待定', en: 'perhaps' },
  no: { zh: '不参加', en: 'not coming' },
  silent: { zh: '未答复', en: 'unanswered' },
};
const standingOrder: readonly Standing[] = ['yes', 'waits', 'maybe', 'silent', 'no'];

export type InvitedRow = {
  readonly who: {
    readonly id: string;
    readonly name: string;
    readonly park: { readonly nameZh: string; readonly nameEn: string } | null;
  };
  readonly ticket: TicketKind;
  readonly standing: Standing;
  readonly answeredAt: Date | null;
};

export const countsOf = (rows: readonly InvitedRow[]): Text =>
  joinTexts(
    standingOrder.flatMap((standing): Text[] => {
      const own = rows.filter((one) => one.standing === standing);
      return own.length === 0
        ? []
        : [
            {
              zh: `${standings[standing].zh} ${own.length}`,
              en: `${own.length} ${standings[standing].en}`,
            },
          ];
    }),
    { zh: '，', en: ', ' },
  );

const byKind = (rows: readonly InvitedRow[]): readonly Text[] => {
  const kinds = ticketOrder.filter((kind) => rows.some((one) => one.ticket === kind));
  return kinds.length < 2
    ? []
    : kinds.map((kind) => {
        const counts = countsOf(rows.filter((one) => one.ticket === kind));
        return {
          zh: `${ticketKinds[kind].zh}：${counts.zh}`,
          en: `${ticketKinds[kind].en}: ${counts.en}`,
        };
      });
};

export const listOfInvitations = (c: Named, e: Subject, rows: readonly InvitedRow[]): Message => ({
  title: { zh: `${titled(c, e).zh}邀请名单`, en: `Invitations to ${titled(c, e).en}` },
  text: joinTexts(
    [
      {
        zh: `共邀请 ${rows.length} 位：${countsOf(rows).zh}。`,
        en: `${rows.length} invited: ${countsOf(rows).en}.`,
      },
      ...byKind(rows),
    ],
    '\n',
  ),
  people: rows
    .toSorted((a, b) => standingOrder.indexOf(a.standing) - standingOrder.indexOf(b.standing))
    .map(({ who, ticket, standing }, at) => ({
      number: at + 1,
      personId: who.id,
      name: who.name,
      note: {
        zh: `（${[...(who.park ? [who.park.nameZh] : []), ticketKinds[ticket].zh, standings[standing].zh].join('，')}）`,
        en: ` (${[...(who.park ? [who.park.nameEn] : []), ticketKinds[ticket].en, standings[standing].en].join(', ')})`,
      },
    })),
});
