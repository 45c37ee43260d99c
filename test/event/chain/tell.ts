/** A chain in plain words, as the expectations beside the texts have it. */
import type { Chain, ChainFault, Row } from '../../../src/workflows/event/chain/chain.js';
import type { Match, Who } from '../../../src/workflows/event/chain/match.js';

const list = (lines: readonly number[]) => lines.join(', ');

const tellFault = (fault: ChainFault): string => {
  switch (fault.kind) {
    case 'repeatedNumber':
      return `number ${fault.number} stands on lines ${list(fault.lines)}`;
    case 'skippedNumber':
      return fault.from === fault.to
        ? `number ${fault.from} is missing before line ${fault.line}`
        : `numbers ${fault.from} to ${fault.to} are missing before line ${fault.line}`;
    case 'sameName':
      return `${fault.name} stands on lines ${list(fault.lines)}`;
    case 'emptyRow':
      return `number ${fault.number} on line ${fault.line} is empty`;
    case 'unreadableName':
      return `whose row is line ${fault.line}? “${fault.text}”`;
    case 'unclearCount':
      return `how many are on line ${fault.line}? “${fault.words}”`;
    case 'unsure':
      return `do they come on line ${fault.line}? “${fault.words}”`;
    case 'severalChains':
      return `several chains, on lines ${list(fault.lines)}: ${fault.titles.join(' / ')}`;
    case 'severalLists':
      return `several lists, on lines ${list(fault.lines)}: ${fault.headings.join(' / ')}`;
    case 'cutOff':
      return `the text ends in the middle, on line ${fault.line}`;
    default:
      return fault satisfies never;
  }
};

const tellWho = (who: Who): string => {
  switch (who.kind) {
    case 'person':
      return `${who.id} of ${who.parkId ?? 'no park'}`;
    case 'otherPark':
      return `perhaps ${who.id} of ${who.parkId ?? 'no park'}, but named with ${who.namedParkId ?? `“${who.park}”`}`;
    case 'several':
      return `one of ${who.ids.join(', ')}`;
    case 'newcomer':
      return `new: ${who.name}${who.parkId ? ` of ${who.parkId}` : who.park ? ` of “${who.park}”` : ''}`;
    case 'unreadable':
      return `unreadable${who.parkId ? `, somebody of ${who.parkId}` : ''}`;
    case 'duplicate':
      return `the same as line ${who.of}`;
    default:
      return who satisfies never;
  }
};

const tellRow = (row: Row, match: Match): string =>
  [
    `line ${row.line}, ${row.number === null ? 'no number' : `no. ${row.number}`}: ${row.name === '' ? '(nobody)' : row.name}`,
    row.park === null ? '' : ` / ${row.park}`,
    row.companions.length > 0 ? ` with ${row.companions.join(', ')}` : '',
    row.count > 1 ? `, ${row.count} people` : '',
    row.ticket === null ? '' : `, ticket ${row.ticket}`,
    row.phone === null ? '' : `, phone ${row.phone}`,
    row.note === null ? '' : `, note “${row.note}”`,
    row.waitlisted ? ', waits' : '',
    row.held ? ', held' : '',
    row.withdrawn ? ', withdrawn' : '',
    `\n    is ${tellWho(match)}`,
    match.companions.length > 0 ? `, with ${match.companions.map(tellWho).join(', ')}` : '',
    match.people === row.count ? '' : `, ${match.people} people`,
    match.unexplained.length > 0 ? `; what is “${match.unexplained.join('”, “')}”?` : '',
  ].join('');

export const tell = (chain: Chain, matches: readonly Match[]): string =>
  [
    `title: ${chain.title}`,
    ...chain.rows.map((row, index) => {
      const match = matches[index];
      return match ? tellRow(row, match) : `line ${row.line}: no match`;
    }),
    ...chain.remarks.map((remark) => `remark: ${remark}`),
    ...chain.faults.map((fault) => `ask: ${tellFault(fault)}`),
  ].join('\n');
