/** What is said while a ballot is open. */
import type { Calendar } from '../../../core/calendar.js';
import { type Message, say } from '../../../core/message.js';
import { joinTexts, type Text } from '../../../core/text.js';
import type { OpenedBallot } from '../ballot.js';
import { entitled } from '../ballot.js';
import { requirement, turnout } from '../explain.js';
import { quorumByTurnout, quorumNeeded } from '../quorum.js';
import type { SeatTitle, Standing } from '../seats.js';
import type { Choice } from '../tally.js';
import { type Named, type Titled, when } from './motion.js';

export const choiceWord: Readonly<Record<Choice, Text>> = {
  yes: { zh: '赞成', en: 'yes' },
  no: { zh: '反对', en: 'no' },
  abstain: { zh: '弃权', en: 'abstain' },
};

const standingWord: Readonly<Record<Standing, Text>> = {
  holder: { zh: '', en: '' },
  alternate: { zh: '，由候补代表表决', en: ', by its alternate' },
  proxy: { zh: '，受托表决', en: ', by proxy' },
};

/** The card of a ballot: what it is about, what it needs, how to vote, and how many have. */
export const ballotCard = (
  c: Named,
  m: Titled,
  opened: OpenedBallot,
  matter: Text,
  calendar: Calendar,
  voted?: number,
): Message => {
  const { ballot, rule, roll } = opened;
  const until = when(ballot.closesAt, calendar);
  const tallies = rule.openChoices && voted !== undefined ? soFar(opened) : [];
  return {
    title: { zh: `${c.ref} ${m.title}`, en: `${c.ref} ${m.title}` },
    text: joinTexts(
      [
        { zh: m.text, en: m.text },
        requirement(rule, roll.length, ballot.means),
        ballot.secret
          ? {
              zh: `无记名表决，请私信我回复“赞成 ${c.ref}”“反对 ${c.ref}”或“弃权 ${c.ref}”；在群里说出就不再是秘密，不予受理。截至${until.zh}。`,
              en: `The ballot is secret: send me “yes ${c.ref}”, “no ${c.ref}” or “abstain ${c.ref}” in a direct message; a choice said in the room is not taken. Open until ${until.en}.`,
            }
          : {
              zh: `请回复“赞成 ${c.ref}”“反对 ${c.ref}”或“弃权 ${c.ref}”，${rule.changes ? '截止前可改' : '不可更改'}，截至${until.zh}。`,
              en: `Reply “yes ${c.ref}”, “no ${c.ref}” or “abstain ${c.ref}”; ${rule.changes ? 'it can be changed' : 'it can’t be changed'} until ${until.en}.`,
            },
        {
          zh: `${matter.zh}，章程 ${ballot.rulebookVersion}（${ballot.rulebookHash}）${ballot.call > 1 ? `，第 ${ballot.call} 次表决` : ''}`,
          en: `${matter.en}, rulebook ${ballot.rulebookVersion} (${ballot.rulebookHash})${ballot.call > 1 ? `, ballot no. ${ballot.call}` : ''}`,
        },
        ...(voted === undefined ? [] : [turnout(entitled(opened).length, voted, quorumByTurnout(opened))]),
        ...tallies,
      ],
      '\n',
    ),
  };
};

const soFar = ({ votes, version }: OpenedBallot): readonly Text[] => {
  const of = (choice: Choice) =>
    votes.filter((one) => one.choice === choice && one.version === version).length;
  return [
    {
      zh: `赞成 ${of('yes')}、反对 ${of('no')}、弃权 ${of('abstain')}`,
      en: `Yes ${of('yes')}, no ${of('no')}, abstain ${of('abstain')}`,
    },
  ];
};

export const opened = (c: Named): Message => say(`${c.ref} 开始表决。`, `${c.ref} is open for votes.`);

type Voted = {
  readonly choice: Choice | null;
  readonly seat: SeatTitle;
  readonly standing: Standing;
  readonly changed: boolean;
  readonly receipt: string;
  readonly closesAt: Date;
  readonly calendar: Calendar;
  readonly mayChange: boolean;
  /** Seats for which the voter is to vote as a proxy, too. */
  readonly alsoFor: readonly SeatTitle[];
};

