/** What the account workflow says. */
import type { ChannelName } from '../../core/input.js';
import type { Message } from '../../core/message.js';
import { sayMoment } from '../../core/moments.js';
import { joinTexts, type Text } from '../../core/text.js';
import { channelNames, otherChannel } from './header.js';

type Named = { readonly ref: string };
type Absence = { readonly days: Text; readonly cover: string };

// A Latin name among Chinese characters stands between blanks.
const spaced = (words: string): string =>
  words.replace(/(?<=\p{Script=Han})(?=[A-Za-z])|(?<=[A-Za-z])(?=\p{Script=Han})/gu, ' ');
const say = (zh: string, en: string): Message => ({ text: { zh: spaced(zh), en } });

const zh = (channel: ChannelName): string => channelNames[channel].zh;
const en = (channel: ChannelName): string => channelNames[channel].en;

// Linking

export const yourCode = (code: string, channel: ChannelName, minutes: number): Message =>
  say(
    `您的验证码是 ${code}，${minutes} 分钟内有效，只能用一次。请在${zh(channel)}上私信我：绑定 ${code}。请不要把它转给任何人。`,
    `Your code is ${code}. It is good for ${minutes} minutes and for one use. On ${en(channel)}, write to me directly: link ${code}. Please do not pass it on to anyone.`,
  );

export const howToLink = (channel: ChannelName): Message =>
  say(
    `如果您已在联盟登记过，请用原来的账号（例如${zh(channel)}）私信我“绑定”取得验证码，再在这里回复“绑定 验证码”。原来的账号用不了了，请联系秘书处换绑。`,
    `If the alliance knows you already, write “link” to me from your other account (on ${en(channel)}, for example) to get a code, then reply here with “link” and the code. If you can no longer use that account, please ask the secretariat to replace it.`,
  );

export const notInRoom: Message = say(
  '绑定账号请私信我，不要在群里办理。',
  'To link an account, please write to me directly, not in a room.',
);

export const saidInRoom: Message = say(
  '验证码不能在群里说，别人也会看到。为安全起见，您刚才发的验证码已作废；请私信我“绑定”重新取得。',
  'A code must not be said in a room, where others read it. To be safe, the one you just sent is void; write “link” to me directly for a new one.',
);

export const badCode = (why: 'unknown' | 'used' | 'expired', left?: number): Message => {
  const reasons = {
    unknown: say(
      '没有这个验证码，请核对后再发。',
      'There is no such code. Please check it and send it again.',
    ),
    used: say(
      '这个验证码已经用过了。请在另一个账号上重新回复“绑定”取得新的。',
      'That code has been used. Please reply “link” on the other account for a new one.',
    ),
    expired: say(
      '这个验证码已经失效。请在另一个账号上重新回复“绑定”取得新的。',
      'That code is no longer good. Please reply “link” on the other account for a new one.',
    ),
  };
  if (left === undefined) return reasons[why];
  const tries: Text =
    left === 0
      ? { zh: '一小时内不能再试了。', en: 'You can try again in an hour.' }
      : { zh: `一小时内还可以再试 ${left} 次。`, en: `Tries left within the hour: ${left}.` };
  return { text: joinTexts([reasons[why].text, tries], { zh: '', en: ' ' }) };
};

export const tooManyTries: Message = say(
  '验证码错误次数太多，请一小时后再试，或联系秘书处协助。',
  'Too many wrong codes. Please try again in an hour, or ask the secretariat for help.',
);

export const ownCode = (channel: ChannelName): Message =>
  say(
    `这个账号已经是您的，不用再绑定。验证码是给${zh(channel)}上还没有绑定的账号用的，请用那个账号发给我。`,
    `This account is yours already. The code is for an account on ${en(channel)} that is not linked yet: please send it from there.`,
  );

export const codeForChannel = (channel: ChannelName): Message =>
  say(
    `这个验证码要在${zh(channel)}上使用，请用${zh(channel)}账号私信我。`,
    `That code is for ${en(channel)}: please write to me from your account there.`,
  );

export const foreignCode: Message = say(
  '这个验证码是另一位成员的，您的账号已有登记，不能并到别人名下。验证码已作废，并已告知秘书处。',
  'That code belongs to somebody else, and your account is registered already, so it cannot become theirs. The code is void, and the secretariat has been told.',
);

export const foreignCodeForOfficer = (name: string): Message =>
  say(
    `请留意：${name}使用了别人的绑定验证码，已拒绝，验证码已作废。`,
    `Please note: ${name} tried to use somebody else’s linking code. It was refused, and the code is void.`,
  );

