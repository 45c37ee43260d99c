/** The desk's key, and what is sealed with it. It is kept in no table: a copy of the database opens nothing. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, randomInt } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.js';
import { Fault } from './core/fault.js';
import type { Vault } from './core/vault.js';

// Without 0 O 1 I L: they are taken for each other when a code is read out or copied by hand.
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const cipher = 'aes-256-gcm';
const block = 1024;
const nonceBytes = 12;
const tagBytes = 16;

/** Opens a vault with a key of any length; its strength is the key's. */
export const openVault = (key: Buffer): Vault => {
  const keyUnder = (secret: string): Buffer =>
    Buffer.from(hkdfSync('sha256', key, Buffer.from(secret, 'base64url'), 'alliance desk seal', 32));
  const digestKey = Buffer.from(hkdfSync('sha256', key, '', 'alliance desk digest', 32));

  return {
    newSecret: () => randomBytes(32).toString('base64url'),
    seal: (text, secret = '') => {
      const nonce = randomBytes(nonceBytes);
      const sealing = createCipheriv(cipher, keyUnder(secret), nonce);
      const body = Buffer.concat([sealing.update(padded(text)), sealing.final()]);
      return Buffer.concat([nonce, body, sealing.getAuthTag()]).toString('base64url');
    },
    unseal: (sealed, secret = '') => {
      const bytes = Buffer.from(sealed, 'base64url');
      const opening = createDecipheriv(cipher, keyUnder(secret), bytes.subarray(0, nonceBytes));
      opening.setAuthTag(bytes.subarray(-tagBytes));
      const body = bytes.subarray(nonceBytes, -tagBytes);
      return unpadded(Buffer.concat([opening.update(body), opening.final()]));
    },
    digest: (text) => createHmac('sha256', digestKey).update(text).digest('base64url'),
    newCode: () => {
      const one = () => alphabet.charAt(randomInt(alphabet.length));
      const four = () => one() + one() + one() + one();
      return `${four()}-${four()}`;
    },
  };
};

// The length of a seal must not tell “yes” from “abstain”, nor that of a whole message which of the two is in it.
const padded = (text: string): Buffer => {
  const words = Buffer.from(text, 'utf8');
  const whole = Buffer.alloc(Math.ceil((words.length + 4) / block) * block);
  whole.writeUInt32BE(words.length);
  words.copy(whole, 4);
  return whole;
};

const unpadded = (whole: Buffer): string => whole.subarray(4, 4 + whole.readUInt32BE()).toString('utf8');

/** The key of these settings: DESK_SECRET, or else the file in the data folder, made on the first start. */
export const deskKey = (config: Pick<Config, 'secret' | 'dataDir'>): Buffer => {
  if (config.secret !== undefined) return Buffer.from(config.secret, 'utf8');
  const file = join(config.dataDir, 'desk.key');
  try {
    mkdirSync(config.dataDir, { recursive: true });
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (!exists) {
      throw new Fault(
        'desk-key',
        `The key ${file} can’t be written.`,
        'Make the data folder writable, or set DESK_SECRET.',
        {
          cause: error,
        },
      );
    }
  }
  const key = readFileSync(file, 'utf8').trim();
  if (key.length >= 32) return Buffer.from(key, 'utf8');
  throw new Fault('desk-key', `The key in ${file} is too short.`, 'Restore the file from its backup.');
};