/** To the voter alone. Of a secret ballot it does not repeat the choice, which would be kept with this message. */
export const voted = (c: Named, v: Voted): Message => {
  const word = v.choice === null ? undefined : choiceWord[v.choice];
  const until = when(v.closesAt, v.calendar);
  const also = reminderOfProxies(c, v.alsoFor);
  return say(
    `${v.changed ? '已改票' : '已记录'}：${c.ref}${word ? ` ${word.zh}` : '（无记名）'}，席位 ${v.seat.zh}${standingWord[v.standing].zh}。\n回执 ${v.receipt}，结果公布后可回复“回执 ${v.receipt}”查验。${v.mayChange ? `${until.zh}前可以改票。` : ''}${also.zh}`,
    `${v.changed ? 'Your vote was changed' : 'Your vote is recorded'}: ${c.ref}${word ? `, ${word.en}` : ' (secret)'}, for ${v.seat.en}${standingWord[v.standing].en}.\nReceipt ${v.receipt}: reply “verify ${v.receipt}” once the result is out.${v.mayChange ? ` You may change it until ${until.en}.` : ''}${also.en}`,
  );
};

const reminderOfProxies = (c: Named, seats: readonly SeatTitle[]): Text =>
  seats.length === 0
    ? { zh: '', en: '' }
    : {
        zh: `\n您还受托代 ${names(seats, 'zh')} 表决，请另行回复，如“赞成 ${c.ref} 代 ${keyOf(seats)}”。`,
        en: `\nYou are also the proxy of ${names(seats, 'en')}: please vote for it as well, as in “yes ${c.ref} for ${keyOf(seats)}”.`,
      };

export const oneWordPlease: Text = {
  zh: '没有记录表决。表决请只回复一个词，如“赞成 P-7”；代其他席位表决请写“赞成 P-7 代 席位或姓名”。要说明理由，表决后回复“理由 P-7 ……”。',
  en: 'No vote was recorded. Please vote with one word, as in “yes P-7”; for another seat add whose: “yes P-7 for” and its name. To give a reason, reply “because P-7 …” after you have voted.',
};
export const isClosed = (c: Named): Message =>
  say(`${c.ref} 的表决已经截止。`, `The vote on ${c.ref} has closed.`);
export const saidInTheRoom = (c: Named): Message =>
  say(
    `${c.ref} 是无记名表决，群里的回复不予受理。请在这里私信回复您的选择。`,
    `${c.ref} is a secret ballot, so what was said in the room was not taken. Please reply here, in our direct conversation.`,
  );
export const notPresent = (c: Named): Message =>
  say(
    `${c.ref} 在会议上表决，您的席位还没有签到。请先回复“到会”。`,
    `${c.ref} is voted on at the meeting, and your seat has not been marked present. Please reply “present” first.`,
  );
export const proxyIsOver = (c: Named): Message =>
  say(
    `这项委托刚刚结束，${c.ref} 的表决没有记录。`,
    `That proxy has just ended, so no vote on ${c.ref} was recorded.`,
  );
export const proxyHasVoted = (c: Named): Message =>
  say(
    `您委托的代理人已就 ${c.ref} 代您的席位表决，委托已经使用，不能再改。`,
    `Your proxy has already voted for your seat on ${c.ref}; a proxy that was used can’t be taken back.`,
  );
export const noChanges = (c: Named, receipt: string): Message =>
  say(
    `您的席位已经表决过 ${c.ref}（回执 ${receipt}），按章程不能更改。`,
    `Your seat has voted on ${c.ref} (receipt ${receipt}); under the rulebook votes can’t be changed.`,
  );
export const saidAlready = (c: Named, choice: Choice, receipt: string): Message =>
  say(
    `您的席位已经投过“${choiceWord[choice].zh}”（${c.ref}，回执 ${receipt}），无需重复。`,
    `Your seat’s vote on ${c.ref} is “${choiceWord[choice].en}” already (receipt ${receipt}).`,
  );
