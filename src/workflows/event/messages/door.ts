/** What is said at the door: to those who come, who wait there, and whose place went to somebody else. */
import type { Calendar } from '../../../core/calendar.js';
import { type Message, say } from '../../../core/message.js';
import { joinTexts, type Text } from '../../../core/text.js';
import type { Attendee } from '../../../database.js';
import type { Named, State, Subject } from '../header.js';
import { moment, namesOf, titled } from './common.js';

export const atTheDoor: Text = { zh: '候补者已到现场', en: 'somebody of the waitlist is at the door' };
export const gaveWay: Text = {
  zh: '未到场，名额已让给现场候补',
  en: 'not there, the place was given at the door',
};
export const seatedBecause = (why: Text): Text => ({
  zh: `现场候补：${why.zh}`,
  en: `at the door: ${why.en}`,
});

export const codeOrNames: Text = {
  zh: '后面可以写签到码（4 位数字）或姓名，如“到了 W-1 1234”“到了 W-1 张三”；只为自己签到，写“到了 W-1”即可。',
  en: 'You can add the code (4 digits) or a name, as in “here W-1 1234” or “here W-1 Zhang San”; for yourself, “here W-1” is enough.',
};

export const tooEarly = (c: Named, e: Subject, from: Date, calendar: Calendar): Message =>
  say(
    `${titled(c, e).zh}的签到从${moment(from, calendar).zh}开始，届时请回复“到了 ${c.ref}”。`,
    `Check-in for ${titled(c, e).en} opens on ${moment(from, calendar).en}. Please reply “here ${c.ref}” then.`,
  );

export const wrongCode = (c: Named, e: Subject): Message =>
  say(
    `签到码不对，请再看一眼现场的四位数字；也可能走到了别的会场：这里是${titled(c, e).zh}，${e.place}。`,
    `That is not the code of this event. Please look at the four digits on site again, or you may be at another door: this is ${titled(c, e).en}, ${e.place}.`,
  );

export const codePlease = (c: Named, e: Subject): Message =>
  say(
    `欢迎！${titled(c, e).zh}签到请带上现场公布的四位签到码，如“到了 ${c.ref} 1234”。没有看到？请问一下现场的工作人员。`,
    `Welcome! To check in at ${titled(c, e).en}, please add the four digits shown on site, as in “here ${c.ref} 1234”. If you can’t see them, please ask the staff.`,
  );

/** An organizer checks in anybody, others only whom they signed up. */
export const nobodyOfThatName = (
  c: Named,
  e: Subject,
  names: readonly string[],
  anybody: boolean,
): Message =>
  anybody
    ? say(
        `${titled(c, e).zh}的名单上没有${namesOf(names).zh}。“名单 ${c.ref}”可查看名单。`,
        `${namesOf(names).en}: not on the list of ${titled(c, e).en}. “roster ${c.ref}” shows it.`,
      )
    : say(
        `您没有为${namesOf(names).zh}报名${titled(c, e).zh}，不能代为签到。请本人回复“到了 ${c.ref}”，或请现场的组织者登记。`,
        `You did not sign up ${namesOf(names).en} for ${titled(c, e).en}, so you can’t check them in. They can reply “here ${c.ref}” themselves, or speak to the organizer on site.`,
      );

/** Somebody signed up others only: whether it is they who came is not guessed. */
export const onlyOthers = (c: Named, e: Subject, names: readonly string[]): Message =>
  say(
    `您没有为自己报名${titled(c, e).zh}。要为您代报的${namesOf(names).zh}签到，请写上姓名，如“到了 ${c.ref} ${names[0]}”。`,
    `You have not signed up for ${titled(c, e).en} yourself. To check in ${namesOf(names).en}, please add the name, as in “here ${c.ref} ${names[0]}”.`,
  );

/** Somebody came who is not on the list. */
export const notSignedUp = (c: Named, e: Subject, state: State): Message => {
  switch (state) {
    case 'open':
      return say(
        `您还没有报名${titled(c, e).zh}。请先回复“报名 ${c.ref}”，再回复“到了 ${c.ref}”；名额满时可在现场候补。`,
        `You have not signed up for ${titled(c, e).en}. Please reply “sign up ${c.ref}” and then “here ${c.ref}”; if it is full, you can wait for a place at the door.`,
      );
    case 'over':
      return say(
        `${titled(c, e).zh}的名单上没有您，不用补签。`,
        `You are not on the list of ${titled(c, e).en}, so there is nothing to make up for.`,
      );
    case 'draft':
    case 'shut':
    case 'running':
    case 'done':
    case 'cancelled':
      return say(
        `${titled(c, e).zh}的名单上没有您，报名已经截止。请向现场的组织者说明，看是否还有位置。`,
        `You are not on the list of ${titled(c, e).en}, and sign-up has closed. Please ask the organizer on site whether there is room.`,
      );
    default:
      return state satisfies never;
  }
};

