import type { Vault } from '../src/core/vault.js';
import { openVault } from '../src/vault.js';

/** A real vault under a key of the tests' own, whose codes come in order, so that transcripts stay the same. */
export const testVault = (): Vault => {
  let count = 0;
  return {
    ...openVault(Buffer.from('the key of a desk that is only a test')),
    newCode: () => {
      count += 1;
      return `TEST-${String(count).padStart(4, '0')}`;
    },
  };
};