export const linked = (name: string, channel: ChannelName, others: readonly ChannelName[]): Message => {
  const both = others.some((one) => one !== channel);
  return say(
    `绑定成功，${name}。${both ? `这个${zh(channel)}账号和您原来的账号现在是同一个人，从哪边办理都可以。要解除请回复“解绑”。` : `这个${zh(channel)}账号现在是您的。`}`,
    `Done, ${name}: ${both ? `this ${en(channel)} account and your other one now belong to the same person, and either will do. To undo it, reply “unlink”.` : `this ${en(channel)} account is yours now.`}`,
  );
};

export const linkedElsewhere = (channel: ChannelName): Message =>
  say(
    `您的账号刚刚绑定了${zh(channel)}账号。如非本人操作，请立即回复“解绑 ${zh(channel)}”并联系秘书处。`,
    `A ${en(channel)} account has just been linked to yours. If that was not you, reply “unlink ${en(channel)}” at once and tell the secretariat.`,
  );

// Unlinking

export const onlyAccount: Message = say(
  '这是您唯一的账号，不能解绑，否则联盟就联系不上您了。账号要停用，请联系秘书处换绑。',
  'This is your only account, so it cannot be unlinked: the alliance could not reach you. If you are giving it up, please ask the secretariat to replace it.',
);

export const noAccountThere = (channel: ChannelName): Message =>
  say(`您没有绑定${zh(channel)}账号。`, `No ${en(channel)} account is linked to you.`);

export const unlinkHere = (channel: ChannelName): Message =>
  say(
    `您正在用这个${zh(channel)}账号和我说话。解绑后，这里不再认得您，请改用另一个账号。确定要解绑本账号吗？`,
    `You are writing from this very ${en(channel)} account. Once it is unlinked I will not know you here, and you will have to use your other account. Do you really want to unlink this one?`,
  );

export const unlinked = (channel: ChannelName): Message =>
  say(`已解绑您的${zh(channel)}账号。`, `Your ${en(channel)} account has been unlinked.`);

export const unlinkedElsewhere = (channel: ChannelName): Message =>
  say(
    `您的${zh(channel)}账号刚刚解绑了，以后在这里和您联系。如非本人操作，请联系秘书处。`,
    `Your ${en(channel)} account has just been unlinked; I will write to you here from now on. If that was not you, please tell the secretariat.`,
  );

export const unlinkedForAccount: Message = say(
  '这个账号刚刚被本人从另一个账号解绑，以后不再代表您。如非本人操作，请立即联系秘书处。',
  'This account has just been unlinked from your other one and no longer speaks for you. If that was not you, please tell the secretariat at once.',
);

export const unlinkedByRebind = (channel: ChannelName): Message =>
  say(
    `经秘书处核准，本人已换用新的${zh(channel)}账号，这个账号不再代表该成员。如有疑问，请联系秘书处。`,
    `With the secretariat’s approval, this ${en(channel)} account has been replaced by a new one and no longer speaks for the member. If that looks wrong, please ask the secretariat.`,
  );

// Replacing a lost account

type Lost = { readonly who: string; readonly channel: ChannelName };

export const noSuchPerson = (name: string): Message =>
  say(
    `没有找到“${name}”。请写登记的姓名。`,
    `I know nobody called “${name}”. Please give the name as it is registered.`,
  );

export const severalPeople = (name: string): Message =>
  say(
    `“${name}”不止一位。请写对方的席位编号（如 s3）。`,
    `There is more than one “${name}”. Please give the key of their seat, such as s3.`,
  );

export const nothingLost = (who: string, channel: ChannelName): Message =>
  say(
    `${who}没有登记${zh(channel)}账号，不用换绑：请本人用${zh(otherChannel(channel))}账号回复“绑定”取得验证码。`,
    `${who} has no ${en(channel)} account to replace: it can be linked by replying “link” on ${en(otherChannel(channel))}.`,
  );

export const askedAlready = (ref: string, who: string): Message =>
  say(`${who}的换绑 ${ref} 还在办理中。`, `${ref} is already open for ${who}.`);

export const nobodyCanConfirm: Message = say(
  '换绑要由第二人核准，但没有其他经办人、副手或理事长可以核准。请先补齐人员。',
  'A second person has to approve it, but there is no other officer, deputy or chair who could.',
);

