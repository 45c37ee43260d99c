/**
 * What the desk needs of secrecy and chance. Workflows are given it, so that they stay free of both; a test may
 * hand in one whose codes are always the same.
 */
export type Vault = {
  /** A new secret to seal things under, which is of no use without the desk's own key. That is in no table. */
  readonly newSecret: () => string;
  /** Seals a text under a secret, or under none but the desk's key. Short texts all give seals of one length. */
  readonly seal: (text: string, secret?: string) => string;
  /** Opens a seal. Throws when the key, the secret or the seal is not the right one. */
  readonly unseal: (sealed: string, secret?: string) => string;
  /** A name for a text by which it can be recognised, but not guessed without the desk's key. */
  readonly digest: (text: string) => string;
  /** A code for people to read out: eight characters in two groups, none of which looks like another. */
  readonly newCode: () => string;
};
