/** What is said of a result, and of what may follow it. */
import type { Calendar } from '../../../core/calendar.js';
import { atLeast, sayFraction } from '../../../core/fraction.js';
import { type Message, say } from '../../../core/message.js';
import type { Matter, NextStep, Rule, Rulebook } from '../../../core/rulebook.js';
import { joinTexts, same, type Text } from '../../../core/text.js';
import { type OpenedBallot, standingVotes } from '../ballot.js';
import { explain, requirement } from '../explain.js';
import type { SeatTitle, Standing } from '../seats.js';
import { seatTitle } from '../seats.js';
import { count, type Tally } from '../tally.js';
import { choiceWord } from './ballot.js';
import { type Named, type Titled, when } from './motion.js';

const verdict: Readonly<Record<Tally['outcome'], Text>> = {
  carried: { zh: '通过', en: 'carried' },
  lost: { zh: '未通过', en: 'lost' },
  tied: { zh: '票数相等', en: 'tied' },
  noQuorum: { zh: '未达法定人数', en: 'no quorum' },
  noted: { zh: '已记录', en: 'noted' },
};

const standing: Readonly<Record<Standing, Text>> = {
  holder: same(''),
  alternate: { zh: '，候补', en: ', alternate' },
  proxy: { zh: '，代理', en: ', proxy' },
};

/** Beyond this many codes the list is left to “result P-7”. */
const shownCodes = 20;

const bySeat = (opened: OpenedBallot): readonly Text[] =>
  opened.roll.map((row): Text => {
    const vote = standingVotes(opened).find((one) => one.seatId === row.seatId);
    if (row.recusedAt) return { zh: `${row.title.zh}：回避`, en: `${row.title.en}: recused` };
    if (row.suspendedAt && opened.rule.suspended === 'leave')
      return { zh: `${row.title.zh}：席位暂停`, en: `${row.title.en}: suspended` };
    if (!vote) return { zh: `${row.title.zh}：未表决`, en: `${row.title.en}: did not vote` };
    if (vote.version !== opened.version)
      return { zh: `${row.title.zh}：修正后未确认`, en: `${row.title.en}: not confirmed` };
    const name = opened.names.get(vote.personId) ?? '—';
    const word = vote.choice ? choiceWord[vote.choice] : { zh: '已表决', en: 'voted' };
    return {
      zh: `${row.title.zh}：${word.zh}（${name}${standing[vote.standing].zh}）`,
      en: `${row.title.en}: ${word.en} (${name}${standing[vote.standing].en})`,
    };
  });

const codes = (opened: OpenedBallot): readonly string[] =>
  standingVotes(opened)
    .map((vote) => vote.receipt)
    .sort();

const codeLine = (opened: OpenedBallot, all: boolean, c: Named): Text => {
  const list = codes(opened);
  if (list.length === 0) return { zh: '没有回执。', en: 'No receipts.' };
  return all || list.length <= shownCodes
    ? { zh: `回执 ${list.length} 个：${list.join('、')}`, en: `${list.length} receipts: ${list.join(', ')}` }
    : {
        zh: `回执 ${list.length} 个，回复“结果 ${c.ref}”可查看全部。`,
        en: `${list.length} receipts; reply “result ${c.ref}” to see them all.`,
      };
};

const figures = (tally: Tally): Text => ({
  zh: `赞成 ${tally.yes}、反对 ${tally.no}、弃权 ${tally.abstain}、未表决 ${tally.silent}`,
  en: `Yes ${tally.yes}, no ${tally.no}, abstain ${tally.abstain}, silent ${tally.silent}`,
});

const resultOf = (c: Named, m: Titled, opened: OpenedBallot, tally: Tally, all: boolean): Message => ({
  title: {
    zh: `${c.ref} ${m.title}：${verdict[tally.outcome].zh}`,
    en: `${c.ref} ${m.title}: ${verdict[tally.outcome].en}`,
  },
  text: joinTexts(
    [
      explain(tally, { means: opened.ballot.means }),
      figures(tally),
      ...(opened.rule.secret ? [] : bySeat(opened)),
      codeLine(opened, all, c),
      {
        zh: `校验码 ${opened.ballot.fingerprint ?? '—'}（章程 ${opened.ballot.rulebookVersion} ${opened.ballot.rulebookHash}）`,
        en: `Fingerprint ${opened.ballot.fingerprint ?? '—'} (rulebook ${opened.ballot.rulebookVersion} ${opened.ballot.rulebookHash})`,
      },
    ],
    '\n',
  ),
});

