/** Who has to say whether the minutes are right. */

type Presence = { readonly personId: string; readonly leftAt: Date | null };
type Meeting = { readonly startedAt: Date | null; readonly presences: readonly Presence[] };
type Reply = { readonly personId: string; readonly at: Date };

/** Everybody who was there for a seat, each once. Who left before it began was not. */
export const attendees = ({ startedAt, presences }: Meeting): readonly string[] => [
  ...new Set(
    presences
      .filter(({ leftAt }) => leftAt === null || startedAt === null || leftAt > startedAt)
      .map((one) => one.personId),
  ),
];

/** Those of them who have not answered since the draft was made or corrected. */
export const unanswered = (meeting: Meeting, replies: readonly Reply[], draftedAt: Date): readonly string[] =>
  attendees(meeting).filter((id) => !replies.some((one) => one.personId === id && one.at >= draftedAt));
