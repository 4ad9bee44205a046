/** What of an answer in the making is the edit. Pure. */

/** A fence opens with at least three backticks or tildes; it ends at a line of as many or more of them, and nothing else. */
const OPENING = /^ {0,3}(`{3,}|~{3,})[^`]*$/;

/** The fenced lines of what was written so far; as long as there are none, the words before them. */
export function editIn(written: string): string {
  let fence: string | undefined;
  let begun = false;
  const inside: string[] = [];
  for (const line of written.split('\n')) {
    if (fence === undefined) {
      fence = OPENING.exec(line)?.[1];
      begun ||= fence !== undefined;
    } else if (closes(line, fence)) {
      fence = undefined;
    } else {
      inside.push(line);
    }
  }
  return begun ? inside.join('\n') : written;
}

function closes(line: string, fence: string): boolean {
  const bare = line.trim();
  return bare.length >= fence.length && bare === fence.charAt(0).repeat(bare.length);
}
