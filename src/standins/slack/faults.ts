/** What the network or Slack may do to the next calls of a method. */
export type NetworkFault =
  | { readonly kind: 'rateLimited'; readonly seconds: number }
  | { readonly kind: 'status'; readonly status: number }
  /** The right answer, late. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** Slack says no, in its own word. */
  | { readonly kind: 'refused'; readonly error: string }
  /** No answer, until the caller gives up. */
  | { readonly kind: 'hang' }
  /** The call takes effect, the answer is lost. */
  | { readonly kind: 'acceptThenDrop' };

export const openFaults = () => {
  const waiting = new Map<string, NetworkFault[]>();
  return {
    add: (method: string, fault: NetworkFault, times: number) => {
      waiting.set(method, [...(waiting.get(method) ?? []), ...Array.from({ length: times }, () => fault)]);
    },
    next: (method: string): NetworkFault | undefined => waiting.get(method)?.shift(),
    clear: () => waiting.clear(),
  };
};
