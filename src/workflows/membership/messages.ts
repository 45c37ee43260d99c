/** What the membership workflow says. */
import type { Fact, Message } from '../../core/message.js';
import { say } from '../../core/message.js';
import { provinceTitle } from '../../core/provinces.js';
import { joinTexts, same, type Text } from '../../core/text.js';
import type { Application } from '../../database.js';
import { kindTitle } from './form.js';

type Named = { readonly ref: string };
type About = Pick<Application, 'park'>;

/** What an officer or a council member sees of an application. */
export const facts = (a: Application): readonly Fact[] => {
  const personal = !a.consentAbroad;
  return [
    { label: { zh: '园区', en: 'Park' }, value: same(a.park) },
    { label: { zh: '省份', en: 'Province' }, value: provinceTitle(a.province) },
    { label: { zh: '类型', en: 'Kind' }, value: kindTitle(a.kind) },
    { label: { zh: '特色业务', en: 'Specialities' }, value: same(a.specialties) },
    ...(a.size === null
      ? []
      : [{ label: { zh: '入驻企业数', en: 'Companies' }, value: same(String(a.size)) }]),
    { label: { zh: '信用代码', en: 'Credit code' }, value: same(a.creditCode) },
    { label: { zh: '负责人', en: 'Head' }, value: same(a.representative), personal },
    { label: { zh: '联系人', en: 'Contact' }, value: same(a.contact), personal },
    { label: { zh: '电话', en: 'Phone' }, value: same(a.phone), personal },
  ];
};

/** The same without people: for rooms. */
const publicFacts = (a: Application): readonly Fact[] => facts(a).slice(0, -4);

export const submitted = (c: Named, a: About): Message =>
  say(
    `已收到“${a.park}”的入会申请，编号 ${c.ref}。秘书处会尽快受理，每一步进展都会告诉您。回复“状态 ${c.ref}”可随时查询，回复“撤回 ${c.ref}”可以撤回。`,
    `We have received the application of “${a.park}”. Its number is ${c.ref}. The secretariat will take it up soon, and you will hear of each step. Reply “status ${c.ref}” to see where it stands, or “withdraw ${c.ref}” to withdraw it.`,
  );

export const newApplication = (c: Named, a: Application): Message => ({
  title: { zh: `${c.ref} 新的入会申请`, en: `${c.ref} New application` },
  text: { zh: '请受理。', en: 'Please take it up.' },
  facts: facts(a),
});

export const taken = (c: Named, a: Application): Message => ({
  title: { zh: `${c.ref} 由您受理`, en: `${c.ref} is yours` },
  text: {
    zh: '请核对材料：材料齐全可“送审”，有缺漏可“补件”，不符合条件可“驳回”。',
    en: 'Please check it: forward it if all is there, ask for what is missing, or reject it.',
  },
  facts: facts(a),
});

export const takenForApplicant = (c: Named): Message =>
  say(
    `${c.ref} 已由秘书处受理，正在核对材料。`,
    `${c.ref} has been taken up; the secretariat is checking it.`,
  );

export const asked = (c: Named): Message =>
  say(`${c.ref}：已请申请人补充。`, `${c.ref}: the applicant has been asked.`);

export const pleaseSupply = (c: Named, what: string, until: Text): Message =>
  say(
    `${c.ref} 需要补充：${what}\n请在${until.zh}前回复“补充 ${c.ref}”并附上说明。`,
    `${c.ref} needs something more: ${what}\nPlease reply “supply ${c.ref}” with it by ${until.en}.`,
  );

export const stillMissing = (c: Named, what: string): Message =>
  say(
    `提醒：${c.ref} 还在等您补充：${what}\n请回复“补充 ${c.ref}”；如不再申请，请回复“撤回 ${c.ref}”。`,
    `A reminder: ${c.ref} still waits for this from you: ${what}\nPlease reply “supply ${c.ref}”, or “withdraw ${c.ref}” if you no longer apply.`,
  );

export const applicantSilent = (c: Named, a: About): Message =>
  say(
    `${c.ref}（${a.park}）的申请人一直没有补充材料，已再次提醒。如需了结，可以“驳回”。`,
    `The applicant of ${c.ref} (${a.park}) has not supplied what was asked, and has been reminded again. You may reject it to close it.`,
  );

export const thankYou = (c: Named): Message =>
  say(
    `谢谢，${c.ref} 的补充已转给秘书处。`,
    `Thank you; it has been passed on to the secretariat for ${c.ref}.`,
  );

export const supplied = (c: Named, a: Application): Message =>
  say(
    `${c.ref}（${a.park}）的申请人补充了：${a.answered ?? ''}`,
    `The applicant of ${c.ref} (${a.park}) has supplied: ${a.answered ?? ''}`,
  );

