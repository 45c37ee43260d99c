/** A small workflow of the tests' own: it knows every kind of command and both kinds of alarm. */
import { anyone, opener, role } from '../../src/core/people.js';
import { choice, moment, number, optional, text, yesNo } from '../../src/core/questions.js';
import { same } from '../../src/core/text.js';
import { everyone, room, workflow } from '../../src/core/workflow.js';

const errand = workflow({
  id: 'errand',
  prefix: 'T',
  title: { zh: '差事', en: 'Errand' },
  states: {
    open: { title: { zh: '待定', en: 'open' } },
    agreed: { title: { zh: '已同意', en: 'agreed' }, rest: true },
    refused: { title: { zh: '未同意', en: 'refused' }, end: true },
    over: { title: { zh: '已过期', en: 'over' }, end: true },
  },
  commands: ['start', 'form', 'move', 'quiet', 'agree', 'refuse', 'note'],
  alarms: ['nudge', 'ends'],
  load: async () => ({}),
});

const seconds = number({
  label: { zh: '秒数', en: 'Seconds' },
  ask: { zh: '几秒后提醒？', en: 'Remind after how many seconds?' },
  min: 0,
  max: 10_000_000,
});
const later = (now: Date, wait: number) => new Date(now.getTime() + wait * 1000);

/** What the form asks: one question of most kinds. */
export const errandForm = {
  what: text({ label: { zh: '事项', en: 'Errand' }, ask: { zh: '什么事？', en: 'What is it?' }, max: 60 }),
  kind: choice({
    label: { zh: '类别', en: 'Kind' },
    ask: { zh: '哪一类？', en: 'Of which kind?' },
    options: { fetch: { zh: '取件', en: 'Fetch' }, bring: { zh: '送件', en: 'Bring' } },
  }),
  day: moment({
    label: { zh: '日期', en: 'Day' },
    ask: { zh: '哪一天？', en: 'On which day?' },
    need: 'day',
  }),
  pieces: optional(
    number({
      label: { zh: '件数', en: 'Pieces' },
      ask: { zh: '几件？', en: 'How many pieces?' },
      min: 1,
      max: 99,
    }),
  ),
  heavy: yesNo({ label: { zh: '重物', en: 'Heavy' }, ask: { zh: '重吗？', en: 'Is it heavy?' } }),
} as const;

export default errand.rules({
  commands: {
    start: errand.opening({
      title: { zh: '办事', en: 'Start' },
      words: { zh: ['办事'], en: ['errand'] },
      by: anyone,
      to: ['open'],
      ask: { seconds },
      run: async ({ args, case: c, now }) => ({
        to: 'open',
        reply: { text: same(`${c.ref} started`) },
        choices: ['note'],
        tell: [
          { to: everyone('officer'), say: { text: same(`${c.ref} new`) }, choices: ['agree', 'refuse'] },
        ],
        wake: [{ alarm: 'nudge', at: later(now, args.seconds) }],
      }),
    }),
    form: errand.opening({
      title: { zh: '填表', en: 'Fill in' },
      words: { zh: ['填表'], en: ['fill'] },
      by: anyone,
      to: ['open'],
      ask: errandForm,
      run: async ({ args, case: c, now }) => ({
        to: 'open',
        reply: { text: same(`${c.ref} ${args.what}`) },
        tell: [
          {
            to: everyone('officer'),
            say: { text: same(`${c.ref} ${args.what}`) },
            choices: ['agree', 'refuse'],
          },
          { to: room('secretariat'), say: { text: same(`${c.ref} new`) }, choices: ['agree'] },
        ],
        wake: [
          { alarm: 'nudge', at: later(now, 3600) },
          { alarm: 'ends', at: later(now, 7200) },
        ],
        because: same(args.what),
      }),
    }),
    move: errand.command({
      title: { zh: '改期', en: 'Move' },
      words: { zh: ['改期'], en: ['move'] },
      from: ['open'],
      to: ['open'],
      by: anyone,
      ask: { seconds },
      run: async ({ args, case: c, now }) => ({
        to: 'open',
        reply: { text: same(`${c.ref} moved`) },
        wake: [{ alarm: 'nudge', at: later(now, args.seconds) }],
      }),
    }),
    quiet: errand.command({
      title: { zh: '免提醒', en: 'Quiet' },
      words: { zh: ['免提醒'], en: ['quiet'] },
      from: ['open'],
      to: ['open'],
      by: anyone,
      run: async ({ case: c }) => ({
        to: 'open',
        reply: { text: same(`${c.ref} quiet`) },
        unwake: ['nudge'],
      }),
    }),
    agree: errand.command({
      title: { zh: '同意', en: 'Agree' },
      words: { zh: ['同意'], en: ['agree'] },
      from: ['open'],
      to: ['agreed'],
      by: role('officer'),
      style: 'primary',
      run: async ({ actor, case: c }) => ({
        to: 'agreed',
        reply: { text: same(`${c.ref} agreed`) },
        tell: [{ to: everyone('officer'), say: { text: same(`${c.ref} agreed by ${actor.name}`) } }],
      }),
    }),
    refuse: errand.command({
      title: { zh: '不同意', en: 'Disagree' },
      words: { zh: ['不同意'], en: ['disagree'] },
      from: ['open'],
      to: ['refused'],
      by: role('officer'),
      style: 'danger',
      ask: {
        reason: text({
          label: { zh: '理由', en: 'Reason' },
          ask: { zh: '请说明理由：', en: 'Please give the reason:' },
          long: true,
        }),
      },
      run: async ({ args, case: c }) => ({
        to: 'refused',
        reply: { text: same(`${c.ref} refused`) },
        because: same(args.reason),
      }),
    }),
    note: errand.command({
      title: { zh: '备注', en: 'Note' },
      words: { zh: ['备注'], en: ['note'] },
      from: ['open', 'agreed'],
      to: ['open', 'agreed'],
      by: opener,
      run: async ({ case: c }) => ({
        to: c.state,
        reply: { text: same(`${c.ref} noted`) },
        choices: ['note'],
      }),
    }),
  },
  alarms: {
    nudge: errand.alarm({
      title: { zh: '该办了', en: 'It waits' },
      when: ['open'],
      to: ['open'],
      kind: 'reminder',
      run: async ({ case: c }) => ({
        to: 'open',
        tell: [
          { to: everyone('officer'), say: { text: same(`${c.ref} waits`) }, choices: ['agree'] },
          { to: room('secretariat'), say: { text: same(`${c.ref} waits`) } },
        ],
      }),
    }),
    ends: errand.alarm({
      title: { zh: '已过期', en: 'Its time is over' },
      when: ['open'],
      to: ['over'],
      kind: 'deadline',
      run: async () => ({ to: 'over' }),
    }),
  },
});
