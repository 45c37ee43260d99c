import type { webApi } from '@slack/bolt';

const forgetFailureMs = 60_000;
const remembered = 5000;

/**
 * What people call themselves on Slack, remembered. Undefined when Slack doesn't say so quickly: a name is
 * never worth losing an input over.
 */
export const openNames = (client: webApi.WebClient, now: () => number = Date.now) => {
  const names = new Map<string, string>();
  const failedAt = new Map<string, number>();

  return async (user: string): Promise<string | undefined> => {
    const known = names.get(user);
    if (known) return known;
    if (now() - (failedAt.get(user) ?? Number.NEGATIVE_INFINITY) < forgetFailureMs) return undefined;
    if (names.size > remembered) names.clear();
    try {
      const found = await client.users.info({ user });
      const name = found.user?.profile?.display_name || found.user?.real_name || found.user?.name;
      if (name) names.set(user, name);
      failedAt.delete(user);
      return name;
    } catch {
      failedAt.set(user, now());
      return undefined;
    }
  };
};