export const inPublicity = (c: Named, a: Application, until: Text): Message => ({
  title: { zh: `${c.ref} 入会公示`, en: `${c.ref} Public notice` },
  text: {
    zh: `“${a.park}”申请加入联盟，现予公示，至${until.zh}止。如有异议，请私信回复“异议 ${c.ref} 理由”，身份不公开。`,
    en: `“${a.park}” applies to join the alliance. Objections can be made until ${until.en}, by direct message: “object ${c.ref} reason”. Names are not published.`,
  },
  facts: publicFacts(a),
});

export const publicityForApplicant = (c: Named, until: Text): Message =>
  say(
    `${c.ref} 材料已核对完毕，现在公示，至${until.zh}止，期满后送理事会。`,
    `${c.ref} is complete and has been put on public notice until ${until.en}; then it goes to the council.`,
  );

export const forwarded = (c: Named, until: Text): Message =>
  say(
    `${c.ref} 已公示，至${until.zh}止，期满自动送理事会。`,
    `${c.ref} is on public notice until ${until.en} and then goes to the council by itself.`,
  );

export const objected = (c: Named): Message =>
  say(
    `已收到您对 ${c.ref} 的异议，秘书处会核实。您的身份不会公开。`,
    `Your objection to ${c.ref} has been received, and the secretariat will look into it. Your name is not published.`,
  );

export const newObjection = (c: Named, a: About, reason: string): Message =>
  say(`${c.ref}（${a.park}）收到一条异议：${reason}`, `An objection to ${c.ref} (${a.park}): ${reason}`);

export const objectionsOpen = (c: Named, a: About, count: number): Message =>
  say(
    `${c.ref}（${a.park}）公示期满，有 ${count} 条异议。核实后请“送审”（异议将一并告知理事会）或“驳回”。`,
    `The notice of ${c.ref} (${a.park}) has ended with ${count} objection${count === 1 ? '' : 's'}. Once looked into, please forward it (the council will see the objections) or reject it.`,
  );

/** The title and the text of the motion that an application becomes. */
export const forCouncil = (
  c: Named,
  a: Application,
  objections: readonly string[],
): { readonly title: Text; readonly text: Text } => ({
  title: same(`${a.park}入会 · admission (${c.ref})`),
  text: joinTexts(
    [
      { zh: `接纳“${a.park}”为联盟会员。`, en: `Admit “${a.park}” to the alliance.` },
      joinTexts(
        publicFacts(a).map((fact) => joinTexts([fact.label, fact.value], { zh: '：', en: ': ' })),
        { zh: '；', en: '; ' },
      ),
      ...objections.map((one): Text => ({ zh: `异议：${one}`, en: `Objection: ${one}` })),
    ],
    '\n',
  ),
});

export const councilForApplicant = (c: Named): Message =>
  say(
    `${c.ref} 公示结束，已送理事会审议。`,
    `The public notice of ${c.ref} is over; it is before the council now.`,
  );

export const notCarried: Text = {
  zh: '理事会表决未通过',
  en: 'the council’s vote did not carry it',
};
export const notDecided = (c: Named, a: About, motion: string): Message =>
  say(
    `${c.ref}（${a.park}）：理事会没有作出决定（${motion}）。可以重新“送审”，或“驳回”。`,
    `${c.ref} (${a.park}): the council came to no decision (${motion}). You may forward it once more or reject it.`,
  );

export const approvedForApplicant = (c: Named): Message =>
  say(
    `好消息：${c.ref} 已获理事会批准。财务会与您联系会费事宜，到账后正式成为会员。`,
    `Good news: the council has approved ${c.ref}. Finance will contact you about the dues; once they have arrived you are a member.`,
  );

export const pleaseConfirmDues = (c: Named, a: About): Message =>
  say(
    `${c.ref}（${a.park}）已获批准，会费到账后请回复“到账 ${c.ref}”。`,
    `${c.ref} (${a.park}) is approved. Please reply “paid ${c.ref}” once the dues have arrived.`,
  );

export const declined = (c: Named, a: About): Message =>
  say(
    `${c.ref}：“${a.park}”的入会申请未获通过。`,
    `${c.ref}: the application of “${a.park}” was not approved.`,
  );

export const declinedForApplicant = (c: Named, reason: Text): Message =>
  say(
    `很遗憾，${c.ref} 未获通过。理由：${reason.zh}\n如有疑问可联系秘书处；条件具备后欢迎再次申请。`,
    `We are sorry: ${c.ref} was not approved. Reason: ${reason.en}\nPlease contact the secretariat with any question; you are welcome to apply again.`,
  );

