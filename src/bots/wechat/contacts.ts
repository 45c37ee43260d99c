/**
 * WeChat on the web gives people new ids at each login. Behind the name in the note (备注) that the account
 * keeps of somebody stands a code, which stays; nobody but the account itself can write it.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../../log.js';
import type { Contact, Reception } from '../bot.js';
import { reasonOf } from './errors.js';
import type { Pace } from './pace.js';
import type { Puppet } from './puppet.js';

export type Contacts = {
  /** Looks at all contacts after a login. Neither throws nor waits. */
  survey(puppet: Puppet): void;
  /** Somebody has spoken, and may be known since. Neither throws nor waits. */
  met(puppet: Puppet, contactId: string): void;
  close(): void;
};

const marked = /\s*AD-([A-Z0-9]{8})\s*$/;
const longestName = 20;

type Found = Contact & { readonly name: string };

export const openContacts = (reception: Pick<Reception, 'recognise'>, pace: Pace, log: Log): Contacts => {
  const closing = new AbortController();
  let before: Promise<void> = Promise.resolve();
  /** Whose note has its code. Emptied at each login: the ids may be new. */
  const done = new Set<string>();

  const look = async (puppet: Puppet, id: string): Promise<Found | undefined> => {
    try {
      const { alias = '', name } = await puppet.contactPayload(id);
      const code = marked.exec(alias)?.[1];
      return { id, name: alias.replace(marked, '') || name, ...(code !== undefined && { code }) };
    } catch (error) {
      log.debug({ reason: reasonOf(error) }, 'wechat: a contact could not be looked up');
      return undefined;
    }
  };

  const note = async (puppet: Puppet, found: readonly Found[], all: boolean): Promise<void> => {
    const known = found.map(({ id, code }) => ({ id, ...(code !== undefined && { code }) }));
    const wanted = await reception.recognise('wechat', known, all);
    for (const { id, code } of wanted) {
      if (closing.signal.aborted) return;
      const one = found.find((contact) => contact.id === id);
      if (one && one.code !== code) {
        const name = [...one.name].slice(0, longestName).join('');
        await puppet.contactAlias(id, `${name} AD-${code}`);
        // A person does not write many notes a minute, either.
        await pause(pace.switchMs[1], undefined, { signal: closing.signal, ref: false });
      }
      done.add(id);
    }
  };

  const afterwards = (what: string, work: () => Promise<void>): void => {
    before = before.then(work).catch((error: unknown) => {
      if (!closing.signal.aborted) log.warn({ reason: reasonOf(error) }, `wechat: ${what} failed`);
    });
  };

  return {
    survey: (puppet) =>
      afterwards('looking at the contacts', async () => {
        done.clear();
        const ids = (await puppet.contactList()).filter((id) => id !== puppet.currentUserId);
        const found: Found[] = [];
        for (const id of ids) {
          if (closing.signal.aborted) return;
          const one = await look(puppet, id);
          if (one) found.push(one);
        }
        await note(puppet, found, found.length === ids.length);
      }),
    met: (puppet, contactId) => {
      if (done.has(contactId)) return;
      afterwards('noting a contact’s code', async () => {
        const one = done.has(contactId) ? undefined : await look(puppet, contactId);
        if (one) await note(puppet, [one], false);
      });
    },
    close: () => closing.abort(),
  };
};
