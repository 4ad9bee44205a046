/** A question about an explanation stands on it: the words that go to the model with those of the user. Pure. */

/** So much of the earlier answer goes along, in characters: what a question needs to be understood, not the whole page again. */
export const KEPT = 2000;

export interface Exchange {
  /** Empty: no words of the user, the explanation as such. */
  question: string;
  answer: string;
}

export function followUp(question: string, before: Exchange): string {
  const answer = before.answer.trim();
  if (!answer) {
    return question;
  }
  const signs = Array.from(answer);
  const cut = signs.length > KEPT ? `, its first ${KEPT} characters` : '';
  return [
    `Earlier question: ${before.question || 'Explain this code.'}`,
    `Earlier answer${cut}:\n${signs.slice(0, KEPT).join('')}`,
    `Question now: ${question}`,
  ].join('\n\n');
}