export const result = (c: Named, m: Titled, opened: OpenedBallot, tally: Tally): Message =>
  resultOf(c, m, opened, tally, false);
export const fullResult = (c: Named, m: Titled, opened: OpenedBallot, tally: Tally): Message =>
  resultOf(c, m, opened, tally, true);

/** To whoever moved it: the result without its lists. */
export const resultForMover = (
  c: Named,
  m: Titled,
  tally: Tally,
  means: 'meeting' | 'circulation',
): Message => ({
  title: {
    zh: `${c.ref} ${m.title}：${verdict[tally.outcome].zh}`,
    en: `${c.ref} ${m.title}: ${verdict[tally.outcome].en}`,
  },
  text: explain(tally, { means }),
});
export const closedNow = (c: Named): Message =>
  say(`${c.ref} 已截止表决。`, `The vote on ${c.ref} is closed.`);
export const closesByItself = (c: Named, closesAt: Date, calendar: Calendar): Message =>
  say(
    `${c.ref} 是通信表决，到${when(closesAt, calendar).zh}自动截止，不能提前结束。`,
    `${c.ref} is decided by circulation and closes by itself at ${when(closesAt, calendar).en}; it can’t be closed before.`,
  );
export const noExtensionAtMeetings = (c: Named): Message =>
  say(`${c.ref} 在会议上表决，由主持人截止。`, `${c.ref} is voted on at a meeting; the chair closes it.`);
export const extendedBefore = (c: Named): Message =>
  say(
    `${c.ref} 已经延长过一次，不能再延。`,
    `${c.ref} has been extended once already, which is all it can be.`,
  );
export const extended = (c: Named, until: Text): Message =>
  say(`${c.ref} 的表决延长至${until.zh}。`, `The vote on ${c.ref} is extended until ${until.en}.`);

export const pleaseDecide = (c: Named, m: Titled, tally: Tally): Message =>
  say(
    `${c.ref}《${m.title}》赞成、反对各 ${tally.yes} 票，按章程由理事长裁决。`,
    `${c.ref}, “${m.title}”, has ${tally.yes} votes on either side. Under the rulebook the chair decides.`,
  );
export const decided = (c: Named, m: Titled, carried: boolean): Message =>
  say(
    `${c.ref}《${m.title}》票数相等，经理事长裁决：${carried ? '通过' : '不通过'}。`,
    `${c.ref}, “${m.title}”, was tied; by the chair’s casting vote it is ${carried ? 'carried' : 'lost'}.`,
  );

const stepLine = (step: NextStep, c: Named, rule: Rule, now: Date, calendar: Calendar): Text => {
  switch (step.step) {
    case 'again': {
      const from = when(calendar.workdaysAfter(now, step.noticeDays), calendar);
      const quorum = step.quorum ?? rule.quorum.share;
      return {
        zh: `“再次表决 ${c.ref}”：今天通知，${from.zh}起第二次表决，法定人数为全部席位的 ${sayFraction(quorum)}`,
        en: `“again ${c.ref}”: a second ballot from ${from.en} if notice is given today, with a quorum of ${sayFraction(quorum)} of the seats`,
      };
    }
    case 'circulate': {
      const until = when(calendar.workdaysAfter(now, rule.openDays), calendar);
      return {
        zh: `“改为通信 ${c.ref}”：今天起通信表决，至${until.zh}`,
        en: `“circulate ${c.ref}”: by circulation, from today until ${until.en}`,
      };
    }
    case 'meet':
      return {
        zh: `“列入 ${c.ref} K-1”：排入会议表决`,
        en: `“schedule ${c.ref} K-1”: decided at a meeting`,
      };
    case 'drop':
      return { zh: `“撤案 ${c.ref}”：不再表决`, en: `“drop ${c.ref}”: no further ballot` };
    default:
      return step satisfies never;
  }
};