export const notOnTheRoll = (c: Named): Message =>
  say(
    `您的席位不在 ${c.ref} 的表决名册上（名册在开始表决时确定），因此没有记录。`,
    `Your seat is not on the roll of ${c.ref}, which was fixed when the ballot opened, so nothing was recorded.`,
  );
const names = (seats: readonly SeatTitle[], language: 'zh' | 'en'): string =>
  seats.map((one) => one[language]).join(language === 'zh' ? '、' : ', ');
export const notYourSeat = (c: Named, words: string, seats: readonly SeatTitle[]): Message =>
  say(
    `您不能代“${words}”就 ${c.ref} 表决。${seats.length > 0 ? `您可以代表的席位：${names(seats, 'zh')}。` : ''}`,
    `You can’t vote for “${words}” on ${c.ref}.${seats.length > 0 ? ` You may vote for ${names(seats, 'en')}.` : ''}`,
  );
const keyOf = ([first]: readonly SeatTitle[]): string => first?.en.split(' ')[0] ?? '';
export const whichSeat = (c: Named, seats: readonly SeatTitle[]): Message =>
  say(
    `您可以代表几个席位：${names(seats, 'zh')}。请写明代表谁，例如在您的话后面加“代 ${keyOf(seats)}”，并写上 ${c.ref}。`,
    `You may vote for several seats: ${names(seats, 'en')}. Please say which, by adding “for ${keyOf(seats)}” after ${c.ref}.`,
  );
export const takesNoPart = (c: Named, recused: boolean): Message =>
  recused
    ? say(
        `您的席位已回避 ${c.ref}，不参与表决。`,
        `Your seat has recused itself from ${c.ref} and takes no part in it.`,
      )
    : say(
        `您的席位已暂停，不参与 ${c.ref} 的表决。如有疑问请联系秘书处。`,
        `Your seat is suspended and takes no part in ${c.ref}. Please ask the secretariat if this looks wrong.`,
      );

export const nothingToKeep = (c: Named): Message =>
  say(`您还没有就 ${c.ref} 表决，请直接表决。`, `You have not voted on ${c.ref} yet; please vote first.`);
export const kept = (c: Named, version: number, receipts: readonly string[]): Message =>
  say(
    `已确认：您对 ${c.ref} 的表决对第 ${version} 版继续有效（回执 ${receipts.join('、')}）。`,
    `Confirmed: your vote on ${c.ref} stands for version ${version} (receipt ${receipts.join(', ')}).`,
  );
export const noReasonsInSecret = (c: Named): Message =>
  say(`${c.ref} 是无记名表决，不记录理由。`, `${c.ref} is a secret ballot, so no reasons are kept.`);
export const voteFirst = (c: Named): Message =>
  say(`请先就 ${c.ref} 表决，再说明理由。`, `Please vote on ${c.ref} first, then give your reason.`);
export const reasonKept = (c: Named): Message =>
  say(
    `已记下您对 ${c.ref} 的理由，会写入纪要。`,
    `Your reason on ${c.ref} has been noted and will be in the minutes.`,
  );

export const pleaseVote = (c: Named, m: Titled, closesAt: Date, calendar: Calendar): Message => {
  const until = when(closesAt, calendar);
  return say(
    `提醒：${c.ref}《${m.title}》等您的席位表决，截至${until.zh}。`,
    `A reminder: ${c.ref}, “${m.title}”, waits for your seat’s vote until ${until.en}.`,
  );
};

export const quorumAtRisk = (
  c: Named,
  m: Titled,
  { voted, needed, expected }: { readonly voted: number; readonly needed: number; readonly expected: number },
  call: readonly {
    readonly title: SeatTitle;
    readonly seat: { readonly holder: { readonly name: string } };
  }[],
): Message =>
  say(
    `${c.ref}《${m.title}》可能达不到法定人数：已表决 ${voted} 席，须 ${needed} 席，按以往情况预计还会有 ${expected} 席。建议联系：${call.map((one) => `${one.seat.holder.name}（${one.title.zh}）`).join('、')}。`,
    `${c.ref}, “${m.title}”, may miss its quorum: ${voted} seats have voted, ${needed} are needed, and going by the past ${expected} more can be expected. You might call ${call.map((one) => `${one.seat.holder.name} (${one.title.en})`).join(', ')}.`,
  );

