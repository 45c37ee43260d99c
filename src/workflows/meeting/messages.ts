/** What the desk says about meetings and their minutes. */
import type { Calendar } from '../../core/calendar.js';
import { type Message, say } from '../../core/message.js';
import { sayMoment } from '../../core/moments.js';
import { joinTexts, type Text } from '../../core/text.js';
import { doorsOpenAt, mayBeginAt, type Named, type Subject } from './header.js';

const when = (at: Date, { timezone }: Calendar): Text => sayMoment(at, timezone, { time: true });

export const timeOf = (k: Pick<Subject, 'startsAt'>, calendar: Calendar): Text => when(k.startsAt, calendar);

const titled = (c: Named, k: Pick<Subject, 'title'>): Text => ({
  zh: `${c.ref}《${k.title}》`,
  en: `${c.ref}, “${k.title}”`,
});

const comma: Text = { zh: '、', en: ', ' };
const seats = (count: number): string => (count === 1 ? '1 seat' : `${count} seats`);

/** The motions it is to decide; nothing where there are none. */
const agenda = (k: Subject): readonly Text[] =>
  k.motions.length === 0
    ? []
    : [
        joinTexts(
          [
            { zh: '议题：', en: 'Agenda:' },
            ...k.motions.map((one) => ({
              zh: `${one.case.ref}《${one.title}》`,
              en: `${one.case.ref} “${one.title}”`,
            })),
          ],
          '\n',
        ),
      ];

const lines = (...texts: readonly Text[]): Text => joinTexts(texts, '\n');

// Calling it.

export const hasPassed = (at: Date, calendar: Calendar): Message =>
  say(
    `${when(at, calendar).zh}已经过了，请另定时间。`,
    `${when(at, calendar).en} has passed by now. Please choose another time.`,
  );

export const called = (c: Named, k: Subject, told: number, calendar: Calendar): Message =>
  say(
    `会议 ${titled(c, k).zh}已召集：${timeOf(k, calendar).zh}，${k.place}。已通知理事会群和 ${told} 位席位代表。公告期满的议案可用“列入 P-1 ${c.ref}”排入议程。`,
    `Meeting ${titled(c, k).en}, is called for ${timeOf(k, calendar).en}, ${k.place}. The council’s rooms and ${told} holders of seats have been told. “schedule P-1 ${c.ref}” puts a motion on its agenda.`,
  );

export const notice = (c: Named, k: Subject, by: string, calendar: Calendar): Message => ({
  title: { zh: `会议通知 ${c.ref}：${k.title}`, en: `Meeting ${c.ref}: ${k.title}` },
  text: {
    zh: `时间：${timeOf(k, calendar).zh}\n地点：${k.place}\n召集人：${by}\n会前一小时起，请回复“到会 ${c.ref}”签到。如不能出席，请告知候补代表，或回复“委托 姓名 ${c.ref}”请另一席位代为表决。`,
    en: `Time: ${timeOf(k, calendar).en}\nPlace: ${k.place}\nCalled by: ${by}\nFrom an hour before, please reply “present ${c.ref}” to check in. If you can’t come, please let your alternate know, or have another seat vote for you with “proxy NAME ${c.ref}”.`,
  },
});

export const isSoon = (c: Named, k: Subject, calendar: Calendar): Message => ({
  text: lines(
    {
      zh: `提醒：会议 ${titled(c, k).zh}将于${timeOf(k, calendar).zh}召开，地点：${k.place}。`,
      en: `A reminder: meeting ${titled(c, k).en}, is on ${timeOf(k, calendar).en}, at ${k.place}.`,
    },
    ...agenda(k),
  ),
});

export const calledOff = (c: Named, k: Subject, why: string, calendar: Calendar): Message =>
  say(
    `原定${timeOf(k, calendar).zh}召开的会议 ${titled(c, k).zh}取消。原因：${why}`,
    `Meeting ${titled(c, k).en}, planned for ${timeOf(k, calendar).en}, is called off. The reason: ${why}`,
  );

export const isCancelled = (c: Named, k: Subject): Message => {
  const refs = k.motions.map((one) => one.case.ref);
  return say(
    `${titled(c, k).zh}已取消，理事会群和各席位代表均已通知。${refs.length > 0 ? `${refs.join('、')} 需另行安排会议。` : ''}`,
    `${titled(c, k).en}, is called off; the council’s rooms and the holders of its seats have been told.${refs.length > 0 ? ` Another meeting is needed for ${refs.join(', ')}.` : ''}`,
  );
};

