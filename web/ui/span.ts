const most = 150;

interface Keyed {
  readonly key: string;
}

/**
 * Which rows of a log are drawn: at most 150, however many there are. They are the newest, until one moves up from there, and
 * stay the same rows then while others come below and above.
 */
export class Span {
  /** The key of the last row that is drawn; absent: there is no newer one. */
  #last: string | undefined;

  get isAtEnd(): boolean {
    return this.#last === undefined;
  }

  /** Those of the rows that are drawn. */
  of<R extends Keyed>(rows: readonly R[]): readonly R[] {
    const end = this.#end(rows);
    return rows.slice(Math.max(0, end - most), end);
  }

  /** Moves by so many rows, or as many as there are on that side; false where there are none. */
  move(rows: readonly Keyed[], by: number): boolean {
    const before = this.#end(rows);
    const end = Math.max(before + by, most);
    this.#last = rows[end] && rows[end - 1]?.key;
    return this.#end(rows) !== before;
  }

  /** Behind the last row that is drawn. Where that is gone, the newest are. */
  #end(rows: readonly Keyed[]): number {
    const end = rows.findIndex(({ key }) => key === this.#last) + 1;
    if (end === 0) this.#last = undefined;
    return end && Math.max(end, most) < rows.length ? Math.max(end, most) : rows.length;
  }
}
