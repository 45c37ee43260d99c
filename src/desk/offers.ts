/** Choices that were put before people: found again when answered, retired when they are over. */
import { traits } from '../core/input.js';
import type { Answer } from '../core/question.js';
import { joinTexts, same, type Text } from '../core/text.js';
import type { CaseRow } from './cases.js';
import { stateTitle } from './cases.js';
import type { PersonTurn, Turn } from './parts.js';
import { answerCommand, readContent } from './posts.js';

export type OfferRow = {
  readonly id: string;
  readonly command: string;
  readonly caseId: string | null;
  readonly personId: string | null;
  readonly given: Readonly<Record<string, Answer>>;
  readonly closedAt: Date | null;
  readonly conversation: string;
};

const select = {
  id: true,
  command: true,
  caseId: true,
  personId: true,
  given: true,
  closedAt: true,
  channel: true,
  account: true,
  conversation: true,
} as const;

const toOffer = (row: Omit<OfferRow, 'given'> & { given: unknown }): OfferRow => ({
  ...row,
  given: isAnswers(row.given) ? row.given : {},
});

const isAnswers = (value: unknown): value is Record<string, Answer> =>
  typeof value === 'object' && value !== null;

/** Whether a name from outside may be one of our ids: the database takes nothing else for one. */
export const isId = (name: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name);

/** The offer a button stands for, if it was made in this conversation. */
export const offerById = async (turn: PersonTurn, id: string): Promise<OfferRow | undefined> => {
  if (!isId(id)) return undefined;
  const row = await turn.db.offer.findUnique({ where: { id }, select });
  const madeHere =
    row?.channel === turn.channel &&
    row.account === turn.account &&
    (row.conversation === turn.conversation.id || row.conversation === turn.senderId);
  return row && madeHere ? toOffer(row) : undefined;
};

/** The latest offer with this number in the conversation, open or not. */
export const offerByNumber = async (turn: PersonTurn, number: number): Promise<OfferRow | undefined> => {
  const row = await turn.db.offer.findFirst({
    where: {
      channel: turn.channel,
      account: turn.account,
      conversation: turn.conversation.id,
      number,
      command: { not: answerCommand },
    },
    orderBy: { offeredAt: 'desc' },
    select,
  });
  return row ? toOffer(row) : undefined;
};

/** Whether a command, of any case or of one, is open to be answered by its bare word in this room. */
export const isOfferedHere = async (
  turn: PersonTurn,
  commands: readonly string[],
  ref?: string,
): Promise<boolean> =>
  (await turn.db.offer.count({
    where: {
      channel: turn.channel,
      account: turn.account,
      conversation: turn.conversation.id,
      closedAt: null,
      command: { in: [...commands] },
      ...(ref && { case: { ref } }),
    },
    take: 1,
  })) > 0;

/**
 * Closes the choices that the case's state no longer allows, and those of the person's own that they have
 * just used, and takes the buttons off the posts that carried them. As long as the state is the same, others' choices
 * are left alone: an event may have thousands of them.
 */
export const retireOffers = async (
  turn: Turn,
  one: CaseRow,
  { moved, by }: { readonly moved: boolean; readonly by?: PersonTurn | undefined },
): Promise<void> => {
  if (!moved && !by) return;
  const open = await turn.db.offer.findMany({
    where: { caseId: one.id, closedAt: null, ...(!moved && by && { personId: by.actor.id }) },
    select: { id: true, command: true, personId: true, outboxId: true },
  });
  const allowed = (offer: { readonly command: string }): boolean => {
    const command = turn.registry.command(offer.command);
    return command !== undefined && typeof command.from !== 'string' && command.from.includes(one.state);
  };
  const settledAs = (words: Text): Text => joinTexts([same(one.ref), words], { zh: '：', en: ': ' });
  const over = open.filter((offer) => !allowed(offer));
  const used = open.filter((offer) => allowed(offer) && offer.personId === by?.actor.id);
  await close(turn, over, settledAs(stateTitle(turn, one)));
  await close(turn, used, settledAs({ zh: '已收到您的答复', en: 'you have answered' }));
};

/** Closes what was offered under a question of the person's dialogue. */
export const retireSuggestions = async (turn: PersonTurn): Promise<void> => {
  if (!traits[turn.channel].buttons) return;
  const open = await turn.db.offer.findMany({
    where: { personId: turn.actor.id, command: answerCommand, closedAt: null },
    select: { id: true, outboxId: true },
  });
  await close(turn, open);
};

async function close(
  turn: Turn,
  offers: readonly { id: string; outboxId: bigint | null }[],
  settled?: Text,
): Promise<void> {
  if (offers.length === 0) return;
  await turn.db.offer.updateMany({
    where: { id: { in: offers.map((one) => one.id) } },
    data: { closedAt: turn.now },
  });
  const carriers = [...new Set(offers.flatMap((one) => (one.outboxId === null ? [] : [one.outboxId])))];
  const posts = await turn.db.outbox.findMany({
    where: { id: { in: carriers }, status: { notIn: ['dropped', 'failed'] } },
    orderBy: { id: 'asc' },
    include: { offers: { where: { closedAt: null }, select: { id: true } } },
  });
  for (const post of posts.filter((one) => traits[one.channel].edits)) {
    const content = readContent(post.content);
    const open = new Set(post.offers.map((offer) => offer.id));
    const choices = content.choices.filter((choice) => open.has(choice.offer));
    turn.edits.push({
      replacesId: post.id,
      channel: post.channel,
      account: post.account,
      conversation: post.conversation,
      personId: post.personId,
      caseId: post.caseId,
      content: { ...content, choices, ...(settled && choices.length === 0 && { settled }) },
    });
  }
}
