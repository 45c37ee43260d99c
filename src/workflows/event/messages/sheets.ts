/** What stands in the exported lists of an event. */
import type { Text } from '../../../core/text.js';
import type { Invitation } from '../../../database.js';

export const sheetNames = {
  roster: { zh: '名单', en: 'Roster' },
  invitations: { zh: '邀请', en: 'Invitations' },
  outcomes: { zh: '约见与成果', en: 'Meetings' },
} as const satisfies Readonly<Record<string, Text>>;

export const titles = {
  name: { zh: '姓名', en: 'Name' },
  park: { zh: '园区', en: 'Park' },
  ticket: { zh: '名额种类', en: 'Ticket' },
  status: { zh: '状态', en: 'Status' },
  signedUpBy: { zh: '报名人', en: 'Signed up by' },
  signedUpAt: { zh: '报名时间', en: 'Signed up' },
  cameAt: { zh: '签到时间', en: 'Came' },
  invitedBy: { zh: '邀请人', en: 'Invited by' },
  invitedAt: { zh: '邀请时间', en: 'Invited' },
  answer: { zh: '答复', en: 'Answer' },
  answeredAt: { zh: '答复时间', en: 'Answered' },
  companions: { zh: '可带人数', en: 'May bring' },
  ref: { zh: '约见编号', en: 'Meeting' },
  state: { zh: '状态', en: 'Status' },
  time: { zh: '时间', en: 'Time' },
  table: { zh: '桌号', en: 'Table' },
  asker: { zh: '约见人', en: 'Asked by' },
  asked: { zh: '受邀人', en: 'Asked' },
  amount: { zh: '金额', en: 'Amount' },
  next: { zh: '下一步', en: 'Next step' },
} as const satisfies Readonly<Record<string, Text>>;

export const afterDays = (days: number): Text => ({
  zh: `${days} 天后`,
  en: days === 1 ? 'After 1 day' : `After ${days} days`,
});

export const answers: Readonly<Record<NonNullable<Invitation['answer']>, Text>> = {
  yes: { zh: '参加', en: 'yes' },
  no: { zh: '不参加', en: 'no' },
  maybe: { zh: '待定', en: 'maybe' },
};
export const notAnswered: Text = { zh: '未答复', en: 'not yet' };
