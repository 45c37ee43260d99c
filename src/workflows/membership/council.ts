/** The council's part of an application: a ballot under the charter's rules on admission. */

import type { Text } from '../../core/text.js';
import { type Effects, everyone, type OpenCase, person, type Ring, type World } from '../../core/workflow.js';
import type { Application, Db } from '../../database.js';
import { refer } from '../council/motion.js';
import { membership } from './header.js';
import * as said from './messages.js';

type About = World & {
  readonly case: OpenCase;
  readonly subject: Application & { readonly objections: readonly { reason: string }[] };
};
type Commands = 'forward' | 'reject' | 'paid';
type Alarms = 'duesAreLate' | 'officerIsLate';

/** Puts an application before the council, which decides by the rule of the matter “admission”. */
export const toCouncil = async ({
  case: c,
  subject: a,
}: About): Promise<Effects<'council', Commands, Alarms>> => {
  const { title, text } = said.forCouncil(
    c,
    a,
    a.objections.map((one) => one.reason),
  );
  return {
    to: 'council',
    tell: [{ to: person(a.applicantId), say: said.councilForApplicant(c) }],
    start: [
      refer({
        matter: 'admission',
        title: bilingual(title),
        text: bilingual(text),
        moverId: a.officerId ?? a.applicantId,
        parkId: null,
        originId: c.id,
        reportTo: 'membership.councilHasDecided',
      }),
    ],
  };
};

// A motion has one text, which members of both languages vote on.
const bilingual = ({ zh, en }: Text): string => (zh === en ? zh : `${zh}\n${en}`);

/** Rung by the council's workflow: the ballot is over, or the matter was dropped. */
export const councilHasDecided = membership.alarm({
  title: { zh: '理事会已作决定', en: 'the council has decided' },
  kind: 'deadline',
  when: ['council'],
  to: ['approved', 'declined', 'checking'],
  run: async ({ db, case: c, subject: a, now, calendar, settings }) => {
    const motion = await db.motion.findFirstOrThrow({
      where: { originId: c.id },
      include: { case: { select: { ref: true, state: true } } },
      orderBy: { caseId: 'desc' },
    });
    const because = { zh: motion.case.ref, en: motion.case.ref };
    switch (motion.case.state) {
      case 'inForce':
        return {
          to: 'approved',
          because,
          tell: [
            { to: person(a.applicantId), say: said.approvedForApplicant(c) },
            { to: everyone('finance'), say: said.pleaseConfirmDues(c, a), choices: ['paid'] },
          ],
          wake: [{ alarm: 'duesAreLate', at: calendar.workdaysAfter(now, 5) }],
        };
      case 'rejected':
        return {
          to: 'declined',
          because,
          tell: [{ to: person(a.applicantId), say: said.declinedForApplicant(c, said.notCarried) }],
        };
      default:
        return {
          to: 'checking',
          because,
          tell: [
            {
              to: a.officerId ? person(a.officerId) : everyone('officer'),
              say: said.notDecided(c, a, motion.case.ref),
              choices: ['forward', 'reject'],
            },
          ],
          wake: [{ alarm: 'officerIsLate', at: calendar.workdaysAfter(now, settings.officerDays) }],
        };
    }
  },
});

/** Ends the motion on an application that is withdrawn while the council decides. */
export const endMotion = async (db: Db, caseId: string): Promise<readonly Ring[]> => {
  const motions = await db.motion.findMany({ where: { originId: caseId }, select: { caseId: true } });
  return motions.map((one) => ({ caseId: one.caseId, alarm: 'council.originIsGone' }));
};
