/** What happened to a case, told from the audit entries. */
import { DateTime } from 'luxon';
import { joinTexts, same, type Text } from '../core/text.js';
import type { Turn } from './parts.js';

type Reading = Pick<Turn, 'db' | 'registry' | 'timezone'> & {
  /** The reader is of the council or the secretariat. */
  readonly insider: boolean;
};

export type TrailLine = {
  readonly at: Date;
  readonly who: Text;
  readonly did: Text;
  readonly because: Text | undefined;
  /** The state it led to, where it led to another one. */
  readonly to: Text | undefined;
  readonly channel: string | null;
};

const deskItself: Text = { zh: '系统', en: 'the desk' };
const aMember: Text = { zh: '一位会员', en: 'a member' };
const aSeat: Text = { zh: '一个席位', en: 'a seat' };

/** All entries of a case in order, as this reader may see them. */
export const trail = async (reading: Reading, caseId: string): Promise<readonly TrailLine[]> => {
  const entries = await reading.db.entry.findMany({ where: { caseId }, orderBy: { id: 'asc' } });
  const people = await reading.db.person.findMany({
    where: { id: { in: [...new Set(entries.flatMap((one) => (one.personId ? [one.personId] : [])))] } },
    select: { id: true, name: true },
  });
  const names = new Map(people.map((one) => [one.id, one.name]));
  return entries.map((entry) => {
    const command = reading.registry.command(entry.act);
    const name = entry.personId ? (names.get(entry.personId) ?? '—') : undefined;
    const named = command?.namedTo === 'insiders' ? reading.insider : command?.namedTo !== 'nobody';
    const unnamed = command?.by.kind === 'seat' ? aSeat : aMember;
    const moved = entry.toState !== null && entry.toState !== entry.fromState;
    return {
      at: entry.at,
      who: !named ? unnamed : name === undefined ? deskItself : same(name),
      did: reading.registry.titleOf(entry.act) ?? same(entry.act),
      because: named || reading.insider ? readText(entry.said) : undefined,
      to: moved ? titleOf(reading, entry.act, entry.toState) : undefined,
      channel: entry.channel,
    };
  });
};

const titleOf = (reading: Reading, act: string, state: string | null): Text | undefined =>
  reading.registry.workflow(act.split('.')[0] ?? '')?.states[state ?? '']?.title;

const readText = (said: unknown): Text | undefined =>
  typeof said === 'object' && said !== null && 'zh' in said && 'en' in said
    ? { zh: String(said.zh), en: String(said.en) }
    : undefined;

export const shortTime = (at: Date, timezone: string): Text => {
  const local = DateTime.fromJSDate(at, { zone: timezone });
  return { zh: local.toFormat('M月d日 HH:mm'), en: local.setLocale('en').toFormat('d LLL HH:mm') };
};

/** One line: when, who, what, why. */
export const sayLine = (line: TrailLine, timezone: string): Text => {
  const when = shortTime(line.at, timezone);
  return {
    zh: `${when.zh} ${line.who.zh}：${line.did.zh}${line.because ? `（${line.because.zh}）` : ''}${line.to ? ` → ${line.to.zh}` : ''}`,
    en: `${when.en} ${line.who.en}: ${line.did.en}${line.because ? ` (${line.because.en})` : ''}${line.to ? ` → ${line.to.en}` : ''}`,
  };
};

/** What was done last, for a refusal that has to say why something is over. */
export const lastEntry = async (turn: Turn, caseId: string): Promise<Text | undefined> => {
  const line = (await trail({ ...turn, insider: false }, caseId)).at(-1);
  return line && sayLine({ ...line, because: undefined, to: undefined }, turn.timezone);
};

export const sayTrail = (lines: readonly TrailLine[], timezone: string): Text =>
  joinTexts(
    lines.map((line) => sayLine(line, timezone)),
    '\n',
  );
