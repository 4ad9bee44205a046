/** Places in the workspace, as a model's text names them. Pure. */

/** `src/app.py`, `src/app.py:12` or `src/app.py#L12`: a place in the workspace, never an absolute path or another folder. */
const PLACE = /^(?!\/|[a-z]+:\/\/)([\w.@ +-]+(?:\/[\w.@ +-]+)*\.\w+)(?:(?::|#L)(\d+))?(?:[-:]\S*)?$/i;

export interface Place {
  file: string;
  line: number;
}

export function placeOf(text: string): Place | undefined {
  const match = PLACE.exec(text);
  const file = match?.[1];
  return file === undefined || file.split('/').includes('..') ? undefined : { file, line: Number(match?.[2] ?? 1) };
}