export const stillApplied = (c: Named, e: Subject): Message =>
  say(
    `您在${titled(c, e).zh}的报名还在等组织者审核，请直接向现场的组织者说明。`,
    `Your sign-up for ${titled(c, e).en} still waits for the organizer. Please speak to them on site.`,
  );

export const hereAlready = (c: Named, e: Subject, own: boolean): Message =>
  own
    ? say(`您已经在${titled(c, e).zh}签到过了。`, `You have checked in at ${titled(c, e).en} already.`)
    : say(`${titled(c, e).zh}：都已经签到过了。`, `${titled(c, e).en}: all of them have checked in already.`);

type Come = Pick<Attendee, 'name' | 'status'>;

/** How somebody may still come by a place when others do not come in time. */
const lateRule = ({ freeAfter }: Subject): Text => ({
  zh: `开始 ${freeAfter} 分钟后仍未到场者的名额，会按候补规则让给在场的人。`,
  en: ` Places of those who are not there ${freeAfter} minutes after the start go to those who are, by the rules of the waitlist.`,
});

type Door = { readonly own: boolean /** Places may still come free that way. */; readonly late: boolean };

export const isHere = (c: Named, e: Subject, rows: readonly Come[], { own, late: hopes }: Door): Message => {
  const going = rows.filter((one) => one.status === 'going').map((one) => one.name);
  const waiting = rows.filter((one) => one.status !== 'going').map((one) => one.name);
  const who: Text = own
    ? { zh: '', en: '' }
    : { zh: `（${namesOf(going).zh}）`, en: ` (${namesOf(going).en})` };
  const line: Text = own ? { zh: '您', en: 'you' } : { zh: namesOf(waiting).zh, en: namesOf(waiting).en };
  const late = hopes ? lateRule(e) : { zh: '', en: '' };
  return {
    text: joinTexts(
      [
        ...(going.length > 0
          ? [
              {
                zh: `已签到${who.zh}：${titled(c, e).zh}。欢迎！`,
                en: `Checked in${who.en}: ${titled(c, e).en}. Welcome!`,
              },
            ]
          : []),
        ...(waiting.length > 0
          ? [
              {
                zh: `${titled(c, e).zh}目前没有空位，已记下${line.zh}在现场等候，一有空位马上告诉您。${late.zh}`,
                en: `There is no place free at ${titled(c, e).en} yet. It is noted that ${line.en} ${own || waiting.length > 1 ? 'are' : 'is'} at the door, and you will hear as soon as there is one.${late.en}`,
              },
            ]
          : []),
      ],
      '\n',
    ),
  };
};

const forWhom = (names: readonly string[]): Text =>
  names.length === 0 ? { zh: '您', en: 'you' } : { zh: namesOf(names).zh, en: namesOf(names).en };

export const pleaseComeIn = (c: Named, e: Subject, names: readonly string[]): Message =>
  say(
    `${titled(c, e).zh}有空位了，给${forWhom(names).zh}。请入场！`,
    `There is a place for ${forWhom(names).en} at ${titled(c, e).en} now. Please come in!`,
  );

export const placeWasGiven = (c: Named, e: Subject, names: readonly string[]): Message => {
  const who = forWhom(names);
  return say(
    `${titled(c, e).zh}已经开始，没有见到${who.zh}，名额先让给了在门口等候的人。您若还来，到了请回复“到了 ${c.ref}”，有空位马上安排。`,
    `${titled(c, e).en} has begun without ${who.en}, and the place went to somebody who was waiting at the door. Do come all the same: reply “here ${c.ref}” on arrival, and you come in as soon as there is room.`,
  );
};

// After the event

export const nobodyIsMissed = (c: Named, e: Subject): Message =>
  say(
    `${titled(c, e).zh}没有使用签到，不用补签。谢谢您来！`,
    `Nobody checked in at ${titled(c, e).en}, so there is nothing to make up for. Thank you for coming!`,
  );

export const hadNoPlace = (c: Named, e: Subject): Message =>
  say(
    `${titled(c, e).zh}那天您在候补名单上，不用补签。`,
    `You were on the waitlist of ${titled(c, e).en}, so there is nothing to make up for.`,
  );

export const notedLater = (c: Named, e: Subject, names: readonly string[]): Message => {
  const who = forWhom(names);
  return say(
    `好的，已补记${who.zh}到场：${titled(c, e).zh}。谢谢告知！`,
    `All right, it is noted that ${who.en} came to ${titled(c, e).en}. Thank you for telling us!`,
  );
};