export type Listed = { readonly ref: string; readonly sitting: boolean; readonly meeting: Subject };

export const noMeetings = say(
  '目前没有已召集的会议。理事长和秘书处可回复“召集”召集会议。',
  'No meeting is called at present. The chair and the secretariat can call one with “convene”.',
);

export const list = (meetings: readonly Listed[], calendar: Calendar): Message => ({
  title: { zh: '近期会议', en: 'Meetings' },
  text: lines(
    ...meetings.map(({ sitting, meeting: k, ...c }) => {
      const refs = k.motions.map((one) => one.case.ref);
      return {
        zh: `${titled(c, k).zh}：${timeOf(k, calendar).zh}，${k.place}${refs.length > 0 ? `，议题 ${refs.join('、')}` : ''}${sitting ? '（正在开会）' : ''}`,
        en: `${titled(c, k).en}: ${timeOf(k, calendar).en}, ${k.place}${refs.length > 0 ? `; on the agenda: ${refs.join(', ')}` : ''}${sitting ? ' (sitting now)' : ''}`,
      };
    }),
  ),
});

// Who is there.

export const doorsClosed = (c: Named, k: Subject, calendar: Calendar): Message =>
  say(
    `${c.ref} 从${when(doorsOpenAt(k), calendar).zh}起签到，届时请再回复“到会 ${c.ref}”。`,
    `The roll call of ${c.ref} opens on ${when(doorsOpenAt(k), calendar).en}. Please reply “present ${c.ref}” then.`,
  );

export const notYourSeat = (named: string, own: readonly Text[]): Message =>
  say(
    `您不是“${named}”的代表或候补代表。您可以代表：${joinTexts(own, comma).zh}。`,
    `You neither hold “${named}” nor stand in for it. You may be present for ${joinTexts(own, comma).en}.`,
  );

export const whichSeat = (own: readonly Text[]): Message =>
  say(
    `您是多个席位的候补代表：${joinTexts(own, comma).zh}。请写明代表哪一席，例如“到会 ${own[0]?.zh.split(' ')[0] ?? 's1'}”。`,
    `You are the alternate of several seats: ${joinTexts(own, comma).en}. Please say which one you are here for, as in “present ${own[0]?.en.split(' ')[0] ?? 's1'}”.`,
  );

export const isPresent = (c: Named, own: readonly Text[], instead: boolean): Message => {
  const { zh, en } = joinTexts(own, comma);
  return say(
    `${c.ref} 已签到：${zh}${instead ? '，由您接替出席' : ''}。中途离开请回复“离会 ${c.ref}”。`,
    `Checked in for ${c.ref}: ${en}${instead ? ', in place of whoever was there before' : ''}. If you leave early, please reply “depart ${c.ref}”.`,
  );
};

export const replaced = (c: Named, by: string, seat: Text): Message =>
  say(
    `${c.ref}：${seat.zh} 现由${by}出席，接替您。如有误，请回复“到会 ${c.ref}”。`,
    `${c.ref}: ${by} is now present for ${seat.en} in your place. If that is wrong, please reply “present ${c.ref}”.`,
  );

export const notThere = (c: Named): Message =>
  say(
    `您没有在 ${c.ref} 签到，无需办理离会。`,
    `You have not checked in for ${c.ref}, so there is nothing to leave.`,
  );

export const hasLeft = (c: Named, own: readonly Text[]): Message => {
  const { zh, en } = joinTexts(own, comma);
  return say(
    `已记录您离开 ${c.ref}：${zh} 此后不计出席。回来时请再回复“到会 ${c.ref}”。`,
    `Noted that you left ${c.ref}: ${en} no longer counts as present. When you are back, reply “present ${c.ref}”.`,
  );
};

