/** Sign-ups for fewer places, against one statement each that takes a place if there is one. */
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { freshDatabase } from '../database.js';
import { answered, says } from '../desk/workshop.js';
import { openHall } from '../event/hall.js';
import { scale } from '../figures/report.js';
import { ask } from '../ground/ask.js';
import { alternate, inFlight, median, perSecond, report } from './figure.js';

const atOnce = 32;
const timeout = 600_000;

test.each(scale({ short: [20], full: [200, 2000] }))('%i sign-ups', { timeout }, async (people) => {
  const places = people / 4;
  const rounds = scale({ short: 1, full: 3 });

  const byDesk = async () => {
    const hall = await openHall(people, { capacity: places });
    try {
      const signUp = (guest: (typeof hall.guests)[number]) => answered(hall.desk, says(guest, '报名 W-1'));
      const rate = await perSecond(people, () => inFlight(atOnce, hall.guests, signUp));
      expect(await hall.database.attendee.count({ where: { status: 'going' } })).toBe(places);
      return rate;
    } finally {
      await hall.end();
    }
  };

  const fresh = await freshDatabase();
  onTestFinished(fresh.drop);
  await ask(fresh.url, 'create table place (round int primary key, taken int not null)');
  await ask(
    fresh.url,
    'create table guest (round int, number int, seated boolean not null, primary key (round, number))',
  );
  const pool = new pg.Pool({ connectionString: fresh.url, max: 10 });
  onTestFinished(() => pool.end());
  const byHand = async (round: number) => {
    await pool.query('insert into place values ($1, 0)', [round]);
    const takePlace = (number: number) =>
      pool.query({
        name: 'take-place',
        text: `with taken as (
                 update place set taken = taken + 1 where round = $1 and taken < $3 returning taken
               )
               insert into guest select $1, $2, exists (select from taken)`,
        values: [round, number, places],
      });
    const guests = Array.from({ length: people }, (_, at) => at);
    const rate = await perSecond(people, () => inFlight(atOnce, guests, takePlace));
    const { rowCount } = await pool.query('select from guest where round = $1 and seated', [round]);
    expect(rowCount).toBe(places);
    return rate;
  };

  const found = await alternate(rounds, byDesk, byHand);
  report([
    {
      figure: 'Sign-ups, against one conditional statement each',
      size: `${people} people, ${places} places, ${atOnce} at once`,
      unit: '/s',
      desk: median(found.desk),
      against: median(found.against),
      goal: { kind: 'at least', ratio: 0.4 },
    },
  ]);
});
