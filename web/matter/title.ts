/** A row's title as the server joins it: its first fact, and the rest. */
const JOINT = ' · ';
const LONGEST_WHAT = 16;

/** What it is in a word or two, and what was said. A title of one piece is cut for places with little room. */
export const titleParts = (title: string): { readonly what: string; readonly story: string } => {
  const at = title.indexOf(JOINT);
  if (at >= 0) return { what: title.slice(0, at), story: title.slice(at + JOINT.length) };
  return { what: title.length > LONGEST_WHAT ? `${title.slice(0, LONGEST_WHAT)}…` : title, story: '' };
};