/** After a missed quorum: only what the rulebook allows, with its dates. */
export const lawfulSteps = (c: Named, m: Titled, rule: Rule, now: Date, calendar: Calendar): Message => ({
  title: { zh: `${c.ref} 未达法定人数`, en: `${c.ref} had no quorum` },
  text: joinTexts(
    [
      {
        zh: `《${m.title}》没有作出决定。按章程可以：`,
        en: `“${m.title}” was not decided. Under the rulebook you may reply:`,
      },
      ...rule.withoutQuorum.map((step) => stepLine(step, c, rule, now, calendar)),
    ],
    '\n',
  ),
});
export const notAmongTheSteps = (c: Named): Message =>
  say(
    `按章程，${c.ref} 现在不能这样处理。回复“状态 ${c.ref}”查看可以怎么做。`,
    `The rulebook does not allow that for ${c.ref} now. Reply “status ${c.ref}” to see what may follow.`,
  );
export const dropped = (c: Named, m: Titled, why: string): Message =>
  say(`${c.ref}《${m.title}》已撤案：${why}`, `${c.ref}, “${m.title}”, has been dropped: ${why}`);

export const isAtMeeting = (c: Named): Message =>
  say(`${c.ref} 本来就在会议上表决。`, `${c.ref} is being decided at a meeting anyway.`);
export const noDemand = (c: Named): Message =>
  say(
    `按章程，${c.ref} 通信表决即可，不能要求开会。`,
    `Under the rulebook ${c.ref} is decided by circulation; a meeting can’t be demanded.`,
  );
export const demandedAlready = (c: Named): Message =>
  say(`您的席位已经要求 ${c.ref} 开会表决。`, `Your seat has demanded a meeting on ${c.ref} already.`);
export const demanded = (c: Named, count: number, needed: number): Message =>
  say(
    `已记录：您的席位要求 ${c.ref} 开会表决（${count}/${needed}）。`,
    `Noted: your seat demands a meeting on ${c.ref} (${count} of ${needed}).`,
  );
export const toMeeting = (c: Named, m: Titled): Message =>
  say(
    `应席位要求，${c.ref}《${m.title}》改在会议上表决，通信表决停止，已投的票作废。`,
    `As seats have demanded, ${c.ref}, “${m.title}”, will be decided at a meeting. The circulation has ended and its votes do not count.`,
  );

export const challengeTaken = (c: Named): Message =>
  say(
    `已收到对 ${c.ref} 结果的异议，将由监事核查处理。`,
    `Your challenge to the result of ${c.ref} has gone to the supervisor.`,
  );
export const challenged = (c: Named, why: string): Message =>
  say(
    `${c.ref} 的结果有异议，暂不生效：${why}`,
    `The result of ${c.ref} has been challenged and is not in force yet: ${why}`,
  );
export const pleaseJudge = (c: Named, m: Titled, why: string): Message =>
  say(
    `${c.ref}《${m.title}》的结果有异议：${why}\n可回复“结果 ${c.ref}”重看计票。维持请回复“维持结果 ${c.ref} 理由”，作废请回复“作废 ${c.ref} 理由”。`,
    `The result of ${c.ref}, “${m.title}”, is challenged: ${why}\nReply “result ${c.ref}” to see the count again, “uphold ${c.ref}” or “annul ${c.ref}” with your reason.`,
  );
export const upheld = (c: Named, why: string): Message =>
  say(`经监事核查，维持 ${c.ref} 的结果：${why}`, `The supervisor upholds the result of ${c.ref}: ${why}`);
export const annulled = (c: Named, why: string, opensAt: Date, calendar: Calendar): Message =>
  say(
    `经监事核查，${c.ref} 的结果作废：${why}\n${when(opensAt, calendar).zh}起重新表决。`,
    `The supervisor annuls the result of ${c.ref}: ${why}\nIt will be voted on anew from ${when(opensAt, calendar).en}.`,
  );