export const rebindAsked = (c: Named, who: string, channel: ChannelName): Message =>
  say(
    `已登记 ${c.ref}：${who}换绑${zh(channel)}账号。须由第二人核准，已通知有权核准的人。`,
    `${c.ref} is registered: a new ${en(channel)} account for ${who}. A second person has to approve it; they have been told.`,
  );

export const pleaseConfirm = (c: Named, r: Lost & { readonly by: string }, reason: string): Message =>
  say(
    `${c.ref}：${r.who}换绑${zh(r.channel)}账号，由${r.by}申请，请您核准。请先自行向本人核实（当面或电话），不要只凭消息。\n原因：${reason}`,
    `${c.ref}: ${r.by} asks for a new ${en(r.channel)} account for ${r.who}. Please approve it. Make sure first, in person or by phone, that it is really they who want it; a message is not enough.\nReason: ${reason}`,
  );

export const stillToConfirm = (c: Named, r: Lost & { readonly by: string }): Message =>
  say(
    `${c.ref}：${r.who}换绑${zh(r.channel)}账号（${r.by}申请）还在等第二人核准。`,
    `${c.ref}: the new ${en(r.channel)} account for ${r.who}, asked for by ${r.by}, still waits for a second person’s approval.`,
  );

export const rebindAskedForPerson = (c: Named, channel: ChannelName): Message =>
  say(
    `秘书处收到为您换绑${zh(channel)}账号的申请（${c.ref}），正在核实。如果不是您提出的，请立即联系秘书处。`,
    `The secretariat has been asked to replace your ${en(channel)} account (${c.ref}) and is checking it. If it was not you who asked, please tell the secretariat at once.`,
  );

export const askedYourself = (c: Named): Message =>
  say(
    `${c.ref} 是您自己申请的，须由另一个人核准。`,
    `You asked for ${c.ref} yourself, so somebody else has to approve it.`,
  );

export const yourOwnRebind = (c: Named): Message =>
  say(
    `${c.ref} 换的是您自己的账号，须由别人核准。`,
    `${c.ref} is about your own account, so somebody else has to approve it.`,
  );

export const codeToHandOver = (c: Named, r: Lost, code: string, expires: Date, zone: string): Message => {
  const until = sayMoment(expires, zone, { time: true });
  return say(
    `${c.ref} 已核准。验证码 ${code}，${until.zh}前有效，只能用一次。请当面或电话告诉${r.who}本人，由本人用新的${zh(r.channel)}账号私信我：绑定 ${code}。请不要用消息转发。`,
    `${c.ref} is approved. The code ${code} is good for one use until ${until.en}. Give it to ${r.who} in person or by phone; from the new ${en(r.channel)} account they write to me: link ${code}. Please do not forward it in a message.`,
  );
};

export const rebindConfirmed = (c: Named, r: { readonly who: string; readonly by: string }): Message =>
  say(
    `${c.ref}：${r.by}已核准，并会把验证码交给${r.who}。`,
    `${c.ref}: ${r.by} has approved it and will hand the code to ${r.who}.`,
  );

export const codeIsUsed = (c: Named): Message =>
  say(
    `${c.ref} 的验证码已经用过，新账号已绑定，不能再拒绝。`,
    `The code of ${c.ref} has been used and the new account is linked, so it can no longer be refused.`,
  );

export const rebindRefused = (c: Named, who: string): Message =>
  say(
    `${c.ref}：${who}换绑账号未获同意，原账号不变。`,
    `${c.ref}: the new account for ${who} was not approved; nothing has changed.`,
  );

export const askedInVain = (c: Named, who: string): Message =>
  say(
    `${c.ref}：一直无人核准，${who}的换绑申请已过期。如仍需要，请重新申请。`,
    `${c.ref}: nobody approved it in time, so the request for ${who} has expired. Please ask anew if it is still needed.`,
  );

export const codeExpired = (c: Named, who: string): Message =>
  say(
    `${c.ref}：${who}没有在期限内使用验证码，换绑已过期，原账号不变。如仍需要，请重新申请。`,
    `${c.ref}: ${who} did not use the code in time, so it has expired and nothing has changed. Please ask anew if it is still needed.`,
  );

export const rebindDone = (c: Named, r: Lost): Message =>
  say(
    `${c.ref} 已办结：${r.who}的新${zh(r.channel)}账号已绑定，原${zh(r.channel)}账号已移除。`,
    `${c.ref} is settled: the new ${en(r.channel)} account of ${r.who} is linked, and the old one is removed.`,
  );

