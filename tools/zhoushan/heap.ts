/**
 * A binary min-heap of (cost, item) pairs on typed arrays that grow. Equal costs come out by item number, so that a search
 * gives the same answer whatever the order things were put in.
 */
export class Heap {
  #costs = new Float64Array(1024);
  #items = new Int32Array(1024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(cost: number, item: number): void {
    if (this.#size === this.#items.length) this.#grow();
    let hole = this.#size;
    this.#size += 1;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (!this.#before(cost, item, parent)) break;
      this.#move(parent, hole);
      hole = parent;
    }
    this.#costs[hole] = cost;
    this.#items[hole] = item;
  }

  /** Cost of the first pair; Infinity when empty. */
  get topCost(): number {
    return this.#size === 0 ? Infinity : (this.#costs[0] as number);
  }

  /** Removes the first pair and gives its item; -1 when empty. */
  pop(): number {
    if (this.#size === 0) return -1;
    const top = this.#items[0] as number;
    this.#size -= 1;
    const cost = this.#costs[this.#size] as number;
    const item = this.#items[this.#size] as number;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= this.#size) break;
      if (
        child + 1 < this.#size &&
        this.#before(this.#costs[child + 1] as number, this.#items[child + 1] as number, child)
      ) {
        child += 1;
      }
      if (!this.#after(cost, item, child)) break;
      this.#move(child, hole);
      hole = child;
    }
    this.#costs[hole] = cost;
    this.#items[hole] = item;
    return top;
  }

  #before(cost: number, item: number, slot: number): boolean {
    const other = this.#costs[slot] as number;
    return cost < other || (cost === other && item < (this.#items[slot] as number));
  }

  #after(cost: number, item: number, slot: number): boolean {
    const other = this.#costs[slot] as number;
    return other < cost || (other === cost && (this.#items[slot] as number) < item);
  }

  #move(from: number, to: number): void {
    this.#costs[to] = this.#costs[from] as number;
    this.#items[to] = this.#items[from] as number;
  }

  #grow(): void {
    const costs = new Float64Array(this.#costs.length * 2);
    const items = new Int32Array(this.#items.length * 2);
    costs.set(this.#costs);
    items.set(this.#items);
    this.#costs = costs;
    this.#items = items;
  }
}