export const roll = (c: Named, k: Subject, total: number): Message => {
  const there = k.presences.filter((one) => one.leftAt === null);
  return {
    title: { zh: `${c.ref} ${k.title}：签到`, en: `${c.ref} ${k.title}: roll call` },
    text: lines(
      there.length === 0
        ? {
            zh: `现在开始签到，请回复“到会 ${c.ref}”。`,
            en: `The roll call is open: please reply “present ${c.ref}”.`,
          }
        : {
            zh: `${total} 席中已到 ${there.length} 席。还未签到的，请回复“到会 ${c.ref}”。`,
            en: `${there.length} of ${seats(total)} present. If you have not checked in yet, please reply “present ${c.ref}”.`,
          },
      ...there.map((one) => ({ zh: `${one.title.zh}（${one.name}）`, en: `${one.title.en} (${one.name})` })),
    ),
  };
};

// The meeting itself.

export const tooEarly = (c: Named, k: Subject, calendar: Calendar): Message =>
  say(
    `${c.ref} 定于${timeOf(k, calendar).zh}，${when(mayBeginAt(k), calendar).zh}起才能开会。`,
    `${c.ref} is called for ${timeOf(k, calendar).en} and can begin from ${when(mayBeginAt(k), calendar).en} on.`,
  );

const thereNow = (k: Subject): number => k.presences.filter((one) => one.leftAt === null).length;

export const begun = (c: Named, k: Subject, total: number, kept: Text | undefined): Message => ({
  text: lines(
    {
      zh: `会议 ${titled(c, k).zh}现在开始。${total} 席中已到 ${thereNow(k)} 席，还未签到的请回复“到会 ${c.ref}”。`,
      en: `Meeting ${titled(c, k).en}, begins now. ${thereNow(k)} of ${seats(total)} present; if you have not checked in yet, please reply “present ${c.ref}”.`,
    },
    ...agenda(k),
    ...(kept ? [kept] : []),
  ),
});

export const begunForChair = (c: Named, k: Subject): Message => {
  const votes = k.motions.map((one) => one.case.ref);
  return say(
    `${c.ref} 已开会，已到 ${thereNow(k)} 席。${votes.length > 0 ? `逐项表决请回复${votes.map((ref) => `“开票 ${ref}”`).join('、')}，表决完请回复“截止”；` : ''}结束请回复“散会 ${c.ref}”。`,
    `${c.ref} has begun with ${seats(thereNow(k))} present. ${votes.length > 0 ? `To vote on an item, reply ${votes.map((ref) => `“open ${ref}”`).join(', ')}, and “close” when all have voted; ` : ''}${votes.length > 0 ? 'at' : 'At'} the end, “adjourn ${c.ref}”.`,
  );
};

export const notBegun = (c: Named, k: Subject, calendar: Calendar): Message =>
  say(
    `会议 ${titled(c, k).zh}定于${timeOf(k, calendar).zh}，还没有开始。开会请回复“开会 ${c.ref}”；不开了请回复“取消会议 ${c.ref}”。`,
    `Meeting ${titled(c, k).en}, was called for ${timeOf(k, calendar).en} and has not begun. Reply “begin ${c.ref}” to begin it, or “cancel-meeting ${c.ref}” to call it off.`,
  );

export const stillSitting = (c: Named, k: Subject): Message =>
  say(
    `会议 ${titled(c, k).zh}还在进行吗？已经结束的话，请回复“散会 ${c.ref}”，我来起草纪要。`,
    `Is meeting ${titled(c, k).en}, still going on? If it is over, please reply “adjourn ${c.ref}” and I will draft the minutes.`,
  );

export const adjourned = (c: Named, k: Subject, now: Date, calendar: Calendar): Message =>
  say(
    `会议 ${titled(c, k).zh}于${when(now, calendar).zh}散会。纪要初稿将发给出席者确认。`,
    `Meeting ${titled(c, k).en}, closed on ${when(now, calendar).en}. Those who were there will get the draft of its minutes to confirm.`,
  );

export const adjournedWithVotes = (c: Named, undecided: readonly string[]): Message =>
  say(
    `${c.ref} 已散会。${undecided.join('、')} 还在表决，截止后我再起草纪要；现在截止请回复${undecided.map((ref) => `“截止 ${ref}”`).join('、')}。`,
    `${c.ref} is closed. ${undecided.join(', ')} can still be voted on; I will draft the minutes after that. To close the vote now, reply ${undecided.map((ref) => `“close ${ref}”`).join(', ')}.`,
  );

// The minutes.

