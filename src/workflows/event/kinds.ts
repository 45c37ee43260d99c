/** What events, places and rules are called. */
import { joinTexts, type Text } from '../../core/text.js';
import type { Event, Ticket } from '../../database.js';

export type EventKind = Event['kind'];
export type TicketKind = Ticket['kind'];
export type Admission = Event['admission'];
export type { Policy } from './seating.js';

import type { Policy } from './seating.js';

export const eventKinds: Readonly<Record<EventKind, Text>> = {
  workshop: { zh: '工作坊', en: 'workshop' },
  conference: { zh: '会议', en: 'conference' },
  training: { zh: '培训', en: 'training' },
  investment: { zh: '招商活动', en: 'investment event' },
};

/** In the order in which they are listed; the first one is meant where nothing is said. */
export const ticketOrder = ['delegate', 'speaker', 'observer', 'investor', 'press', 'online'] as const;

export const ticketKinds: Readonly<Record<TicketKind, Text>> = {
  delegate: { zh: '代表', en: 'delegate' },
  speaker: { zh: '嘉宾', en: 'speaker' },
  observer: { zh: '列席', en: 'observer' },
  investor: { zh: '投资人', en: 'investor' },
  press: { zh: '媒体', en: 'press' },
  online: { zh: '线上', en: 'online' },
};

/** All that people call them. */
export const ticketNames: readonly { readonly key: TicketKind; readonly names: readonly string[] }[] = [
  { key: 'delegate', names: ['代表', '正式代表', 'delegate', 'delegates'] },
  { key: 'speaker', names: ['嘉宾', '讲者', '演讲嘉宾', '讲师', 'speaker', 'speakers'] },
  { key: 'observer', names: ['列席', '观察员', '旁听', 'observer', 'observers'] },
  { key: 'investor', names: ['投资人', '投资方', '投资机构', 'investor', 'investors'] },
  { key: 'press', names: ['媒体', '记者', 'press', 'media'] },
  { key: 'online', names: ['线上', '网上', 'online', 'remote'] },
];

/** As it is printed on the card, before sign-up opens. */
export const policies: Readonly<Record<Policy, Text>> = {
  queue: { zh: '候补按报名先后，依次递补', en: 'strictly in the order of sign-up' },
  bestFit: {
    zh: '候补按报名先后，空位坐不下的团队先让后面的人补上',
    en: 'in the order of sign-up, passing over groups that are too large for the places left',
  },
  parkTurns: {
    zh: '候补由目前人数最少的园区优先，同园区按报名先后',
    en: 'the park with the fewest places first, then the order of sign-up',
  },
  provinceTurns: {
    zh: '候补由目前人数最少的省份优先，同省份按报名先后',
    en: 'the province with the fewest places first, then the order of sign-up',
  },
};

export const admissions: Readonly<Record<Admission, Text>> = {
  everyone: { zh: '报名即确认', en: 'sign-up is confirmed at once' },
  members: {
    zh: '会员园区报名即确认，其他由组织者审核',
    en: 'member parks at once, others by the organizer',
  },
  nobody: { zh: '由组织者审核', en: 'the organizer decides on each' },
};

/** 代表 60，线上不限 */
export const sayTickets = (tickets: readonly Pick<Ticket, 'kind' | 'quota'>[]): Text =>
  joinTexts(
    ticketOrder
      .flatMap((kind) => tickets.filter((one) => one.kind === kind))
      .map(({ kind, quota }) => ({
        zh: `${ticketKinds[kind].zh} ${quota ?? '不限'}`,
        en: `${ticketKinds[kind].en} ${quota ?? 'without limit'}`,
      })),
    { zh: '，', en: ', ' },
  );

/** The kind of ticket that was asked for, if the event has it; the usual one where none was named. */
export const chosenTicket = (
  { tickets }: { readonly tickets: readonly { readonly kind: TicketKind }[] },
  wanted: string | null,
): TicketKind | undefined => {
  const kinds = ticketOrder.filter((kind) => tickets.some((one) => one.kind === kind));
  return wanted === null ? kinds[0] : kinds.find((kind) => kind === wanted);
};
