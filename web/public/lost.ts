/** Pictures whose upload failed and that the reporter has not been shown yet or added again. */
export type Lost = readonly string[];

/** What the same picture has in common when it is chosen again; phones give many pictures the same name. */
const markOf = (picture: Blob): string =>
  picture instanceof File ? `${picture.name} ${picture.size} ${picture.lastModified}` : `${picture.size}`;

export const withLost = (lost: Lost, picture: Blob): Lost => [...withoutLost(lost, picture), markOf(picture)];

/** Added again and arrived; another picture that arrives makes up for none. */
export const withoutLost = (lost: Lost, picture: Blob): Lost => lost.filter((one) => one !== markOf(picture));
