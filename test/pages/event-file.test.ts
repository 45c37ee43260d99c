/** What `desk roster` and `desk calendar` write, and what they say to a number that is none. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import ICAL from 'ical.js';
import readXlsx from 'read-excel-file/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Fault } from '../../src/core/fault.js';
import { eventCommands } from '../../src/event-file.js';
import { openScene, type Scene } from './scene.js';

let scene: Scene;
let folder: string;
beforeAll(async () => {
  scene = await openScene(1, { capacity: null });
  await scene.talk(scene.guest(0), '报名 W-1');
  folder = await mkdtemp(join(tmpdir(), 'event-files-'));
});
afterAll(async () => {
  await scene.end();
  await rm(folder, { recursive: true, force: true });
});

const desk = async (name: string, ...args: readonly string[]): Promise<readonly string[]> => {
  const printed: string[] = [];
  const commands = eventCommands(
    (work) => work(scene.database),
    (line) => printed.push(line),
  );
  const command = commands.find((one) => one.name() === name);
  await command?.parseAsync([...args], { from: 'user' });
  return printed;
};
const faultOf = async (name: string, ...args: readonly string[]): Promise<Fault> => {
  try {
    await desk(name, ...args);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error('It was carried out.');
};

test('the roster as a workbook and as CSV, in either language', async () => {
  const [xlsx, csv] = [join(folder, 'roster.xlsx'), join(folder, 'roster.csv')];
  expect(await desk('roster', 'w-1', '--xlsx', xlsx, '--csv', csv)).toEqual([
    `Wrote ${xlsx}.`,
    `Wrote ${csv}.`,
  ]);
  const [sheet] = await readXlsx(xlsx);
  expect(sheet?.data.map((row) => row[0])).toEqual(['姓名', '宾客2']);
  expect(parse(await readFile(csv), { bom: true })[1]?.[0]).toBe('宾客2');
  await desk('roster', 'W-1', '--csv', csv, '--language', 'en');
  expect(parse(await readFile(csv), { bom: true })).toEqual([
    ['Name', 'Park', 'Ticket', 'Status', 'Signed up by', 'Signed up', 'Came'],
    ['宾客2', 'Park 3', 'delegate', 'signed up', '宾客2', '2026-11-23 10:00', ''],
  ]);
});

test('the event as an iCalendar file', async () => {
  const file = join(folder, 'w-1.ics');
  expect(await desk('calendar', 'W-1', file)).toEqual([`Wrote ${file}.`]);
  const calendar = new ICAL.Component(ICAL.parse(await readFile(file, 'utf8')));
  expect(String(calendar.getFirstSubcomponent('vevent')?.getFirstPropertyValue('uid'))).toBe(
    `${scene.eventId}@alliance`,
  );
});

test('a number that is none, and no file at all, are named with what to do', async () => {
  for (const fault of [
    await faultOf('roster', 'W-99', '--csv', join(folder, 'none.csv')),
    await faultOf('calendar', 'P-1', join(folder, 'none.ics')),
  ]) {
    expect(fault.message).toMatch(/^There is no event (W-99|P-1)\.$/);
    expect(fault.remedy).toContain('W-3');
  }
  expect((await faultOf('roster', 'W-1')).remedy).toContain('--xlsx');
});
