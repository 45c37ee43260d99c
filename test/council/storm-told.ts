/** What the desk told somebody about a vote, read from the words that reached them. */
import type { Choice } from '../../src/workflows/council/tally.js';

export type Told =
  | {
      readonly kind: 'receipt';
      readonly receipt: string;
      readonly choice: Choice;
      readonly seat: string;
      readonly changed: boolean;
    }
  /** The seat has said so already. */
  | { readonly kind: 'already'; readonly receipt: string }
  | { readonly kind: 'tooLate' }
  | { readonly kind: 'other'; readonly text: string };

const choiceOf: Readonly<Record<string, Choice>> = {
  赞成: 'yes',
  反对: 'no',
  弃权: 'abstain',
  yes: 'yes',
  no: 'no',
  abstain: 'abstain',
};

const code = '([2-9A-Z]{4}-[2-9A-Z]{4})';
const voted = new RegExp(
  `^(?:(已记录|Your vote is recorded)|已改票|Your vote was changed)[：:] ?P-1,? (\\S+?)[，,] ?(?:席位|for) (\\S+) .*\\n(?:回执|Receipt) ${code}`,
  's',
);
const already = new RegExp(
  `^您的席位已经投过.*回执 ${code}|^Your seat’s vote on P-1 is .* already \\(receipt ${code}\\)`,
);
const tooLate =
  /^P-1 的表决已经截止|^The vote on P-1 has closed|^P-1 (?:现在是|is now)|^目前没有您可以|^There is nothing for you to/;

export const readTold = (text: string): Told => {
  const vote = voted.exec(text);
  const choice = choiceOf[vote?.[2] ?? ''];
  if (vote?.[3] && vote[4] && choice) {
    return { kind: 'receipt', receipt: vote[4], choice, seat: vote[3], changed: vote[1] === undefined };
  }
  const known = already.exec(text);
  const receipt = known?.[1] ?? known?.[2];
  if (receipt) return { kind: 'already', receipt };
  return tooLate.test(text) ? { kind: 'tooLate' } : { kind: 'other', text };
};