export const windowOver = (c: Named, m: Titled, carried: boolean): Message =>
  carried
    ? say(
        `${c.ref}《${m.title}》异议期满，决议生效。`,
        `No challenge stands against ${c.ref}, “${m.title}”: it is in force.`,
      )
    : say(
        `${c.ref}《${m.title}》异议期满，结果确定：未通过。`,
        `No challenge stands against ${c.ref}, “${m.title}”: it is rejected.`,
      );

export const nowInForce = (c: Named, m: Titled): Message =>
  say(
    `${c.ref}《${m.title}》已生效。需要有人办理的，请回复“分派 ${c.ref}”。`,
    `${c.ref}, “${m.title}”, is in force. Reply “assign ${c.ref}” for each task that carries it out.`,
  );
export const assigned = (c: Named, what: string, who: string): Message =>
  say(`已就 ${c.ref} 分派：${what}（${who}）。`, `Assigned under ${c.ref}: ${what} (${who}).`);
export const reviewDue = (c: Named, m: Titled): Message =>
  say(
    `${c.ref}《${m.title}》到了约定的复核日期。执行情况如何？请回复“复核 ${c.ref}”。`,
    `${c.ref}, “${m.title}”, is due for review. How did it go? Please reply “review ${c.ref}”.`,
  );
export const reviewed = (c: Named, m: Titled, how: string): Message =>
  say(`${c.ref}《${m.title}》复核：${how}`, `${c.ref}, “${m.title}”, was reviewed: ${how}`);

export const noResultYet = (c: Named, m: Titled): Message =>
  say(`${c.ref}《${m.title}》还没有表决结果。`, `There is no result on ${c.ref}, “${m.title}”, yet.`);
export const noMinutes = (c: Named): Message =>
  say(`${c.ref} 还没有纪要。`, `There are no minutes of ${c.ref} yet.`);

export const receiptUnknown = (code: string): Message =>
  say(
    `没有回执 ${code}。请核对每一位；回执里没有 0、O、1、I、L。`,
    `There is no receipt ${code}. Please check each character; receipts have no 0, O, 1, I or L.`,
  );
export const receiptReplaced = (code: string, ref: string): Message =>
  say(
    `回执 ${code}（${ref}）已被同一席位后来的表决取代，或随回避作废，不计入结果。`,
    `Receipt ${code} (${ref}) was replaced by a later vote of the same seat, or left with a recusal; it does not count.`,
  );
export const receiptRecorded = (code: string, ref: string): Message =>
  say(
    `回执 ${code} 已记录在 ${ref}，表决尚未截止。`,
    `Receipt ${code} is recorded for ${ref}; the vote is still open.`,
  );
export const receiptUncounted = (code: string, ref: string): Message =>
  say(
    `${ref} 的这次表决没有计票就结束了，回执 ${code} 不计入任何结果。`,
    `That ballot on ${ref} ended without a count, so receipt ${code} is in no result.`,
  );
export const receiptCounted = (code: string, ref: string, fingerprint: string, valid: boolean): Message =>
  valid
    ? say(
        `回执 ${code} 已计入 ${ref} 的结果（校验码 ${fingerprint}）。`,
        `Receipt ${code} is counted in the result of ${ref} (fingerprint ${fingerprint}).`,
      )
    : say(
        `回执 ${code} 在 ${ref} 修正后没有确认，未计为有效票（校验码 ${fingerprint}）。`,
        `Receipt ${code} was not confirmed after ${ref} was amended, so it is no valid vote (fingerprint ${fingerprint}).`,
      );

/** How many yes a motion would need when everybody, or just the quorum, votes yes or no. */
const wouldNeed = (rule: Rule, seats: number, voting: number): number =>
  count({
    rule,
    means: 'circulation',
    roll: Array.from({ length: seats }, (_, at) => ({
      id: String(at),
      recused: false,
      suspended: false,
      present: false,
    })),
    votes: Array.from({ length: voting }, () => ({ choice: 'yes', valid: true })),
  }).needed;

