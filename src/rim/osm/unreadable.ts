/** What cannot be read of a block, and of which object. Thrown by what reads blocks; `OsmFile.reading` adds file and place. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  /** `way/123`, or null where it is not known which. */
  readonly object: string | null;
  constructor(object: string | null, reason: string) {
    super(reason);
    this.object = object;
  }
}