export const welcome = (c: Named, a: About): Message =>
  say(
    `欢迎“${a.park}”正式加入联盟（${c.ref}）！今后可在这里报名活动、联系秘书处；30 天后我们会来听听您的感受。`,
    `Welcome to the alliance, “${a.park}” (${c.ref})! From now on you can sign up for events and reach the secretariat here. In 30 days we will ask how it is going.`,
  );

export const welcomeInRoom = (a: About): Message =>
  say(`欢迎新会员“${a.park}”！`, `Please welcome our new member, “${a.park}”!`);

export const nowActive = (c: Named): Message => say(`${c.ref} 已入会。`, `${c.ref} is now a member.`);

export const checkIn = (c: Named, a: About, days: number): Message =>
  say(
    `“${a.park}”入会已 ${days} 天（${c.ref}）。使用中有什么问题或建议，直接回复秘书处即可；想看能做什么，请回复“帮助”。`,
    `“${a.park}” joined ${days} days ago (${c.ref}). If anything is unclear or could be better, please tell the secretariat; reply “help” to see what you can do here.`,
  );

export const withdrawn = (c: Named): Message => say(`${c.ref} 已撤回。`, `${c.ref} has been withdrawn.`);
export const withdrawnForOfficer = (c: Named, a: About): Message =>
  say(`申请人撤回了 ${c.ref}（${a.park}）。`, `The applicant has withdrawn ${c.ref} (${a.park}).`);
export const stays = (c: Named): Message =>
  say(
    `退会请求已撤回，${c.ref} 仍是会员。`,
    `The wish to leave has been withdrawn; ${c.ref} stays a member.`,
  );
export const staysForOfficer = (c: Named, a: About): Message =>
  say(
    `${c.ref}（${a.park}）撤回了退会请求，无需办理。`,
    `${c.ref} (${a.park}) has withdrawn the wish to leave; nothing is left to do.`,
  );
export const kept = (c: Named): Message =>
  say(`好的，${c.ref} 没有变动。`, `All right, ${c.ref} stays as it is.`);

export const leavingAsked = (c: Named): Message =>
  say(
    `已收到退会请求（${c.ref}），秘书处办结后告诉您。改变主意请回复“撤回 ${c.ref}”。`,
    `Your wish to leave (${c.ref}) has been received; the secretariat will confirm. If you change your mind, reply “withdraw ${c.ref}”.`,
  );
export const wantsToLeave = (c: Named, a: About, reason: string): Message =>
  say(
    `${c.ref}（${a.park}）请求退会，理由：${reason}。手续办完请回复“办结 ${c.ref}”。`,
    `${c.ref} (${a.park}) wishes to leave: ${reason}. Please reply “release ${c.ref}” when all is settled.`,
  );
export const left = (c: Named, a: About): Message =>
  say(
    `“${a.park}”的退会手续已办结（${c.ref}）。感谢一路同行，欢迎随时回来。`,
    `“${a.park}” has left the alliance (${c.ref}). Thank you for the time together; you are welcome back whenever you like.`,
  );

export const officerLate = (c: Named, a: About, days: number): Message =>
  say(
    `提醒：${c.ref}（${a.park}）已等待 ${days} 个工作日，请处理。`,
    `A reminder: ${c.ref} (${a.park}) has waited for ${days} working days. Please see to it.`,
  );
export const deputyNeeded = (c: Named, a: About): Message =>
  say(
    `${c.ref}（${a.park}）经提醒仍未处理，请您代为办理。`,
    `${c.ref} (${a.park}) has not been dealt with in spite of a reminder. Please step in.`,
  );
export const duesLate = (c: Named, a: About): Message =>
  say(
    `提醒：${c.ref}（${a.park}）获批后会费仍未确认，到账请回复“到账 ${c.ref}”。`,
    `A reminder: the dues of ${c.ref} (${a.park}) have not been confirmed yet. Reply “paid ${c.ref}” once they have arrived.`,
  );

export const noConsent: Message = say(
  '未经您同意，我们不能保存联系人信息，申请还没有提交。如愿意同意，请修改下面对应的一项；不办了请回复“取消”。',
  'Without your consent we may not keep the contact’s details, so the application has not been submitted. Please correct that item below, or reply “cancel” to drop it.',
);
export const applied = (ref: string): Message =>
  say(
    `这个信用代码已登记在 ${ref} 名下（正在办理，或已是会员），不能重复申请。请核对代码。`,
    `This credit code belongs to ${ref} already, an open application or a member. Please check the code.`,
  );
export const stillInPublicity = (c: Named, until: Text): Message =>
  say(
    `${c.ref} 公示至${until.zh}，期满自动送理事会，现在还不能送审。`,
    `${c.ref} is on public notice until ${until.en} and then goes to the council by itself; it can’t be forwarded before.`,
  );
export const tooFar = (until: Text): Message =>
  say(`期限请在今天之后、${until.zh}之前。`, `Please choose a date after today and before ${until.en}.`);
