import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openLinks, openPasses, type Pass } from '../../src/links.js';
import { openVault } from '../../src/vault.js';

const passes = openPasses(openVault(Buffer.from('one key of at least thirty-two characters')));
const others = openPasses(openVault(Buffer.from('another key of thirty-two characters, too')));

const anyPass: fc.Arbitrary<Pass> = fc.oneof(
  fc.record({ kind: fc.constantFrom('event' as const, 'door' as const), eventId: fc.uuid() }),
  fc.record({ kind: fc.constant('feed' as const), personId: fc.uuid(), epoch: fc.nat() }),
  fc.record({
    kind: fc.constant('roster' as const),
    eventId: fc.uuid(),
    until: fc.date({ min: new Date('2026-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
    language: fc.constantFrom('zh' as const, 'en' as const),
  }),
);

test('what was signed is read again, and is nothing with another key', () => {
  fc.assert(
    fc.property(anyPass, (pass) => {
      const token = passes.sign(pass);
      expect(token).toMatch(/^[\w.-]+$/);
      expect(passes.read(token)).toEqual(pass);
      expect(others.read(token)).toBeUndefined();
    }),
  );
});

test('a changed character anywhere makes it nothing', () => {
  fc.assert(
    fc.property(anyPass, fc.nat(), fc.constantFrom(...'aZ09-_.'), (pass, at, other) => {
      const token = passes.sign(pass);
      const place = at % token.length;
      fc.pre(token[place] !== other);
      expect(passes.read(token.slice(0, place) + other + token.slice(place + 1))).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});

test.each(['', '.', 'e', '../../etc/passwd', 'x'.repeat(10_000), `e.${'A'.repeat(22)}.${'A'.repeat(32)}`])(
  'nothing is read from “%.40s”',
  (token) => expect(passes.read(token)).toBeUndefined(),
);

test('addresses begin where the desk is reached', () => {
  const links = openLinks(passes, () => 'https://desk.example.org/alliance');
  const eventId = '01993b2e-0000-7000-8000-000000000001';
  expect(links.event(eventId)).toMatch(/^https:\/\/desk\.example\.org\/alliance\/calendar\/[\w.-]+\.ics$/);
  expect(links.door(eventId)).toMatch(/^https:\/\/desk\.example\.org\/alliance\/door\/[\w.-]+$/);
  expect(links.feed(eventId, 0)).not.toBe(links.feed(eventId, 1));
});