const needs = (rule: Rule, seats: number): Text => {
  const quorum = atLeast(rule.quorum.share, seats);
  const fewest = Math.max(1, quorum);
  const [all, some] = [wouldNeed(rule, seats, seats), wouldNeed(rule, seats, fewest)];
  return rule.majority.kind === 'objections'
    ? { zh: `反对不超过 ${all} 席`, en: `at most ${all} objections` }
    : {
        zh: `${seats} 席全部表决须 ${all} 票赞成；仅 ${fewest} 席表决须 ${some} 票`,
        en: `${all} yes if all ${seats} seats vote, ${some} if only ${fewest} do`,
      };
};

export const whatIf = (c: Named, m: Titled, seats: number, own: Matter, other: Matter): Message => ({
  title: { zh: `${c.ref} ${m.title} 试算`, en: `${c.ref} ${m.title}: what if` },
  text: joinTexts(
    [own, other].map((matter): Text => {
      const rule = requirement(matter.rule, seats, 'circulation');
      const need = needs(matter.rule, seats);
      return {
        zh: `按“${matter.title.zh}”：${rule.zh}${need.zh}。`,
        en: `As “${matter.title.en}”: ${rule.en} That is ${need.en}.`,
      };
    }),
    '\n',
  ),
});

export const rules = (rulebook: Rulebook, matters: readonly Matter[], seats: number): Message => ({
  title: {
    zh: `议事规则 ${rulebook.version}（${rulebook.hash}）`,
    en: `Rulebook ${rulebook.version} (${rulebook.hash})`,
  },
  text: joinTexts(
    matters.map((one): Text => {
      const rule = requirement(one.rule, seats, one.rule.circulation ? 'circulation' : 'meeting');
      return { zh: `${one.title.zh}：${rule.zh}`, en: `${one.title.en}: ${rule.en}` };
    }),
    '\n',
  ),
});

export const noSuchSeatAtAll = (words: string, seats: readonly SeatTitle[]): Message =>
  say(
    `没有“${words}”这个席位。现有：${seats.map((one) => one.zh).join('、')}。`,
    `There is no seat “${words}”. There are ${seats.map((one) => one.en).join(', ')}.`,
  );
export const suspendedAlready = (seat: SeatTitle): Message =>
  say(`${seat.zh} 已经是暂停状态。`, `${seat.en} is suspended already.`);
export const notSuspended = (seat: SeatTitle): Message =>
  say(`${seat.zh} 没有被暂停。`, `${seat.en} is not suspended.`);
export const seatSuspended = (seat: SeatTitle, why: string): Message =>
  say(
    `${seat.zh} 的席位暂停：${why}\n恢复前不参加新的表决；正在进行的表决按各自的规则处理。`,
    `The seat ${seat.en} is suspended: ${why}\nIt is on no new roll until it is restored; ballots that are open go by their own rule.`,
  );
export const seatRestored = (seat: SeatTitle): Message =>
  say(`${seat.zh} 的席位已恢复。`, `The seat ${seat.en} is restored.`);

type SeatLine = Parameters<typeof seatTitle>[0] & {
  readonly suspendedAt: Date | null;
  readonly termFrom: Date | null;
  readonly termUntil: Date | null;
  readonly alternates: readonly { readonly person: { readonly name: string } }[];
};
export const roll = (seats: readonly SeatLine[], now: Date): Message => ({
  title: { zh: `理事会席位（${seats.length}）`, en: `Seats of the council (${seats.length})` },
  text: joinTexts(
    seats.map((one): Text => {
      const title = seatTitle(one);
      const over = (one.termFrom && one.termFrom > now) || (one.termUntil && one.termUntil <= now);
      const alternates = one.alternates.map(({ person }) => person.name);
      return {
        zh: `${title.zh} ${one.holder.name}${alternates.length > 0 ? `，候补 ${alternates.join('、')}` : ''}${one.suspendedAt ? '，已暂停' : ''}${over ? '，不在任期' : ''}`,
        en: `${title.en} ${one.holder.name}${alternates.length > 0 ? `, alternate ${alternates.join(', ')}` : ''}${one.suspendedAt ? ', suspended' : ''}${over ? ', out of term' : ''}`,
      };
    }),
    '\n',
  ),
});