// Days away

const listed = (names: readonly string[]): string => names.join('、');
const listedEn = (names: readonly string[]): string => names.join(', ');

export const howToBeAway = (covers: readonly string[]): Message =>
  say(
    `您没有登记请假。请用一句话告诉我，例如“请假 12月1日至12月8日 → ${covers[0] ?? ''}”。可以代理您的：${listed(covers)}。`,
    `You have no days away. Tell me in one line, such as “away 1 Dec to 8 Dec → ${covers[0] ?? ''}”. Those who may stand in for you: ${listedEn(covers)}.`,
  );

export const nobodyCovers: Message = say(
  '目前没有可以代理您的人：代理人须是您席位的候补代表，没有席位的须与您角色相同。请联系秘书处。',
  'There is nobody who may stand in for you: it has to be an alternate of your seat or, if you hold none, somebody with your role. Please ask the secretariat.',
);

export const whoCovers = (days: string, covers: readonly string[]): Message =>
  say(
    `还差代理人。请连同日期再发一次，例如“请假 ${days} → ${covers[0] ?? ''}”。可以代理您的：${listed(covers)}。`,
    `Who stands in for you? Please send it again with the name, such as “away ${days} → ${covers[0] ?? ''}”. Those who may: ${listedEn(covers)}.`,
  );

export const mayNotCover = (name: string, covers: readonly string[]): Message =>
  say(
    `“${name}”不能代理您。可以代理您的：${listed(covers)}。`,
    `“${name}” cannot stand in for you. Those who may: ${listedEn(covers)}.`,
  );

export const coverIsAway = (name: string, days: Text): Message =>
  say(
    `${name}也请了假：${days.zh}。请换一位代理人或调整日期。`,
    `${name} is away, too: ${days.en}. Please choose somebody else or other days.`,
  );

const absence = ({ days, cover }: Absence): Text => ({
  zh: spaced(`${days.zh}，由${cover}代理`),
  en: `${days.en}; ${cover} stands in`,
});

export const awaySet = (
  days: Text,
  cover: string,
  replaced: readonly Absence[],
  covering: readonly string[],
): Message => ({
  text: joinTexts(
    [
      {
        zh: spaced(
          `已登记请假：${days.zh}，由${cover}代理。这几天的提醒和通知都会发给${cover}。提前回来请回复“销假”。`,
        ),
        en: `You are away ${days.en}, and ${cover} stands in for you: reminders and notices of those days go to ${cover}. If you are back early, reply “return”.`,
      },
      ...replaced.map(
        (one): Text => ({
          zh: `原来登记的请假（${absence(one).zh}）已被替换。`,
          en: `It takes the place of what was set before (${absence(one).en}).`,
        }),
      ),
      ...(covering.length > 0
        ? [
            {
              zh: spaced(`这几天您自己还要代理${listed(covering)}，请与对方另作安排。`),
              en: `On some of those days you stand in for ${listedEn(covering)}: please arrange something else with them.`,
            },
          ]
        : []),
    ],
    '\n',
  ),
});

export const youCover = (name: string, days: Text): Message =>
  say(
    `${name}请假：${days.zh}，由您代理。这几天本应发给${name}的提醒和通知会发给您。`,
    `${name} is away ${days.en}, and you stand in: reminders and notices for them will come to you on those days.`,
  );

export const youNeedNotCover = (name: string): Message =>
  say(`${name}改了请假安排，不用您代理了。`, `${name} has changed their days away; you no longer stand in.`);

export const absences = (set: readonly Absence[]): Message => ({
  text: joinTexts(
    [
      { zh: '您登记的请假：', en: 'Your days away:' },
      ...set.map(absence),
      {
        zh: '提前回来请回复“销假”；要改，请重新发一次。',
        en: 'If you are back early, reply “return”; to change them, send them again.',
      },
    ],
    '\n',
  ),
});

export const notAway: Message = say('您没有登记请假。', 'You have no days away.');

export const back = (days: Text, cover: string): Message =>
  say(
    `已销假（${days.zh}）。提醒和通知重新发给您，${cover}不再代理。`,
    `Your days away (${days.en}) have ended. Reminders and notices come to you again; ${cover} no longer stands in.`,
  );

export const isBack = (name: string, days: Text): Message =>
  say(
    `${name}已销假（${days.zh}），不用您代理了。`,
    `The days away of ${name} (${days.en}) have ended; you no longer stand in.`,
  );