export const considerRecusal = (c: Named, seat: SeatTitle): Message =>
  say(
    `${c.ref} 涉及您席位所在的园区（${seat.zh}）。如有利害关系，请考虑回复“回避 ${c.ref}”。`,
    `${c.ref} is about the park of your seat, ${seat.en}. If there is a conflict of interest, please consider replying “recuse ${c.ref}”.`,
  );
const figures = (before: OpenedBallot, after: OpenedBallot): Text => ({
  zh: `可表决席位由 ${entitled(before).length} 席变为 ${entitled(after).length} 席，法定人数由 ${quorumNeeded(before)} 席变为 ${quorumNeeded(after)} 席。`,
  en: `Seats that may vote: ${entitled(before).length} before, ${entitled(after).length} now; quorum: ${quorumNeeded(before)} before, ${quorumNeeded(after)} now.`,
});
export const recused = (
  c: Named,
  seat: SeatTitle,
  why: string,
  before: OpenedBallot,
  after: OpenedBallot,
): Message =>
  say(
    `${seat.zh} 回避 ${c.ref}，理由：${why}\n${figures(before, after).zh}`,
    `${seat.en} has recused itself from ${c.ref}: ${why}\n${figures(before, after).en}`,
  );
export const recusedByRuling = (
  c: Named,
  seat: SeatTitle,
  before: OpenedBallot,
  after: OpenedBallot,
): Message =>
  say(
    `经裁定，${seat.zh} 回避 ${c.ref}。\n${figures(before, after).zh}`,
    `It has been ruled that ${seat.en} takes no part in ${c.ref}.\n${figures(before, after).en}`,
  );
export const recusalAsked = (c: Named, seat: SeatTitle): Message =>
  say(
    `已请 ${seat.zh} 考虑回避 ${c.ref}，并请理事长裁定。`,
    `${seat.en} has been asked to recuse itself from ${c.ref}, and the chair to rule on it.`,
  );
export const pleaseRecuse = (c: Named, why: string): Message =>
  say(
    `有席位请您回避 ${c.ref}，理由：${why}\n同意请回复“回避 ${c.ref}”；否则由理事长裁定。`,
    `Another seat asks you to recuse yourself from ${c.ref}: ${why}\nReply “recuse ${c.ref}” if you agree; otherwise the chair will rule.`,
  );
export const ruleOnRecusal = (c: Named, seat: SeatTitle, why: string): Message =>
  say(
    `有席位请求 ${seat.zh} 回避 ${c.ref}，理由：${why}\n请回复“裁定 ${c.ref}”。`,
    `A seat asks that ${seat.en} be recused from ${c.ref}: ${why}\nPlease reply “rule ${c.ref}”.`,
  );
export const noSuchSeat = (c: Named, words: string, seats: readonly SeatTitle[]): Message =>
  say(
    `${c.ref} 的名册上没有“${words}”。可选：${names(seats, 'zh')}。`,
    `There is no “${words}” on the roll of ${c.ref}. It has ${names(seats, 'en')}.`,
  );
export const recuseYourself = (c: Named): Message =>
  say(`您本人回避请直接回复“回避 ${c.ref}”。`, `To recuse yourself, simply reply “recuse ${c.ref}”.`);
export const notInOwnMatter = (c: Named): Message =>
  say(
    `这涉及您自己的席位，请由监事裁定 ${c.ref}。`,
    `This is about your own seat, so the supervisor has to rule on ${c.ref}.`,
  );
export const recusalDenied = (c: Named, seat: SeatTitle): Message =>
  say(
    `经裁定，${seat.zh} 无须回避 ${c.ref}。`,
    `It has been ruled that ${seat.en} may take part in ${c.ref}.`,
  );
