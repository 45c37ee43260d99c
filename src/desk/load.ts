import { openCalendar } from '../core/calendar.js';
import { Fault } from '../core/fault.js';
import type { Links } from '../core/links.js';
import { reservedWords } from '../core/parse.js';
import { openRegistry } from '../core/registry.js';
import { readSettings } from '../core/settings.js';
import type { Vault } from '../core/vault.js';
import type { Workflow } from '../core/workflow.js';
import type { Database } from '../store/database.js';
import { fits } from '../store/inbox.js';
import type { Parts } from './parts.js';

/** What every turn needs, from the workflows and from the alliance as it was imported. */
export const loadParts = async (
  database: Database,
  workflows: readonly Workflow[],
  vault: Vault,
  links: Links,
): Promise<Parts> => {
  if (!(await fits(database, vault))) {
    throw new Fault(
      'desk-key',
      'What is sealed in the database was sealed with another key.',
      'Bring back desk.key or DESK_SECRET as they were when the database was written.',
    );
  }
  const registry = openRegistry(workflows, reservedWords);
  const alliance = await database.alliance.findUnique({ where: { id: 1 } });
  if (!alliance)
    throw new Fault('alliance', 'There is no alliance in the database.', 'Run: desk import FILE');
  return {
    registry,
    calendar: openCalendar(alliance.timezone),
    settings: readSettings(alliance.settings),
    alliance: { zh: alliance.nameZh, en: alliance.nameEn },
    timezone: alliance.timezone,
    vault,
    links,
  };
};