const orElse = (until: Date, calendar: Calendar): Text => ({
  zh: `${when(until, calendar).zh}前没有人提出更正的，视为确认。`,
  en: `Unless somebody corrects them before ${when(until, calendar).en}, they count as confirmed.`,
});

const howTo = (c: Named): Text => ({
  zh: `无误请回复“确认纪要 ${c.ref}”；有误请回复“更正 ${c.ref}”，并写明哪里有误。`,
  en: `If they are right, reply “confirm-minutes ${c.ref}”; if not, “correct ${c.ref}” with what is wrong.`,
});

export const pleaseConfirm = (
  c: Named,
  k: Subject,
  draft: Message,
  until: Date,
  calendar: Calendar,
): Message => ({
  title: {
    zh: `会议 ${titled(c, k).zh}的纪要初稿，请过目`,
    en: `The draft minutes of meeting ${titled(c, k).en}, for you to check`,
  },
  text: lines(
    ...(draft.title ? [draft.title] : []),
    draft.text,
    joinTexts([howTo(c), orElse(until, calendar)], { zh: '', en: ' ' }),
  ),
});

export const stillToConfirm = (c: Named, k: Subject, until: Date, calendar: Calendar): Message => ({
  text: joinTexts(
    [
      {
        zh: `提醒：会议 ${titled(c, k).zh}的纪要还等您确认，回复“纪要 ${c.ref}”可再看一遍。`,
        en: `A reminder: the minutes of meeting ${titled(c, k).en}, wait for you; “minutes ${c.ref}” shows them again.`,
      },
      orElse(until, calendar),
    ],
    { zh: '', en: ' ' },
  ),
});

export const wasNotThere = (c: Named): Message =>
  say(
    `${c.ref} 的纪要由当时出席的人确认，您没有出席。如有意见，请联系秘书处。`,
    `The minutes of ${c.ref} are confirmed by those who were there, and you were not. Please tell the secretariat if something is wrong.`,
  );

export const youConfirmed = (c: Named, left: number): Message =>
  say(
    `谢谢，已记录您确认 ${c.ref} 的纪要。${left > 0 ? `还有 ${left} 位未答复。` : ''}`,
    `Thank you; you have confirmed the minutes of ${c.ref}.${left > 0 ? ` ${left} still to answer.` : ''}`,
  );

export const youCorrected = (c: Named, others: number): Message =>
  say(
    `谢谢，您的更正已原文写入 ${c.ref} 的纪要${others > 0 ? `，并已请其他 ${others} 位出席者重新确认` : ''}。`,
    `Thank you; your correction is in the minutes of ${c.ref} word for word${others > 0 ? `, and the other ${others} who were there are asked again` : ''}.`,
  );

export const wasCorrected = (
  c: Named,
  k: Subject,
  by: string,
  correction: string,
  until: Date,
  calendar: Calendar,
): Message => ({
  text: lines(
    {
      zh: `${by}对会议 ${titled(c, k).zh}的纪要提出更正，已写入纪要：`,
      en: `${by} has corrected the minutes of meeting ${titled(c, k).en}. Added to them:`,
    },
    { zh: `“${correction}”`, en: `“${correction}”` },
    {
      zh: `请您再确认一次，回复“纪要 ${c.ref}”可看全文。${howTo(c).zh}${orElse(until, calendar).zh}`,
      en: `Please confirm them once more; “minutes ${c.ref}” shows the whole text. ${howTo(c).en} ${orElse(until, calendar).en}`,
    },
  ),
});

export const minutesConfirmed = (c: Named, k: Subject, silent: number, corrections: number): Message => {
  const how =
    silent > 0
      ? {
          zh: `期满无人再提出更正，视为确认（${silent} 位未答复）`,
          en: `as nobody corrected them in time (${silent} did not answer)`,
        }
      : { zh: '出席者均已答复', en: 'by all who were there' };
  return say(
    `会议 ${titled(c, k).zh}的纪要已确认：${how.zh}${corrections > 0 ? `，含更正 ${corrections} 处` : ''}。回复“纪要 ${c.ref}”可查看。`,
    `The minutes of meeting ${titled(c, k).en}, are confirmed: ${how.en}${corrections > 0 ? `, with ${corrections === 1 ? '1 correction' : `${corrections} corrections`}` : ''}. Reply “minutes ${c.ref}” to read them.`,
  );
};
