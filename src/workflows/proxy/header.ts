import type { Effects, World } from '../../core/workflow.js';
import { type OpenCase, workflow } from '../../core/workflow.js';
import type { Db } from '../../database.js';
import { seatWithNames } from '../council/seats.js';
import { aboutOf } from './about.js';

const states = {
  asked: { title: { zh: '待受托人答复', en: 'waiting for the proxy’s answer' } },
  accepted: { title: { zh: '已接受', en: 'accepted' } },
  used: { title: { zh: '已代为表决', en: 'used' }, end: true },
  declined: { title: { zh: '已谢绝', en: 'turned down' }, end: true },
  revoked: { title: { zh: '已收回', en: 'revoked' }, end: true },
  lapsed: { title: { zh: '已失效', en: 'lapsed' }, end: true },
} as const;

const commands = ['give', 'revoke', 'accept', 'turnDown', 'letter'] as const;
const alarms = ['noAnswer', 'check', 'used', 'overtaken'] as const;

export type State = keyof typeof states;
export type Follows<S extends State = State> = Effects<S, (typeof commands)[number], (typeof alarms)[number]>;

const load = async (db: Db, caseId: string) => {
  const { seat, about, ...row } = await db.proxy.findUniqueOrThrow({
    where: { caseId },
    include: { seat: { include: seatWithNames }, about: aboutOf },
  });
  const [giver, proxy] = [await nameOf(db, row.giverId), await nameOf(db, row.proxyId)];
  return { ...row, seat, about, giver, proxy, parkId: seat.parkId, concerns: [row.proxyId] };
};

const nameOf = async (db: Db, id: string): Promise<string> =>
  (await db.person.findUniqueOrThrow({ where: { id }, select: { name: true } })).name;

export type Subject = Awaited<ReturnType<typeof load>>;
export type Case = Pick<OpenCase, 'id' | 'ref'>;
export type OnProxy = World & { readonly case: OpenCase; readonly subject: Subject };

export const proxy = workflow({
  id: 'proxy',
  prefix: 'D',
  title: { zh: '委托', en: 'Proxy' },
  states,
  commands,
  alarms,
  load,
  concerning: async (_, personId) => ({ proxy: { proxyId: personId } }),
});
