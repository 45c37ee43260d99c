/** What can be asked of the council's matters: results, receipts, the rules, and what another rule would ask. */
import { normalise } from '../../core/normalise.js';
import { anyone, member, oneOf, role } from '../../core/people.js';
import { optional, text } from '../../core/questions.js';
import { matterOf } from '../../core/rulebook.js';
import { minutesMessage } from '../minutes/message.js';
import { readMinutes } from '../minutes/read.js';
import { readBallot, seatedAt } from './ballot.js';
import { council, everyState, seat } from './header.js';
import * as said from './messages.js';
import { turnoutPost, ways } from './opening.js';
import { tallyOf } from './record.js';

const insiders = oneOf(seat, role('officer', 'deputy', 'chair', 'supervisor', 'admin'));

export const result = council.reading({
  title: { zh: '查看结果', en: 'See the result' },
  words: { zh: ['结果'], en: ['result'] },
  from: everyState,
  by: oneOf(member, insiders),
  run: async (world) => {
    const { db, actor, heard, case: c, subject: m } = world;
    if (c.state === 'open') {
      const opened = await readBallot(db, m);
      const inSight = heard.room && opened.rule.secret;
      const choices = actor.seats.length === 0 ? [] : inSight ? (['vote'] as const) : ways;
      return { reply: turnoutPost(world, opened).say, choices };
    }
    const [ballot] = m.ballots;
    if (!ballot?.fingerprint) return { reply: said.noResultYet(c, m) };
    return { reply: said.fullResult(c, m, await readBallot(db, m), tallyOf(ballot)) };
  },
});

/** Anybody may check whether a receipt is counted. It does not tell what was voted. */
export const verify = council.free({
  title: { zh: '查验回执', en: 'Verify a receipt' },
  words: { zh: ['回执', '查验回执'], en: ['verify', 'receipt'] },
  by: anyone,
  reads: true,
  ask: {
    code: text({
      label: { zh: '回执码', en: 'Receipt' },
      ask: { zh: '请发送回执码，如 7K3Q-29PM：', en: 'Which receipt? It looks like 7K3Q-29PM.' },
      max: 40,
    }),
  },
  run: async ({ db, args }) => {
    const letters = normalise(args.code)
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, '');
    const code = `${letters.slice(0, 4)}-${letters.slice(4)}`;
    const vote = await db.vote.findUnique({
      where: { receipt: code },
      include: { ballot: { include: { motion: { include: { case: { select: { ref: true } } } } } } },
    });
    if (!vote) return { reply: said.receiptUnknown(code) };
    const { ballot } = vote;
    const ref = ballot.motion.case.ref;
    if (vote.supersededAt) return { reply: said.receiptReplaced(code, ref) };
    if (!ballot.closedAt) return { reply: said.receiptRecorded(code, ref) };
    if (ballot.fingerprint === null) return { reply: said.receiptUncounted(code, ref) };
    return {
      reply: said.receiptCounted(
        code,
        ref,
        ballot.fingerprint,
        vote.version === (ballot.textVersion ?? ballot.motion.version),
      ),
    };
  },
});

/** What the vote would need under the rule of another matter. */
export const whatIf = council.reading({
  title: { zh: '试算', en: 'What if' },
  words: { zh: ['试算'], en: ['what-if', 'what if'] },
  from: ['proposed', 'notice', 'open'],
  by: insiders,
  ask: {
    matter: text({
      label: { zh: '按哪类事项', en: 'Under the rule of' },
      ask: { zh: '按章程的哪一类事项试算？', en: 'Under the rule of which matter?' },
      max: 60,
    }),
  },
  run: async ({ db, args, case: c, subject: m, settings, now }) => {
    const wanted = normalise(args.matter);
    const matters = settings.rulebook.matters;
    const other = matters.find((one) =>
      [one.id, one.title.zh, one.title.en].some((name) => normalise(name) === wanted),
    );
    const own = matterOf(settings.rulebook, m.matter);
    if (!other || !own) return { refuse: said.noSuchMatter(args.matter, matters) };
    const seats = await db.seat.count({ where: seatedAt(now) });
    return { reply: said.whatIf(c, m, seats, own, other) };
  },
});

export const rulebook = council.free({
  title: { zh: '议事规则', en: 'The rulebook' },
  words: { zh: ['章程', '议事规则'], en: ['rulebook', 'rules'] },
  by: member,
  reads: true,
  ask: {
    matter: optional(
      text({
        label: { zh: '事项类别', en: 'Matter' },
        ask: { zh: '看哪一类事项？（回复“跳过”看全部）', en: 'Which matter? (“skip” lists them all)' },
        max: 60,
      }),
    ),
  },
  run: async ({ db, args, settings, now }) => {
    const seats = await db.seat.count({ where: seatedAt(now) });
    const wanted = args.matter === null ? undefined : normalise(args.matter);
    const matters = settings.rulebook.matters.filter(
      (one) =>
        wanted === undefined ||
        [one.id, one.title.zh, one.title.en].some((name) => normalise(name) === wanted),
    );
    if (matters.length === 0)
      return { refuse: said.noSuchMatter(args.matter ?? '', settings.rulebook.matters) };
    return { reply: said.rules(settings.rulebook, matters, seats) };
  },
});

export const minutes = council.reading({
  title: { zh: '会议纪要', en: 'Minutes' },
  words: { zh: ['纪要'], en: ['minutes'] },
  from: ['carried', 'lost', 'challenged', 'inForce', 'reviewed', 'noted', 'rejected'],
  by: insiders,
  run: async ({ db, case: c }) => {
    const found = await readMinutes(db, c.id);
    if (!found) return { refuse: said.noMinutes(c) };
    return { reply: minutesMessage(found) };
  },
});
